import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connect, noteDemo, readInstallation, type WorkDatabase } from './connect.js';

let dataDir: string;
let open: WorkDatabase[];
const connected = async (dir = dataDir): Promise<WorkDatabase> => {
  const work = await connect({ dataDir: dir });
  open.push(work);
  return work;
};

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'quanlian-db-'));
  open = [];
});
afterEach(async () => {
  for (const work of open) await work.close();
  await rm(dataDir, { recursive: true, force: true });
});

const postmasterPid = async (): Promise<number> =>
  Number((await readFile(join(dataDir, 'db', 'postmaster.pid'), 'utf8')).split('\n')[0]);

/** Opens the database in a process of its own and kills that process without a word. */
async function openAndKill(): Promise<string> {
  const module = new URL('../dist/index.js', import.meta.url).href;
  const script = `import { connect, readInstallation } from ${JSON.stringify(module)};
    const work = await connect({ dataDir: ${JSON.stringify(dataDir)} });
    process.stdout.write((await readInstallation(work.db)).id);`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [id] = (await once(child.stdout, 'data')) as [Buffer];
  child.kill('SIGKILL');
  await once(child, 'exit');
  return id.toString();
}

describe('the embedded work database', () => {
  it('starts in an empty folder, migrates, and keeps its row when opened again', async () => {
    const beginning = performance.now();
    const first = await connected();
    const made = performance.now() - beginning;
    expect(first.kind).toBe('embedded');
    const { id, demo_seed } = await readInstallation(first.db);
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    expect(demo_seed).toBeNull();
    await noteDemo(first.db, 7);
    await first.health();
    await first.close();
    await expect(first.health()).rejects.toMatchObject({ code: 'database.unavailable' });

    const before = performance.now();
    const again = await connected();
    // What is there already is not made again.
    expect(performance.now() - before).toBeLessThan(made);
    expect(await readInstallation(again.db)).toMatchObject({ id, demo_seed: 7 });
  });

  it('lets only the owner read its password and listens on loopback alone', async () => {
    const work = await connected();
    expect((await stat(join(dataDir, 'db.password'))).mode & 0o777).toBe(0o600);
    const { rows } = await sql<{ setting: string }>`show listen_addresses`.execute(work.db);
    expect(Object.values(rows[0] ?? {})).toEqual(['127.0.0.1']);
  });

  it('allows one installation row only', async () => {
    const work = await connected();
    await expect(sql`insert into installation default values`.execute(work.db)).rejects.toMatchObject({
      code: '23505',
    });
  });

  it('gives back large integers, dates and decimals as they are', async () => {
    const work = await connected();
    const { rows } = await sql`select 9007199254740993::int8 as n, date '1942-03-01' as d, 1.10::numeric as m`.execute(
      work.db,
    );
    expect(rows).toEqual([{ n: 9007199254740993n, d: '1942-03-01', m: '1.10' }]);
  });

  it('refuses a second opening of the same folder with a sentence', async () => {
    await connected();
    await expect(connect({ dataDir })).rejects.toMatchObject({
      code: 'corpus.locked',
      message: expect.stringContaining(`process ${process.pid}`),
    });
  });

  it('opens again after its process was killed, though the server it started still runs', async () => {
    const id = await openAndKill();
    const orphan = await postmasterPid();
    expect(() => process.kill(orphan, 0)).not.toThrow();
    const work = await connected();
    expect((await readInstallation(work.db)).id).toBe(id);
    expect(await postmasterPid()).not.toBe(orphan);
  });

  it('opens again after both its process and the server were killed', async () => {
    const id = await openAndKill();
    process.kill(await postmasterPid(), 'SIGKILL');
    const work = await connected();
    expect((await readInstallation(work.db)).id).toBe(id);
  });

  it('starts the server again when it dies while in use, on the same port, with all that was committed', async () => {
    const told: Error[] = [];
    const work = await connect({ dataDir, onError: (error) => told.push(error) });
    open.push(work);
    const answers = () =>
      work.health().then(
        () => 'well',
        (error: { code: string }) => error.code,
      );
    for (const seed of [1, 2]) {
      await noteDemo(work.db, seed);
      const killed = await postmasterPid();
      process.kill(killed, 'SIGKILL');
      await expect.poll(answers, { timeout: 20_000 }).toBe('database.unavailable');
      await expect.poll(answers, { timeout: 20_000, interval: 100 }).toBe('well');
      expect(await postmasterPid()).not.toBe(killed);
      expect(await readInstallation(work.db)).toMatchObject({ demo_seed: seed });
    }
    expect(told.map(({ message }) => message)).toContainEqual(expect.stringContaining('started again'));
  });

  it('stops while the server is being started again, and leaves none behind', async () => {
    const work = await connected();
    process.kill(await postmasterPid(), 'SIGKILL');
    await new Promise((resolve) => setTimeout(resolve, 30));
    await work.close();
    open = [];
    const pid = await postmasterPid().catch(() => undefined);
    if (pid !== undefined) expect(() => process.kill(pid, 0)).toThrow();
    await connected();
  });

  it('rejects the query at hand, and nothing else, when the server dies under it', async () => {
    const work = await connected();
    const asked = sql`select pg_sleep(30)`.execute(work.db);
    const answer = expect(asked).rejects.toThrow();
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.kill(await postmasterPid(), 'SIGKILL');
    await answer;
  });

  it('starts below a folder that other accounts may not enter', async () => {
    const hidden = join(dataDir, 'hidden');
    await mkdir(join(hidden, 'data'), { recursive: true });
    await chmod(hidden, 0o700);
    const work = await connected(join(hidden, 'data'));
    await work.health();
  });

  it('refuses a cluster of another major version', async () => {
    await mkdir(join(dataDir, 'db'));
    await writeFile(join(dataDir, 'db', 'PG_VERSION'), '12\n');
    await expect(connect({ dataDir })).rejects.toMatchObject({
      code: 'database.unavailable',
      message: expect.stringContaining('PostgreSQL 12'),
    });
  });
});

describe('an operator’s own server', () => {
  it('is used when its address is given, and named when it does not answer', async () => {
    const embedded = await connected();
    const { rows } = await sql<{ port: string }>`select current_setting('port') as port`.execute(embedded.db);
    const password = (await readFile(join(dataDir, 'db.password'), 'utf8')).trim();
    const url = `postgres://quanlian:${password}@127.0.0.1:${rows[0]?.port}/postgres`;
    const external = await connect({ dataDir, url });
    expect(external.kind).toBe('external');
    await external.health();
    await external.close();
    await expect(connect({ dataDir, url: 'postgres://nobody@127.0.0.1:1/none' })).rejects.toMatchObject({
      code: 'database.unavailable',
      message: expect.stringContaining('DATABASE_URL'),
    });
  });
});
