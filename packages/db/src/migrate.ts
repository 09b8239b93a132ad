import { type Kysely, type Migration, Migrator } from 'kysely';
import { installation } from './migrations/0001-installation.js';
import { scope } from './migrations/0002-scope.js';
import { people } from './migrations/0003-people.js';
import { audit } from './migrations/0004-audit.js';
import { work } from './migrations/0005-work.js';
import { cases } from './migrations/0010-cases.js';
import { plan } from './migrations/0011-plan.js';
import { training } from './migrations/0020-training.js';
import { research } from './migrations/0021-research.js';
import { inspection } from './migrations/0022-inspection.js';
import { upkeep } from './migrations/0030-upkeep.js';
import { savedQueries } from './migrations/0055-saved-queries.js';
import { opsClients } from './migrations/0060-ops-clients.js';
import { keyQuotas } from './migrations/0080-key-quotas.js';
import { names } from './migrations/0090-names.js';

/** Every migration by name, oldest first. Only ever added to: a name that ran somewhere is never changed or removed. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-installation': installation,
  '0002-scope': scope,
  '0003-people': people,
  '0004-audit': audit,
  '0005-work': work,
  '0010-cases': cases,
  '0011-plan': plan,
  '0020-training': training,
  '0021-research': research,
  '0022-inspection': inspection,
  '0030-upkeep': upkeep,
  '0055-saved-queries': savedQueries,
  '0060-ops-clients': opsClients,
  '0080-key-quotas': keyQuotas,
  '0090-names': names,
};

/**
 * Brings the database to the newest schema, or a new one to that of `only`, the migrations an older version had gone
 * through. Tells the names of what ran. Throws when one fails; nothing of it stays.
 */
export async function migrate<Schema>(db: Kysely<Schema>, only?: readonly string[]): Promise<string[]> {
  const known = Object.entries(MIGRATIONS).filter(([name]) => only === undefined || only.includes(name));
  const migrator = new Migrator({
    db,
    provider: { getMigrations: async () => Object.fromEntries(known) },
    migrationTableName: 'migration',
    migrationLockTableName: 'migration_lock',
    // Parts of the program number their own: one may come later with a lower number than another that ran.
    allowUnorderedMigrations: true,
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error !== undefined) throw error;
  return (results ?? []).filter((result) => result.status === 'Success').map((result) => result.migrationName);
}
