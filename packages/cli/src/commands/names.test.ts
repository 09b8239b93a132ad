import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NameMerge, NameParent } from '@quanlian/contract';
import { writeTable } from '@quanlian/formats/tables';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Command, jsonLines, quanlian, start } from '../cli.fixture.js';

let dir: string;
let server: Command;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'quanlian-names-'));
  server = start(['up', '--no-demo', '--port', '0', '--data', join(dir, 'data')]);
  await server.says(/is running at/);
  const boss = ['account', 'add', 'boss@example.org', '--name', '主任', '--city', '澜江市知识产权局'];
  await quanlian([...boss, '--data', join(dir, 'data')]);
});
afterAll(async () => {
  server.child.kill('SIGINT');
  await server.ended;
  await rm(dir, { recursive: true, force: true });
});

const run = (...words: string[]) => quanlian(['names', ...words, '--data', join(dir, 'data')]);
/** Every call is a process of its own, some of them with a database of their own. */
const PATIENCE_MS = 240_000;
const NAMES = ['Lantern Works Inc.', 'LANTERN WORKS, INC.'];

test(
  'names are merged with author and reason, and a tree is imported, beside the running server',
  async () => {
    const stranger = await run('merge', ...NAMES, '--reason', 'x', '--by', 'nobody@example.org');
    expect([stranger.code, stranger.err]).toEqual([2, expect.stringContaining('nobody@example.org')]);
    const made = await run('merge', ...NAMES, '--reason', 'its own report', '--by', 'boss@example.org', '--json');
    expect(jsonLines(made.out)[0]).toMatchObject({ names: NAMES, author: '主任', undone: null });
    expect((await run('merge', ...NAMES, '--reason', 'again')).code).toBe(1);
    const sheet = {
      sheet: 'tree',
      headings: ['parent', 'child', 'from', 'source'],
      rows: [['（甲）集团', 'Lantern Works Inc.', '2019-01-01', 'register']],
    };
    const file = join(dir, 'tree.xlsx');
    await writeFile(file, writeTable('xlsx', sheet));
    expect((await run('import', file)).out).toContain('1 rows');
    const rows = (jsonLines((await run('tree', '--json')).out)[0] as { rows: NameParent[] }).rows;
    // Names keep the widths of their signs, as documents have them.
    expect(rows).toEqual([
      { parent: '（甲）集团', child: 'Lantern Works Inc.', from: '2019-01-01', to: null, source: 'register' },
    ]);
  },
  PATIENCE_MS,
);

test(
  'a merge is taken back with a reason, without a server too, and stays listed',
  async () => {
    server.child.kill('SIGINT');
    await server.ended;
    const [merge] = (jsonLines((await run('list', '--json')).out)[0] as { merges: NameMerge[] }).merges;
    expect(merge).toMatchObject({ names: NAMES, reason: 'its own report', author: '主任', undone: null });
    const undone = await run('undo', merge?.id ?? '', '--reason', 'two firms after all', '--json');
    expect(jsonLines(undone.out)[0]).toMatchObject({ undone: { reason: 'two firms after all', author: null } });
    expect((await run('list')).out).toMatch(/Lantern Works Inc\. \| LANTERN WORKS, INC\..*undone by owner/);
    expect((await run('propose')).out).toMatch(/proposals|not derived yet/);
    expect((await run('merge', ...NAMES)).code).toBe(2);
  },
  PATIENCE_MS,
);
