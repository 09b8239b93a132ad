import type { CountableName, Facet, FacetTable, FacetTableRequest, QueryNode } from '@quanlian/contract';
import type { Counting } from './merged-counts.js';

const DEFAULT_SIZE = 10;

/** Names taken for one; the first is shown. */
export interface NameGroup {
  readonly shown: string;
  readonly names: readonly string[];
}

/** A table that reaches far enough for the sides of the merged one: names taken for one make room for others. */
export function widened(
  table: FacetTableRequest,
  members: number,
  isNamed: (name: string) => boolean,
): FacetTableRequest {
  const { rows, columns, rowSize = DEFAULT_SIZE, columnSize = DEFAULT_SIZE } = table;
  return {
    ...table,
    ...(isNamed(rows) ? { rowSize: rowSize + members } : {}),
    ...(isNamed(columns) ? { columnSize: columnSize + members } : {}),
  };
}

/** How values are shown in the merged view. */
export interface MergedSides {
  groupOf(name: CountableName, value: string): NameGroup | undefined;
  /** The merged facet of a side; undefined when its values are no names. */
  facet(name: CountableName, size: number): Promise<Facet | undefined>;
}

/** A value of a side: the clause of a group of names, or none when it stands in the raw table. */
interface Shown {
  readonly value: string;
  readonly clause: QueryNode | undefined;
}

async function sideOf(
  name: CountableName,
  size: number,
  raw: readonly string[],
  { facet, groupOf }: MergedSides,
): Promise<Shown[]> {
  const values = (await facet(name, size))?.values.map(({ value }) => value) ?? raw;
  return values.map((value) => {
    const names = groupOf(name, value)?.names;
    if (names === undefined) return { value, clause: undefined };
    return { value, clause: { op: 'or', clauses: names.map((one) => ({ op: 'value', field: name, value: one })) } };
  });
}

/** The counts of one line of cells: of the group it stands for, by each value across, groups by a search of their own. */
async function lineOf(
  counting: Counting,
  clause: QueryNode,
  name: CountableName,
  across: readonly Shown[],
): Promise<number[]> {
  const single = across.filter((one) => one.clause === undefined);
  const counts = await counting.of(
    [clause],
    name,
    single.map(({ value }) => value),
  );
  const bySingle = new Map(single.map(({ value }, i) => [value, counts[i] ?? 0]));
  return Promise.all(
    across.map((one) =>
      one.clause === undefined ? (bySingle.get(one.value) ?? 0) : counting.total([clause, one.clause]),
    ),
  );
}

/**
 * A table with the names of each group counted as one, exactly: its sides are the first of the merged facets, a
 * document with two names of a group counts once in its cell, and cells without a group stay those of the raw table,
 * which must have been asked for `widened`.
 */
export async function mergeTable(
  counting: Counting,
  { rows, columns, rowSize = DEFAULT_SIZE, columnSize = DEFAULT_SIZE }: FacetTableRequest,
  raw: FacetTable,
  sides: MergedSides,
): Promise<FacetTable> {
  const down = await sideOf(rows, rowSize, raw.rows, sides);
  const across = await sideOf(columns, columnSize, raw.columns, sides);
  const rawRow = new Map(raw.rows.map((value, i) => [value, i]));
  const rawColumn = new Map(raw.columns.map((value, i) => [value, i]));
  const grouped = new Map<Shown, number[]>();
  for (const one of across)
    if (one.clause !== undefined) grouped.set(one, await lineOf(counting, one.clause, rows, down));
  const cells = await Promise.all(
    down.map(async (row, r) => {
      if (row.clause !== undefined) return lineOf(counting, row.clause, columns, across);
      const line = raw.cells[rawRow.get(row.value) ?? -1] ?? [];
      return across.map((column) => grouped.get(column)?.[r] ?? line[rawColumn.get(column.value) ?? -1] ?? 0);
    }),
  );
  return { rows: down.map(({ value }) => value), columns: across.map(({ value }) => value), cells };
}
