import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { lockFolder } from './lock.js';

let dir: string;
let file: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-lock-'));
  file = join(dir, 'x.lock');
});
afterEach(() => rm(dir, { recursive: true, force: true }));

it('is held once and free after release', async () => {
  const lock = await lockFolder(file, 'The folder');
  await expect(lockFolder(file, 'The folder')).rejects.toMatchObject({ code: 'corpus.locked' });
  await lock.release();
  await (await lockFolder(file, 'The folder')).release();
  expect(await readdir(dir)).toEqual([]);
});

it('is given to exactly one of many that ask at once', async () => {
  const answers = await Promise.allSettled(Array.from({ length: 12 }, () => lockFolder(file, 'The folder')));
  expect(answers.filter((answer) => answer.status === 'fulfilled')).toHaveLength(1);
});

it.each([
  ['a process that is gone', (mine: object) => ({ ...mine, pid: 2 ** 30 })],
  ['an earlier start of the machine', (mine: object) => ({ ...mine, boot: 'another' })],
  ['an earlier process of the same number', (mine: object) => ({ ...mine, started: '1' })],
  ['half a line', () => undefined],
])('is taken over from %s', async (_what, stale) => {
  const lock = await lockFolder(file, 'The folder');
  const mine = JSON.parse(await readFile(file, 'utf8')) as object;
  await lock.release();
  await writeFile(file, JSON.stringify(stale(mine)) ?? '{"pid":');
  await (await lockFolder(file, 'The folder')).release();
});
