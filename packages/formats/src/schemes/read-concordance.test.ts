import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { writeTable } from '../tables/write-table.js';
import { storedZip } from '../tables/zip-write.js';
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

async function workbook(
  name: string,
  headings: readonly string[],
  rows: readonly (readonly string[])[],
): Promise<string> {
  const chunks: Buffer[] = [];
  const sheet = { sheet: 'x', headings: [...headings], rows: rows.map((row) => [...row]) };
  for await (const chunk of writeTable('xlsx', sheet)) chunks.push(Buffer.from(chunk));
  return file(name, Buffer.concat(chunks));
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

  it('takes the same list with headings, as a workbook and with several places for one symbol', async () => {
    const [headings, ...rows] = [
      ['CPC Group', 'Level', 'IPC Group'],
      ['A01B1/00', '7', 'A01B1/00'],
      ['A01B2200/01', '8', 'CPCONLY'],
      ['Y02E10/00', '7', ''],
      ['H04W4/02', '8', 'H04W4/02, H04W4/021'],
    ] as const;
    const expected = {
      rows: [
        { symbol: 'A01B 1/00', target: 'A01B 1/00' },
        { symbol: 'H04W 4/02', target: 'H04W 4/02' },
        { symbol: 'H04W 4/02', target: 'H04W 4/021' },
      ],
      without: 2,
    };
    const book = await workbook('c.xlsx', headings, rows);
    expect(await readConcordance('cpc-ipc', book)).toMatchObject(expected);
    const text = [headings, ...rows].map((cells) => cells.join('\t')).join('\r\n');
    expect(await readConcordance('cpc-ipc', await file('c2.txt', `\ufeff${text}`))).toMatchObject(expected);
    const wrong = file('c3.txt', 'A01B1/00\tA01B1/00\nA01B1/02\tA01B1\nA01B1/04\there\n');
    await expect(readConcordance('cpc-ipc', await wrong)).rejects.toThrow(
      'c3.txt, line 3, column 2: “here” is no class symbol.',
    );
  });

  it('takes WIPO’s workbook as it comes: a title and empty rows above, its own writing of main groups', async () => {
    const rows = [
      ['', '', '', ''],
      ['Date of this table: May 2019', '', '', ''],
      ['Field_number', 'Sector_en', 'Field_en', 'IPC_code'],
      ['14', 'Chemistry', 'Organic fine chemistry', 'A61K   8%'],
      ['16', 'Chemistry', 'Pharmaceuticals', 'A61K 101/%'],
    ];
    const read = await readConcordance('field35', await workbook('w.xlsx', ['IPC8 - Technology Concordance'], rows));
    expect(read.rows).toEqual([
      { symbol: 'A61K 8/00', target: '14' },
      { symbol: 'A61K 101/00', target: '16' },
    ]);
  });

  it('takes China’s table with merged cells, rows of larger parts, keywords, ranges and headings that come again', async () => {
    const headings = ['战略性新兴产业分类代码', '战略性新兴产业分类名称', '国际专利分类号（IPC）', '关键词', '备注'];
    const rows = [
      ['1', '新一代信息技术产业', '', '', ''],
      ['1.1', '下一代信息网络产业', 'H04L、H04W 4/00，8/00', '', ''],
      ['', '', 'H04B 7/00-H04B 10/00', '光纤', ''],
      ['1.5 人工智能', '', 'G06N (2006.01)；G06F40*\nG10L', '', '试行'],
      headings,
      ['4.1', '生物医药产业', 'A61K 31/00～33/00;A61P', '', ''],
    ];
    const expected = {
      rows: [
        ...['H04L', 'H04W 4/00', 'H04W 8/00', 'H04B 7/00', 'H04B 8/00', 'H04B 9/00', 'H04B 10/00'].map((symbol) => ({
          symbol,
          target: '1.1',
        })),
        ...['G06N', 'G06F 40/00', 'G10L'].map((symbol) => ({ symbol, target: '1.5' })),
        ...['A61K 31/00', 'A61K 32/00', 'A61K 33/00', 'A61P'].map((symbol) => ({ symbol, target: '4.1' })),
      ],
      narrowed: 1,
    };
    const book = await readConcordance('industry', await workbook('i.xlsx', headings, rows));
    expect(book).toMatchObject(expected);
    expect(book.targets.map(({ names }) => names['zh'])).toEqual(['下一代信息网络产业', '人工智能', '生物医药产业']);
    const csv = [['战略性新兴产业分类与国际专利分类参照关系表'], headings, ...rows]
      .map((cells) => cells.map((cell) => (/[,\n]/.test(cell) ? `"${cell}"` : cell)).join(','))
      .join('\r\n');
    expect(await readConcordance('industry', await file('i.csv', csv))).toMatchObject(expected);
    const tabs = Buffer.from(`\ufeff${csv.replaceAll(',', '\t')}`, 'utf16le');
    expect(await readConcordance('industry', await file('i.tsv', tabs))).toMatchObject(expected);
  });

  it('takes China’s table in the document it is published in', async () => {
    const cell = (text: string, more = ''): string =>
      `<w:tc><w:tcPr>${more}</w:tcPr>${text
        .split('\n')
        .map((line) => `<w:p><w:r><w:t>${line}</w:t></w:r></w:p>`)
        .join('')}</w:tc>`;
    const row = (...cells: string[]): string => `<w:tr>${cells.join('')}</w:tr>`;
    const goesOn = '<w:vMerge/>';
    const xml = `<w:document xmlns:w="x"><w:body><w:p><w:r><w:t>参照关系表</w:t></w:r></w:p><w:tbl>${[
      row(cell('代码'), cell('名称'), cell('IPC'), cell('关键词')),
      row(cell('1 新一代信息技术产业', '<w:gridSpan w:val="4"/>')),
      row(cell('1.6', '<w:vMerge w:val="restart"/>'), cell('人工智能'), cell('G06F40*、A61B5/0476\nG06N'), cell('')),
      row(cell('', goesOn), cell('', goesOn), cell('G06N 20/00'), cell('学习')),
    ].join('')}</w:tbl></w:body></w:document>`;
    const zip = storedZip(new Map([['word/document.xml', Buffer.from(xml)]]));
    expect(await readConcordance('industry', await file('t.docx', zip))).toEqual({
      rows: ['G06F 40/00', 'A61B 5/0476', 'G06N', 'G06N 20/00'].map((symbol) => ({ symbol, target: '1.6' })),
      targets: [{ code: '1.6', names: { zh: '人工智能' } }],
      without: 0,
      narrowed: 1,
    });
    const broken = storedZip(new Map([['word/document.xml', Buffer.from(xml.slice(0, 300))]]));
    await expect(readConcordance('industry', await file('b.docx', broken))).rejects.toThrow(/document is damaged/);
    const other = storedZip(new Map([['word/other.xml', Buffer.from(xml)]]));
    await expect(readConcordance('industry', await file('n.docx', other))).rejects.toThrow(/document is damaged/);
  });

  it('takes a table in GBK', async () => {
    // 产业代码,产业名称,IPC and 人工智能 as a workbook program in China saves them.
    const head = Buffer.from('b2fad2b5b4fac2eb2cb2fad2b5c3fbb3c62c495043', 'hex');
    const row = Buffer.concat([
      Buffer.from('\r\n1.5,'),
      Buffer.from('c8cbb9a4d6c7c4dc', 'hex'),
      Buffer.from(',G06N\r\n'),
    ]);
    const read = await readConcordance('industry', await file('gbk.csv', Buffer.concat([head, row])));
    expect(read).toMatchObject({ rows: [{ symbol: 'G06N', target: '1.5' }], targets: [{ names: { zh: '人工智能' } }] });
  });

  it('tells every place that cannot be read, by the line of the file', async () => {
    const text = [
      '产业代码,产业名称,IPC',
      '1.1,网络,"H04L',
      'H04W、小灵通"',
      '1.2,电子,G06F 3/01-3/048',
      ',别的,H01L',
      '1.3,软件,G06F（不含G06F 17/00）',
    ].join('\n');
    await expect(readConcordance('industry', await file('p.csv', text))).rejects.toThrow(
      /^p\.csv, line 2, column 3 \(IPC\): “小灵通” is no class symbol; line 4, column 3 \(IPC\): “G06F 3\/01-3\/048” is no range .*; line 5, column 1 \(产业代码\): the class leads nowhere.*; line 6, column 3 \(IPC\): the note “\(不含G06F 17\/00\)” takes classes away\.$/,
    );
    const many = `IPC,code\n${'x,1\n'.repeat(8)}`;
    await expect(readConcordance('field35', await file('q.csv', many))).rejects.toThrow(/; and 3 more\.$/);
  });

  it('says of files of other kinds what to do', async () => {
    const old = file('o.xls', Buffer.from('d0cf11e0a1b11ae1', 'hex'));
    await expect(readConcordance('field35', await old)).rejects.toThrow(/o\.xls is a workbook .* of the old kind/);
    await expect(readConcordance('industry', await file('t.zip', 'PK\u0003\u0004word/'))).rejects.toThrow(
      /no workbook/,
    );
    await expect(readConcordance('industry', await file('t.pdf', '%PDF-1.7'))).rejects.toThrow(/is a PDF/);
  });

  it('says where a table is wrong', async () => {
    const wrong = file('d.csv', 'IPC_code,Field_number\nnonsense,3\n');
    await expect(readConcordance('field35', await wrong)).rejects.toThrow(
      /d\.csv, line 2, column 1 \(IPC_code\): “nonsense” is no class/,
    );
    await expect(readConcordance('field35', await file('e.csv', 'a,b\n1,2\n'))).rejects.toThrow(/no line of headings/);
    await expect(readConcordance('field35', await file('f.csv', 'IPC,code\n'))).rejects.toThrow(/no row/);
    await expect(readConcordance('field35', join(dir, 'missing'))).rejects.toThrow(/is no file/);
    await expect(readConcordance('field35', await file('g.csv', 'IPC,code\nH01M,\n'))).rejects.toThrow(/leads nowhere/);
  });
});
