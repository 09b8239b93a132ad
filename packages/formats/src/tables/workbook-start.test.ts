import { buffer } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import { parseBytes } from '../run/parse.js';
import { readMapping } from '../table/mapping.js';
import { previewTable } from '../table/preview.js';
import { workbookStart } from './workbook-start.js';
import { writeTable } from './write-table.js';
import { storedZip } from './zip-write.js';

const MAPPING = readMapping('{"name":"a list","fields":{"publication":"No","title":"Title"}}', 'mapping.json');

const number = (index: number): string => `US${1_000_000 + index}B2`;
/** Titles that do not pack well, so that the sheet is most of the file. */
const title = (index: number): string => `lantern ${Math.imul(index + 1, 0x9e3779b1) >>> 0}`;
const rows = (count: number): string[][] => Array.from({ length: count }, (_, index) => [number(index), title(index)]);
const workbookOf = (count: number): Promise<Buffer> =>
  buffer(writeTable('xlsx', { sheet: 'list', headings: ['No', 'Title'], rows: rows(count) }));

const TYPES =
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const relations = (...list: string[]): string =>
  `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list
    .map((target, index) => {
      const type = { 'xl/workbook.xml': 'officeDocument', 'sharedStrings.xml': 'sharedStrings' }[target] ?? 'worksheet';
      return `<Relationship Id="rId${index + 1}" Type="${RELATIONS}/${type}" Target="${target}"/>`;
    })
    .join('')}</Relationships>`;

/** A workbook as desktop programs write it: the texts of all cells in a list of their own. */
function sharedWorkbook(sheet: string, strings: string): Buffer {
  const parts = {
    '[Content_Types].xml': TYPES,
    '_rels/.rels': relations('xl/workbook.xml'),
    'xl/workbook.xml': `<workbook xmlns:r="${RELATIONS}"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': relations('worksheets/sheet1.xml', 'sharedStrings.xml'),
    'xl/worksheets/sheet1.xml': `<x:worksheet><x:sheetData>${sheet}</x:sheetData></x:worksheet>`,
    'xl/sharedStrings.xml': `<sst>${strings}</sst>`,
    'xl/media/image1.png': 'no picture',
  };
  return storedZip(new Map(Object.entries(parts).map(([name, text]) => [name, Buffer.from(text)])));
}

describe('the preview of a workbook', () => {
  test('is that of its beginning, whatever stands behind', async () => {
    const whole = await workbookOf(20_000);
    const before = await previewTable(whole, 'list.xlsx', MAPPING);
    expect(before).toMatchObject({ columns: ['No', 'Title'] });
    expect(before.rows[0]).toEqual([number(0), title(0)]);
    expect(before.results).toHaveLength(20);
    // Most of the file is the sheet; what is wrong behind the first rows is never unpacked.
    const damaged = Buffer.from(whole);
    damaged.fill(0xff, Math.floor(whole.length * 0.6), Math.floor(whole.length * 0.7));
    expect(await previewTable(damaged, 'list.xlsx', MAPPING)).toEqual(before);
    const [item] = await parseBytes(damaged, 'list.xlsx', { mapping: MAPPING });
    expect(item).toMatchObject({ type: 'failure', failure: { code: 'table.invalid' } });
  });

  test('keeps 200 rows and at most 8 MiB of the list of texts', async () => {
    const count = 150_000;
    const sheet = Array.from({ length: count }, (_, index) => {
      const line = index + 1;
      return `<x:row r="${line}"><x:c r="A${line}" t="s"><x:v>${2 * index}</x:v></x:c><x:c r="B${line}" t="s"><x:v>${2 * index + 1}</x:v></x:c></x:row>`;
    });
    const texts = [['No', 'Title'], ...rows(count - 1)].flat();
    const strings = texts.map((text) => `<si><t>${text}</t></si>`);
    const workbook = sharedWorkbook(sheet.join(''), strings.join(''));
    expect(workbook.length).toBeGreaterThan(20e6);
    const start = await workbookStart(workbook);
    expect(start.length).toBeLessThan(9e6);
    expect(start.toString('latin1').match(/<x:row /g)).toHaveLength(200);
    expect(start.includes('no picture')).toBe(false);
    const preview = await previewTable(workbook, 'list.xlsx', MAPPING);
    expect(preview.rows[4]).toEqual([number(4), title(4)]);
    expect(preview.results).toHaveLength(20);
  });

  test('of a small one is all of it', async () => {
    const { rows: shown, results } = await previewTable(await workbookOf(3), 'list.xlsx', MAPPING);
    expect(shown).toEqual(rows(3));
    expect(results).toHaveLength(3);
  });

  test('says what is wrong with one that is none', async () => {
    const whole = await workbookOf(10);
    await expect(previewTable(whole.subarray(0, whole.length - 30), 'list.xlsx')).rejects.toThrow(
      /workbook is damaged/,
    );
    const endless = sharedWorkbook(`<x:row>${'<x:c/>'.repeat(1_500_000)}</x:row>`, '');
    await expect(previewTable(endless, 'list.xlsx')).rejects.toThrow(/too large/);
  });
});
