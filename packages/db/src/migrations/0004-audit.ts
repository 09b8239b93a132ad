import { type Kysely, type Migration, sql } from 'kysely';
import { appendOnly, protectBy, protectForSystem } from './protect.js';

/**
 * The audit log: one hash chain per organization. The chain of the installation itself has the id of all zeros, so
 * organizations are not referenced by key. Personal values stand apart, where they can be erased; the chain keeps
 * their salted commitments.
 */
export const audit: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table audit_head (
      organization_id uuid primary key,
      sequence bigint not null,
      hash bytea not null
    )`.execute(db);
    await sql`create table audit_entry (
      organization_id uuid not null,
      sequence bigint not null check (sequence > 0),
      id uuid not null unique,
      at timestamptz not null,
      actor_kind text not null,
      actor_id uuid,
      on_behalf_of uuid,
      action text not null,
      subject_kind text not null,
      subject_id text not null,
      before jsonb,
      after jsonb,
      why text,
      erased jsonb,
      commitments jsonb not null,
      previous_hash bytea not null check (length(previous_hash) = 32),
      hash bytea not null check (length(hash) = 32),
      primary key (organization_id, sequence)
    )`.execute(db);
    await sql`create index audit_entry_subject on audit_entry (subject_kind, subject_id)`.execute(db);
    await sql`create index audit_entry_at on audit_entry (organization_id, at)`.execute(db);
    await sql`create table audit_personal (
      entry_id uuid not null references audit_entry (id),
      organization_id uuid not null,
      field text not null,
      person_id uuid,
      salt bytea not null check (length(salt) = 32),
      value jsonb not null,
      primary key (entry_id, field)
    )`.execute(db);
    await sql`create index audit_personal_person on audit_personal (person_id)`.execute(db);
    await sql`create table audit_seal (
      day date not null,
      organization_id uuid not null,
      sequence bigint not null,
      root bytea not null check (length(root) = 32),
      sealed_at timestamptz not null,
      primary key (day, organization_id)
    )`.execute(db);
    await sql`create table audit_day (
      day date primary key,
      root bytea not null check (length(root) = 32),
      chains integer not null,
      sealed_at timestamptz not null
    )`.execute(db);
    // Read by organization; written by the program alone, at the end of the transaction the entries tell of.
    const read = 'organization_id = any((select quanlian_organizations())::uuid[])';
    for (const table of ['audit_entry', 'audit_personal', 'audit_seal'])
      await protectBy(db, table, { read, write: 'false' });
    for (const table of ['audit_head', 'audit_day']) await protectForSystem(db, table);
    for (const table of ['audit_entry', 'audit_seal', 'audit_day']) await appendOnly(db, table);
  },
};
