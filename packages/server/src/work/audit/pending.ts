import { enterScope, type WorkSchema } from '@quanlian/db';
import type { Transaction } from 'kysely';
import type { Actor } from '../actor.js';
import { appendToChain, type ChainEntry } from './audit.repo.js';

type Last = (trx: Transaction<WorkSchema>) => Promise<void>;

interface Pending {
  readonly actor: Actor;
  readonly entries: ChainEntry[];
  readonly last: Last[];
}

const pendingOf = new WeakMap<Transaction<WorkSchema>, Pending>();

/** Lets entries be appended in a transaction. */
export function openAudit(trx: Transaction<WorkSchema>, actor: Actor): void {
  pendingOf.set(trx, { actor, entries: [], last: [] });
}

/** What waits for the end of the transaction. Throws outside `withWork`, where nothing would write it. */
export function pendingAudit(trx: Transaction<WorkSchema>): Pending {
  const pending = pendingOf.get(trx);
  if (!pending) throw new Error('something was left for the end of a transaction outside withWork');
  return pending;
}

/**
 * Leaves a piece of the program's own work (a notice to somebody the actor cannot reach, a job) for the end of the
 * transaction, where it reaches all rows. It commits or fails with the rest.
 */
export function atEnd(trx: Transaction<WorkSchema>, work: Last): void {
  pendingAudit(trx).last.push(work);
}

/** Does what was left for the end, then writes the waiting entries, chain by chain in the order of their ids. */
export async function flushAudit(trx: Transaction<WorkSchema>): Promise<void> {
  const { entries, last } = pendingAudit(trx);
  if (entries.length === 0 && last.length === 0) return;
  await enterScope(trx, { organizations: [], people: [], known: [], system: true });
  for (const work of last) await work(trx);
  const byChain = new Map<string, ChainEntry[]>();
  for (const entry of entries) byChain.set(entry.organizationId, [...(byChain.get(entry.organizationId) ?? []), entry]);
  for (const organizationId of [...byChain.keys()].sort()) {
    await appendToChain(trx, organizationId, byChain.get(organizationId) ?? []);
  }
  pendingOf.delete(trx);
}
