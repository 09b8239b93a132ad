import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { csvCells, guessDelimiter, namedDelimiter } from '../table/csv.js';
import { isWorkbook, workbookRows } from '../tables/workbook.js';
import { documentRows, isDocument } from './document-table.js';

/** A row with the line it starts on, counted from 1 as editors and workbook programs do. */
export interface SheetRow {
  readonly line: number;
  readonly cells: readonly string[];
}

/** Bounds on one table; the whole list from the CPC to the IPC is about 10 MB. */
const LARGEST_BYTES = 100 * 1024 * 1024;

const invalid = (sentence: string): QuanlianError => new QuanlianError('concordance.invalid', sentence);

/** Says of a file of another kind what to make of it. */
function refuseOtherKinds(file: string, bytes: Buffer): void {
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw invalid(`${file} is a workbook or document of the old kind. Save it as XLSX or CSV.`);
  }
  if (bytes.subarray(0, 4).toString('latin1') === 'PK\u0003\u0004') {
    throw invalid(`${file} is no workbook. Unpack an archive first.`);
  }
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') {
    throw invalid(`${file} is a PDF. Copy its table into a workbook or a CSV file.`);
  }
}

function decode(bytes: Buffer): string {
  // What workbook programs call “Unicode text”.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder('utf-16le').decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Spreadsheet programs in China still save so.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Lines of a table with where each starts; a line end inside quotes belongs to its cell. */
function linesOf(text: string): { line: number; text: string }[] {
  const lines: { line: number; text: string }[] = [];
  let pieces: string[] = [];
  let isOpen = false;
  const end = (next: number): void => {
    if (pieces.length > 0) lines.push({ line: next - pieces.length, text: pieces.join('\n') });
    pieces = [];
  };
  const all = text.split(/\r\n|\n|\r/);
  for (const [i, piece] of all.entries()) {
    pieces.push(piece);
    if (piece.split('"').length % 2 === 0) isOpen = !isOpen;
    if (!isOpen) end(i + 2);
  }
  end(all.length + 1);
  return lines;
}

/** The delimiter of the first line that `isTop` takes for the headings; else a tab where there are tabs, else a comma. */
function delimiterOf(lines: readonly string[], isTop: (cells: readonly string[]) => boolean): string {
  for (const line of lines) {
    const told = namedDelimiter(line);
    if (told !== undefined) return told;
    const guess = guessDelimiter(line);
    if (isTop(csvCells(line, guess))) return guess;
  }
  const tabs = lines.filter((line) => line.includes('\t')).length;
  return tabs * 2 >= lines.filter((line) => line.trim() !== '').length ? '\t' : ',';
}

/**
 * The rows of a table in a workbook (XLSX, its first sheet), a document (DOCX) or a text with delimiters, in UTF-8, UTF-16 or GB 18030;
 * empty rows are left out. `isTop` knows the headings, `most` is how far down they may stand. Refuses
 * `concordance.invalid` for files of other kinds, `load.not_found` for a path that is not there.
 */
export async function readSheet(
  path: string,
  { isTop, most }: { isTop: (cells: readonly string[]) => boolean; most: number },
): Promise<SheetRow[]> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new QuanlianError('load.not_found', `${path} is no file.`, { path });
  if (found.size > LARGEST_BYTES) throw invalid(`${basename(path)} is larger than ${LARGEST_BYTES} bytes.`);
  const bytes = await readFile(path);
  const rows: SheetRow[] = [];
  if (isWorkbook(path, bytes)) {
    for await (const row of workbookRows(bytes)) rows.push(row);
    return rows;
  }
  if (isDocument(path, bytes)) return documentRows(bytes);
  refuseOtherKinds(basename(path), bytes);
  const lines = linesOf(decode(bytes).replace(/^\ufeff/, ''));
  const first = lines.slice(0, most).map(({ text }) => text);
  const delimiter = delimiterOf(first, isTop);
  for (const { line, text } of lines) {
    if (text.trim() === '' || namedDelimiter(text) !== undefined) continue;
    rows.push({ line, cells: csvCells(text, delimiter) });
  }
  return rows;
}
