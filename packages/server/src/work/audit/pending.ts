import { enterScope, type WorkSchema } from '@quanlian/db';
import type { Transaction } from 'kysely';
import type { Actor } from '../actor.js';
import { appendToChain, type ChainEntry } from './audit.repo.js';

interface Pending {
  readonly actor: Actor;
  readonly entries: ChainEntry[];
}

const pendingOf = new WeakMap<Transaction<WorkSchema>, Pending>();

/** Lets entries be appended in a transaction. */
export function openAudit(trx: Transaction<WorkSchema>, actor: Actor): void {
  pendingOf.set(trx, { actor, entries: [] });
}

/** The entries that wait for the end of the transaction. Throws outside `withWork`, where nothing would write them. */
export function pendingAudit(trx: Transaction<WorkSchema>): Pending {
  const pending = pendingOf.get(trx);
  if (!pending) throw new Error('an audit entry was given outside withWork');
  return pending;
}

/** Writes the waiting entries, chain by chain in the order of their ids. The last thing a transaction does. */
export async function flushAudit(trx: Transaction<WorkSchema>): Promise<void> {
  const { entries } = pendingAudit(trx);
  pendingOf.delete(trx);
  if (entries.length === 0) return;
  await enterScope(trx, { organizations: [], people: [], known: [], system: true });
  const byChain = new Map<string, ChainEntry[]>();
  for (const entry of entries) byChain.set(entry.organizationId, [...(byChain.get(entry.organizationId) ?? []), entry]);
  for (const organizationId of [...byChain.keys()].sort()) {
    await appendToChain(trx, organizationId, byChain.get(organizationId) ?? []);
  }
}
