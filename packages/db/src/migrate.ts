import { type Kysely, type Migration, Migrator } from 'kysely';
import { installation } from './migrations/0001-installation.js';

/** Every migration by name, oldest first. Only ever added to: a name that ran somewhere is never changed or removed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-installation': installation,
};

/** Brings the database to the newest schema and tells the names of what ran. Throws when one fails; nothing of it stays. */
export async function migrate<Schema>(db: Kysely<Schema>): Promise<string[]> {
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => ({ ...MIGRATIONS }) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}
