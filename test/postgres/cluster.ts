import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Where Debian puts PostgreSQL 15; another server's programs can be named in the environment. */
const BIN = process.env['QUANLIAN_TEST_POSTGRES_BIN'] ?? '/usr/lib/postgresql/15/bin';
/** PostgreSQL refuses to run as root; this account every system has. */
const NOBODY = 65_534;

const account = (): { uid?: number; gid?: number } => (process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {});

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (address === null || typeof address === 'string') throw new Error('the system gave no free port');
  return address.port;
}

/**
 * Starts a PostgreSQL of its own for the whole run and says where it is. The account of the tests may make databases
 * and roles and is no superuser, as an operator's would be. Without the programs the run ends with a notice.
 */
export default async function startCluster(): Promise<() => Promise<void>> {
  if (!existsSync(join(BIN, 'initdb')))
    throw new Error(
      `PostgreSQL is not installed at ${BIN}: install postgresql-15, or name it in QUANLIAN_TEST_POSTGRES_BIN.`,
    );
  const dir = mkdtempSync(join(tmpdir(), 'quanlian-pg-'));
  chmodSync(dir, 0o700);
  const { uid, gid } = account();
  if (uid !== undefined && gid !== undefined) chownSync(dir, uid, gid);
  const options = { ...account(), cwd: dir, env: { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC' } };
  const made = spawnSync(
    join(BIN, 'initdb'),
    ['-D', join(dir, 'data'), '-U', 'owner', '-A', 'trust', '-E', 'UTF8', '--locale=C', '-N'],
    options,
  );
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`);
  const port = await freePort();
  const flags = [
    '-D',
    join(dir, 'data'),
    '-p',
    String(port),
    '-k',
    dir,
    '-c',
    'listen_addresses=127.0.0.1',
    '-c',
    'fsync=off',
    '-c',
    'max_connections=200',
  ];
  const server = spawn(join(BIN, 'postgres'), flags, { ...options, stdio: 'ignore' });
  const psql = (text: string) =>
    spawnSync(
      join(BIN, 'psql'),
      ['-h', '127.0.0.1', '-p', String(port), '-U', 'owner', '-d', 'postgres', '-c', text],
      options,
    );
  for (let attempt = 0; psql('select 1').status !== 0; attempt += 1) {
    if (attempt > 100) throw new Error('the test cluster does not start');
    await sleep(100);
  }
  const role = psql('create role operator login createdb createrole nosuperuser nobypassrls');
  if (role.status !== 0) throw new Error(`the account of the tests: ${role.stderr}`);
  process.env['QUANLIAN_TEST_POSTGRES'] = `postgres://operator@127.0.0.1:${port}/postgres`;
  return async () => {
    server.kill('SIGINT');
    await once(server, 'exit');
    rmSync(dir, { recursive: true, force: true });
  };
}
