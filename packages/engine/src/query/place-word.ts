import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import { ALL_FIELDS, PlaceReader, type PlaceSource } from '../segment/place-reader.js';
import type { LengthColumn } from '../segment/segment.js';
import { countAt, itemsOfDocs, type TermList, WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import { countWord } from '../storage/bits.js';

/** Finds a document's place in a list; quickest when documents ascend. */
class Items {
  #at = 0;
  /** Of a set: a word of it and how many documents stand before that. */
  #word = 0;
  #before = 0;

  constructor(readonly list: TermList) {}

  /** The document's place in the list; -1 when it is not there. */
  of(doc: number): number {
    const { bits, ranks, docs } = this.list;
    if (bits && ranks) {
      const last = doc >>> 5;
      const bit = 1 << (doc & 31);
      const held = bits[last];
      if ((held & bit) === 0) return -1;
      let word = this.#word;
      let before = this.#before;
      if (last < word || last - word > WINDOW_WORDS) {
        const window = doc >>> WINDOW_SHIFT;
        word = window * WINDOW_WORDS;
        before = ranks[window];
      }
      for (; word < last; word++) before += countWord(bits[word]);
      this.#word = last;
      this.#before = before;
      return before + countWord(held & (bit - 1));
    }
    return docs ? this.#seek(docs, doc) : -1;
  }

  /** The same for so many ascending documents at once. */
  ofAll(all: Uint32Array, length: number, into: Int32Array): void {
    if (this.list.bits) itemsOfDocs(this.list, all, length, into);
    else for (let i = 0; i < length; i++) into[i] = this.of(all[i]);
  }

  #seek(docs: Uint32Array, doc: number): number {
    let low = docs[this.#at] <= doc ? this.#at : 0;
    let step = 1;
    while (low + step < docs.length && docs[low + step] < doc) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, docs.length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (docs[middle] < doc) low = middle + 1;
      else high = middle;
    }
    if (low < docs.length) this.#at = low;
    return docs[low] === doc ? low : -1;
  }
}

/** A word of a segment in some fields: its documents, how often they have it, and a reader of its places. */
export class PlaceWord {
  /** The documents that have it in the fields of the mask. */
  readonly list: TermList;
  readonly reader: PlaceReader;
  readonly source: PlaceSource;
  /** Places stand by the items of the whole list, whatever fields are asked for. */
  readonly whole: TermList;
  readonly #items: Items;
  readonly #own: Items;

  constructor(
    { segment }: LiveSegment,
    entry: TermEntry,
    readonly mask: number,
    column: LengthColumn,
    average: number,
  ) {
    this.whole = segment.termList(entry, ALL_FIELDS, 'text', 1);
    this.list = mask === ALL_FIELDS ? this.whole : segment.termList(entry, mask, column, average);
    this.#items = new Items(this.whole);
    this.#own = new Items(this.list);
    this.source = segment.wordPlaces(entry, mask);
    this.reader = new PlaceReader(this.source);
  }

  /** How often a document has the word. */
  count(doc: number): number {
    const item = this.#own.of(doc);
    return item < 0 ? 0 : countAt(this.list, item);
  }

  /** Where the places of so many ascending documents are, for the reader; -1 where one does not have the word. */
  items(docs: Uint32Array, length: number, into: Int32Array): void {
    this.#items.ofAll(docs, length, into);
  }

  /** Goes to the places of a document; to none where it does not have the word. */
  go(doc: number): void {
    const item = this.#items.of(doc);
    if (item < 0) this.reader.leave();
    else this.reader.go(item);
  }
}
