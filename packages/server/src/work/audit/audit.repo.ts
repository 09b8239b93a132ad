import type { WorkSchema } from '@quanlian/db';
import type { Transaction } from 'kysely';
import { entryHash, FIRST_HASH, type HashedEntry } from './chain.js';

/** A personal value of an entry, to be kept apart. */
export interface PersonalValue {
  readonly field: string;
  readonly personId: string | null;
  readonly salt: Buffer;
  readonly value: unknown;
}

/** An entry before it has its place in the chain. */
export interface ChainEntry extends Omit<HashedEntry, 'sequence'> {
  readonly personal: readonly PersonalValue[];
}

const json = (value: unknown): string | null => (value === undefined || value === null ? null : JSON.stringify(value));

async function lockHead(trx: Transaction<WorkSchema>, organizationId: string) {
  await trx
    .insertInto('audit_head')
    .values({ organization_id: organizationId, sequence: 0n, hash: FIRST_HASH })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return trx
    .selectFrom('audit_head')
    .select(['sequence', 'hash'])
    .where('organization_id', '=', organizationId)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** Adds entries to a chain. The chain's head is locked until the transaction ends, so that no two have one place. */
export async function appendToChain(
  trx: Transaction<WorkSchema>,
  organizationId: string,
  entries: readonly ChainEntry[],
): Promise<void> {
  const head = await lockHead(trx, organizationId);
  let { sequence, hash } = head;
  const rows = entries.map((entry) => {
    const { personal: _, ...hashed } = entry;
    const previous = hash;
    sequence += 1n;
    hash = entryHash(previous, { ...hashed, sequence });
    return {
      organization_id: organizationId,
      sequence,
      id: entry.id,
      at: entry.at,
      actor_kind: entry.actor.kind,
      actor_id: entry.actor.id,
      on_behalf_of: entry.actor.onBehalfOf,
      action: entry.action,
      subject_kind: entry.subject.kind,
      subject_id: entry.subject.id,
      before: json(entry.before),
      after: json(entry.after),
      why: entry.why,
      commitments: JSON.stringify(entry.commitments),
      previous_hash: previous,
      hash,
    };
  });
  await trx.insertInto('audit_entry').values(rows).execute();
  const personal = entries.flatMap(({ id, personal: values }) =>
    values.map(({ field, personId, salt, value }) => ({
      entry_id: id,
      organization_id: organizationId,
      field,
      person_id: personId,
      salt,
      value: JSON.stringify(value),
    })),
  );
  if (personal.length > 0) await trx.insertInto('audit_personal').values(personal).execute();
  await trx.updateTable('audit_head').set({ sequence, hash }).where('organization_id', '=', organizationId).execute();
}
