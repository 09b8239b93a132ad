import { type PackedColumn, type PackedTexts, packTexts } from '@quanlian/engine';
import type { Ints } from './ints.js';
import { isHeld, NONE, type RegisterTables } from './tables.js';

/**
 * Rows of which a column is another than the corpus was told: held ones by what was told and found, and those that are
 * gone and of which it was told anything (it is always told of a family).
 */
export function changedRows(tables: RegisterTables, told: Ints, found: Int32Array): Int32Array {
  const { documents } = tables;
  const rows = new Int32Array(documents.id.length);
  let count = 0;
  for (let row = 0; row < documents.id.length; row++) {
    const differs = isHeld(tables, row) ? told.at(row) !== found[row] : documents.family.at(row) !== NONE;
    if (differs) rows[count++] = row;
  }
  return rows.subarray(0, count);
}

/** Rows in the order of their ids as strings; of two of one id, the one held. */
export function inOrder(tables: RegisterTables, rows: Int32Array): Int32Array {
  const { documents, pool } = tables;
  const rowOf = new Map<string, number>();
  for (const row of rows) {
    const id = pool.text(documents.id.at(row));
    if (isHeld(tables, row) || !rowOf.has(id)) rowOf.set(id, row);
  }
  const ids = [...rowOf.keys()].sort();
  return Int32Array.from(ids, (id) => rowOf.get(id) as number);
}

/** The ids of rows, one after another. */
export const idsOf = ({ documents, pool }: RegisterTables, rows: Int32Array): PackedTexts =>
  packTexts(Array.from(rows, (row) => pool.text(documents.id.at(row))));

/** Packs one value for each row, given as a number whose text `textOf` knows; `NONE` takes the document out. */
export function packRows(
  tables: RegisterTables,
  rows: Int32Array,
  numberOf: (row: number) => number,
  textOf: (value: number) => string,
): PackedColumn {
  const places = new Map<number, number>();
  const starts = new Uint32Array(rows.length + 1);
  const ordinals = new Uint32Array(rows.length);
  let count = 0;
  rows.forEach((row, i) => {
    const value = numberOf(row);
    if (value !== NONE) {
      const place = places.get(value) ?? places.size;
      places.set(value, place);
      ordinals[count++] = place;
    }
    starts[i + 1] = count;
  });
  return {
    ids: idsOf(tables, rows),
    values: packTexts(Array.from(places.keys(), textOf)),
    starts,
    ordinals: ordinals.slice(0, count),
    from: new Uint32Array(count),
  };
}
