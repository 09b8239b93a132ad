import { createHash } from 'node:crypto';
import type { BulkMode, BulkReport, RowMessage, RowResult } from '@quanlian/contract';
import { sql } from 'kysely';
import type { WorkTransaction } from '../../../work/connection.js';

/** Results that are no fault of the row. */
const GOOD: ReadonlySet<RowResult> = new Set(['added', 'already-enrolled', 'restored', 'unchanged', 'changed', 'left']);

export function countResults(rows: readonly RowMessage[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { result } of rows) counts[result] = (counts[result] ?? 0) + 1;
  return counts;
}

/** What the rows were, in one line, for the audit: the codes are not repeated there. */
export const hashOfRows = (rows: readonly RowMessage[]): string =>
  createHash('sha256')
    .update(rows.map(({ code, result }) => `${code} ${result}\n`).join(''))
    .digest('hex');

/**
 * Takes a table as its mode says. `work` writes what fits and tells the rows; when nothing is to be taken, what it wrote
 * is undone before the transaction goes on. `applied` runs only when it stays.
 */
export async function inBulk(
  trx: WorkTransaction,
  mode: BulkMode,
  work: () => Promise<RowMessage[]>,
  applied: (report: BulkReport) => void,
): Promise<BulkReport> {
  await sql`savepoint bulk`.execute(trx);
  const rows = await work();
  const stays = mode === 'good-rows' || (mode === 'all-or-nothing' && rows.every(({ result }) => GOOD.has(result)));
  await (stays ? sql`release savepoint bulk` : sql`rollback to savepoint bulk`).execute(trx);
  const report: BulkReport = { applied: stays, counts: countResults(rows), rows };
  if (stays) applied(report);
  return report;
}

const CHUNK = 1000;

/** A list in parts that fit into one statement. */
export function* chunks<Item>(items: readonly Item[]): Generator<Item[]> {
  for (let from = 0; from < items.length; from += CHUNK) yield items.slice(from, from + CHUNK);
}
