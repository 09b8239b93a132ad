import { type Kysely, type Migration, sql } from 'kysely';
import { protectForSystem } from './protect.js';

/** How much a program may ask with an API key, and how much it asked, day by day. */
export const keyQuotas: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`alter table api_key add column per_minute integer, add column per_day integer`.execute(db);
    await sql`create table api_key_usage (
      key_id uuid not null references api_key on delete cascade,
      day date not null,
      requests bigint not null,
      primary key (key_id, day)
    )`.execute(db);
    // Written and looked at by the program itself, which tells a key's owner.
    await protectForSystem(db, 'api_key_usage');
  },
};
