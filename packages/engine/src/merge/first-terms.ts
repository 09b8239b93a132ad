import { compareTermBytes, termKey } from '../segment/term-bytes.js';

/** Goes through sorted terms; the one it stands at is `bytes[from..to)` in UTF-8. */
export interface TermsInOrder {
  readonly bytes: Uint8Array;
  readonly from: number;
  readonly to: number;
  /** Goes to the next term; false after the last. */
  next(): boolean;
}

/**
 * Goes through the terms of several sources together, each term once. The sources are held in the order of their terms,
 * so that one that goes on is compared with few others, and mostly by its first bytes alone.
 */
export class FirstTerms<T extends TermsInOrder> {
  /** Those that stand at the first term of all are `at[0..count)`; none at the end. */
  readonly at: T[];
  count = 0;
  readonly #sources: readonly T[];
  /** Rows of sources that have not ended, in the order of their terms. */
  readonly #sorted: Uint32Array;
  #left = 0;
  /** By row: the term it stands at, and its first bytes as a number. */
  readonly #bytes: Uint8Array[];
  readonly #from: Uint32Array;
  readonly #to: Uint32Array;
  readonly #keys: Float64Array;

  constructor(sources: readonly T[]) {
    this.#sources = sources;
    this.at = [...sources];
    this.#sorted = new Uint32Array(sources.length);
    this.#bytes = sources.map(({ bytes }) => bytes);
    this.#from = new Uint32Array(sources.length);
    this.#to = new Uint32Array(sources.length);
    this.#keys = new Float64Array(sources.length);
    for (let row = sources.length - 1; row >= 0; row--) {
      if (!this.#advance(row)) continue;
      // Room at the front, from which it goes to its place.
      this.#sorted.copyWithin(1, 0, this.#left++);
      this.#settle(row, 0);
    }
    this.#find();
  }

  #advance(row: number): boolean {
    const source = this.#sources[row];
    if (!source.next()) return false;
    const { bytes, from, to } = source;
    this.#bytes[row] = bytes;
    this.#from[row] = from;
    this.#to[row] = to;
    this.#keys[row] = termKey(bytes, from, to);
    return true;
  }

  /** Below 0, 0 or above 0 as the term of one row comes before, is, or comes after that of another. */
  #compare(a: number, b: number): number {
    const keys = this.#keys;
    if (keys[a] !== keys[b]) return keys[a] < keys[b] ? -1 : 1;
    const [bytes, from, to] = [this.#bytes, this.#from, this.#to];
    return compareTermBytes(bytes[a], from[a], to[a], bytes[b], from[b], to[b]);
  }

  /** Moves a row from a free place to where it belongs among those after it. */
  #settle(row: number, free: number): void {
    const sorted = this.#sorted;
    let place = free + 1;
    for (; place < this.#left && this.#compare(sorted[place], row) < 0; place++) sorted[place - 1] = sorted[place];
    sorted[place - 1] = row;
  }

  #find(): void {
    const [sorted, left] = [this.#sorted, this.#left];
    let count = 0;
    for (; count < left && (count === 0 || this.#compare(sorted[count], sorted[0]) === 0); count++)
      this.at[count] = this.#sources[sorted[count]];
    this.count = count;
  }

  /** Goes to the next term. */
  next(): void {
    const sorted = this.#sorted;
    for (let i = this.count - 1; i >= 0; i--) {
      const row = sorted[i];
      if (this.#advance(row)) this.#settle(row, i);
      else sorted.copyWithin(i, i + 1, this.#left--);
    }
    this.#find();
  }
}
