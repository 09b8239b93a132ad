import { ByteReader } from '../storage/bytes.js';

/**
 * The lists of one term: `docs` are ascending ordinals as differences; `freqs` tell for each document in which
 * fields the term stands (a bit each) and how often in each; `positions` hold the places, field by field.
 */

/** Set in a frequency byte when the term stands exactly once in each of the fields named by the other bits. */
export const ALL_ONCE = 0x80;
const FIELD_BITS = 0x7f;
/** Documents between two entries of the position list's skip table. */
export const SKIP_INTERVAL = 128;

/** Fields with positions, in the order of their bits. The first six together are the field `text`. */
export const WORD_FIELDS = ['title', 'abstract', 'claims', 'description', 'applicant', 'inventor', 'agent'] as const;
export type WordField = (typeof WORD_FIELDS)[number];
/** Bits of the fields that `text` covers. */
export const TEXT_MASK = 0x3f;

/**
 * Stand in the dictionary of words where a sentence and where a paragraph begins; the first of a value always does. No
 * word has their first character. Every paragraph begins a sentence too but is listed once, as a paragraph.
 */
export const SENTENCE_TERM = '\u0002s';
export const PARAGRAPH_TERM = '\u0002p';

/** Places of a term in a token are `field * FIELD_SPAN + position` while a segment is built. */
export const FIELD_SPAN = 2 ** 29;

export function decodeDocs(bytes: Uint8Array, df: number): Uint32Array {
  const docs = new Uint32Array(df);
  let at = 0;
  let last = -1;
  for (let i = 0; i < df; i++) {
    let value = 0;
    let shift = 0;
    let byte = bytes[at++];
    while (byte > 127) {
      value |= (byte & 127) << shift;
      shift += 7;
      byte = bytes[at++];
    }
    value |= byte << shift;
    last += value + 1;
    docs[i] = last;
  }
  return docs;
}

/** Frequencies of every document of a list: the fields' bits, and how often in each set bit's field, run together. */
export interface Frequencies {
  readonly masks: Uint8Array;
  /** Where a document's counts begin in `counts`; one more than documents. */
  readonly starts: Uint32Array;
  readonly counts: Uint32Array;
}

export function decodeFrequencies(bytes: Uint8Array, df: number): Frequencies {
  const masks = new Uint8Array(df);
  const starts = new Uint32Array(df + 1);
  // A count is a byte of its own, except where one byte stands for a document's counts that are all 1.
  let counts = new Uint32Array(bytes.length + WORD_FIELDS.length);
  const reader = new ByteReader(bytes);
  let n = 0;
  for (let i = 0; i < df; i++) {
    const head = bytes[reader.at++];
    masks[i] = head & FIELD_BITS;
    if (n + WORD_FIELDS.length > counts.length) {
      const grown = new Uint32Array(counts.length * 2);
      grown.set(counts);
      counts = grown;
    }
    for (let bits = masks[i]; bits !== 0; bits &= bits - 1) counts[n++] = head >= ALL_ONCE ? 1 : reader.varint();
    starts[i + 1] = n;
  }
  return { masks, starts, counts };
}

/** How often document `i` of the list has the term in the fields of `mask`. */
export function countIn(frequencies: Frequencies, i: number, mask: number): number {
  let at = frequencies.starts[i];
  let sum = 0;
  for (let bits = frequencies.masks[i]; bits !== 0; bits &= bits - 1) {
    const count = frequencies.counts[at++];
    if ((bits & -bits & mask) !== 0) sum += count;
  }
  return sum;
}

/** Reads the places of one document out of the block of bytes that holds it. */
export class PositionCursor {
  readonly #reader: ByteReader;
  #doc: number;

  constructor(
    bytes: Uint8Array,
    readonly first: number,
    readonly frequencies: Frequencies,
  ) {
    this.#reader = new ByteReader(bytes);
    this.#doc = first;
  }

  get next(): number {
    return this.#doc;
  }

  #skipTo(doc: number): void {
    const { starts, counts } = this.frequencies;
    let places = 0;
    for (let i = starts[this.#doc]; i < starts[doc]; i++) places += counts[i];
    const { bytes } = this.#reader;
    let at = this.#reader.at;
    while (places > 0) if (bytes[at++] < 128) places--;
    this.#reader.at = at;
    this.#doc = doc;
  }

  /** Places of list item `doc` (not before the last one asked for), one list a field bit; empty where it has none. */
  read(doc: number): readonly number[][] {
    this.#skipTo(doc);
    const { masks, starts, counts } = this.frequencies;
    const fields: number[][] = [];
    let item = starts[doc];
    for (let field = 0; field < WORD_FIELDS.length; field++) {
      const places: number[] = [];
      if ((masks[doc] & (1 << field)) !== 0) {
        let place = 0;
        for (let left = counts[item++]; left > 0; left--) {
          place += this.#reader.varint();
          places.push(place);
        }
      }
      fields.push(places);
    }
    this.#doc = doc + 1;
    return fields;
  }
}
