import { type Kysely, type Migration, sql } from 'kysely';

/** What erasure, removed comments and notices by schedule need to remember. */
export const upkeep: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`alter table person add column erased_at timestamptz`.execute(db);
    await sql`alter table training_learner add column erased_at timestamptz`.execute(db);
    await sql`alter table case_comment add column removed_by uuid references person`.execute(db);
    await sql`create index notice_subject on notice (subject_kind, subject_id)`.execute(db);
  },
};
