import { Readable } from 'node:stream';
import type { PatentDocument } from '@quanlian/contract';
import { stringify } from 'csv-stringify';
import { harmless } from '../tables/harmless.js';
import { documentCells, EXPORT_COLUMNS, type TableOptions } from './columns.js';

/**
 * Documents as CSV (RFC 4180) in UTF-8 with a byte order mark, so that spreadsheet programs read Chinese. A
 * cell that a program would take for a formula gets an apostrophe before it.
 */
export function writeCsv(documents: AsyncIterable<PatentDocument>, options: TableOptions): Readable {
  const rows = async function* (): AsyncGenerator<string[]> {
    yield EXPORT_COLUMNS.map((column) => harmless(options.labels[column]));
    for await (const document of documents) yield documentCells(document, options.languages).map(harmless);
  };
  const source = Readable.from(rows());
  const csv = stringify({ bom: true, record_delimiter: '\r\n', quoted_match: /[\r\n]/ });
  source.on('error', (error) => csv.destroy(error));
  csv.on('close', () => source.destroy());
  return source.pipe(csv);
}
