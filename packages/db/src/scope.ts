import { sql, type Transaction } from 'kysely';
import type { WorkSchema } from './schema.js';

/** Whom row-level security lets a transaction reach rows for. */
export interface RowScope {
  /** Organizations whose rows may be reached. */
  readonly organizations: readonly string[];
  /** The person, and those the person acts for: their own and assigned rows. */
  readonly people: readonly string[];
  /** Organizations that may be named: those above one's own, those one works for. */
  readonly known: readonly string[];
  /** The program itself: everything. */
  readonly system: boolean;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

function arrayOf(ids: readonly string[]): string {
  for (const id of ids) if (!UUID.test(id)) throw new Error('an id in a row scope is not a UUID');
  return `{${ids.join(',')}}`;
}

/** Tells the database for whom the rest of this transaction acts. */
export async function enterScope(trx: Transaction<WorkSchema>, scope: RowScope): Promise<void> {
  await sql`select
    set_config('quanlian.organizations', ${arrayOf(scope.organizations)}, true),
    set_config('quanlian.people', ${arrayOf(scope.people)}, true),
    set_config('quanlian.known', ${arrayOf(scope.known)}, true),
    set_config('quanlian.system', ${scope.system ? 'on' : 'off'}, true)`.execute(trx);
}
