import type { Readable } from 'node:stream';
import type { PatentDocument } from '@quanlian/contract';
import { readXlsx } from 'hucre/xlsx';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { describe, expect, test } from 'vitest';
import { parseBytes } from '../run/parse.js';
import { EXPORT_COLUMNS, type ExportLabels } from './columns.js';
import { writeCsv } from './csv.js';
import { writeJsonLines } from './json-lines.js';
import { writeParquet } from './parquet.js';
import { writeXlsx } from './xlsx.js';

const labels = Object.fromEntries(EXPORT_COLUMNS.map((column) => [column, `标 ${column}`])) as ExportLabels;

const documents: PatentDocument[] = [
  {
    id: 'CN1A',
    office: 'CN',
    number: '1',
    kind: 'A',
    date: '2020-01-02',
    type: 'invention',
    lang: 'zh',
    sources: [],
    titles: { zh: '灯，"新"', en: 'Lamp' },
    abstracts: { en: 'Line one\nline two' },
    applicants: [{ name: '=cmd()' }],
    proprietors: [{ name: 'B' }],
    inventors: [{ name: 'C' }, { name: 'D' }],
    application: { office: 'CN', number: '2019', date: '2019-05-06' },
    priorities: [{ date: '2018-03' }, { date: '2017-01-01' }],
    classifications: [
      { scheme: 'IPC', symbol: 'F21V 1/00' },
      { scheme: 'IPC', symbol: 'F21V 1/00' },
      { scheme: 'CPC', symbol: 'F21V 1/02' },
    ],
    familyId: '7',
  },
  { id: 'EP2', office: 'EP', number: '2', sources: [], titles: { en: '@sum(1)\u0001' }, abstracts: { en: '-1+2' } },
];
const stream = async function* (): AsyncGenerator<PatentDocument> {
  yield* documents;
};
async function collect(readable: Readable): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of readable as AsyncIterable<Uint8Array>) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks);
}

describe('Parquet', () => {
  test('columns in plain letters, nulls for what is missing, the whole document besides', async () => {
    const bytes = await collect(writeParquet(stream(), { languages: ['zh'] }));
    const file = new Uint8Array(bytes).buffer;
    const rows = (await parquetReadObjects({ file })) as Record<string, string | null>[];
    expect(rows).toHaveLength(2);
    expect(rows[0]).toMatchObject({ id: 'CN1A', title: '灯，"新"', ipc: 'F21V 1/00', family: '7' });
    expect(rows[1]?.['kind']).toBeNull();
    expect(JSON.parse(rows[0]?.['document'] ?? '')).toEqual(documents[0]);
  });

  test('a long result in groups of rows, an empty one too', async () => {
    const many = async function* (): AsyncGenerator<PatentDocument> {
      for (let n = 0; n < 12_001; n++) yield { id: `EP${n}A1`, office: 'EP', number: String(n), sources: [] };
    };
    const bytes = await collect(writeParquet(many()));
    const { row_groups, num_rows } = parquetMetadata(new Uint8Array(bytes).buffer);
    expect([row_groups.length, Number(num_rows)]).toEqual([3, 12_001]);
    const none = async function* (): AsyncGenerator<PatentDocument> {
      yield* [];
    };
    expect(Number(parquetMetadata(new Uint8Array(await collect(writeParquet(none()))).buffer).num_rows)).toBe(0);
  });
});

describe('writers', () => {
  test('CSV: quoted, with a mark for spreadsheet programs, formulas neutralized, control characters left out', async () => {
    const text = (await collect(writeCsv(stream(), { labels, languages: ['zh'] }))).toString('utf8');
    const header = EXPORT_COLUMNS.map((column) => `标 ${column}`).join(',');
    expect(text).toBe(
      `\ufeff${header}\r\n` +
        `CN1A,CN,1,A,2020-01-02,invention,"灯，""新""",'=cmd(); B,C; D,CN2019,2019-05-06,2017-01-01,F21V 1/00,F21V 1/02,7,"Line one\nline two"\r\n` +
        `EP2,EP,2,,,,'@sum(1),,,,,,,,,'-1+2\r\n`,
    );
  });

  test('XLSX: every cell is text, further sheets when rows run out', async () => {
    const bytes = await collect(writeXlsx(stream(), { labels, sheet: '结果', maxRowsPerSheet: 2 }));
    const book = await readXlsx(bytes);
    expect(book.sheets.map(({ rows }) => rows.map((row) => row[0]))).toEqual([
      ['标 id', 'CN1A'],
      ['标 id', 'EP2'],
    ]);
    const second = book.sheets[1]?.rows[1];
    expect([second?.[6], second?.[15]]).toEqual(['@sum(1)', '-1+2']);
    expect(bytes.includes('<f>')).toBe(false);
  });

  test('JSON Lines come back through the reader', async () => {
    const items = await parseBytes(await collect(writeJsonLines(stream())), 'x.jsonl');
    expect(items.map((item) => item.type === 'document' && { ...item.document, sources: [] })).toEqual([
      documents[0],
      { ...documents[1], id: 'EP0000002', number: '0000002' },
    ]);
  });
});
