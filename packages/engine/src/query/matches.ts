import { addToBits, type TermList } from '../segment/term-list.js';
import { type Bits, emptyBits, setBit } from '../storage/bits.js';
import type { MergedWords } from './merged-words.js';
import type { Operand } from './operands.js';
import type { PlaceCounter } from './place-counter.js';

/** How often each matching document of a segment has what was looked for, in the order of the documents. */
export type Counts = Uint8Array | Uint32Array | Float64Array;

/**
 * What a leaf counts in the documents of a segment: the list of its one term, those of several words that count as one,
 * the occurrences of these by document where most documents have one, counts of the documents it matches, in order, or what counts when it is asked.
 */
export type Amounts =
  | { readonly list: TermList }
  | { readonly words: MergedWords }
  | { readonly sums: Uint32Array }
  | { readonly counts: Counts }
  | { readonly places: PlaceCounter };

const MOST_IN_BYTE = 255;
const NONE = new Uint32Array(0);

/** Collects matching documents in ascending order; counts are kept in as few bytes as they fit. */
export class MatchList {
  #counts = new Float64Array(64);
  #length = 0;
  #most = 0;
  #isWhole = true;
  readonly bits: Bits;

  constructor(size: number) {
    this.bits = emptyBits(size);
  }

  add(doc: number, count: number): void {
    if (this.#length === this.#counts.length) {
      const counts = this.#counts;
      this.#counts = new Float64Array(counts.length * 2);
      this.#counts.set(counts);
    }
    this.#counts[this.#length++] = count;
    this.#most = Math.max(this.#most, count);
    this.#isWhole &&= Number.isInteger(count);
    setBit(this.bits, doc);
  }

  result(): { bits: Bits; amounts: { counts: Counts } } {
    const all = this.#counts.subarray(0, this.#length);
    const whole = (): Counts => (this.#most <= MOST_IN_BYTE ? Uint8Array.from(all) : Uint32Array.from(all));
    return { bits: this.bits, amounts: { counts: this.#isWhole ? whole() : all.slice() } };
  }
}

/** Live documents that were found one by one, and how often each has what was looked for; their set is made when asked for. */
export class FoundList {
  readonly listed = true;
  readonly hits: number;
  readonly amounts: { readonly list: TermList };
  #bits: Bits | undefined;

  constructor(
    readonly size: number,
    list: TermList,
  ) {
    this.hits = list.df;
    this.amounts = { list };
  }

  get bits(): Bits {
    if (this.#bits === undefined) {
      this.#bits = emptyBits(this.size);
      addToBits(this.amounts.list, this.#bits);
    }
    return this.#bits;
  }

  get operand(): Operand {
    return { kind: 'list', docs: this.amounts.list.docs ?? NONE, live: true };
  }
}
