import { access, constants, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { serverAccount } from './account.js';
import { binariesAt, findBinaries, type ServerBinaries, sharedCache } from './binaries.js';
import { type ClusterOptions, initialise, MAJOR_VERSION, runCluster, versionOf } from './cluster.js';
import { migrate } from './migrate.js';
import { type CopiedTable, readMigrations, readTableFiles, readTables, writeTableFile } from './tables.js';

/** What a database holds, laid out in files. */
interface Contents {
  readonly migrations: readonly string[];
  readonly tables: readonly CopiedTable[];
}

/** Where programs of an older major version may lie: named by the operator, kept by us, or the distribution's. */
async function placesOf(major: string, runtimeDir: string): Promise<string[]> {
  const named = process.env[`QUANLIAN_POSTGRES_${major}_BIN`];
  const kept: string[] = [];
  for (const cache of [runtimeDir, await sharedCache()]) {
    const names = await readdir(cache).catch(() => [] as string[]);
    const ours = names.filter((name) => name.startsWith(`postgresql-${major}.`)).sort();
    kept.push(...ours.map((name) => join(cache, name, 'native', 'bin')));
  }
  return [...(named ? [named] : []), ...kept, `/usr/lib/postgresql/${major}/bin`];
}

async function findOldPrograms(major: string, { dir, runtimeDir }: ClusterOptions): Promise<ServerBinaries> {
  for (const place of await placesOf(major, runtimeDir)) {
    const binaries = binariesAt(place);
    const usable = await access(binaries.postgres, constants.X_OK).then(
      () => true,
      () => false,
    );
    if (usable) return binaries;
  }
  throw new Error(
    `${dir} was written by PostgreSQL ${major}; this program brings ${MAJOR_VERSION} and reads the older one with its ` +
      `own programs. Install PostgreSQL ${major}, or name the folder of its programs in QUANLIAN_POSTGRES_${major}_BIN`,
  );
}

/** Runs a cluster for as long as a piece of work on it takes, with one connection of the owner. */
async function onCluster<Result>(
  options: ClusterOptions,
  binaries: ServerBinaries,
  work: (client: pg.Client, pool: pg.Pool) => Promise<Result>,
): Promise<Result> {
  const cluster = await runCluster(options, binaries, await serverAccount(options.dir));
  const { user, password } = options;
  const place = { host: '127.0.0.1', port: cluster.port, user, password, database: 'postgres' };
  const pool = new pg.Pool({ ...place, max: 1, options: '-c quanlian.system=on' });
  pool.on('error', () => undefined);
  const client = new pg.Client({ ...place, options: '-c quanlian.system=on' });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await work(client, pool);
  } finally {
    await client.end().catch(() => undefined);
    await pool.end();
    await cluster.stop();
  }
}

async function writeContents(client: pg.Client, into: string): Promise<Contents> {
  await client.query('begin isolation level repeatable read read only');
  const tables = await readTables(client);
  for (const table of tables) await writeTableFile(client, table, join(into, table.name));
  const migrations = await readMigrations(client);
  await client.query('commit');
  return { migrations, tables };
}

/** Migrates in between, so that the tables are those the files came from. */
async function readContents(pool: pg.Pool, client: pg.Client, { migrations, tables }: Contents, from: string) {
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) });
  await migrate(db, migrations);
  await readTableFiles(client, tables, from);
  await client.query('analyze');
}

const isThere = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Puts the new cluster in the old one's place; called again after a kill in between, it goes on where that was. */
async function exchange(dir: string, ready: string): Promise<void> {
  const old = await versionOf(dir);
  if (old !== undefined && old !== MAJOR_VERSION) {
    const aside = `${dir}.${old}`;
    await rm(aside, { recursive: true, force: true });
    await rename(dir, aside);
  }
  if (!(await isThere(dir))) await rename(ready, dir);
}

/**
 * Brings a cluster that an older major version wrote up to the programs that come with the installation: its rows are
 * written out with the older programs and read into a new cluster. The old one stays beside it, named after its
 * version, and can be removed. A kill at any moment leaves the old cluster or the new one, whole. The caller holds the
 * folder's lock. Throws when the programs of the older version are nowhere to be found.
 */
export async function upgradeCluster(options: ClusterOptions): Promise<void> {
  const ready = `${options.dir}.ready`;
  if (await isThere(ready)) return exchange(options.dir, ready);
  const major = await versionOf(options.dir);
  if (major === undefined || major === MAJOR_VERSION) return;
  if (Number(major) > Number(MAJOR_VERSION))
    throw new Error(`${options.dir} was written by PostgreSQL ${major}, which is newer than ${MAJOR_VERSION}`);
  const oldPrograms = await findOldPrograms(major, options);
  const account = await serverAccount(options.dir);
  const programs = await findBinaries(account, options.runtimeDir);
  const next = `${options.dir}.next`;
  await rm(next, { recursive: true, force: true });
  await mkdir(dirname(next), { recursive: true });
  const spool = await mkdtemp(`${options.dir}.copy-`);
  try {
    const contents = await onCluster(options, oldPrograms, (client) => writeContents(client, spool));
    const coming = { ...options, dir: next };
    await initialise(coming, programs, account);
    await onCluster(coming, programs, (client, pool) => readContents(pool, client, contents, spool));
    // The server has written everything down and ended; from here on the new cluster counts.
    await rename(next, ready);
    await exchange(options.dir, ready);
  } finally {
    await rm(spool, { recursive: true, force: true });
  }
}
