import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeTable } from '../tables/write-table.js';
import { readEventCodes } from './read-event-codes.js';

const HEADINGS = [
  ...['Authority', 'Event-code', 'Date Created', 'Influence', 'Description ENG', 'Last Update ENG'],
  ...['Description ORI', 'Last Update ORI', 'Event-class', 'Event-class Description'],
];
const ROWS = [
  ['XA', 'L1  ', '20200101', '-', 'LAMP PUT OUT', '20200101', 'LAMPE ERLOSCHEN', '20200101', 'H', 'IP RIGHT CESSATION'],
  ['XA', '0012', '20200101', '', 'LAMP "LENT" TO OTHERS', '20200101', 'LAMP "LENT" TO OTHERS', '20200101', '', ''],
];
const CODES = [
  {
    office: 'XA',
    code: 'L1',
    title: 'LAMP PUT OUT',
    original: 'LAMPE ERLOSCHEN',
    influence: '-',
    class: 'H',
    classTitle: 'IP RIGHT CESSATION',
  },
  { office: 'XA', code: '0012', title: 'LAMP "LENT" TO OTHERS', influence: null },
];

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'quanlian-events-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function read(name: string, content: string | Buffer) {
  const path = join(folder, name);
  await writeFile(path, content);
  return readEventCodes(path);
}
const tsv = (rows: readonly (readonly string[])[]): string => rows.map((row) => `${row.join('\t')}\n`).join('');

test('the same list comes out of the table with tabs and out of the workbook', async () => {
  const workbook = await buffer(writeTable('xlsx', { sheet: '1', headings: HEADINGS, rows: ROWS }));
  expect(await read('codes-2024w17.tsv', tsv([HEADINGS, ...ROWS]))).toEqual({ codes: CODES, edition: '2024.17' });
  expect(await read('codes_202417.xlsx', workbook)).toEqual({ codes: CODES, edition: '2024.17' });
});

test('a name without a week tells no edition', async () => {
  expect((await read('codes.tsv', tsv([HEADINGS, ...ROWS]))).edition).toBeUndefined();
  expect((await read('codes-20241770.tsv', tsv([HEADINGS, ...ROWS]))).edition).toBeUndefined();
});

test.each([
  ['no such column', 'a\tb\n1\t2\n', /no column “Authority”/],
  ['no rows', tsv([HEADINGS]), /no rows/],
  ['an office that is none', tsv([HEADINGS, ['Lamps', ...(ROWS[0] ?? []).slice(1)]]), /line 2: “Lamps” is no code/],
  ['a code twice', tsv([HEADINGS, ...ROWS, [...(ROWS[1] ?? []).with(4, 'LAMP LOST')]]), /XA 0012 stands twice/],
])('%s is refused by name', async (_, text, why) => {
  await expect(read('bad.tsv', text)).rejects.toThrow(why);
});
