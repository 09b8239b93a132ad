import { join } from 'node:path';
import type { ColumnUpdate } from '@quanlian/contract';
import { QuanlianError } from '@quanlian/contract';
import { checkDate, earliestDay, NO_DATE } from '../content/dates.js';
import { storable } from '../content/document.js';
import { writeIds } from '../segment/builder.js';
import { readNumbers, readValueColumn, type ValueColumn, ValueColumnWriter, writeNumbers } from '../segment/columns.js';
import { createSectionWriter, type FileSum, openSections } from '../segment/container.js';
import { ByteCache } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import type { FileEntry } from '../storage/manifest.js';

/** A derived column as its file holds it: ids ascending, for each its values and the day each begins to hold. */
export interface ColumnFile {
  readonly ids: readonly string[];
  readonly column: ValueColumn;
  /** For each value of each row the first day it holds; `NO_DATE` when it always has. Ascending within a row. */
  readonly from: Uint32Array;
}

interface Row {
  readonly id: string;
  readonly values: readonly { readonly value: string; readonly from: number }[];
}

const compareTexts = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

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

function* rowsOf({ ids, column, from }: ColumnFile): Generator<Row> {
  for (const [row, id] of ids.entries()) {
    const values: { value: string; from: number }[] = [];
    for (let i = column.starts[row]; i < column.starts[row + 1]; i++)
      values.push({ value: column.values[column.ordinals[i]], from: from[i] });
    yield { id, values };
  }
}

function rowOf({ id, values }: ColumnUpdate): Row {
  const days = values.map(({ value, from }) => {
    if (value === '') throw new QuanlianError('request.invalid', `A value of ${id} is empty; leave it out.`);
    return { value: storable(value), from: from === undefined ? NO_DATE : earliestDay(checkDate(from, 'from')) };
  });
  return { id: storable(id), values: days.sort((a, b) => a.from - b.from || compareTexts(a.value, b.value)) };
}

/** The rows of both, ascending; an update takes the place of what the column had, one without values removes it. */
function* overlay(before: Iterator<Row>, updates: readonly Row[]): Generator<Row> {
  let old = before.next();
  for (const update of updates) {
    while (!old.done && old.value.id < update.id) {
      yield old.value;
      old = before.next();
    }
    if (!old.done && old.value.id === update.id) old = before.next();
    if (update.values.length > 0) yield update;
  }
  for (; !old.done; old = before.next()) yield old.value;
}

/** The last update of each id, by id. */
function lastOfEach(updates: readonly ColumnUpdate[]): Row[] {
  const byId = new Map<string, Row>();
  for (const update of updates) {
    const row = rowOf(update);
    byId.set(row.id, row);
  }
  return [...byId.values()].sort((a, b) => compareTexts(a.id, b.id));
}

/** Writes a new generation of a column: what it held, overlaid with the updates. */
export function writeColumnFile(
  fs: FileSystem,
  path: string,
  before: ColumnFile | undefined,
  updates: readonly ColumnUpdate[],
): FileSum & { documents: number } {
  const rows = overlay(before ? rowsOf(before) : [][Symbol.iterator](), lastOfEach(updates));
  const ids: string[] = [];
  const from: number[] = [];
  const values = new ValueColumnWriter();
  for (const row of rows) {
    ids.push(row.id);
    values.addRow(row.values.map(({ value }) => value));
    for (const { from: day } of row.values) from.push(day);
  }
  const out = createSectionWriter(fs, path);
  try {
    writeIds(out, ids);
    values.write(out, 'values', Uint32Array.from(ids.keys()));
    writeNumbers(out, 'from', Uint32Array.from(from));
    return { ...out.finish(), documents: ids.length };
  } catch (error) {
    out.abandon();
    throw error;
  }
}
