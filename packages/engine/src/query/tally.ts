import type { ValueColumn } from '../segment/columns.js';
import { type Bits, countBits, countWord, fullBits, hasBit, removeAll } from '../storage/bits.js';
import type { Shelf } from '../storage/cache.js';

/** Rows of numbers of values by document: those of a document from `starts[doc]` on and before the next. */
export type ValueRows = Pick<ValueColumn, 'starts' | 'ordinals'>;

/**
 * Rows cut to one width, so that counting a document is the same few steps for each: what is foretold wrongly is what
 * takes long. Empty places hold the number after the last; what does not fit stands by itself.
 */
interface EvenRows {
  readonly width: number;
  readonly numbers: Uint16Array | Uint32Array;
  /** Documents with more values than fit, one for each value more, and these values. */
  readonly moreDocs: Uint32Array;
  readonly more: Uint32Array;
  /** How many documents have each value. */
  readonly totals: Uint32Array;
  readonly without: Bits;
  readonly withoutCount: number;
}

const MOST_WIDTH = 4;
/** Rows are one or two wide where that leaves out at most one document in so many. */
const LEFT_OUT_ONE_IN = 32;

function widthOf(docs: number, starts: Uint32Array): number {
  const longer = new Uint32Array(MOST_WIDTH + 1);
  for (let doc = 0; doc < docs; doc++) longer[Math.min(MOST_WIDTH, starts[doc + 1] - starts[doc])]++;
  if ((longer[2] + longer[3] + longer[4]) * LEFT_OUT_ONE_IN <= docs) return 1;
  return (longer[3] + longer[4]) * LEFT_OUT_ONE_IN <= docs ? 2 : MOST_WIDTH;
}

function makeEven(docs: number, size: number, { starts, ordinals }: ValueRows): EvenRows {
  const width = widthOf(docs, starts);
  const numbers = size < 0xffff ? new Uint16Array(docs * width) : new Uint32Array(docs * width);
  numbers.fill(size);
  const totals = new Uint32Array(size);
  const without = fullBits(docs);
  const moreDocs: number[] = [];
  const more: number[] = [];
  for (let doc = 0; doc < docs; doc++) {
    const from = starts[doc];
    if (from < starts[doc + 1]) without[doc >>> 5] &= ~(1 << (doc & 31));
    for (let i = from; i < starts[doc + 1]; i++) {
      const number = ordinals[i];
      totals[number]++;
      if (i - from < width) numbers[doc * width + i - from] = number;
      else {
        moreDocs.push(doc);
        more.push(number);
      }
    }
  }
  return {
    width,
    numbers,
    moreDocs: Uint32Array.from(moreDocs),
    more: Uint32Array.from(more),
    totals,
    without,
    withoutCount: countBits(without),
  };
}

const bytesOfEven = ({ numbers, moreDocs, more, totals, without }: EvenRows): number =>
  numbers.byteLength + moreDocs.byteLength + more.byteLength + totals.byteLength + without.byteLength;

/** Documents taken from a set at a time. */
const TAKEN = 4096;

/** Takes the documents of a set from the word `from` on into `docs`; returns how many and where to go on. */
function takeDocs(bits: Bits, from: number, docs: Uint32Array): { taken: number; next: number } {
  let taken = 0;
  let word = from;
  for (; word < bits.length && taken <= docs.length - 32; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1)
      docs[taken++] = (word << 5) + 31 - Math.clz32(left & -left);
  }
  return { taken, next: word };
}

/**
 * Counts `step` for every number of the documents; the empty places count too. Written out for each
 * width: a loop within the loop takes twice as long.
 */
function addDocs(docs: Uint32Array, taken: number, rows: EvenRows, counts: Uint32Array, step: number): void {
  const { width, numbers } = rows;
  if (width === 1) for (let at = 0; at < taken; at++) counts[numbers[docs[at]]] += step;
  else if (width === 2) {
    for (let at = 0; at < taken; at++) {
      const i = docs[at] * 2;
      counts[numbers[i]] += step;
      counts[numbers[i + 1]] += step;
    }
  } else {
    for (let at = 0; at < taken; at++) {
      const i = docs[at] * MOST_WIDTH;
      counts[numbers[i]] += step;
      counts[numbers[i + 1]] += step;
      counts[numbers[i + 2]] += step;
      counts[numbers[i + 3]] += step;
    }
  }
}

/** As `addDocs`, one for each, at the places of the numbers. */
function placeDocs(docs: Uint32Array, taken: number, rows: EvenRows, counts: Uint32Array, places: Uint32Array): void {
  const { width, numbers } = rows;
  if (width === 1) for (let at = 0; at < taken; at++) counts[places[numbers[docs[at]]]]++;
  else if (width === 2) {
    for (let at = 0; at < taken; at++) {
      const i = docs[at] * 2;
      counts[places[numbers[i]]]++;
      counts[places[numbers[i + 1]]]++;
    }
  } else {
    for (let at = 0; at < taken; at++) {
      const i = docs[at] * MOST_WIDTH;
      counts[places[numbers[i]]]++;
      counts[places[numbers[i + 1]]]++;
      counts[places[numbers[i + 2]]]++;
      counts[places[numbers[i + 3]]]++;
    }
  }
}

const scratch = new Uint32Array(TAKEN);

/** Counts the documents of a set by number; `counts` has a place for empty ones after the last. */
function tallyEven(bits: Bits, rows: EvenRows, counts: Uint32Array, step: number, places?: Uint32Array): void {
  for (let word = 0; word < bits.length; ) {
    const { taken, next } = takeDocs(bits, word, scratch);
    if (places) placeDocs(scratch, taken, rows, counts, places);
    else addDocs(scratch, taken, rows, counts, step);
    word = next;
  }
  const { moreDocs, more } = rows;
  for (let i = 0; i < more.length; i++)
    if (hasBit(bits, moreDocs[i])) counts[places ? places[more[i]] : more[i]] += step;
}

function countCommon(a: Bits, b: Bits): number {
  let count = 0;
  for (let i = 0; i < a.length; i++) count += countWord(a[i] & b[i]);
  return count;
}

/**
 * Counts rows of documents of one segment: adds how many of the documents have each value to `counts`, by number, or
 * by the place of the number where `places` are given. The place (or number) after the last counts nothing; it must be
 * there. Returns how many documents have no value.
 */
export type RowTally = (bits: Bits, counts: Uint32Array, places?: Uint32Array) => number;

/** Beyond so many hits for each value it is quicker to count by number first. */
const HITS_A_VALUE = 8;

/** Makes the counter of rows of `size` numbers; what it makes of them is kept on `shelf` under `key`. */
export function openRowTally(shelf: Shelf, key: string, size: number, rows: ValueRows): RowTally {
  const docs = rows.starts.length - 1;
  return (bits, counts, places) => {
    const hits = countBits(bits);
    if (hits === 0) return 0;
    const even = shelf.get(`${key}#even`, () => makeEven(docs, size, rows), bytesOfEven);
    const unknown = even.withoutCount === 0 ? 0 : countCommon(even.without, bits);
    const others = docs - hits;
    if (hits <= others && hits < HITS_A_VALUE * size) {
      tallyEven(bits, even, counts, 1, places);
      return unknown;
    }
    const own = new Uint32Array(size + 1);
    if (hits <= others) tallyEven(bits, even, own, 1);
    else {
      // Of most documents it is quicker to take away what the others have.
      own.set(even.totals);
      const rest = fullBits(docs);
      removeAll(rest, bits);
      tallyEven(rest, even, own, -1);
    }
    for (let number = 0; number < size; number++) counts[places ? places[number] : number] += own[number];
    return unknown;
  };
}
