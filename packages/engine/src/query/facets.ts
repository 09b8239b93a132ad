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
import { type DocValues, docValues } from './values.js';

/** Values of a facet returned when the request does not say. */
const DEFAULT_SIZE = 10;

/** The hits whose values are counted, and the day whose derived values hold. */
export interface Counted {
  readonly snapshot: Snapshot;
  readonly bits: readonly Bits[];
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
  return groupValues(snapshot, segment, name, table);
}

/** The values that any document of a snapshot may have of one name, and how many of the hits have each. */
interface Tally {
  valueOf(number: number): string;
  readonly counts: Uint32Array;
  readonly unknown: number;
}

/** The different values of all segments in order, and for each segment the places of its own among them. */
interface United {
  readonly values: readonly string[];
  readonly places: readonly Uint32Array[];
}

const isOfTime = (name: CountableName): boolean => name === 'year' || name === 'month';

function unite(lists: readonly (readonly string[])[]): United {
  const values = [...new Set(lists.flat())].sort();
  const placeOf = new Map(values.map((value, place) => [value, place]));
  return { values, places: lists.map((list) => Uint32Array.from(list, (value) => placeOf.get(value) ?? 0)) };
}

const bytesOfUnited = ({ values, places }: United): number =>
  values.reduce((sum, value) => sum + 40 + value.length * 2, 0) + places.reduce((sum, own) => sum + own.byteLength, 0);

/** One numbering of a facet's values for all segments of a commit, made when it is first asked for. */
function unitedValues(snapshot: Snapshot, name: CountableName, columns: readonly DocValues[]): United {
  const derived = Object.values(snapshot.manifest.columns).map((column) => column.name);
  const key = `#united.${name}#${[...snapshot.segments.map(({ segment }) => segment.path), ...derived].join('#')}`;
  const listOf = (column: DocValues): string[] =>
    Array.from({ length: column.size }, (_, number) => column.valueOf(number));
  return snapshot.cache.get(key, () => unite(columns.map(listOf)), bytesOfUnited);
}

function tallyOf(counted: Counted, name: CountableName): Tally {
  const { snapshot, bits } = counted;
  const columns = snapshot.segments.map(({ segment }) => valuesOf(counted, segment, name));
  const [first] = columns;
  if (first === undefined) return { valueOf: () => '', counts: new Uint32Array(0), unknown: 0 };
  let unknown = 0;
  // Years and the values of a table have one numbering in all segments.
  if (isOfTime(name) || isTabled(name)) {
    const counts = new Uint32Array(first.size);
    columns.forEach((column, index) => {
      unknown += column.tally(bits[index], counts);
    });
    return { valueOf: first.valueOf, counts, unknown };
  }
  const { values, places } = unitedValues(snapshot, name, columns);
  const counts = new Uint32Array(values.length);
  columns.forEach((column, index) => {
    const own = new Uint32Array(column.size);
    const place = places[index];
    unknown += column.tally(bits[index], own);
    for (let number = 0; number < own.length; number++) counts[place[number]] += own[number];
  });
  return { valueOf: (number) => values[number], counts, unknown };
}

/** The numbers with the highest counts, the most frequent first; of equal ones the lower first. */
function mostFrequent(counts: Uint32Array, size: number): number[] {
  const best: number[] = [];
  if (size === 0) return best;
  for (let number = 0; number < counts.length; number++) {
    const count = counts[number];
    if (count === 0 || (best.length === size && count <= counts[best[size - 1]])) continue;
    let at = Math.min(best.length, size - 1);
    for (; at > 0 && counts[best[at - 1]] < count; at--) best[at] = best[at - 1];
    best[at] = number;
  }
  return best;
}

/** The numbers that a facet gives: of years and months all unless a size is given, in their order. */
function chosen(name: CountableName, { counts }: Tally, size: number | undefined): number[] {
  if (isOfTime(name) && size === undefined) return Array.from(counts.keys()).filter((number) => counts[number] > 0);
  const best = mostFrequent(counts, size ?? DEFAULT_SIZE);
  return isOfTime(name) ? best.sort((a, b) => a - b) : best;
}

/** All values of a facet over the hits, with their counts; years and months in their order, all unless a size is given. */
export function countFacet(counted: Counted, { name, size }: FacetRequest): Facet {
  const tally = tallyOf(counted, name);
  const { counts, unknown } = tally;
  const listed = chosen(name, tally, size).map((number) => ({ value: tally.valueOf(number), count: counts[number] }));
  return { values: listed, unknown, distinct: countAbove(counts) };
}

function countAbove(counts: Uint32Array): number {
  let different = 0;
  for (let number = 0; number < counts.length; number++) if (counts[number] > 0) different++;
  return different;
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
  const { snapshot, bits } = counted;
  snapshot.segments.forEach(({ segment }, index) => {
    const down = valuesOf(counted, segment, request.rows);
    const across = valuesOf(counted, segment, request.columns);
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
  return countAbove(counts) + (name === 'family' ? unknown : 0);
}
