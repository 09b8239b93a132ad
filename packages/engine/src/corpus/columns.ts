import { COLUMNS, type ColumnName, type ColumnUpdate, QuanlianError } from '@quanlian/contract';
import type { ColumnResult } from '../backend.js';
import { readPackedColumn, writeColumnFile } from '../columns/file.js';
import { type PackedColumn, packColumn } from '../columns/packed.js';
import { columnName, type Manifest } from '../storage/manifest.js';
import type { CommitBuilder, NextNumbers, Prepared } from './writer.js';

function checkBasis(name: ColumnName, basis: number, { sequence, columns }: Manifest): void {
  const before = columns[name]?.basis ?? 0;
  if (Number.isInteger(basis) && basis >= before && basis <= sequence) return;
  throw new QuanlianError(
    'request.invalid',
    `The column ${name} was derived from state ${basis} of the corpus; it must be from ${before} to ${sequence}.`,
    { path: 'sequence' },
  );
}

/** The commit with a new generation of one derived column. */
export function columnCommit(
  builder: CommitBuilder,
  next: NextNumbers,
  before: Manifest,
  name: ColumnName,
  updates: readonly ColumnUpdate[] | PackedColumn,
  basis: number,
): Prepared<ColumnResult> {
  if (!COLUMNS.some((known) => known === name)) {
    throw new QuanlianError(
      'request.invalid',
      `There is no derived column "${name}"; there are ${COLUMNS.join(', ')}.`,
    );
  }
  checkBasis(name, basis, before);
  const { fs, dir } = builder;
  const old = before.columns[name];
  const file = columnName(name, next.generation);
  const held = old && readPackedColumn(fs, dir, old);
  const packed = 'ids' in updates ? updates : packColumn(updates);
  const written = builder.writeWith(file, (path) => writeColumnFile(fs, path, held, packed));
  const { sequence, generation } = next;
  const manifest: Manifest = {
    ...before,
    generation,
    sequence,
    columns: { ...before.columns, [name]: { name: file, ...written, basis } },
  };
  return { result: { sequence, documents: written.documents }, manifest };
}
