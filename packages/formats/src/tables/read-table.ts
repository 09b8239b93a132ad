import type { CellValue } from 'hucre/xlsx';
import { tableInvalid as invalid, refuseBomb } from './workbook.js';

/** A column a table is expected to have; it is found by any of its names, in any order, whatever the case. */
export interface TableColumn {
  readonly key: string;
  readonly names: readonly string[];
  readonly required: boolean;
  /** Cells keep the widths of their signs; for names that are looked up as sources give them. */
  readonly asWritten?: boolean;
}

/** One row below the headings; `line` is its number in the file, the first line being 1. */
export interface TableRow {
  readonly line: number;
  /** Text by the key of its column, trimmed; empty where the table has no such cell. */
  readonly cells: Readonly<Record<string, string>>;
}

/** Bounds on a table that people hand in. */
export interface TableLimits {
  readonly bytes: number;
  readonly rows: number;
  /** What an XLSX file may unpack to. */
  readonly unpackedBytes: number;
}

export const TABLE_LIMITS: TableLimits = {
  bytes: 10 * 1024 * 1024,
  rows: 20_000,
  unpackedBytes: 100 * 1024 * 1024,
};

const ZIP_START = Buffer.from([0x50, 0x4b, 0x03, 0x04]);

/** Text in UTF-8 or, as spreadsheet programs in China still save it, GB 18030. */
function decode(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('gb18030').decode(bytes);
  }
}

function textOf(value: CellValue | undefined, asWritten = false): string {
  if (value === null || value === undefined) return '';
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  const text = asWritten ? String(value) : String(value).normalize('NFKC');
  return text.trim();
}

async function gridOf(table: Buffer | string, limits: TableLimits): Promise<CellValue[][]> {
  const size = typeof table === 'string' ? Buffer.byteLength(table) : table.length;
  if (size > limits.bytes) throw invalid(`The table is larger than ${limits.bytes} bytes. Divide it into several.`);
  // The library is read when the first table comes; it is large.
  if (typeof table === 'string' || !table.subarray(0, 4).equals(ZIP_START)) {
    const { parseCsv } = await import('hucre/csv');
    return parseCsv(typeof table === 'string' ? table : decode(table));
  }
  await refuseBomb(table, limits.unpackedBytes);
  try {
    const { readXlsx } = await import('hucre/xlsx');
    const { sheets } = await readXlsx(table, { sheets: [0], maxRows: limits.rows + 2 });
    return sheets[0]?.rows ?? [];
  } catch (error) {
    throw invalid('The file is no workbook that can be read. Save it as XLSX or CSV.', error);
  }
}

/** Headings are compared without case, spaces and the marks people put around them. */
const plain = (heading: string): string => heading.toLowerCase().replace(/[\s*_()（）-]/g, '');

function placesOf(headings: readonly CellValue[], columns: readonly TableColumn[]): Map<string, number> {
  const places = new Map<string, number>();
  const texts = headings.map((heading) => plain(textOf(heading)));
  for (const { key, names, required } of columns) {
    const wanted = new Set(names.map(plain));
    const place = texts.findIndex((text) => wanted.has(text));
    if (place >= 0) places.set(key, place);
    else if (required)
      throw invalid(`The first row has no column “${names.join('” or “')}”. Put the headings in the first row.`);
  }
  return places;
}

/**
 * Reads a table people hand in: CSV, XLSX (its first sheet), or rows pasted from a spreadsheet. The first row that is
 * not empty holds the headings; empty rows are left out. Throws `table.invalid` for what cannot be read, for a missing
 * column and for a table beyond the limits.
 */
export async function readTable(
  table: Buffer | string,
  columns: readonly TableColumn[],
  limits: TableLimits = TABLE_LIMITS,
): Promise<TableRow[]> {
  const grid = await gridOf(table, limits);
  const isEmpty = (row: readonly CellValue[]): boolean => row.every((cell) => textOf(cell) === '');
  const top = grid.findIndex((row) => !isEmpty(row));
  const headings = grid[top];
  if (!headings) throw invalid('The table is empty. Give a row of headings and the rows below it.');
  const places = placesOf(headings, columns);
  const rows: TableRow[] = [];
  for (const [index, row] of grid.entries()) {
    if (index <= top || isEmpty(row)) continue;
    if (rows.length >= limits.rows)
      throw invalid(`The table has more than ${limits.rows} rows. Divide it into several.`);
    const cells = columns.map(({ key, asWritten }) => [key, textOf(row[places.get(key) ?? -1], asWritten)] as const);
    rows.push({ line: index + 1, cells: Object.fromEntries(cells) });
  }
  return rows;
}
