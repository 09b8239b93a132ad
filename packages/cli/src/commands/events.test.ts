import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { quanlian } from '../cli.fixture.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quanlian-events-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const LIST = [
  'Authority\tEvent-code\tInfluence\tDescription ENG\tEvent-class\tEvent-class Description',
  'XA\tL1\t-\tLAMP PUT OUT\tH\tIP RIGHT CESSATION',
  'XA\tL2\t\tLAMP SEEN\t\t',
];

test('a list is loaded under the edition its name tells, and says what codes stand for', async () => {
  const run = (...words: string[]) => quanlian(['events', ...words, '--data', join(folder, 'data')]);
  const file = join(folder, 'codes-2024w17.tsv');
  await writeFile(file, LIST.join('\n'));
  const unnamed = join(folder, 'codes.tsv');
  await writeFile(unnamed, LIST.join('\n'));
  const loaded = await run('load', file, '--json');
  expect(JSON.parse(loaded.out)).toMatchObject({ edition: '2024.17', codes: 2, offices: 1 });
  const [refused, listed, shown] = await Promise.all([
    run('load', unnamed),
    run('list'),
    run('show', 'xa', 'l2', 'L9'),
  ]);
  expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('--edition')]);
  expect(listed.out).toMatch(/2024\.17.*2 codes.*current/);
  expect(shown.out).toMatch(/XA\s+L2\s+–\s+LAMP SEEN/);
  expect([shown.code, shown.err]).toEqual([1, expect.stringContaining('does not have L9 of XA')]);
});

test('counts the codes of files that have a known meaning, and names those that have none', async () => {
  const event = (code: string) => ({ office: 'CN', code, date: '2020-01-01' });
  const file = join(folder, 'rights.jsonl');
  const events = [event('GR01'), event('CF01'), event('ZZ99'), event('ZZ99')];
  await writeFile(file, `${JSON.stringify({ office: 'CN', number: '101000001', kind: 'B', events })}\n`);
  const run = (...words: string[]) => quanlian(['events', 'reach', file, '--data', join(folder, 'none'), ...words]);
  const [told, json] = await Promise.all([run(), run('--json')]);
  expect(told.out).toMatch(/CN\s+4\s+3\s+0\s+2\s+0\s+1\s+66\.7 % of codes, 50\.0 % of events/);
  expect(told.out).toContain('CN unmapped: ZZ99 (2)');
  expect(JSON.parse(json.out)).toMatchObject([{ office: 'CN', events: { table: 2, unmapped: 2 } }]);
});
