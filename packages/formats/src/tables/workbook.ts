import { QuanlianError } from '@quanlian/contract';
import type { CellValue } from 'hucre/xlsx';
import yauzl, { type Entry, type ZipFile } from 'yauzl';

/** The refusal of a table that people hand in. */
export const tableInvalid = (sentence: string, cause?: unknown): QuanlianError =>
  new QuanlianError('table.invalid', sentence, { cause });
const invalid = tableInvalid;

/** Counts what each member really unpacks to before anything else looks at the file. */
export function refuseBomb(bytes: Buffer, limit: number): Promise<void> {
  const tooMuch = () => invalid(`The workbook unpacks to more than ${limit} bytes. Save the table as CSV instead.`);
  const unsound = (error: unknown) => invalid('The workbook is damaged. Save it again as XLSX or CSV.', error);
  return new Promise((resolve, reject) => {
    yauzl.fromBuffer(bytes, { lazyEntries: true, validateEntrySizes: true }, (failure, zip: ZipFile) => {
      if (failure) return reject(unsound(failure));
      let unpacked = 0;
      zip.on('error', (error) => reject(unsound(error)));
      zip.on('end', () => resolve());
      zip.on('entry', (entry: Entry) => {
        zip.openReadStream(entry, (error, stream) => {
          if (error) return reject(unsound(error));
          stream.on('error', (broken) => reject(unsound(broken)));
          stream.on('data', (chunk: Buffer) => {
            unpacked += chunk.length;
            if (unpacked > limit) {
              stream.destroy();
              reject(tooMuch());
            }
          });
          stream.on('end', () => zip.readEntry());
        });
      });
      zip.readEntry();
    });
  });
}

/** Packed and unpacked bytes of a workbook that is loaded; larger tables come as CSV. */
const WORKBOOK_LIMITS = { packed: 100 * 1024 * 1024, unpacked: 400 * 1024 * 1024 };

const cellText = (value: CellValue | undefined): string => {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString().slice(0, 10) : String(value);
};

const quoted = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replace(/"/g, '""')}"` : text);

/**
 * The rows of a workbook's first sheet that are not empty, each with its number in the sheet from 1. Throws
 * `table.invalid` for what is no workbook or goes beyond the limits.
 */
export async function* workbookRows(bytes: Buffer): AsyncGenerator<{ line: number; cells: string[] }> {
  if (bytes.length > WORKBOOK_LIMITS.packed)
    throw invalid(`The workbook is larger than ${WORKBOOK_LIMITS.packed} bytes. Save the table as CSV.`);
  await refuseBomb(bytes, WORKBOOK_LIMITS.unpacked);
  try {
    const { streamXlsxRows } = await import('hucre/xlsx');
    for await (const { index, values } of streamXlsxRows(bytes, { sheet: 0 })) {
      const cells = values.map(cellText);
      if (cells.some((cell) => cell.trim() !== '')) yield { line: index + 1, cells };
    }
  } catch (error) {
    throw error instanceof QuanlianError
      ? error
      : invalid('The file is no workbook that can be read. Save it as XLSX or CSV.', error);
  }
}

/**
 * The rows of a workbook's first sheet as CSV (RFC 4180), empty rows left out, so that a workbook loads like any
 * table. Throws `table.invalid` for what is no workbook or goes beyond the limits.
 */
export async function* workbookAsCsv(bytes: Buffer): AsyncGenerator<Uint8Array> {
  let lines: string[] = [];
  for await (const { cells } of workbookRows(bytes)) {
    lines.push(`${cells.map(quoted).join(',')}\r\n`);
    if (lines.length < 500) continue;
    yield Buffer.from(lines.join(''));
    lines = [];
  }
  if (lines.length > 0) yield Buffer.from(lines.join(''));
}

/** True for a zip archive that is a workbook, by its first bytes or its name. */
export function isWorkbook(name: string, head: Uint8Array): boolean {
  if (/\.xls[xm]$/i.test(name)) return true;
  const text = Buffer.from(head.buffer, head.byteOffset, Math.min(head.length, 4096)).toString('latin1');
  return text.includes('[Content_Types].xml') && text.includes('xl/');
}
