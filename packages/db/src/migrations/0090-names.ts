import { type Kysely, type Migration, sql } from 'kysely';
import { appendOnly, protectTable, protectThrough } from './protect.js';

/** Which names an organization takes for one, and which owner it holds to be below which. */
export const names: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table name_merge (
      id uuid primary key,
      organization_id uuid not null references organization,
      names text[] not null check (cardinality(names) >= 2),
      reason text not null,
      merged_by uuid references person,
      merged_at timestamptz not null
    )`.execute(db);
    await sql`create index name_merge_organization on name_merge (organization_id)`.execute(db);
    await sql`create table name_merge_undo (
      merge_id uuid primary key references name_merge,
      reason text not null,
      undone_by uuid references person,
      undone_at timestamptz not null
    )`.execute(db);
    await sql`create table name_parent (
      id uuid primary key,
      organization_id uuid not null references organization,
      parent text not null,
      child text not null,
      from_day text,
      to_day text,
      source text not null,
      imported_by uuid references person,
      imported_at timestamptz not null
    )`.execute(db);
    await sql`create index name_parent_organization on name_parent (organization_id, source)`.execute(db);
    await protectTable(db, 'name_merge');
    await protectThrough(db, 'name_merge_undo', { table: 'name_merge', column: 'merge_id' });
    await protectTable(db, 'name_parent');
    // What was merged and taken back is history; it is undone by another entry, never removed.
    await appendOnly(db, 'name_merge');
    await appendOnly(db, 'name_merge_undo');
  },
};
