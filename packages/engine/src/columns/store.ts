import { type ColumnName, UNKNOWN_VALUE } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import type { Segment } from '../segment/segment.js';
import type { Keeper } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import type { ColumnEntry } from '../storage/manifest.js';
import type { AlignedColumn } from './aligned.js';
import { readPackedColumn } from './file.js';
import { bytesOfPacked, valuesOfId } from './lookup.js';
import { compareWith, type PackedColumn, type PackedTexts, textAt } from './packed.js';

/** The derived columns of one commit. */
export interface ColumnStore {
  has(name: ColumnName): boolean;
  aligned(name: ColumnName, segment: Segment): AlignedColumn;
  /** The values of documents by their ids on a day, without turning the column; what is read is kept in `kept`. */
  lookup(name: ColumnName, day: number, kept: Keeper): (id: string) => readonly string[];
}

const EMPTY = new Uint32Array(0);

/** The first row from `from` on whose id is not before `id`: near ones are tried first, then ever farther ones. */
function firstRow(ids: PackedTexts, from: number, id: string): number {
  const rows = ids.starts.length - 1;
  let low = from;
  let step = 1;
  while (low + step <= rows && compareWith(ids, low + step - 1, id) < 0) {
    low += step;
    step *= 2;
  }
  let high = Math.min(rows, low + step - 1);
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareWith(ids, middle, id) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** For each document of a segment its row in a column; -1 where there is none. */
function rowsOf(ids: PackedTexts, segment: Segment): Int32Array {
  const rows = new Int32Array(segment.docs).fill(-1);
  const end = ids.starts.length - 1;
  let row = 0;
  for (const doc of segment.byId()) {
    const id = segment.id(doc);
    row = firstRow(ids, row, id);
    if (row === end) break;
    if (compareWith(ids, row, id) === 0) rows[doc] = row;
  }
  return rows;
}

function align(column: PackedColumn, values: readonly string[], segment: Segment): AlignedColumn {
  const rows = rowsOf(column.ids, segment);
  const starts = new Uint32Array(segment.docs + 1);
  rows.forEach((row, doc) => {
    starts[doc + 1] = starts[doc] + (row < 0 ? 0 : column.starts[row + 1] - column.starts[row]);
  });
  const ordinals = new Uint32Array(starts[segment.docs]);
  const days = new Uint32Array(starts[segment.docs]);
  rows.forEach((row, doc) => {
    if (row < 0) return;
    const shift = starts[doc] - column.starts[row];
    for (let i = column.starts[row]; i < column.starts[row + 1]; i++) {
      ordinals[shift + i] = column.ordinals[i];
      days[shift + i] = column.from[i];
    }
  });
  const timeless = days.every((day) => day === NO_DATE) && !values.includes(UNKNOWN_VALUE);
  return { values, starts, ordinals, from: days, timeless };
}

const noColumn = (docs: number): AlignedColumn => ({
  values: [],
  starts: new Uint32Array(docs + 1),
  ordinals: EMPTY,
  from: EMPTY,
  timeless: true,
});

const sizeOfTexts = (texts: readonly string[]): number => texts.reduce((sum, text) => sum + 40 + text.length * 2, 0);

/** The values count for each segment: which of several lets go of them last is not known. */
const sizeOf = ({ values, starts, ordinals }: AlignedColumn): number =>
  starts.byteLength + ordinals.byteLength * 2 + sizeOfTexts(values);

/**
 * Opens the derived columns of a commit; each is read when it is first asked for, and turned once for each segment.
 * What all segments are turned from lies in `commit` as long as there is room.
 */
export function openColumns(
  fs: FileSystem,
  dir: string,
  entries: Readonly<Record<string, ColumnEntry>>,
  commit: Keeper,
): ColumnStore {
  const packed = (entry: ColumnEntry, kept: Keeper): PackedColumn =>
    kept.get(`${entry.name}#packed`, () => readPackedColumn(fs, dir, entry), bytesOfPacked);
  const alignedWith = (entry: ColumnEntry, segment: Segment): AlignedColumn => {
    const column = packed(entry, commit);
    const texts = (): string[] =>
      Array.from({ length: column.values.starts.length - 1 }, (_, i) => textAt(column.values, i));
    return align(column, commit.get(`${entry.name}#values`, texts, sizeOfTexts), segment);
  };
  return {
    has: (name) => entries[name] !== undefined,
    aligned(name, segment) {
      const entry = entries[name];
      if (entry === undefined) return segment.kept.get('no column', () => noColumn(segment.docs), sizeOf);
      return segment.kept.get(entry.name, () => alignedWith(entry, segment), sizeOf);
    },
    lookup(name, day, kept) {
      const entry = entries[name];
      if (entry === undefined) return () => [];
      const column = packed(entry, kept);
      return (id) => valuesOfId(column, id, day);
    },
  };
}
