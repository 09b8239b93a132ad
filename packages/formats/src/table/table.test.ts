import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { ReadItem } from '../run/items.js';
import { parseBytes } from '../run/parse.js';
import { writeTable } from '../tables/write-table.js';
import { readMapping, TableMappingSchema } from './mapping.js';
import { previewTable } from './preview.js';
import { shippedMappings } from './shipped.js';

const MAPPING = readMapping(
  JSON.stringify({
    name: 'a list',
    dates: 'dmy',
    lang: 'en',
    fields: {
      publication: 'No',
      date: 'Published',
      title: 'Title',
      applicants: { column: 'Owners', split: ';;' },
      cpc: { column: 'CPC', split: ';;' },
    },
  }),
  'mapping.json',
);

const read = (text: string): Promise<ReadItem[]> => parseBytes(Buffer.from(text), 'list.csv', { mapping: MAPPING });

describe('tables by a mapping', () => {
  test('cells reach their fields, other columns go to extra', async () => {
    const items = await read(
      'No,Published,Title,Owners,CPC,Note\r\nUS 2015/0129711 A1,05/10/17,"A ""red"", big\nlantern",A CO;;B CO,F21L4/00;;H01M10/40,seen\r\n',
    );
    const [item] = items;
    expect(items).toHaveLength(1);
    expect(item?.type === 'document' && item.document).toMatchObject({
      id: 'US2015129711A1',
      date: '2017-10-05',
      titles: { en: 'A "red", big lantern' },
      applicants: [{ name: 'A CO' }, { name: 'B CO' }],
      classifications: [
        { scheme: 'CPC', symbol: 'F21L 4/00' },
        { scheme: 'CPC', symbol: 'H01M 10/40' },
      ],
      extra: { Note: 'seen' },
      sources: [{ format: 'table' }],
    });
  });

  test('JSON Lines read by the same mapping', async () => {
    const [item] = await read('{"No":"CN105353263A","Title":"Lantern","Owners":["A","B"]}\n');
    expect(item?.type === 'document' && item.document).toMatchObject({
      id: 'CN105353263A',
      applicants: [{ name: 'A' }, { name: 'B' }],
    });
  });

  test('a workbook reads like its table in CSV; without a mapping it is refused by name', async () => {
    const table = writeTable('xlsx', {
      sheet: 'list',
      headings: ['No', 'Published', 'Title', 'Owners', 'CPC', 'Note'],
      rows: [['US 2015/0129711 A1', '05/10/17', 'A "red", big\nlantern', 'A CO;;B CO', 'F21L4/00', 'seen']],
    });
    const workbook = await buffer(table);
    const [item] = await parseBytes(workbook, 'list.xlsx', { mapping: MAPPING });
    expect(item?.type === 'document' && item.document).toMatchObject({
      id: 'US2015129711A1',
      date: '2017-10-05',
      titles: { en: 'A "red", big lantern' },
      applicants: [{ name: 'A CO' }, { name: 'B CO' }],
      extra: { Note: 'seen' },
    });
    const [refused] = await parseBytes(workbook, 'list.xlsx');
    expect(refused?.type === 'failure' && refused.failure).toMatchObject({
      code: 'load.unknown_format',
      message: expect.stringContaining('--mapping'),
    });
  });

  test('rows that cannot be read say why, and the next one is read', async () => {
    const items = await read('No,Title\n,none\nUS1234567B2,one,two,three\nUS1234568B2,good\n');
    expect(items.map((item) => (item.type === 'failure' ? item.failure.code : item.type))).toEqual([
      'record.no_number',
      'record.malformed',
      'document',
    ]);
  });

  test('a mapping that is wrong names the key', () => {
    expect(() => readMapping('{"name":"x","fields":{"titel":"T"}}', 'm.json')).toThrow(/m\.json is wrong at fields/);
    expect(() => readMapping('{"name":"x","fields":{"number":"N"}}', 'm.json')).toThrow(/needs an "office"/);
  });
});

describe('a table before it is loaded', () => {
  const LENS = [
    '#,Jurisdiction,Kind,Display Key,Publication Date,Application Number,Application Date,Priority Numbers,Title,Applicants,Inventors,Owners,CPC Classifications,IPCR Classifications,US Classifications,NPL Citations',
    '1,US,A1,US 2015/0129711 A1,2015-05-14,US 201313999999 A,2013-11-08,US 201361799999 P,A lantern,A CO;;B CO,DOE JANE,C CO,F21L4/00;;H01M10/40,F21L4/00,362/157,A book on lanterns',
    '2,EP,B1,not a number,2015-05-14,,,,Another,,,,,,,',
  ].join('\n');

  test('shows columns, rows and what the columns probably mean', async () => {
    const { columns, rows, guess, results } = await previewTable(Buffer.from(LENS), 'export.csv');
    expect(columns.slice(0, 4)).toEqual(['#', 'Jurisdiction', 'Kind', 'Display Key']);
    expect(rows).toHaveLength(2);
    expect(rows[0]?.[3]).toBe('US 2015/0129711 A1');
    expect(guess).toMatchObject({ publication: 'Display Key', title: 'Title', applicants: 'Applicants' });
    expect(results).toEqual([]);
  });

  test('shows with a mapping what becomes of each row, by its number', async () => {
    const mapping = shippedMappings()['lens'];
    const { results } = await previewTable(Buffer.from(LENS), 'export.csv', mapping);
    expect(results).toMatchObject([
      {
        row: 1,
        document: {
          id: 'US2015129711A1',
          application: { office: 'US', date: '2013-11-08' },
          priorities: [{ office: 'US', number: '201361799999', kind: 'P' }],
          proprietors: [{ name: 'C CO' }],
          citations: [{ npl: 'A book on lanterns' }],
        },
      },
      { row: 2, code: 'record.no_number', message: expect.stringContaining('not a number') },
    ]);
  });

  test('takes every column of an export of The Lens as it is described in public', async () => {
    const row: Readonly<Record<string, string>> = {
      ...{
        '#': '1',
        Jurisdiction: 'AU',
        Kind: 'A1',
        'Display Key': 'AU 2016/219013 A1',
        'Lens ID': '056-511-251-084-461',
      },
      ...{ 'Publication Date': '2017-10-05', 'Publication Year': '2017', 'Application Number': 'AU 2016/219013 A' },
      ...{ 'Application Date': '2016-02-12', 'Priority Numbers': 'US 201562116216 P 20150213;;US 62/151,124' },
      ...{
        'Earliest Priority Date': '2015-02-13',
        Title: 'Lantern',
        Abstract: 'A lantern, "lit".',
        Applicants: 'A CO',
      },
      ...{
        Inventors: 'DOE JANE;;ROE RICHARD',
        Owners: 'A CO (2016-02-12);;B CO (2020-03-01)',
        URL: 'https://lens.org/1',
      },
      ...{ 'Document Type': 'Patent Application', 'Has Full Text': 'yes', 'Cites Patent Count': '0' },
      ...{
        'Cited by Patent Count': '3',
        'Simple Family Size': '30',
        'Simple Family Members': 'AU 2016219013 A1;;US 1 A1',
      },
      ...{ 'Simple Family Member Jurisdictions': 'AU;;US', 'Extended Family Size': '30', 'Sequence Count': '0' },
      ...{
        'CPC Classifications': 'F21L4/00;;H01M10/40',
        'IPCR Classifications': 'F21L4/00',
        'US Classifications': '362/157',
      },
      ...{
        'NPL Citation Count': '1',
        'NPL Resolved Lens ID(s)': '1-2',
        'NPL Citations': 'A book;;Another',
        'Legal Status': 'PENDING',
      },
    };
    const quoted = (cells: readonly string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
    const text = `\ufeff${quoted(Object.keys(row))}\n${quoted(Object.values(row))}\n`;
    const { results } = await previewTable(Buffer.from(text), 'export.csv', shippedMappings()['lens']);
    const [one] = results;
    const document = one && 'document' in one ? one.document : undefined;
    expect(document).toMatchObject({
      id: 'AU2016219013A1',
      date: '2017-10-05',
      application: { office: 'AU', number: '2016219013', kind: 'A', date: '2016-02-12' },
      priorities: [{ office: 'US', number: '201562116216', kind: 'P', date: '2015-02-13' }, { office: 'US' }],
      inventors: [{ name: 'DOE JANE' }, { name: 'ROE RICHARD' }],
      proprietors: [{ name: 'A CO' }, { name: 'B CO' }],
      citations: [{ npl: 'A book' }, { npl: 'Another' }],
      extra: { ownersSince: { 'A CO': '2016-02-12', 'B CO': '2020-03-01' } },
    });
    const kept = JSON.stringify(document?.extra);
    for (const name of ['Lens ID', 'Legal Status', 'Simple Family Members', 'NPL Resolved Lens ID(s)'])
      expect(kept).toContain(JSON.stringify(row[name]));
  });

  test('a text that is cut off anywhere shows its whole lines, and no table is refused', async () => {
    const { results } = await previewTable(
      Buffer.from('{"No":"CN105353263A","Title":"Lantern"}\n{"No":"CN1053532'),
      'list.jsonl',
      MAPPING,
    );
    expect(results[0]).toMatchObject({ row: 1, document: { id: 'CN105353263A' } });
    await expect(previewTable(Buffer.from('just words'), 'a.txt')).rejects.toMatchObject({ code: 'table.invalid' });
    await expect(previewTable(Buffer.from([0x50, 0x4b, 3, 4, 0, 0]), 'a.xlsx')).rejects.toMatchObject({
      code: 'table.invalid',
    });
  });

  test('names the encoding it read a text in, and reads it in another one when told', async () => {
    // 公开号,标题 / CN101000001A,电池 in GB 18030.
    const chinese = Buffer.concat([
      Buffer.from([0xb9, 0xab, 0xbf, 0xaa, 0xba, 0xc5, 0x2c, 0xb1, 0xea, 0xcc, 0xe2, 0x0a]),
      Buffer.from('CN101000001A,'),
      Buffer.from([0xb5, 0xe7, 0xb3, 0xd8, 0x0a]),
    ]);
    const found = await previewTable(chinese, 'list.csv');
    expect(found).toMatchObject({ columns: ['公开号', '标题'], rows: [['CN101000001A', '电池']], encoding: 'gb18030' });
    expect((await previewTable(chinese, 'list.csv', undefined, 'big5')).columns[0]).not.toBe('公开号');
    expect(await previewTable(Buffer.from('公开号,标题\nCN1A,电池\n'), 'list.csv')).not.toHaveProperty('encoding');
  });

  test.each(['utf-16le', 'utf-16be'])(
    'a text in %s, as workbook programs save it, is shown as it loads',
    async (order) => {
      const text = Buffer.from('\ufeffPublication Number\tTitle\r\nEP1000001A1\tBatterie für Züge\r\n', 'utf16le');
      const bytes = order === 'utf-16le' ? text : text.swap16();
      const preview = await previewTable(bytes, 'export.txt', {
        name: 'x',
        dates: 'ymd',
        lang: 'de',
        fields: { publication: 'Publication Number', title: 'Title' },
      });
      expect(preview.columns).toEqual(['Publication Number', 'Title']);
      expect(preview.results).toMatchObject([
        { row: 1, document: { id: 'EP1000001A1', titles: { de: 'Batterie für Züge' } } },
      ]);
      expect(preview).not.toHaveProperty('encoding');
    },
  );

  test('a line that names the delimiter is no heading, and cells behind the last column that are empty are none', async () => {
    const mapping = TableMappingSchema.parse({ name: 'x', lang: 'en', fields: { publication: 'No', title: 'Title' } });
    const text = Buffer.from('sep=;\r\nNo;Title\r\nEP1000001A1;"Lamp; bright";;\r\nEP1000002A1;Rope;;more\r\n');
    const { columns, rows, results } = await previewTable(text, 'export.csv', mapping);
    expect(columns).toEqual(['No', 'Title']);
    expect(rows[0]).toEqual(['EP1000001A1', 'Lamp; bright', '', '']);
    expect(results).toMatchObject([
      { row: 1, document: { titles: { en: 'Lamp; bright' } } },
      { row: 2, code: 'record.malformed', message: expect.stringContaining('4 cells') },
    ]);
  });

  test('a list with Chinese headings reads by the mapping that comes with the program', async () => {
    const mapping = shippedMappings()['cn-list'];
    const [item] = await parseBytes(
      Buffer.from(
        '申请号,公开（公告）号,公开（公告）日,申请日,名称,分类号,申请（专利权）人,发明（设计）人,主权项,光盘号\nCN201220249767.4,CN202644312U,2013.01.02,2012.05.31,一种轨枕,E01B3/32(2006.01)I,某公司;某厂,张三,一种轨枕，包括本体。,D1301\n',
      ),
      'list.csv',
      mapping ? { mapping } : {},
    );
    expect(item?.type === 'document' && item.document).toMatchObject({
      id: 'CN202644312U',
      date: '2013-01-02',
      application: { office: 'CN', number: '201220249767', date: '2012-05-31', original: 'CN201220249767.4' },
      titles: { zh: '一种轨枕' },
      applicants: [{ name: '某公司' }, { name: '某厂' }],
      classifications: [{ scheme: 'IPC', symbol: 'E01B 3/32', value: 'I', version: '2006-01-01' }],
      claims: [{ number: 1, text: '一种轨枕，包括本体。' }],
      extra: { 光盘号: 'D1301' },
    });
  });
});
