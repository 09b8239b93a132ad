import { createHash } from 'node:crypto';
import type { AuditEntryTable } from '@quanlian/db';
import type { HashFunction, Json } from '@quanlian/kernel';
import type { Selectable } from 'kysely';

/** SHA-256, as the chains use it. */
export const SHA256: HashFunction = (data) => createHash('sha256').update(data).digest();

/** The chain of what belongs to no organization: sign-in, people, the installation. */
export const INSTALLATION_CHAIN = '00000000-0000-0000-0000-000000000000';

/** What an entry says besides its action, none of it personal. */
export interface EntryFacts {
  readonly id: string;
  readonly actor: { readonly kind: string; readonly id: string | null };
  readonly onBehalfOf: string | null;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly before: Json;
  readonly after: Json;
  readonly why: string | null;
  /** Only in the record of an erasure: the row whose fields were erased. */
  readonly erased?: { readonly row: number; readonly fields: readonly string[] };
}

/** The facts in the shape the chain hashes. */
export function factsOf(facts: EntryFacts): { readonly [name: string]: Json } {
  const { erased, ...rest } = facts;
  // The kernel looks for these two names to tell an erasure that is on record.
  return erased ? { ...rest, row: erased.row, fields: [...erased.fields] } : rest;
}

/** The facts as they stand in a row of the table. */
export function factsOfRow(row: Selectable<AuditEntryTable>): { readonly [name: string]: Json } {
  return factsOf({
    id: row.id,
    actor: { kind: row.actor_kind, id: row.actor_id },
    onBehalfOf: row.on_behalf_of,
    subject: { kind: row.subject_kind, id: row.subject_id },
    before: row.before as Json,
    after: row.after as Json,
    why: row.why,
    ...(row.erased ? { erased: row.erased as { row: number; fields: string[] } } : {}),
  });
}
