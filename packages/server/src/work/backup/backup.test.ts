import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { connect, inOrder, MIGRATIONS, type WorkDatabase } from '@quanlian/db';
import { openCorpusInline } from '@quanlian/engine';
import { sql } from 'kysely';
import pg from 'pg';
import tar from 'tar-stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import { sealDay } from '../audit/seal.js';
import { verifyAudit } from '../audit/verify.js';
import { MACHINE } from '../environment.js';
import { openTestDatabase } from '../work.fixture.js';
import { writeBackup } from './backup.js';
import { restoreBackup } from './restore.js';

let test: TestWork;
let scratch: string;
let archive: string;

/** A segment of a commit that was never made. */
const STRAY = 'segment-00000099.seg';

/** A real corpus with a derived column, as the engine leaves it. */
async function makeCorpus(dir: string): Promise<void> {
  const source = { format: 'patent-document', file: 'x', offset: 0, sha256: '1' };
  const document = { id: 'CN1A', office: 'CN', number: '1', kind: 'A', titles: { zh: '电池' }, sources: [source] };
  await mkdir(dir, { recursive: true });
  const corpus = await openCorpusInline({ dir, write: true });
  const { sequence } = await corpus.apply([document]);
  await corpus.applyColumns('status', [{ id: 'CN1A', values: [{ value: 'lapsed' }] }], sequence);
  await corpus.close();
  await writeFile(join(dir, STRAY), 'of a commit that was never made');
}

beforeAll(async () => {
  scratch = await mkdtemp(join(tmpdir(), 'quanlian-backup-test-'));
  archive = join(scratch, 'b.tar.gz');
  test = await openTestWork();
  const { base, city, folder, database } = test;
  const officer = await city.person('city', 'city-officer');
  const parts = { organizationId: city.organizations.city, name: '证据.txt', kind: 'evidence' };
  await base.papers.add(officer, parts, Readable.from([Buffer.from('a tab\tand a \\ line\n')]));
  await sealDay(database.work.db, base.environment);
  await makeCorpus(folder.corpus);
  await mkdir(join(folder.schemes, 'IPC-2026'), { recursive: true });
  await writeFile(join(folder.schemes, 'IPC-2026', 'H.jsonl.gz'), 'a scheme');
  await writeFile(folder.secret, 'secret');
  await writeBackup(
    { root: folder.root, work: database.work, program: '0.1.0', now: base.environment.now() },
    createWriteStream(archive),
  );
});
afterAll(async () => {
  await test.close();
  await rm(scratch, { recursive: true, force: true });
});

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

/** A database of an operator's in which there is nothing, not even a schema. */
async function newPlace(): Promise<{ url: string; close(): Promise<void> }> {
  const cluster = process.env['QUANLIAN_TEST_POSTGRES'] ?? '';
  const name = `test_${MACHINE.newId().replaceAll('-', '')}`;
  const ask = async (text: string) => {
    const client = new pg.Client({ connectionString: cluster });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  await ask(`create database ${name}`);
  const url = Object.assign(new URL(cluster), { pathname: `/${name}` }).href;
  return { url, close: () => ask(`drop database ${name} with (force)`) };
}

/** An archive that is whole, of a program that had gone through one more migration. */
async function archiveOf(migration: string): Promise<string> {
  const pack = tar.pack();
  const head = JSON.stringify({
    format: 1,
    program: '9.0.0',
    installation: MACHINE.newId(),
    createdAt: new Date().toISOString(),
    migrations: [...Object.keys(MIGRATIONS), migration],
    tables: [],
  });
  const sha256 = createHash('sha256').update(head).digest('hex');
  pack.entry({ name: 'quanlian-backup.json' }, head);
  const entries = [{ name: 'quanlian-backup.json', size: Buffer.byteLength(head), sha256 }];
  pack.entry({ name: 'contents.json' }, JSON.stringify({ entries }));
  pack.finalize();
  const file = join(scratch, `${migration}.tar.gz`);
  await pipeline(pack as unknown as Readable, createGzip(), createWriteStream(file));
  return file;
}

async function expectSame(root: string, work: WorkDatabase): Promise<void> {
  expect(await contents(work)).toEqual(await contents(test.database.work));
  expect(await verifyAudit(work.db)).toMatchObject({ ok: true, sealedDays: 1 });
  await expect(readFile(join(root, 'corpus', STRAY))).rejects.toMatchObject({ code: 'ENOENT' });
  const corpus = await openCorpusInline({ dir: join(root, 'corpus') });
  const { total } = await corpus.search({
    query: { op: 'value', field: 'status', value: 'lapsed' },
    sort: 'newest',
    limit: 0,
  });
  expect(total).toBe(1);
  expect(await corpus.check()).toMatchObject({ ok: true });
  await corpus.close();
  expect(await readFile(join(root, 'schemes', 'IPC-2026', 'H.jsonl.gz'), 'utf8')).toBe('a scheme');
  expect(await readFile(join(root, 'secret'), 'utf8')).toBe('secret');
  const { organization_id, sha256 } = await work.system
    .selectFrom('paper_content')
    .selectAll()
    .executeTakeFirstOrThrow();
  const paper = await readFile(join(root, 'papers', organization_id, sha256.slice(0, 2), sha256), 'utf8');
  expect(paper).toBe('a tab\tand a \\ line\n');
}

describe('a backup', () => {
  it('comes back into an embedded server as it was', async () => {
    const root = join(scratch, 'embedded');
    await restoreBackup({ archive, root });
    const work = await connect({ dataDir: root });
    await expectSame(root, work);
    await work.close();
  });

  it('comes back into another PostgreSQL when one is given', async ({ skip }) => {
    if (!process.env['QUANLIAN_TEST_POSTGRES']) skip('needs the suite with an operator’s PostgreSQL');
    const target = await openTestDatabase();
    const root = join(scratch, 'external');
    // By way of the embedded server, so that both directions are gone.
    const between = join(scratch, 'embedded');
    const moved = join(scratch, 'moved.tar.gz');
    const embedded = await connect({ dataDir: between });
    await writeBackup({ root: between, work: embedded, program: '0.1.0', now: new Date() }, createWriteStream(moved));
    await embedded.close();
    await restoreBackup({ archive: moved, root, url: target.url });
    await expectSame(root, target.work);
    await expect(restoreBackup({ archive, root: join(scratch, 'again'), url: target.url })).rejects.toMatchObject({
      code: 'backup.refused',
      message: expect.stringContaining('database is not empty'),
    });
    await target.close();
  });

  it('of an older schema comes back and is brought up to today’s', async () => {
    const older = join(scratch, 'older');
    const names = Object.keys(MIGRATIONS).sort().slice(0, 5);
    const work = await connect({ dataDir: older, onlyMigrations: names });
    const id = MACHINE.newId();
    await sql`insert into organization (id, parent_id, path, kind, name_zh, name_en, created_at)
      values (${id}, null, array[${id}]::uuid[], 'bank', '老银行', 'Old bank', now())`.execute(work.system);
    await sql`insert into person (id, name, email, created_at, updated_at)
      values (${id}, '老张', 'old@x.invalid', now(), now())`.execute(work.system);
    const before = await contents(work);
    expect(Object.keys(before)).not.toContain('work_case');
    const file = join(scratch, 'older.tar.gz');
    const options = { root: older, work, program: '0.0.1', now: new Date() };
    await writeBackup(options, createWriteStream(file));
    await work.close();

    const target = process.env['QUANLIAN_TEST_POSTGRES'] ? await newPlace() : undefined;
    const root = join(scratch, 'newer');
    await restoreBackup({ archive: file, root, url: target?.url });
    const restored = await connect({ dataDir: root, url: target?.url });
    const after = await contents(restored);
    expect(Object.keys(after)).toEqual(expect.arrayContaining(['work_case', 'plan', 'training_learner']));
    expect(after['organization']).toBe(before['organization']);
    // A column that came since is empty.
    const person = before['person']?.slice(0, -1);
    expect(after['person']).toBe(`${person},)`);
    const { rows } = await sql<{ name: string }>`select name from migration order by 1`.execute(restored.owner);
    expect(rows.map(({ name }) => name)).toEqual(Object.keys(MIGRATIONS).sort());
    await restored.close();
    await target?.close();
    await expect(
      restoreBackup({ archive: await archiveOf('9999-unknown'), root: join(scratch, 'unknown') }),
    ).rejects.toMatchObject({ code: 'backup.refused', message: expect.stringContaining('cannot read') });
  });

  it('refuses a folder in which something is', async () => {
    const root = join(scratch, 'taken');
    await mkdir(join(root, 'corpus'), { recursive: true });
    await expect(restoreBackup({ archive, root })).rejects.toMatchObject({ code: 'backup.refused' });
  });

  it('refuses an archive that is cut or changed, and leaves the folder empty for another try', async () => {
    const bytes = await readFile(archive);
    const cut = join(scratch, 'cut.tar.gz');
    await writeFile(cut, bytes);
    await truncate(cut, bytes.length - 700);
    const other = join(scratch, 'other.tar.gz');
    await writeFile(other, 'no archive');
    const root = join(scratch, 'fresh');
    for (const file of [cut, other])
      await expect(restoreBackup({ archive: file, root }), file).rejects.toMatchObject({ code: 'backup.refused' });
    await restoreBackup({ archive, root });
  });
});

describe('the order of tables', () => {
  it('puts each after those it refers to', () => {
    expect(
      inOrder(
        ['a', 'b', 'c'],
        [
          { from: 'a', to: 'b' },
          { from: 'b', to: 'c' },
          { from: 'c', to: 'c' },
        ],
      ),
    ).toEqual(['c', 'b', 'a']);
    expect(() =>
      inOrder(
        ['a', 'b'],
        [
          { from: 'a', to: 'b' },
          { from: 'b', to: 'a' },
        ],
      ),
    ).toThrow('circle');
  });
});
