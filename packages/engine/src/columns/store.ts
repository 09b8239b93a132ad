import { type ColumnName, UNKNOWN_VALUE } from '@quanlian/contract';
import { NO_DATE } from '../content/dates.js';
import type { Segment } from '../segment/segment.js';
import type { Keeper } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import type { ColumnEntry } from '../storage/manifest.js';
import type { AlignedColumn } from './aligned.js';
import { type ColumnFile, readColumnFile, readPackedColumn } from './file.js';
import { bytesOfPacked, valuesOfId } from './lookup.js';

/** The derived columns of one commit. */
export interface ColumnStore {
  has(name: ColumnName): boolean;
  aligned(name: ColumnName, segment: Segment): AlignedColumn;
  /** The values of documents by their ids on a day, without turning the column; what is read is kept in `kept`. */
  lookup(name: ColumnName, day: number, kept: Keeper): (id: string) => readonly string[];
}

const EMPTY = new Uint32Array(0);

function align({ ids, column, from }: ColumnFile, segment: Segment): AlignedColumn {
  const rows = new Int32Array(segment.docs).fill(-1);
  const starts = new Uint32Array(segment.docs + 1);
  let row = 0;
  for (const doc of segment.byId()) {
    const id = segment.id(doc);
    while (row < ids.length && ids[row] < id) row++;
    if (row === ids.length) break;
    if (ids[row] !== id) continue;
    rows[doc] = row;
    starts[doc + 1] = column.starts[row + 1] - column.starts[row];
  }
  for (let doc = 0; doc < segment.docs; doc++) starts[doc + 1] += starts[doc];
  const ordinals = new Uint32Array(starts[segment.docs]);
  const days = new Uint32Array(starts[segment.docs]);
  rows.forEach((found, doc) => {
    if (found < 0) return;
    const [begin, end] = [column.starts[found], column.starts[found + 1]];
    ordinals.set(column.ordinals.subarray(begin, end), starts[doc]);
    days.set(from.subarray(begin, end), starts[doc]);
  });
  const timeless = days.every((day) => day === NO_DATE) && !column.values.includes(UNKNOWN_VALUE);
  return { values: column.values, starts, ordinals, from: days, timeless };
}

const noColumn = (docs: number): AlignedColumn => ({
  values: [],
  starts: new Uint32Array(docs + 1),
  ordinals: EMPTY,
  from: EMPTY,
  timeless: true,
});

const sizeOf = ({ values, starts, ordinals }: AlignedColumn): number =>
  starts.byteLength + ordinals.byteLength * 2 + values.reduce((sum, value) => sum + 40 + value.length * 2, 0);

/** Opens the derived columns of a commit; each is read when it is first asked for, and turned once for each segment. */
export function openColumns(fs: FileSystem, dir: string, entries: Readonly<Record<string, ColumnEntry>>): ColumnStore {
  return {
    has: (name) => entries[name] !== undefined,
    aligned(name, segment) {
      const entry = entries[name];
      if (entry === undefined) return segment.kept.get('no column', () => noColumn(segment.docs), sizeOf);
      return segment.kept.get(entry.name, () => align(readColumnFile(fs, dir, entry), segment), sizeOf);
    },
    lookup(name, day, kept) {
      const entry = entries[name];
      if (entry === undefined) return () => [];
      const column = kept.get(`${entry.name}#packed`, () => readPackedColumn(fs, dir, entry), bytesOfPacked);
      return (id) => valuesOfId(column, id, day);
    },
  };
}
