import { join } from 'node:path';
import { readNumbers, readValueColumn, type ValueColumn, writeNumbers, writeValueColumn } from '../segment/columns.js';
import { createSectionWriter, type FileSum, openSections } from '../segment/container.js';
import { ByteCache } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import type { FileEntry } from '../storage/manifest.js';
import { overlayColumn } from './overlay.js';
import { type PackedColumn, packTexts } from './packed.js';

/** A derived column as its file holds it: ids ascending, for each its values and the day each begins to hold. */
export interface ColumnFile {
  readonly ids: readonly string[];
  readonly column: ValueColumn;
  /** For each value of each row the first day it holds; `NO_DATE` when it always has. Ascending within a row. */
  readonly from: Uint32Array;
}

/** Reads a column whole. Refuses `DamagedFile`. */
export function readColumnFile(fs: FileSystem, dir: string, { name, bytes }: FileEntry): ColumnFile {
  const sections = openSections(fs, join(dir, name), bytes);
  const cache = new ByteCache(0);
  try {
    const starts = readNumbers(sections, 'id.starts', cache);
    const text = Buffer.from(sections.read('id.bytes', 0, sections.length('id.bytes')).buffer);
    const ids = Array.from({ length: starts.length - 1 }, (_, row) =>
      text.toString('utf8', starts[row], starts[row + 1]),
    );
    return { ids, column: readValueColumn(sections, 'values', cache), from: readNumbers(sections, 'from', cache) };
  } finally {
    sections.close();
  }
}

/** Reads a column as it lies in its file. Refuses `DamagedFile`. */
export function readPackedColumn(fs: FileSystem, dir: string, { name, bytes }: FileEntry): PackedColumn {
  const sections = openSections(fs, join(dir, name), bytes);
  const cache = new ByteCache(0);
  try {
    const { values, starts, ordinals } = readValueColumn(sections, 'values', cache);
    return {
      ids: {
        bytes: sections.read('id.bytes', 0, sections.length('id.bytes')),
        starts: readNumbers(sections, 'id.starts', cache),
      },
      values: packTexts(values),
      starts,
      ordinals,
      from: readNumbers(sections, 'from', cache),
    };
  } finally {
    sections.close();
  }
}

/** Writes a new generation of a column: what it held, overlaid with the updates. */
export function writeColumnFile(
  fs: FileSystem,
  path: string,
  before: PackedColumn | undefined,
  updates: PackedColumn,
): FileSum & { documents: number } {
  const { ids, values, starts, ordinals, from } = overlayColumn(before, updates);
  const out = createSectionWriter(fs, path);
  try {
    writeNumbers(out, 'id.starts', ids.starts);
    out.begin('id.bytes');
    out.write(ids.bytes);
    writeValueColumn(out, 'values', { values, starts, ordinals });
    writeNumbers(out, 'from', from);
    return { ...out.finish(), documents: starts.length - 1 };
  } catch (error) {
    out.abandon();
    throw error;
  }
}
