import type { WorkSchema } from '@quanlian/db';
import { CHAIN_START, chainEntry, type Json } from '@quanlian/kernel';
import type { Transaction } from 'kysely';
import { type EntryFacts, factsOf, SHA256 } from './chain.js';

/** An entry before it has its place in the chain. */
export interface ChainEntry {
  readonly organizationId: string;
  readonly at: Date;
  readonly action: string;
  readonly facts: EntryFacts;
  readonly personal: Readonly<Record<string, Json>>;
  readonly personId: string | null;
  readonly newSalt: () => string;
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));
const fromHex = (hex: string): Buffer => Buffer.from(hex, 'hex');

async function lockHead(trx: Transaction<WorkSchema>, organizationId: string) {
  await trx
    .insertInto('audit_head')
    .values({ organization_id: organizationId, sequence: 0n, hash: fromHex(CHAIN_START) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return trx
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

function rowOf(entry: ChainEntry, place: { sequence: bigint; previous: string }) {
  const { at, action, facts, personal, newSalt, organizationId } = entry;
  const content = { sequence: Number(place.sequence), chain: organizationId, at: at.toISOString(), action, personal };
  const chained = chainEntry(place.previous, { ...content, facts: factsOf(facts) }, { hash: SHA256, newSalt });
  const row = {
    organization_id: organizationId,
    sequence: place.sequence,
    id: facts.id,
    at,
    actor_kind: facts.actor.kind,
    actor_id: facts.actor.id,
    on_behalf_of: facts.onBehalfOf,
    action,
    subject_kind: facts.subject.kind,
    subject_id: facts.subject.id,
    before: json(facts.before),
    after: json(facts.after),
    why: facts.why,
    erased: json(facts.erased),
    commitments: JSON.stringify(chained.commitments),
    previous_hash: fromHex(chained.previousHash),
    hash: fromHex(chained.hash),
  };
  const values = Object.entries(chained.personal).map(([field, { value, salt }]) => ({
    entry_id: facts.id,
    organization_id: organizationId,
    field,
    person_id: entry.personId,
    salt: fromHex(salt),
    value: JSON.stringify(value),
  }));
  return { row, values, hash: chained.hash };
}

/** Adds entries to a chain. The chain's head is locked until the transaction ends, so that no two have one place. */
export async function appendToChain(
  trx: Transaction<WorkSchema>,
  organizationId: string,
  entries: readonly ChainEntry[],
): Promise<void> {
  const head = await lockHead(trx, organizationId);
  let sequence = head.sequence;
  let previous = head.hash.toString('hex');
  const made = entries.map((entry) => {
    sequence += 1n;
    const one = rowOf(entry, { sequence, previous });
    previous = one.hash;
    return one;
  });
  await trx
    .insertInto('audit_entry')
    .values(made.map(({ row }) => row))
    .execute();
  const values = made.flatMap((one) => one.values);
  if (values.length > 0) await trx.insertInto('audit_personal').values(values).execute();
  await trx
    .updateTable('audit_head')
    .set({ sequence, hash: fromHex(previous) })
    .where('organization_id', '=', organizationId)
    .execute();
}
