import { type Kysely, type Migration, sql } from 'kysely';

/**
 * What the rules of row-level security ask: who acts in this transaction. Settings are local to a transaction and
 * absent outside one, where every answer is "nobody".
 */
export const scope: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create function quanlian_is_system() returns boolean language sql stable parallel safe as
      $$ select coalesce(current_setting('quanlian.system', true), '') = 'on' $$`.execute(db);
    for (const name of ['organizations', 'people', 'known']) {
      await sql
        .raw(
          `create function quanlian_${name}() returns uuid[] language sql stable parallel safe as
           $$ select coalesce(nullif(current_setting('quanlian.${name}', true), ''), '{}')::uuid[] $$`,
        )
        .execute(db);
    }
    await sql`create function quanlian_refuse_change() returns trigger language plpgsql as $$
      begin
        raise exception 'rows of % are only ever added', tg_table_name using errcode = 'restrict_violation';
      end $$`.execute(db);
  },
};
