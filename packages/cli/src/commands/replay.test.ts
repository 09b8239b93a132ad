import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReplayReportSchema, SearchRecordSchema } from '@quanlian/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { quanlian } from '../cli.fixture.js';

/** Several starts of the program, on a machine that may be busy. */
const LONG_MS = 240_000;

let folder: string;
const at = (name: string): string => join(folder, name);

/** A line of a file to load. */
const line = (number: number, title: string): string =>
  `${JSON.stringify({ office: 'EP', number: String(number), kind: 'A1', date: '2011-03-02', titles: { en: title } })}\n`;

async function load(name: string, ...lines: string[]): Promise<void> {
  await writeFile(at(name), lines.join(''));
  const { code } = await quanlian(['load', at(name), '--data', at('data')]);
  expect(code).toBe(0);
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quanlian-replay-'));
  await load('first.jsonl', line(3000001, 'Battery cell'), line(3000002, 'Battery lid'), line(3000003, 'Motor'));
}, LONG_MS);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('quanlian replay', () => {
  it(
    'names what was added and changed since a record, and refuses a changed record',
    async () => {
      const made = await quanlian(['search', 'battery', '--record', at('record.json'), '--data', at('data')]);
      expect([made.code, made.err]).toEqual([0, expect.stringContaining('2 documents')]);
      const record = SearchRecordSchema.parse(JSON.parse(await readFile(at('record.json'), 'utf8')));
      await load('second.jsonl', line(3000003, 'Motor with a battery'), line(3000002, 'Battery lid with a hinge'));

      const replayed = await quanlian(['replay', at('record.json'), '--json', '--data', at('data')]);
      const report = ReplayReportSchema.parse(JSON.parse(replayed.out));
      expect(report).toMatchObject({ added: ['EP3000003A1'], removed: [], changed: ['EP3000002A1'], listed: true });

      await writeFile(at('forged.json'), JSON.stringify({ ...record, signed: { ...record.signed, total: 3 } }));
      const forged = await quanlian(['replay', at('forged.json'), '--data', at('data')]);
      expect([forged.code, forged.out, forged.err]).toEqual([
        1,
        '',
        expect.stringContaining('changed after it was signed'),
      ]);
      const missing = await quanlian(['replay', at('nothing.json'), '--data', at('data')]);
      expect(missing.code).toBe(1);
    },
    LONG_MS,
  );
});

describe('quanlian search', () => {
  it(
    'explains an empty result and combines sets',
    async () => {
      const explained = await quanlian(['search', 'batery lid', '--explain', '--data', at('data')]);
      expect(explained.out).toContain('batery finds nothing by itself');
      expect(explained.out).toContain('“battery”');
      const sets = ['--set', 'S1=battery', '--set', 'S2=title:cell', '--json', '--data', at('data')];
      const combined = await quanlian(['search', 'S1 AND S2', ...sets]);
      expect(JSON.parse(combined.out)).toMatchObject({ total: 1 });
      const wrong = await quanlian(['search', 'S1', '--set', 'battery', '--data', at('data')]);
      expect(wrong.code).toBe(2);
    },
    LONG_MS,
  );
});
