import { enterScope, type WorkSchema } from '@quanlian/db';
import type { IsolationLevel, Kysely } from 'kysely';
import type { Actor } from './actor.js';
import { flushAudit, openAudit } from './audit/pending.js';
import type { WorkTransaction } from './connection.js';

/** How a piece of work wants its transaction. */
export interface WorkOptions {
  readonly isolation?: IsolationLevel;
}

/**
 * One transaction on the actor's behalf: row-level security reaches what the actor's roles reach, and the entries
 * given to `audit.append` meanwhile are written at its end, before the commit. All of it stays or nothing does.
 * The audit chains are locked only while their entries are written, in one order, so that two transactions never
 * wait for each other.
 */
export async function withWork<Result>(
  db: Kysely<WorkSchema>,
  actor: Actor,
  work: (trx: WorkTransaction) => Promise<Result>,
  options: WorkOptions = {},
): Promise<Result> {
  const start = options.isolation ? db.transaction().setIsolationLevel(options.isolation) : db.transaction();
  return start.execute(async (trx) => {
    await enterScope(trx, actor.rowScope);
    openAudit(trx, actor);
    const result = await work(trx);
    await flushAudit(trx);
    return result;
  });
}
