import { Readable } from 'node:stream';
import type { PatentDocument } from '@quanlian/contract';
import { documentCells, EXPORT_COLUMNS, type TableOptions } from './columns.js';

/** Characters a cell can hold. */
const MAX_CELL = 32_767;

export interface XlsxOptions extends TableOptions {
  /** Name of the first sheet; more sheets of the same name with a number follow when rows run out. */
  readonly sheet: string;
  /** Rows a sheet takes, the header included; the format's own limit by default. */
  readonly maxRowsPerSheet?: number;
}

/**
 * Documents as XLSX. Every cell is text, so that nothing can act as a formula. Rows beyond a sheet's limit
 * (1 048 576) go on in further sheets with the header repeated.
 */
export function writeXlsx(documents: AsyncIterable<PatentDocument>, options: XlsxOptions): Readable {
  const rows = async function* (): AsyncGenerator<string[]> {
    yield EXPORT_COLUMNS.map((column) => options.labels[column]);
    for await (const document of documents) yield documentCells(document, options.languages).map(cellText);
  };
  const sheets = async function* (): AsyncGenerator<Uint8Array> {
    // Read when the first workbook is written; the library is large.
    const { writeXlsxStream, XLSX_MAX_ROWS_PER_SHEET } = await import('hucre/xlsx');
    yield* writeXlsxStream(rows(), {
      name: options.sheet,
      maxRowsPerSheet: options.maxRowsPerSheet ?? XLSX_MAX_ROWS_PER_SHEET,
      repeatHeaders: true,
    }) as AsyncIterable<Uint8Array> & ReadableStream<Uint8Array>;
  };
  return Readable.from(sheets(), { objectMode: false });
}

/** Text a cell can hold: no control characters, which XML has no place for, and not beyond the length limit. */
function cellText(text: string): string {
  const clean = text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, '');
  return clean.length > MAX_CELL ? `${clean.slice(0, MAX_CELL - 1)}…` : clean;
}
