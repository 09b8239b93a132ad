import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTable } from '../tables/write-table.js';
import { readConcordance } from './read-concordance.js';

let dir: string;
beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'concordance-'));
});
afterAll(() => rm(dir, { recursive: true }));

async function file(name: string, text: string | Buffer): Promise<string> {
  const path = join(dir, name);
  await writeFile(path, text);
  return path;
}

const FIELDS = [
  ['Field_number', 'Sector_en', 'Field_en', 'IPC_code', 'Remark'],
  ['2', 'Electrical engineering', 'Sound, pictures', 'H04R%', ''],
  ['2', 'Electrical engineering', 'Sound, pictures', 'H04N   3/%', ''],
  ['11', 'Instruments', 'Analysis', 'G01N  33/%', 'new'],
];
const quoted = (rows: readonly string[][]): string =>
  rows.map((row) => row.map((cell) => (cell.includes(',') ? `"${cell}"` : cell)).join(',')).join('\r\n');

describe('reading a concordance', () => {
  it('takes the layout of the 35 fields as CSV', async () => {
    const read = await readConcordance('field35', await file('a.csv', `\ufeff${quoted(FIELDS)}\r\n`));
    expect(read.rows).toEqual([
      { symbol: 'H04R', target: '2' },
      { symbol: 'H04N 3/00', target: '2' },
      { symbol: 'G01N 33/00', target: '11' },
    ]);
    expect(read.targets[0]).toEqual({
      code: '2',
      names: { en: 'Sound, pictures' },
      sector: { en: 'Electrical engineering' },
    });
  });

  it('takes the same as a workbook', async () => {
    const [headings = [], ...rows] = FIELDS;
    const chunks: Buffer[] = [];
    for await (const chunk of writeTable('xlsx', { sheet: 'x', headings, rows })) chunks.push(Buffer.from(chunk));
    const read = await readConcordance('field35', await file('a.xlsx', Buffer.concat(chunks)));
    expect(read.rows).toHaveLength(3);
    expect(read.targets.map(({ code }) => code)).toEqual(['2', '11']);
  });

  it('takes industries with Chinese headings, several symbols in a cell, below a title', async () => {
    const text =
      '战略性新兴产业对照表\n产业代码,产业名称,IPC分类号\n1.5,人工智能,"G06N；G06F 40/00"\n5.2,部件,H01M10/0525\n';
    const read = await readConcordance('industry', await file('b.csv', text));
    expect(read.rows).toEqual([
      { symbol: 'G06N', target: '1.5' },
      { symbol: 'G06F 40/00', target: '1.5' },
      { symbol: 'H01M 10/0525', target: '5.2' },
    ]);
    expect(read.targets[0]?.names).toEqual({ zh: '人工智能' });
  });

  it('takes the list from the CPC to the IPC, with and without a middle column', async () => {
    const text = 'CPC\t\tIPC\nA01B1/00\t\tA01B1/00\nA01B2200/01\t\tCPCONLY\nA01B1/022\tA01B1/02\nY02E10/00\n';
    const read = await readConcordance('cpc-ipc', await file('c.txt', text));
    expect(read.rows).toContainEqual({ symbol: 'A01B 1/00', target: 'A01B 1/00' });
    expect(read.rows).toContainEqual({ symbol: 'A01B 1/022', target: 'A01B 1/02' });
  });

  it('says where a table is wrong', async () => {
    const wrong = file('d.csv', 'IPC_code,Field_number\nnonsense,3\n');
    await expect(readConcordance('field35', await wrong)).rejects.toThrow(/d\.csv, line 2: “nonsense” is no class/);
    await expect(readConcordance('field35', await file('e.csv', 'a,b\n1,2\n'))).rejects.toThrow(/no line of headings/);
    await expect(readConcordance('field35', await file('f.csv', 'IPC,code\n'))).rejects.toThrow(/no row/);
    await expect(readConcordance('field35', join(dir, 'missing'))).rejects.toThrow(/is no file/);
    await expect(readConcordance('field35', await file('g.csv', 'IPC,code\nH01M,\n'))).rejects.toThrow(/leads nowhere/);
  });
});
