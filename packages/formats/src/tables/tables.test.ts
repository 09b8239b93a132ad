import { buffer } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { readTable, type TableColumn } from './read-table.js';
import { writeTable } from './write-table.js';

const COLUMNS: readonly TableColumn[] = [
  { key: 'code', names: ['code', '编号'], required: true },
  { key: 'name', names: ['name', '姓名'], required: false },
];

describe('reading', () => {
  it('finds columns by any of their names and keeps the line of a row', async () => {
    expect(await readTable('姓名,编号 *\n\n李明,A-1\n"王, 芳",A-2\n', COLUMNS)).toEqual([
      { line: 3, cells: { code: 'A-1', name: '李明' } },
      { line: 4, cells: { code: 'A-2', name: '王, 芳' } },
    ]);
  });
  it('reads pasted cells, which are separated by tabs', async () => {
    expect(await readTable('code\tname\nA\t李', COLUMNS)).toEqual([{ line: 2, cells: { code: 'A', name: '李' } }]);
  });
  it('reads a file in the encoding of Chinese spreadsheet programs', async () => {
    const bytes = Buffer.concat([Buffer.from('code,name\nA,'), Buffer.from([0xc0, 0xee]), Buffer.from('\n')]);
    expect(await readTable(bytes, COLUMNS)).toEqual([{ line: 2, cells: { code: 'A', name: '李' } }]);
  });
  it('says which column is missing', async () => {
    await expect(readTable('name\n李', COLUMNS)).rejects.toThrow('“code” or “编号”');
  });
  it('refuses an empty table, too many rows and too many bytes', async () => {
    await expect(readTable('\n \n', COLUMNS)).rejects.toThrow('empty');
    const limits = { bytes: 100, rows: 1, unpackedBytes: 100 };
    await expect(readTable('code\nA\nB', COLUMNS, limits)).rejects.toThrow('more than 1 rows');
    await expect(readTable(`code\n${'A'.repeat(200)}`, COLUMNS, limits)).rejects.toThrow('larger than 100 bytes');
  });
  it('refuses a workbook that unpacks beyond the limit and one that is damaged', async () => {
    const rows = Array.from({ length: 2000 }, () => ['A'.repeat(100)]);
    const bomb = await buffer(writeTable('xlsx', { sheet: '1', headings: ['code'], rows }));
    const limits = { bytes: bomb.length, rows: 10, unpackedBytes: 100_000 };
    await expect(readTable(bomb, COLUMNS, limits)).rejects.toThrow('unpacks to more than');
    await expect(readTable(bomb.subarray(0, 60), COLUMNS)).rejects.toThrow('damaged');
  });
});

describe('writing', () => {
  const content = { sheet: '名单', headings: ['编号', '姓名'], rows: [['=1+1', '李明']] };
  it.each(['csv', 'xlsx'] as const)('%s reads back', async (format) => {
    const bytes = await buffer(writeTable(format, content));
    const [row] = await readTable(bytes, COLUMNS);
    expect(row?.cells).toEqual({ code: format === 'csv' ? "'=1+1" : '=1+1', name: '李明' });
  });
});
