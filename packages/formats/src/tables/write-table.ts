import { Readable } from 'node:stream';
import { stringify } from 'csv-stringify';
import { harmless } from './harmless.js';

/** A table as a file: headings, then rows of text as they come. */
export interface TableContent {
  /** Name of the sheet, for XLSX. */
  readonly sheet: string;
  readonly headings: readonly string[];
  readonly rows: AsyncIterable<readonly string[]> | Iterable<readonly string[]>;
}

export const TABLE_FORMATS = ['csv', 'xlsx'] as const;
export type TableFormat = (typeof TABLE_FORMATS)[number];

export const TABLE_MEDIA_TYPES: Readonly<Record<TableFormat, string>> = {
  csv: 'text/csv; charset=utf-8',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const MAX_CELL = 32_767;

/** Text a cell can hold: no control characters, which XML has no place for, and not beyond the length limit. */
function cellText(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML 1.0 forbids
  const clean = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');
  return clean.length > MAX_CELL ? `${clean.slice(0, MAX_CELL - 1)}…` : clean;
}

async function* lines({ headings, rows }: TableContent, shape: (cell: string) => string): AsyncGenerator<string[]> {
  yield headings.map(shape);
  for await (const row of rows) yield row.map(shape);
}

/** The library is read when the first workbook is written; it is large. */
async function* workbook(content: TableContent): AsyncGenerator<Uint8Array> {
  const { writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET } = await import('hucre/xlsx');
  const options = { name: content.sheet, maxRowsPerSheet: XLSX_MAX_ROWS_PER_SHEET, repeatHeaders: true };
  yield* writeXlsxStream(lines(content, cellText), options) as AsyncIterable<Uint8Array> & ReadableStream<Uint8Array>;
}

/**
 * A table as CSV (RFC 4180, UTF-8 with a byte order mark, formulas neutralized) or XLSX (every cell is text), written
 * as the rows come.
 */
export function writeTable(format: TableFormat, content: TableContent): Readable {
  if (format === 'xlsx') return Readable.from(workbook(content), { objectMode: false });
  const source = Readable.from(lines(content, harmless));
  const csv = stringify({ bom: true, record_delimiter: '\r\n' });
  source.on('error', (error) => csv.destroy(error));
  csv.on('close', () => source.destroy());
  return source.pipe(csv);
}
