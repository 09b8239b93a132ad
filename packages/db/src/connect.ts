import { randomBytes } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import { type Cluster, startCluster } from './cluster.js';
import { lockFolder } from './lock.js';
import { migrate } from './migrate.js';
import type { WorkSchema } from './schema.js';

export interface ConnectOptions {
  /** The data folder; the embedded server keeps its files in `db` there. */
  readonly dataDir: string;
  /** An operator's own PostgreSQL (15 or newer) in place of the embedded one. */
  readonly url?: string | undefined;
  /** Told what goes wrong with idle connections. */
  readonly onError?: (error: Error) => void;
}

/** The work database: people, cases, rules in use and what was done; in this version only the installation itself. */
export interface WorkDatabase {
  readonly kind: 'embedded' | 'external';
  readonly db: Kysely<WorkSchema>;
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

async function open(pool: pg.Pool): Promise<Kysely<WorkSchema>> {
  const db = new Kysely<WorkSchema>({ dialect: new PostgresDialect({ pool }) });
  try {
    await migrate(db);
    return db;
  } catch (error) {
    await db.destroy();
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

async function connectExternal(url: string, onError: (error: Error) => void): Promise<WorkDatabase> {
  const pool = createPool({ connectionString: url }, onError);
  try {
    const db = await open(pool);
    return { kind: 'external', db, health: createHealth(db), close: () => db.destroy() };
  } catch (error) {
    throw unavailable(error, 'Check DATABASE_URL and that the server it names runs.');
  }
}

async function connectEmbedded(dataDir: string, onError: (error: Error) => void): Promise<WorkDatabase> {
  await mkdir(dataDir, { recursive: true });
  const at = (name: string) => join(dataDir, name);
  const lock = await lockFolder(at('db.lock'), `The work database in ${dataDir}`);
  let cluster: Cluster | undefined;
  try {
    const password = await readPassword(at('db.password'));
    const files = { dir: at('db'), logFile: at('db.log'), runtimeDir: at('runtime') };
    const started = await startCluster({ ...files, user: USER, password });
    cluster = started;
    const place = { host: '127.0.0.1', port: started.port, user: USER, password, database: 'postgres' };
    let closing = false;
    // Connections that are ending may still hear the server's farewell; only an unexpected one is worth telling.
    const db = await open(createPool(place, (error) => (closing ? undefined : onError(error))));
    return {
      kind: 'embedded',
      db,
      health: createHealth(db),
      async close() {
        closing = true;
        await db.destroy();
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
  return options.url ? connectExternal(options.url, onError) : connectEmbedded(resolve(options.dataDir), onError);
}

/** The installation's row: who this is, since when, and the demo city's seed if one was loaded. */
export async function readInstallation(db: Kysely<WorkSchema>) {
  return db.selectFrom('installation').selectAll().executeTakeFirstOrThrow();
}

/** Notes that the demo city of this seed was loaded. */
export async function noteDemo(db: Kysely<WorkSchema>, seed: number): Promise<void> {
  await db.updateTable('installation').set({ demo_seed: seed }).execute();
}
