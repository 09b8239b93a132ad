import { readValueColumn, type ValueColumn, writeValueColumn } from '../segment/columns.js';
import type { SectionWriter } from '../segment/container.js';
import { ByteCache } from '../storage/cache.js';
import { GONE, type MergeSource } from './order.js';

const noCache = new ByteCache(0);

/** The values that a row taken over has, sorted, and their number by source and old number. */
function unite(
  columns: readonly ValueColumn[],
  maps: readonly Uint32Array[],
): { values: string[]; ranks: Uint32Array[] } {
  const used = columns.map(({ values, starts, ordinals }, source) => {
    const flags = new Uint8Array(values.length);
    for (let row = 0; row + 1 < starts.length; row++) {
      if (maps[source][row] === GONE) continue;
      for (let i = starts[row]; i < starts[row + 1]; i++) flags[ordinals[i]] = 1;
    }
    return flags;
  });
  const all = new Set(
    columns.flatMap(({ values }, source) => values.filter((_, ordinal) => used[source][ordinal] === 1)),
  );
  const values = [...all].sort();
  const rankOf = new Map(values.map((value, rank) => [value, rank]));
  const ranks = columns.map(({ values: own }) => Uint32Array.from(own, (value) => rankOf.get(value) ?? 0));
  return { values, ranks };
}

/** Writes a column of values in the merged order of its rows; each row keeps the order of its values. */
export function mergeValues(
  out: SectionWriter,
  name: string,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  rows: number,
): void {
  const columns = sources.map(({ sections }) => readValueColumn(sections, name, noCache));
  const { values, ranks } = unite(columns, maps);
  const starts = new Uint32Array(rows + 1);
  columns.forEach((column, source) => {
    maps[source].forEach((to, row) => {
      if (to !== GONE) starts[to + 1] = column.starts[row + 1] - column.starts[row];
    });
  });
  for (let row = 0; row < rows; row++) starts[row + 1] += starts[row];
  const ordinals = new Uint32Array(starts[rows]);
  columns.forEach((column, source) => {
    maps[source].forEach((to, row) => {
      if (to === GONE) return;
      const from = column.starts[row];
      for (let i = from; i < column.starts[row + 1]; i++)
        ordinals[starts[to] + i - from] = ranks[source][column.ordinals[i]];
    });
  });
  writeValueColumn(out, name, { values, starts, ordinals });
}
