import { COLUMNS, type ColumnName, type CountableName } from '@quanlian/contract';
import { valuesOn } from '../columns/store.js';
import { NO_DATE } from '../content/dates.js';
import { VALUE_FACETS, type ValueFacet } from '../content/document.js';
import type { Snapshot } from '../corpus/snapshot.js';
import type { ValueColumn } from '../segment/columns.js';
import type { Segment } from '../segment/segment.js';

/** The values that the documents of one segment have of one name, as small numbers. */
export interface DocValues {
  /** Numbers go from 0 to one less than this. */
  readonly size: number;
  valueOf(number: number): string;
  /** Visits the numbers of a document's values; false when it has none. */
  visit(doc: number, visit: (number: number) => void): boolean;
}

function columnValues({ values, starts, ordinals }: ValueColumn): DocValues {
  return {
    size: values.length,
    valueOf: (number) => values[number],
    visit(doc, visit) {
      for (let i = starts[doc]; i < starts[doc + 1]; i++) visit(ordinals[i]);
      return starts[doc] < starts[doc + 1];
    },
  };
}

function derivedValues(snapshot: Snapshot, segment: Segment, name: ColumnName, day: number): DocValues {
  const aligned = snapshot.columns.aligned(name, segment);
  return {
    size: aligned.values.length,
    valueOf: (number) => aligned.values[number],
    visit(doc, visit) {
      const [from, to] = valuesOn(aligned, doc, day);
      for (let i = from; i < to; i++) visit(aligned.ordinals[i]);
      return from < to;
    },
  };
}

/** The values of the first for the documents that have any, else those of the second. */
function preferred(first: DocValues, second: DocValues): DocValues {
  return {
    size: first.size + second.size,
    valueOf: (number) => (number < first.size ? first.valueOf(number) : second.valueOf(number - first.size)),
    visit: (doc, visit) => first.visit(doc, visit) || second.visit(doc, (number) => visit(number + first.size)),
  };
}

const MONTHS = 12;
const LAST_YEAR = 10_000;
const pad = (number: number, width: number): string => String(number).padStart(width, '0');

function dateValues(segment: Segment, by: 'year' | 'month'): DocValues {
  const days = segment.column('date');
  const yearOf = (day: number): number => Math.floor(day / 10_000);
  const monthOf = (day: number): number => yearOf(day) * MONTHS + (Math.floor(day / 100) % 100) - 1;
  const [size, numberOf] = by === 'year' ? [LAST_YEAR, yearOf] : [LAST_YEAR * MONTHS, monthOf];
  return {
    size,
    valueOf: (number) =>
      by === 'year' ? pad(number, 4) : `${pad(Math.floor(number / MONTHS), 4)}-${pad((number % MONTHS) + 1, 2)}`,
    visit(doc, visit) {
      if (days[doc] === NO_DATE) return false;
      visit(numberOf(days[doc]));
      return true;
    },
  };
}

const isValueFacet = (name: CountableName): name is Exclude<ValueFacet, 'family'> =>
  name !== 'family' && VALUE_FACETS.some((facet) => facet === name);
const isColumn = (name: CountableName): name is ColumnName => COLUMNS.some((column) => column === name);

/** The values of a facet in one segment; those of derived columns as they hold on `day`. */
export function docValues(snapshot: Snapshot, segment: Segment, name: CountableName, day: number): DocValues {
  if (name === 'year' || name === 'month') return dateValues(segment, name);
  if (name === 'family')
    return preferred(derivedValues(snapshot, segment, name, day), columnValues(segment.facet(name)));
  if (isValueFacet(name)) return columnValues(segment.facet(name));
  if (isColumn(name)) return derivedValues(snapshot, segment, name, day);
  throw new Error(`The facet ${name} has no values.`);
}
