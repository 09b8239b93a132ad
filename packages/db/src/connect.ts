import { createHmac, randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { Cluster } from './cluster.js';
import { lockFolder } from './lock.js';
import { migrate } from './migrate.js';
import { APP_ROLE, letAppSignIn, prepareAppRole } from './roles.js';
import type { WorkSchema } from './schema.js';
import { superviseCluster } from './supervise.js';
import { upgradeCluster } from './upgrade.js';

export interface ConnectOptions {
  /** The data folder; the embedded server keeps its files in `db` there. */
  readonly dataDir: string;
  /** An operator's own PostgreSQL (15 or newer) in place of the embedded one. */
  readonly url?: string | undefined;
  /** The migrations to run, when what an older version wrote is to be put into a new database. */
  readonly onlyMigrations?: readonly string[] | undefined;
  /** Told what goes wrong with idle connections. */
  readonly onError?: (error: Error) => void;
}

/** The work database: people, cases, rules in use and what was done. */
export interface WorkDatabase {
  readonly kind: 'embedded' | 'external';
  /** For work on a person's behalf: reaches only what {@link enterScope} opened in the transaction. */
  readonly db: Kysely<WorkSchema>;
  /** For the program's own work: sign-in, queues. Reaches all rows, with the same account and its few rights. */
  readonly system: Kysely<WorkSchema>;
  /** The owner of the tables, for migrations, backup and restore alone. */
  readonly owner: Kysely<WorkSchema>;
  /** One connection of the owner outside the pool, for copying tables; whoever asked ends it. */
  ownerClient(): Promise<pg.Client>;
  /** Resolves when the database answers; throws `database.unavailable` otherwise. */
  health(): Promise<void>;
  /** Ends the connections, then the embedded server, then the lock. */
  close(): Promise<void>;
}

const USER = 'quanlian';
const HEALTH_LIMIT_MS = 3000;
const OID = { int8: 20, date: 1082, numeric: 1700 } as const;

/** 64-bit integers become bigint, dates and decimals stay text: no value is rounded or moved to another time zone. */
const types = {
  getTypeParser(oid: number, format?: 'text' | 'binary') {
    if (oid === OID.int8) return (value: string) => BigInt(value);
    if (oid === OID.date || oid === OID.numeric) return (value: string) => value;
    return pg.types.getTypeParser(oid, format);
  },
} as pg.CustomTypesConfig;

async function readPassword(file: string): Promise<string> {
  const known = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (known?.trim()) return known.trim();
  const password = randomBytes(32).toString('base64url');
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  return password;
}

function createPool(config: pg.PoolConfig, onError: (error: Error) => void): pg.Pool {
  const pool = new pg.Pool({ max: 10, connectionTimeoutMillis: 10_000, types, ...config });
  // An idle connection that the server ends raises 'error' on the pool; unheard, it would end this process.
  pool.on('error', onError);
  // The same for a connection in use; its query is rejected besides, which tells the caller.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

function unavailable(cause: unknown, advice: string): QuanlianError {
  if (cause instanceof QuanlianError) return cause;
  const reason = cause instanceof Error && cause.message ? cause.message : String(cause);
  return new QuanlianError('database.unavailable', `The work database cannot be used: ${reason}. ${advice}`, { cause });
}

const SYSTEM_SETTING = '-c quanlian.system=on';
/** Compiling a query costs more than running it: ours are many and short, and row-level security makes them look dear. */
const NO_COMPILER = '-c jit=off';

const settings = (...parts: readonly (string | undefined)[]): string => parts.filter(Boolean).join(' ');

const kyselyOn = (pool: pg.Pool): Kysely<WorkSchema> =>
  new Kysely<WorkSchema>({ dialect: new PostgresDialect({ pool }) });

/** How the application's connections are made once the owner has prepared them. */
type AppConfig = (owner: Kysely<WorkSchema>) => Promise<pg.PoolConfig>;

interface Opening {
  readonly kind: WorkDatabase['kind'];
  readonly place: pg.PoolConfig;
  readonly appConfig: AppConfig;
  readonly onlyMigrations: readonly string[] | undefined;
  readonly onError: (error: Error) => void;
}

/** Migrates as the owner, then opens the application's own connections. */
async function open({ kind, place, appConfig, onlyMigrations, onError }: Opening): Promise<WorkDatabase> {
  const owner = kyselyOn(createPool({ ...place, max: 2, options: SYSTEM_SETTING }, onError));
  try {
    await migrate(owner, onlyMigrations);
    const config = await appConfig(owner);
    const ours = settings(config.options, NO_COMPILER);
    const db = kyselyOn(createPool({ ...place, ...config, options: ours }, onError));
    const options = settings(ours, SYSTEM_SETTING);
    const system = kyselyOn(createPool({ ...place, ...config, options }, onError));
    return {
      kind,
      db,
      system,
      owner,
      async ownerClient() {
        const client = new pg.Client({ ...place, options: SYSTEM_SETTING });
        client.on('error', onError);
        await client.connect();
        return client;
      },
      health: createHealth(db),
      async close() {
        for (const pool of [db, system, owner]) await pool.destroy();
      },
    };
  } catch (error) {
    await owner.destroy();
    throw error;
  }
}

function createHealth(db: Kysely<WorkSchema>): () => Promise<void> {
  return async () => {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error(`no answer within ${HEALTH_LIMIT_MS} ms`)), HEALTH_LIMIT_MS);
    });
    try {
      await Promise.race([sql`select 1`.execute(db), late]);
    } catch (error) {
      throw unavailable(error, 'Look at db.log in the data folder, or at the server DATABASE_URL names.');
    } finally {
      clearTimeout(timer);
    }
  };
}

const asAppRole: AppConfig = async (owner) => {
  const role = await prepareAppRole(owner);
  return role === null ? {} : { options: `-c role=${role}` };
};

type Connecting = Pick<Opening, 'onlyMigrations' | 'onError'>;

async function connectExternal(url: string, options: Connecting): Promise<WorkDatabase> {
  try {
    return await open({ ...options, kind: 'external', place: { connectionString: url }, appConfig: asAppRole });
  } catch (error) {
    throw unavailable(error, 'Check DATABASE_URL and that the server it names runs.');
  }
}

async function connectEmbedded(dataDir: string, options: Connecting): Promise<WorkDatabase> {
  await mkdir(dataDir, { recursive: true });
  const at = (name: string) => join(dataDir, name);
  const lock = await lockFolder(at('db.lock'), `The work database in ${dataDir}`);
  let cluster: Cluster | undefined;
  try {
    const password = await readPassword(at('db.password'));
    const files = { dir: at('db'), logFile: at('db.log'), runtimeDir: at('runtime') };
    let closing = false;
    // Connections that are ending may still hear the server's farewell; only an unexpected one is worth telling.
    const onError = (error: Error): void => (closing ? undefined : options.onError(error));
    const parts = { ...files, user: USER, password };
    await upgradeCluster(parts);
    const started = await superviseCluster(parts, onError);
    cluster = started;
    const place = { host: '127.0.0.1', port: started.port, user: USER, password, database: 'postgres' };
    const appPassword = createHmac('sha256', password).update(APP_ROLE).digest('base64url');
    const signInAsApp: AppConfig = async (owner) => {
      await prepareAppRole(owner);
      await letAppSignIn(owner, appPassword);
      return { user: APP_ROLE, password: appPassword };
    };
    const work = await open({ ...options, onError, kind: 'embedded', place, appConfig: signInAsApp });
    return {
      ...work,
      async close() {
        closing = true;
        await work.close();
        await started.stop();
        await lock.release();
      },
    };
  } catch (error) {
    await cluster?.stop();
    await lock.release();
    throw unavailable(error, `The server's log is ${at('db.log')}.`);
  }
}

/**
 * Opens the work database and brings its schema up to date: the one `url` names, else a PostgreSQL that is started
 * for this process, on loopback, with a password only this data folder knows. Throws `corpus.locked` when another
 * process has the folder and `database.unavailable` when the server cannot be started or reached.
 */
export async function connect(options: ConnectOptions): Promise<WorkDatabase> {
  const onError = options.onError ?? (() => undefined);
  const { url, onlyMigrations, dataDir } = options;
  return url
    ? connectExternal(url, { onlyMigrations, onError })
    : connectEmbedded(resolve(dataDir), { onlyMigrations, onError });
}

/** The installation's row: who this is, since when, and the demo city's seed if one was loaded. */
export async function readInstallation(db: Kysely<WorkSchema>) {
  return db.selectFrom('installation').selectAll().executeTakeFirstOrThrow();
}

/** Notes that the demo city of this seed was loaded. */
export async function noteDemo(db: Kysely<WorkSchema>, seed: number): Promise<void> {
  await db.updateTable('installation').set({ demo_seed: seed }).execute();
}
