import type {
  CountableName,
  DistinctName,
  Facet,
  FacetRequest,
  FacetTable,
  FacetTableRequest,
} from '@quanlian/contract';
import type { Snapshot } from '../corpus/snapshot.js';
import { type Bits, forEachBit } from '../storage/bits.js';
import { docValues } from './values.js';

/** Values of a facet returned when the request does not say. */
const DEFAULT_SIZE = 10;

/** The hits whose values are counted, and the day whose derived values hold. */
export interface Counted {
  readonly snapshot: Snapshot;
  readonly bits: readonly Bits[];
  readonly day: number;
}

interface Tally {
  readonly counts: Map<string, number>;
  unknown: number;
}

function tallyOf({ snapshot, bits, day }: Counted, name: CountableName): Tally {
  const tally: Tally = { counts: new Map(), unknown: 0 };
  snapshot.segments.forEach(({ segment }, index) => {
    const values = docValues(snapshot, segment, name, day);
    const counts = new Uint32Array(values.size);
    const count = (number: number): void => {
      counts[number]++;
    };
    forEachBit(bits[index], (doc) => {
      if (!values.visit(doc, count)) tally.unknown++;
    });
    counts.forEach((found, number) => {
      if (found === 0) return;
      const value = values.valueOf(number);
      tally.counts.set(value, (tally.counts.get(value) ?? 0) + found);
    });
  });
  return tally;
}

type Value = { value: string; count: number };
const byValue = (a: Value, b: Value): number => (a.value < b.value ? -1 : a.value > b.value ? 1 : 0);
const byCount = (a: Value, b: Value): number => b.count - a.count || byValue(a, b);
const isOfTime = (name: CountableName): boolean => name === 'year' || name === 'month';

/** All values of a facet over the hits, with their counts; years and months in their order, all unless a size is given. */
export function countFacet(counted: Counted, { name, size }: FacetRequest): Facet {
  const { counts, unknown } = tallyOf(counted, name);
  const sorted = [...counts].map(([value, count]) => ({ value, count })).sort(byCount);
  const kept = isOfTime(name) && size === undefined ? sorted : sorted.slice(0, size ?? DEFAULT_SIZE);
  return { values: isOfTime(name) ? kept.sort(byValue) : kept, unknown, distinct: counts.size };
}

/** The values of one side of a table: number by value, in the facet's order. */
function sideOf(counted: Counted, name: CountableName, size: number | undefined): Map<string, number> {
  const { values } = countFacet(counted, { name, size: size ?? (isOfTime(name) ? undefined : DEFAULT_SIZE) });
  return new Map(values.map(({ value }, index) => [value, index]));
}

/** Two facets crossed over the hits. A document with several values counts in each of their cells. */
export function countTable(counted: Counted, request: FacetTableRequest): FacetTable {
  const rows = sideOf(counted, request.rows, request.rowSize);
  const columns = sideOf(counted, request.columns, request.columnSize);
  const cells = [...rows].map(() => [...columns].map(() => 0));
  const { snapshot, bits, day } = counted;
  snapshot.segments.forEach(({ segment }, index) => {
    const down = docValues(snapshot, segment, request.rows, day);
    const across = docValues(snapshot, segment, request.columns, day);
    // The place of each value is looked up once, not for every document.
    const rowOf = new Map<number, number>();
    const columnOf = new Map<number, number>();
    const placeIn = (
      known: Map<number, number>,
      side: Map<string, number>,
      value: () => string,
      number: number,
    ): number => {
      const place = known.get(number) ?? side.get(value()) ?? -1;
      known.set(number, place);
      return place;
    };
    forEachBit(bits[index], (doc) => {
      down.visit(doc, (number) => {
        const row = placeIn(rowOf, rows, () => down.valueOf(number), number);
        if (row < 0) return;
        across.visit(doc, (other) => {
          const column = placeIn(columnOf, columns, () => across.valueOf(other), other);
          if (column >= 0) cells[row][column]++;
        });
      });
    });
  });
  return { rows: [...rows.keys()], columns: [...columns.keys()], cells };
}

/** How many different values the hits have; a document of no family is a family of its own. */
export function countDistinct(counted: Counted, name: DistinctName): number {
  const { counts, unknown } = tallyOf(counted, name);
  return counts.size + (name === 'family' ? unknown : 0);
}
