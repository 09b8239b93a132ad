import { type Bits, setBit } from '../storage/bits.js';
import type { PlaceWord } from './place-word.js';

/** Documents that are gone through together: their places stay near the processor. */
const AT_ONCE = 2048;

/**
 * Places of ascending documents: those of document `i` are `places[ends[i - 1]..ends[i])`. One block of documents
 * after another is taken up and narrowed, word after word.
 */
class Rows {
  readonly docs = new Uint32Array(AT_ONCE);
  readonly ends = new Uint32Array(AT_ONCE);
  readonly #items = new Int32Array(AT_ONCE);
  places = new Int32Array(AT_ONCE * 2);
  length = 0;

  /** Takes up a document with the places of the phrase's first word. */
  add(doc: number, { reader }: PlaceWord): void {
    const { places, from, to } = reader;
    let end = this.length === 0 ? 0 : this.ends[this.length - 1];
    if (end + to - from > this.places.length) this.#grow(end + to - from);
    const own = this.places;
    for (let i = from; i < to; i++) own[end++] = places[i];
    this.docs[this.length] = doc;
    this.ends[this.length++] = end;
  }

  #grow(least: number): void {
    const grown = new Int32Array(least * 2);
    grown.set(this.places);
    this.places = grown;
  }

  /** Keeps the places after which a word stands `apart` further on, and the documents that have any left. */
  narrow(word: PlaceWord, apart: number): void {
    const { docs, ends, places, length } = this;
    const { reader } = word;
    const items = this.#items;
    word.items(docs, length, items);
    let kept = 0;
    let out = 0;
    let at = 0;
    for (let i = 0; i < length; i++) {
      const end = ends[i];
      const before = out;
      if (items[i] < 0) reader.leave();
      else reader.go(items[i]);
      const { places: found, to } = reader;
      let next = reader.from;
      for (; at < end && next < to; at++) {
        const wanted = places[at] + apart;
        while (next < to && found[next] < wanted) next++;
        if (next < to && found[next] === wanted) places[out++] = places[at];
      }
      at = end;
      if (out === before) continue;
      docs[kept] = docs[i];
      ends[kept++] = out;
    }
    this.length = kept;
  }
}

/** A set of documents as it is narrowed: what has gone through is put back into the set. */
class PhraseFilter {
  readonly #rows = new Rows();

  constructor(
    readonly bits: Bits,
    readonly words: readonly PlaceWord[],
    readonly offsets: readonly number[],
  ) {}

  run(): void {
    const { bits, words } = this;
    const rows = this.#rows;
    const [first] = words;
    for (let word = 0; word < bits.length; word++) {
      if (bits[word] === 0) continue;
      for (let left = bits[word]; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        first.go(doc);
        rows.add(doc, first);
      }
      bits[word] = 0;
      if (rows.length > AT_ONCE - 32) this.#settle();
    }
    this.#settle();
  }

  #settle(): void {
    const { bits, words, offsets } = this;
    const rows = this.#rows;
    for (let n = 1; n < words.length && rows.length > 0; n++) rows.narrow(words[n], offsets[n] - offsets[0]);
    for (let i = 0; i < rows.length; i++) setBit(bits, rows.docs[i]);
    rows.length = 0;
  }
}

/**
 * Leaves in a set the documents in which the words stand at these offsets from each other. One word after another is
 * looked at in many documents, so that the processor goes along each word's places instead of from word to word.
 */
export function keepPhrases(bits: Bits, words: readonly PlaceWord[], offsets: readonly number[]): void {
  new PhraseFilter(bits, words, offsets).run();
}
