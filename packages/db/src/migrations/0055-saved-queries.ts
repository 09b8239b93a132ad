import { type Kysely, type Migration, sql } from 'kysely';
import { protectBy } from './protect.js';

/** Queries that people keep, each for herself: not even the administration of her organization reaches them. */
export const savedQueries: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table saved_query (
      id uuid primary key,
      person_id uuid not null references person,
      name text not null check (length(name) between 1 and 200),
      syntax text not null,
      text text not null,
      sets jsonb not null,
      saved_at timestamptz not null,
      unique (person_id, name)
    )`.execute(db);
    const own = 'person_id = any((select quanlian_people())::uuid[])';
    await protectBy(db, 'saved_query', { read: own, write: own });
  },
};
