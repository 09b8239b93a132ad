import type { ValueColumn } from '../segment/columns.js';
import type { Shelf } from '../storage/cache.js';
import { type Bits, countBits, countWord, fullBits, removeAll } from '../storage/bits.js';

/** Rows of numbers of values by document: those of a document from `starts[doc]` on and before the next. */
export type ValueRows = Pick<ValueColumn, 'starts' | 'ordinals'>;

/** What is known of the rows of a segment before any query; kept with it. */
interface RowFacts {
  /** How many documents have each value. */
  readonly totals: Uint32Array;
  /** Documents without a value, and their number. */
  readonly without: Bits;
  readonly withoutCount: number;
  /** For each place in the rows the bit of its document within a word of a set. */
  readonly bitOf: Uint8Array;
}

function learn(docs: number, size: number, { starts, ordinals }: ValueRows): RowFacts {
  const totals = new Uint32Array(size);
  const without = fullBits(docs);
  const bitOf = new Uint8Array(ordinals.length);
  for (let doc = 0; doc < docs; doc++) {
    if (starts[doc] < starts[doc + 1]) without[doc >>> 5] &= ~(1 << (doc & 31));
    for (let i = starts[doc]; i < starts[doc + 1]; i++) bitOf[i] = doc & 31;
  }
  for (let i = 0; i < ordinals.length; i++) totals[ordinals[i]]++;
  return { totals, without, withoutCount: countBits(without), bitOf };
}

const bytesOfFacts = ({ totals, without, bitOf }: RowFacts): number =>
  totals.byteLength + without.byteLength + bitOf.byteLength;

function countCommon(a: Bits, b: Bits): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += countWord(a[i] & b[i]);
  return count;
}

/** Counts document by document; `step` is what each counts. */
function tallyDocs(bits: Bits, counts: Uint32Array, { starts, ordinals }: ValueRows, step: number): void {
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      for (let i = starts[doc], end = starts[doc + 1]; i < end; i++) counts[ordinals[i]] += step;
    }
  }
}

/** As `tallyDocs`, where the numbers of the rows count at other places. */
function tallyPlaced(bits: Bits, counts: Uint32Array, { starts, ordinals }: ValueRows, places: Uint32Array): void {
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      for (let i = starts[doc], end = starts[doc + 1]; i < end; i++) counts[places[ordinals[i]]]++;
    }
  }
}

/**
 * Counts along the rows, each place for as much as its document's bit: nothing depends on which documents are in the
 * set, so nothing is foretold wrongly, which is what takes long when about half of them are.
 */
function tallyRows(bits: Bits, counts: Uint32Array, { starts, ordinals }: ValueRows, bitOf: Uint8Array): void {
  const docs = starts.length - 1;
  let from = 0;
  for (let word = 0; word < bits.length; word++) {
    const own = bits[word];
    const to = starts[Math.min((word + 1) << 5, docs)];
    if (own !== 0) for (let i = from; i < to; i++) counts[ordinals[i]] += (own >>> bitOf[i]) & 1;
    from = to;
  }
}

/** A document by itself takes about as long as so many places along the rows. */
const PLACES_A_DOCUMENT = 5;

function tallyOwn(bits: Bits, hits: number, counts: Uint32Array, rows: ValueRows, facts: RowFacts): void {
  const docs = rows.starts.length - 1;
  if (Math.min(hits, docs - hits) * PLACES_A_DOCUMENT > rows.ordinals.length) {
    tallyRows(bits, counts, rows, facts.bitOf);
  } else if (2 * hits <= docs) tallyDocs(bits, counts, rows, 1);
  else {
    // Of most documents it is quicker to take away what the others have.
    const rest = fullBits(docs);
    removeAll(rest, bits);
    counts.set(facts.totals);
    tallyDocs(rest, counts, rows, -1);
  }
}

/** Counts the rows of documents of one segment. */
export interface RowTally {
  /**
   * Adds how many of the documents have each value: to `counts` by number, or by the place of the number where `places`
   * are given. Returns how many documents have none.
   */
  (bits: Bits, counts: Uint32Array, places?: Uint32Array): number;
}

/** Makes the counter of rows of `size` numbers; what it learns of them is kept on `shelf` under `key`. */
export function openRowTally(shelf: Shelf, key: string, size: number, rows: ValueRows): RowTally {
  const docs = rows.starts.length - 1;
  return (bits, counts, places) => {
    const hits = countBits(bits);
    if (hits === 0) return 0;
    const facts = shelf.get(`${key}#rows`, () => learn(docs, size, rows), bytesOfFacts);
    if (places && 4 * hits < size) tallyPlaced(bits, counts, rows, places);
    else {
      const own = new Uint32Array(size);
      tallyOwn(bits, hits, own, rows, facts);
      if (places) for (let number = 0; number < size; number++) counts[places[number]] += own[number];
      else for (let number = 0; number < size; number++) counts[number] += own[number];
    }
    return facts.withoutCount === 0 ? 0 : countCommon(facts.without, bits);
  };
}
