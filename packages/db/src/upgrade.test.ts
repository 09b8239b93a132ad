import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chown, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { serverAccount } from './account.js';
import { binariesAt } from './binaries.js';
import { runCluster } from './cluster.js';
import { connect, type WorkDatabase } from './connect.js';

/** Programs of an older major version, as Debian has them. */
const OLD = '15';
const BIN = process.env['QUANLIAN_TEST_POSTGRES_BIN'] ?? `/usr/lib/postgresql/${OLD}/bin`;
const isInstalled = existsSync(join(BIN, 'initdb'));
const PASSWORD = 'the-password-of-the-test';

let dataDir: string;
const dir = () => join(dataDir, 'db');

/** Every row of every table, as text. */
async function contents(work: WorkDatabase): Promise<Record<string, string>> {
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not like 'migration%' order by 1`.execute(
    work.owner,
  );
  const found: Record<string, string> = {};
  for (const { name } of rows) {
    const answer = await sql<{ text: string | null }>`select string_agg(t::text, chr(10) order by t::text) as text
      from ${sql.table(name)} t`.execute(work.owner);
    found[name] = answer.rows[0]?.text ?? '';
  }
  return found;
}

/** A data folder whose cluster the older version made, as the embedded server of an older program would be. */
async function makeOldCluster(): Promise<void> {
  await mkdir(dir(), { mode: 0o700 });
  await writeFile(join(dataDir, 'db.password'), `${PASSWORD}\n`, { mode: 0o600 });
  const account = await serverAccount(dir());
  const secret = join(tmpdir(), `quanlian-upgrade-${process.pid}`);
  await writeFile(secret, PASSWORD);
  if (account) for (const path of [dir(), secret]) await chown(path, account.uid, account.gid);
  const flags = [
    '-D',
    dir(),
    '-U',
    'quanlian',
    `--pwfile=${secret}`,
    '-A',
    'scram-sha-256',
    '-E',
    'UTF8',
    '--locale=C',
  ];
  const made = spawnSync(join(BIN, 'initdb'), flags, { ...account, cwd: '/', env: { LC_ALL: 'C' } });
  await rm(secret);
  if (made.status !== 0) throw new Error(String(made.stderr));
}

let before: Record<string, string>;

beforeAll(async () => {
  if (!isInstalled) return;
  dataDir = await mkdtemp(join(tmpdir(), 'quanlian-upgrade-'));
  // The account of the server has to be able to walk to the cluster when the test runs as root.
  if (process.getuid?.() === 0) spawnSync('chmod', ['755', dataDir]);
  await makeOldCluster();
  const options = {
    dir: dir(),
    logFile: join(dataDir, 'db.log'),
    runtimeDir: join(dataDir, 'runtime'),
    user: 'quanlian',
    password: PASSWORD,
  };
  const cluster = await runCluster(options, binariesAt(BIN), await serverAccount(dir()));
  const url = `postgres://quanlian:${PASSWORD}@127.0.0.1:${cluster.port}/postgres`;
  const work = await connect({ dataDir, url });
  const id = 'aaaaaaaa-aaaa-4aaa-8aaa-aaaaaaaaaaaa';
  await sql`insert into organization (id, parent_id, path, kind, name_zh, name_en, created_at)
    values (${id}, null, array[${id}]::uuid[], 'bank', ${'行\t"\\N'}, 'Bank', '2026-03-02T01:02:03.004005Z')`.execute(
    work.system,
  );
  await sql`insert into audit_entry (organization_id, sequence, id, at, actor_kind, action, subject_kind, subject_id,
    after, commitments, previous_hash, hash) values (${id}, 9007199254740993, ${id}, now(), 'system', 'test', 'x', 'y',
    '{"a": [1.50, null]}', '{}', ${Buffer.alloc(32, 1)}, ${Buffer.alloc(32, 254)})`.execute(work.system);
  before = await contents(work);
  await work.close();
  await cluster.stop();
});
afterAll(async () => {
  if (isInstalled) await rm(dataDir, { recursive: true, force: true });
});

const versionOf = async (work: WorkDatabase): Promise<number> => {
  const { rows } = await sql<{ version: string }>`select current_setting('server_version_num') as version`.execute(
    work.db,
  );
  return Math.floor(Number(rows[0]?.version) / 10_000);
};

describe('a cluster of an older major version (needs PostgreSQL 15 of the distribution)', () => {
  it.skipIf(!isInstalled)(
    'is brought up to the version of the installation, row by row, and kept beside it',
    async () => {
      // What a kill in the middle of an earlier try left.
      await mkdir(join(dataDir, 'db.next'));
      await writeFile(join(dataDir, 'db.next', 'PG_VERSION'), '18');
      const work = await connect({ dataDir });
      expect(await versionOf(work)).toBe(18);
      expect(await contents(work)).toEqual(before);
      expect(before['organization']).toContain('Bank');
      await expect(sql`delete from audit_entry`.execute(work.system)).rejects.toMatchObject({ code: '42501' });
      expect((await sql`select 1 from organization`.execute(work.db)).rows).toEqual([]);
      await work.close();
      expect((await readFile(join(dataDir, 'db.15', 'PG_VERSION'), 'utf8')).trim()).toBe(OLD);
      expect((await readdir(dataDir)).filter((name) => /next|ready|copy/.test(name))).toEqual([]);
    },
  );

  it.skipIf(!isInstalled)('goes on where a kill stopped the exchange of the two', async () => {
    for (const state of ['before the old one went aside', 'after it']) {
      await rename(dir(), join(dataDir, 'db.ready'));
      if (state.startsWith('before')) await rename(join(dataDir, 'db.15'), dir());
      const work = await connect({ dataDir });
      expect([state, await versionOf(work), await contents(work)]).toEqual([state, 18, before]);
      await work.close();
      expect((await readFile(join(dataDir, 'db.15', 'PG_VERSION'), 'utf8')).trim()).toBe(OLD);
    }
  });
});
