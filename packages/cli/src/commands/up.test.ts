import { spawnSync } from 'node:child_process';
import { access, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LoadJobSchema, LoadSummarySchema, SearchResultSchema } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Command, jsonLines, quanlian, start } from '../cli.fixture.js';

let dir: string;
let data: string;
let server: Command;
let url: string;

const line = (number: number): string =>
  `${JSON.stringify({ id: `EP${number}A1`, office: 'EP', number: String(number), kind: 'A1', titles: { en: 'Valve' }, sources: [] })}\n`;

async function up(...more: string[]): Promise<Command> {
  const command = start(['up', '--no-demo', '--port', '0', '--data', data, ...more]);
  const text = await command.says(/running at (\S+)/);
  url = /running at (\S+)/.exec(text)?.[1] ?? '';
  return command;
}
const total = async (q: string): Promise<number> => {
  const answer = await fetch(`${url}/api/v1/search?q=${q}`);
  return SearchResultSchema.parse(await answer.json()).total;
};

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-cli-up-'));
  data = join(dir, 'data');
  await writeFile(join(dir, 'first.jsonl'), line(1000001));
  await writeFile(join(dir, 'second.jsonl'), line(1000002) + line(1000003));
  server = await up('--load', join(dir, 'first.jsonl'));
});
afterAll(async () => {
  server.child.kill('SIGTERM');
  await server.ended;
  await rm(dir, { recursive: true, force: true });
});

/** A bare start of Node.js takes a hundredth of five seconds on a quiet machine; the half of that leaves room. */
const BARE_STARTS = 50;

/** How long Node.js takes to start and end here and now, in milliseconds. */
function bareStart(): number {
  const before = Date.now();
  spawnSync(process.execPath, ['-e', '0']);
  return Date.now() - before;
}

describe('a running server', () => {
  it('has loaded what it was told to, and is ready', async () => {
    expect(await total('valve')).toBe(1);
    expect(await (await fetch(`${url}/readyz`)).json()).toEqual({ ready: true, corpus: true, database: true });
  });

  it('takes loads of the command, which shows their summary', async () => {
    const { code, out } = await quanlian(['load', join(dir, 'second.jsonl'), '--json', '--data', data]);
    expect(code).toBe(0);
    expect(LoadSummarySchema.parse(jsonLines(out)[0])).toMatchObject({ read: 2, added: 2 });
    expect(await total('valve')).toBe(3);
    const { jobs } = (await (await fetch(`${url}/api/v1/loads`)).json()) as { jobs: unknown[] };
    expect(LoadJobSchema.parse(jobs[0])).toMatchObject({ name: 'second.jsonl', origin: 'upload', state: 'done' });
    expect(await readdir(join(data, 'uploads'))).toEqual([]);
  });

  it('takes standard input and whole folders', async () => {
    const piped = await start(['load', '-', '--json', '--data', data], { input: line(1000004) }).ended;
    expect(LoadSummarySchema.parse(jsonLines(piped.out)[0]).added).toBe(1);
    const folder = await quanlian(['load', dir, '--json', '--data', data]);
    expect(LoadSummarySchema.parse(jsonLines(folder.out)[0]).unchanged).toBeGreaterThanOrEqual(3);
  });

  it('shares its folder with commands that read, not with a second server', async () => {
    expect((await quanlian(['show', 'EP1000001', '--data', data])).code).toBe(0);
    const second = await quanlian(['up', '--no-demo', '--port', '0', '--data', data]);
    expect(second.code).toBe(1);
    expect(second.err).toMatch(/process \d+/);
  });

  it('loads what lands in its inbox', async () => {
    await writeFile(join(data, 'inbox', 'third.jsonl'), line(1000005));
    const done = () => readdir(join(data, 'inbox', 'done'));
    await expect.poll(done, { timeout: 20_000 }).toEqual(['third.jsonl', 'third.jsonl.report.json']);
    expect(await total('valve')).toBe(5);
  });

  it('ends cleanly and starts again within seconds', async () => {
    // The best of three starts, and on a busy machine as many times a bare start of Node.js as five seconds are on a
    // quiet one: a busy machine is not a slow program.
    let best = Number.POSITIVE_INFINITY;
    let limit = 5000;
    for (let attempt = 0; attempt < 3 && best >= limit; attempt++) {
      limit = Math.max(limit, BARE_STARTS * bareStart());
      server.child.kill('SIGINT');
      expect((await server.ended).code).toBe(0);
      await expect(access(join(data, 'server.json'))).rejects.toThrow();
      const before = Date.now();
      server = await up();
      best = Math.min(best, Date.now() - before);
    }
    expect(best).toBeLessThan(limit);
    expect(await total('valve')).toBe(5);
  });

  it('starts again after it was killed', async () => {
    server.child.kill('SIGKILL');
    await server.ended;
    server = await up();
    expect(await total('valve')).toBe(5);
  });
});
