import {
  type CountableName,
  type DistinctName,
  type Facet,
  type FacetRequest,
  type FacetTable,
  type FacetTableRequest,
  QuanlianError,
  type SearchRequest,
  TABLED,
  type TabledName,
} from '@quanlian/contract';
import type { Snapshot } from '../corpus/snapshot.js';
import type { Segment } from '../segment/segment.js';
import { type Bits, forEachBit } from '../storage/bits.js';
import { groupValues } from './groups.js';
import { SPARE_COUNTS, type ValueRows } from './layers.js';
import { unitedValues } from './united.js';
import { type DocValues, docValues, type Run, tallyRuns } from './values.js';

/** Values of a facet returned when the request does not say. */
const DEFAULT_SIZE = 10;

/** The hits whose values are counted, and the day whose derived values hold. */
export interface Counted {
  readonly snapshot: Snapshot;
  readonly bits: readonly Bits[];
  /** How many of the hits lie in a segment. */
  readonly hitsAt: (index: number) => number;
  readonly day: number;
  /** The tables that fields of technology and industries are counted by. */
  readonly groups?: SearchRequest['groups'];
}

const isTabled = (name: CountableName): name is TabledName => TABLED.some((tabled) => tabled === name);

function valuesOf({ snapshot, day, groups }: Counted, segment: Segment, name: CountableName): DocValues {
  if (!isTabled(name)) return docValues(snapshot, segment, name, day);
  const table = groups?.[name];
  if (table === undefined) {
    throw new QuanlianError('query.unsupported', `No table says which classes belong to ${name}; load one.`);
  }
  return groupValues(segment, name, table);
}

/** The values that any document of a snapshot may have of one name, and how many of the hits have each. */
interface Tally {
  valueOf(number: number): string;
  /** By number less `first`. */
  readonly counts: Uint32Array;
  readonly first: number;
  readonly unknown: number;
}

const isOfTime = (name: CountableName): boolean => name === 'year' || name === 'month';

/** Years and months have one numbering everywhere, of which only the stretch that documents have is counted. */
function tallyTimes({ bits, hitsAt }: Counted, columns: readonly DocValues[], named: DocValues): Tally {
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const { runs = [] } of columns) {
    if (runs.length === 0) continue;
    first = Math.min(first, runs[runs.length - 1].number);
    last = Math.max(last, runs[0].number);
  }
  const counts = new Uint32Array(Math.max(0, last - first + 1));
  let unknown = 0;
  columns.forEach(({ runs = [] }, index) => {
    unknown += tallyRuns(bits[index], hitsAt(index), runs, counts, first);
  });
  return { valueOf: named.valueOf, counts, first: counts.length === 0 ? 0 : first, unknown };
}

/** Counts at zero. To make them anew each time would take longer than to count a few; so one is filled at a time. */
function emptyCounts({ kept }: Snapshot, size: number): Uint32Array {
  const room = 2 ** Math.ceil(Math.log2(size));
  const counts = kept.get(
    `counts.${room}`,
    () => new Uint32Array(room),
    (made) => made.byteLength,
  );
  return counts.fill(0, 0, size).subarray(0, size);
}

/** Tallies a facet; its counts hold until the next is tallied. */
function tallyOf(counted: Counted, name: CountableName): Tally {
  const { snapshot, bits, hitsAt } = counted;
  const columns = snapshot.segments.map(({ segment }) => valuesOf(counted, segment, name));
  const [first] = columns;
  if (first === undefined) return { valueOf: () => '', counts: new Uint32Array(0), first: 0, unknown: 0 };
  if (isOfTime(name)) return tallyTimes(counted, columns, first);
  // The values of a table have one numbering in all segments.
  const united = isTabled(name) ? undefined : unitedValues(snapshot, name, columns);
  const size = united?.values.length ?? first.size;
  const counts = emptyCounts(snapshot, size + SPARE_COUNTS);
  let unknown = 0;
  columns.forEach((column, index) => {
    unknown += column.tally(bits[index], hitsAt(index), counts, united?.places[index]);
  });
  return {
    valueOf: united ? (number) => united.values[number] : first.valueOf,
    counts: counts.subarray(0, size),
    first: 0,
    unknown,
  };
}

/** Puts a number in its place among the best of at most `size`; returns what another must count more than to come in. */
function putAmong(best: number[], counts: Uint32Array, number: number, size: number): number {
  let at = Math.min(best.length, size - 1);
  for (; at > 0 && counts[best[at - 1]] < counts[number]; at--) best[at] = best[at - 1];
  best[at] = number;
  return best.length === size ? counts[best[size - 1]] : 0;
}

/** Counts looked at together: where none of the bits of any says more than is needed, none does. */
const TOGETHER = 8;

/** The numbers with the highest counts, the most frequent first; of equal ones the lower first. */
function mostFrequent(counts: Uint32Array, size: number): number[] {
  const best: number[] = [];
  if (size === 0) return best;
  let least = 0;
  const whole = counts.length - (counts.length % TOGETHER);
  for (let from = 0; from < whole; from += TOGETHER) {
    const half = counts[from] | counts[from + 1] | counts[from + 2] | counts[from + 3];
    const any = half | counts[from + 4] | counts[from + 5] | counts[from + 6] | counts[from + 7];
    if (any <= least) continue;
    for (let number = from; number < from + TOGETHER; number++)
      if (counts[number] > least) least = putAmong(best, counts, number, size);
  }
  for (let number = whole; number < counts.length; number++)
    if (counts[number] > least) least = putAmong(best, counts, number, size);
  return best;
}

/** The numbers that count anything. */
function numbersAbove(counts: Uint32Array): number[] {
  const numbers: number[] = [];
  for (let number = 0; number < counts.length; number++) if (counts[number] > 0) numbers.push(number);
  return numbers;
}

/** The numbers that a facet gives: of years and months all unless a size is given, in their order. */
function chosen(name: CountableName, { counts }: Tally, size: number | undefined): number[] {
  if (isOfTime(name) && size === undefined) return numbersAbove(counts);
  const best = mostFrequent(counts, size ?? DEFAULT_SIZE);
  return isOfTime(name) ? best.sort((a, b) => a - b) : best;
}

/** All values of a facet over the hits, with their counts; years and months in their order, all unless a size is given. */
export function countFacet(counted: Counted, { name, size }: FacetRequest): Facet {
  const tally = tallyOf(counted, name);
  const { counts, first, unknown } = tally;
  const listed = chosen(name, tally, size).map((at) => ({ value: tally.valueOf(at + first), count: counts[at] }));
  return { values: listed, unknown, distinct: countAbove(counts) };
}

const oneIfAny = (count: number): number => -count >>> 31;

/** How many of the counts count anything; whether one does would be foretold wrongly time and again, so none is asked. */
function countAbove(counts: Uint32Array): number {
  let different = 0;
  const whole = counts.length - (counts.length % 4);
  for (let from = 0; from < whole; from += 4) {
    different += oneIfAny(counts[from]) + oneIfAny(counts[from + 1]);
    different += oneIfAny(counts[from + 2]) + oneIfAny(counts[from + 3]);
  }
  for (let number = whole; number < counts.length; number++) different += oneIfAny(counts[number]);
  return different;
}

/** One side of a table: its values in the facet's order, and by segment the place among them of each number. */
interface Side {
  readonly values: readonly string[];
  readonly columns: readonly DocValues[];
  /** By number less `first` its place; -1 when its value is not shown. */
  readonly places: readonly Int32Array[];
  readonly first: number;
}

function throughPlaces(places: Uint32Array, shown: Int32Array): Int32Array {
  const own = new Int32Array(places.length - SPARE_COUNTS);
  for (let number = 0; number < own.length; number++) own[number] = shown[places[number]];
  return own;
}

function sideOf(counted: Counted, name: CountableName, size: number | undefined): Side {
  const { snapshot } = counted;
  const tally = tallyOf(counted, name);
  const numbers = chosen(name, tally, size ?? (isOfTime(name) ? undefined : DEFAULT_SIZE));
  const columns = snapshot.segments.map(({ segment }) => valuesOf(counted, segment, name));
  const shown = new Int32Array(tally.counts.length).fill(-1);
  numbers.forEach((number, place) => {
    shown[number] = place;
  });
  const united = isOfTime(name) || isTabled(name) ? undefined : unitedValues(snapshot, name, columns);
  return {
    values: numbers.map((at) => tally.valueOf(at + tally.first)),
    columns,
    first: tally.first,
    places: columns.map((_, index) => (united ? throughPlaces(united.places[index], shown) : shown)),
  };
}

type Cells = Int32Array;

/** Counts the cells of documents whose columns come in runs, each document's rows being `step` cells apart. */
function countRuns(
  bits: Bits,
  runs: readonly Run[],
  runPlace: (number: number) => number,
  { starts, ordinals }: ValueRows,
  rowPlaces: Int32Array,
  into: { readonly cells: Cells; readonly step: number },
): void {
  const { cells, step } = into;
  for (const { from, to, number } of runs) {
    const base = runPlace(number);
    if (base < 0) continue;
    for (let word = from >>> 5; word << 5 < to; word++) {
      let left = bits[word];
      if (word === from >>> 5) left &= 0xffffffff << (from & 31);
      for (; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        if (doc >= to) break;
        for (let i = starts[doc]; i < starts[doc + 1]; i++) {
          const place = rowPlaces[ordinals[i]];
          if (place >= 0) cells[base + place * step]++;
        }
      }
    }
  }
}

/** Counts the cells document by document. */
function countCells(
  bits: Bits,
  down: DocValues,
  across: DocValues,
  cellOf: (row: number, column: number) => void,
): void {
  forEachBit(bits, (doc) => {
    down.visit(doc, (number) => across.visit(doc, (other) => cellOf(number, other)));
  });
}

/** Two facets crossed over the hits. A document with several values counts in each of their cells. */
export function countTable(counted: Counted, request: FacetTableRequest): FacetTable {
  const rows = sideOf(counted, request.rows, request.rowSize);
  const columns = sideOf(counted, request.columns, request.columnSize);
  const width = columns.values.length;
  const cells: Cells = new Int32Array(rows.values.length * width);
  counted.bits.forEach((bits, index) => {
    const [down, across] = [rows.columns[index], columns.columns[index]];
    const [rowPlaces, columnPlaces] = [rows.places[index], columns.places[index]];
    if (down.rows && across.runs) {
      countRuns(bits, across.runs, (number) => columnPlaces[number - columns.first], down.rows, rowPlaces, {
        cells,
        step: width,
      });
      return;
    }
    if (down.runs && across.rows) {
      const rowStart = (number: number): number => {
        const place = rowPlaces[number - rows.first];
        return place < 0 ? -1 : place * width;
      };
      countRuns(bits, down.runs, rowStart, across.rows, columnPlaces, { cells, step: 1 });
      return;
    }
    countCells(bits, down, across, (number, other) => {
      const [row, column] = [rowPlaces[number - rows.first], columnPlaces[other - columns.first]];
      if (row >= 0 && column >= 0) cells[row * width + column]++;
    });
  });
  return {
    rows: [...rows.values],
    columns: [...columns.values],
    cells: rows.values.map((_, row) => [...cells.subarray(row * width, (row + 1) * width)]),
  };
}

/** How many different values the hits have; a document of no family is a family of its own. */
export function countDistinct(counted: Counted, name: DistinctName): number {
  const { counts, unknown } = tallyOf(counted, name);
  return countAbove(counts) + (name === 'family' ? unknown : 0);
}
