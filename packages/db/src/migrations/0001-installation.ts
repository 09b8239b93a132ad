import { type Kysely, type Migration, sql } from 'kysely';

/** The installation's own row; the index on a constant lets only one exist. */
export const installation: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await db.schema
      .createTable('installation')
      .addColumn('id', 'uuid', (column) => column.primaryKey().defaultTo(sql`gen_random_uuid()`))
      .addColumn('created_at', 'timestamptz', (column) => column.notNull().defaultTo(sql`now()`))
      .addColumn('demo_seed', 'integer')
      .execute();
    await sql`create unique index installation_one_row on installation ((true))`.execute(db);
    await sql`insert into installation default values`.execute(db);
  },
};
