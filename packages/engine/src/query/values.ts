import { COLUMNS, type ColumnName, type CountableName } from '@quanlian/contract';
import { valuesOn } from '../columns/aligned.js';
import { NO_DATE } from '../content/dates.js';
import { VALUE_FACETS, type ValueFacet } from '../content/document.js';
import type { Snapshot } from '../corpus/snapshot.js';
import type { ValueColumn } from '../segment/columns.js';
import type { Segment } from '../segment/segment.js';
import { type Bits, countRange, forEachBit } from '../storage/bits.js';
import { firstBefore } from './days.js';
import type { ValueRows } from './layers.js';
import { openRowTally } from './tally.js';

/** The values that the documents of one segment have of one name, as small numbers. */
export interface DocValues {
  /** Numbers go from 0 to one less than this. */
  readonly size: number;
  valueOf(number: number): string;
  /** Visits the numbers of a document's values; false when it has none. */
  visit(doc: number, visit: (number: number) => void): boolean;
  /**
   * Adds to `counts`, by number or by the place of the number, how many of the `hits` documents of a set have each
   * value; returns how many have none. There must be room for `SPARE_COUNTS` after the last, which count nothing.
   */
  tally(bits: Bits, hits: number, counts: Uint32Array, places?: Uint32Array): number;
  /** Where documents stand in the order of their values: stretches of documents with one number each. */
  readonly runs?: readonly Run[];
  /** Where the numbers stand in rows: those of a document from `starts[doc]` on and before the next. */
  readonly rows?: ValueRows;
}

/** Documents from `from` on and before `to`, all of which have one value. */
export interface Run {
  readonly from: number;
  readonly to: number;
  readonly number: number;
}

/** Tallies document by document. */
function tallyEach(bits: Bits, counts: Uint32Array, visit: DocValues['visit'], places?: Uint32Array): number {
  const count = (number: number): void => {
    counts[places ? places[number] : number]++;
  };
  let without = 0;
  forEachBit(bits, (doc) => {
    if (!visit(doc, count)) without++;
  });
  return without;
}

/** The values of a column of texts; what is learnt of it is kept with the segment under `key`. */
export function columnValues(segment: Segment, key: string, column: ValueColumn): DocValues {
  const { values, starts, ordinals } = column;
  return {
    size: values.length,
    valueOf: (number) => values[number],
    visit(doc, visit) {
      for (let i = starts[doc]; i < starts[doc + 1]; i++) visit(ordinals[i]);
      return starts[doc] < starts[doc + 1];
    },
    tally: openRowTally(segment.kept, key, values.length, column),
    rows: column,
  };
}

function derivedValues(snapshot: Snapshot, segment: Segment, name: ColumnName, day: number): DocValues {
  const aligned = snapshot.columns.aligned(name, segment);
  if (aligned.timeless) {
    return columnValues(segment, `${snapshot.manifest.columns[name]?.name}`, aligned);
  }
  const visit: DocValues['visit'] = (doc, take) => {
    const [from, to] = valuesOn(aligned, doc, day);
    for (let i = from; i < to; i++) take(aligned.ordinals[i]);
    return from < to;
  };
  return {
    size: aligned.values.length,
    valueOf: (number) => aligned.values[number],
    visit,
    tally: (bits, _, counts, places) => tallyEach(bits, counts, visit, places),
  };
}

/** The values of the first for the documents that have any, else those of the second. */
function preferred(first: DocValues, second: DocValues): DocValues {
  const visit: DocValues['visit'] = (doc, take) =>
    first.visit(doc, take) || second.visit(doc, (number) => take(number + first.size));
  return {
    size: first.size + second.size,
    valueOf: (number) => (number < first.size ? first.valueOf(number) : second.valueOf(number - first.size)),
    visit,
    tally: (bits, _, counts, places) => tallyEach(bits, counts, visit, places),
  };
}

const MONTHS = 12;
const LAST_YEAR = 10_000;
const pad = (number: number, width: number): string => String(number).padStart(width, '0');

/** Documents stand newest first, so those of a year or month stand together; undated ones stand last. */
function runsOf(days: Uint32Array, by: 'year' | 'month', numberOf: (day: number) => number): Run[] {
  const runs: Run[] = [];
  for (let from = 0; from < days.length && days[from] !== NO_DATE; ) {
    const day = days[from];
    const to = firstBefore(days, by === 'year' ? day - (day % 10_000) : day - (day % 100));
    runs.push({ from, to, number: numberOf(day) });
    from = to;
  }
  return runs;
}

const BYTES_OF_RUN = 60;

/** Adds how many of the documents lie in each stretch, to `counts` by number less `first`; returns how many in none. */
export function tallyRuns(bits: Bits, hits: number, runs: readonly Run[], counts: Uint32Array, first: number): number {
  let found = 0;
  for (const { from, to, number } of runs) {
    const count = countRange(bits, from, to);
    counts[number - first] += count;
    found += count;
  }
  return hits - found;
}

function dateValues(segment: Segment, by: 'year' | 'month'): DocValues {
  const days = segment.column('date');
  const yearOf = (day: number): number => Math.floor(day / 10_000);
  const monthOf = (day: number): number => yearOf(day) * MONTHS + (Math.floor(day / 100) % 100) - 1;
  const [size, numberOf] = by === 'year' ? [LAST_YEAR, yearOf] : [LAST_YEAR * MONTHS, monthOf];
  const runs = (): readonly Run[] =>
    segment.kept.get(
      by,
      () => runsOf(days, by, numberOf),
      (made) => made.length * BYTES_OF_RUN,
    );
  return {
    size,
    valueOf: (number) =>
      by === 'year' ? pad(number, 4) : `${pad(Math.floor(number / MONTHS), 4)}-${pad((number % MONTHS) + 1, 2)}`,
    visit(doc, visit) {
      if (days[doc] === NO_DATE) return false;
      visit(numberOf(days[doc]));
      return true;
    },
    tally: (bits, hits, counts) => tallyRuns(bits, hits, runs(), counts, 0),
    get runs() {
      return runs();
    },
  };
}

/** The values that the records of a segment give themselves. */
export const facetValues = (segment: Segment, name: ValueFacet): DocValues =>
  columnValues(segment, `facet.${name}`, segment.facet(name));

const isValueFacet = (name: CountableName): name is Exclude<ValueFacet, 'family'> =>
  name !== 'family' && VALUE_FACETS.some((facet) => facet === name);
const isColumn = (name: CountableName): name is ColumnName => COLUMNS.some((column) => column === name);

/** The values of a facet in one segment; those of derived columns as they hold on `day`. */
export function docValues(snapshot: Snapshot, segment: Segment, name: CountableName, day: number): DocValues {
  if (name === 'year' || name === 'month') return dateValues(segment, name);
  if (name === 'family') return preferred(derivedValues(snapshot, segment, name, day), facetValues(segment, name));
  if (isValueFacet(name)) return facetValues(segment, name);
  if (isColumn(name)) return derivedValues(snapshot, segment, name, day);
  throw new Error(`The facet ${name} has no values.`);
}
