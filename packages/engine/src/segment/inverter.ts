import { ByteWriter } from '../storage/bytes.js';
import type { SectionWriter } from './container.js';
import { DictionaryWriter, memorySink } from './dictionary.js';
import { PostingsEncoder } from './postings.js';

/** Bytes a term costs while a segment is built: the map's slot, the string, its counters, its place in the dictionary. */
const TERM_BYTES = 160;
/** Bytes a token with its place takes at most: in the two arrays (half empty just after they grew), sorted, and written. */
const TOKEN_BYTES = 28;
const PLAIN_TOKEN_BYTES = 14;

function grow(array: Uint32Array): Uint32Array<ArrayBuffer> {
  const grown = new Uint32Array(array.length * 2);
  grown.set(array);
  return grown;
}

/** Collects the tokens of documents in order and writes them turned round: by term, a sorted dictionary and its lists. */
export class Inverter {
  readonly #ids = new Map<string, number>();
  #tokens = new Uint32Array(1 << 14);
  #places: Uint32Array;
  #docEnds = new Uint32Array(1 << 10);
  #count = 0;
  #docs = 0;

  /** Without places only the documents of a term are kept. */
  constructor(readonly withPlaces: boolean) {
    this.#places = new Uint32Array(withPlaces ? 1 << 14 : 0);
  }

  /** Bytes this takes at its worst, when it is written. */
  get bytes(): number {
    return this.#count * (this.withPlaces ? TOKEN_BYTES : PLAIN_TOKEN_BYTES) + this.#ids.size * TERM_BYTES;
  }

  add(term: string, place: number): void {
    let id = this.#ids.get(term);
    if (id === undefined) {
      id = this.#ids.size;
      this.#ids.set(term, id);
    }
    if (this.#count === this.#tokens.length) {
      this.#tokens = grow(this.#tokens);
      if (this.withPlaces) this.#places = grow(this.#places);
    }
    this.#tokens[this.#count] = id;
    if (this.withPlaces) this.#places[this.#count] = place;
    this.#count++;
  }

  endDoc(): void {
    if (this.#docs === this.#docEnds.length) this.#docEnds = grow(this.#docEnds);
    this.#docEnds[this.#docs++] = this.#count;
  }

  /** The tokens ordered by term id (a counting sort over the documents in order, so that both stay ascending). */
  #sortByTerm(order: Uint32Array): { starts: Uint32Array; docs: Uint32Array; places: Uint32Array } {
    const starts = new Uint32Array(this.#ids.size + 1);
    for (let i = 0; i < this.#count; i++) starts[this.#tokens[i] + 1]++;
    for (let id = 0; id < this.#ids.size; id++) starts[id + 1] += starts[id];
    const next = starts.slice();
    const docs = new Uint32Array(this.#count);
    const places = new Uint32Array(this.withPlaces ? this.#count : 0);
    for (let doc = 0; doc < this.#docs; doc++) {
      const taken = order[doc];
      const end = this.#docEnds[taken];
      for (let i = taken === 0 ? 0 : this.#docEnds[taken - 1]; i < end; i++) {
        const at = next[this.#tokens[i]]++;
        docs[at] = doc;
        if (this.withPlaces) places[at] = this.#places[i];
      }
    }
    return { starts, docs, places };
  }

  /** Writes the lists; document `d` of the segment is the one that was taken in as number `order[d]`. */
  write(out: SectionWriter, name: string, order: Uint32Array): void {
    const sorted = this.#sortByTerm(order);
    const terms = [...this.#ids.keys()].sort();
    const blocks = memorySink();
    const dictionary = new DictionaryWriter(blocks);
    const encoder = new PostingsEncoder();
    const positions = new ByteWriter();
    out.begin(`${name}.postings`);
    for (const term of terms) {
      this.#encode(encoder, sorted, this.#ids.get(term) ?? 0);
      const before = positions.length;
      if (this.withPlaces) encoder.writePositions(positions);
      dictionary.add(term, encoder.df, encoder.docs.length, encoder.freqs.length, positions.length - before);
      out.write(encoder.docs.view());
      out.write(encoder.freqs.view());
    }
    out.begin(`${name}.positions`);
    out.write(positions.view());
    dictionary.writeIndex(out, name);
    out.begin(`${name}.terms`);
    out.write(blocks.bytes.view());
  }

  /** The terms taken in, in no order. */
  get terms(): Iterable<string> {
    return this.#ids.keys();
  }

  #encode(
    encoder: PostingsEncoder,
    { starts, docs, places }: { starts: Uint32Array; docs: Uint32Array; places: Uint32Array },
    id: number,
  ): void {
    encoder.clear();
    const end = starts[id + 1];
    let from = starts[id];
    while (from < end) {
      const doc = docs[from];
      let to = from + 1;
      while (to < end && docs[to] === doc) to++;
      if (this.withPlaces) encoder.add(doc, places, from, to);
      else encoder.addDoc(doc);
      from = to;
    }
  }
}
