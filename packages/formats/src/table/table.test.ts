import { describe, expect, test } from 'vitest';
import type { ReadItem } from '../run/items.js';
import { parseBytes } from '../run/parse.js';
import { readMapping } from './mapping.js';

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
