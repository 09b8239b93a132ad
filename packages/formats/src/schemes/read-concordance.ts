import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import { type ConcordanceName, type ConcordanceTarget, QuanlianError } from '@quanlian/contract';
import { type ConcordanceRow, normalizeSymbol, symbolParts } from '@quanlian/kernel';
import { csvCells, guessDelimiter } from '../table/csv.js';
import { isWorkbook, workbookAsCsv } from '../tables/workbook.js';

/** Bounds on one table; the whole list from the CPC to the IPC is about 10 MB. */
const LARGEST_BYTES = 100 * 1024 * 1024;
const MOST_ROWS = 1_000_000;
/** Rows above the headings, such as a title. */
const MOST_ABOVE = 20;

/** A table as it was read: what each class leads to, and the names of what it leads to where the table has them. */
export interface ReadConcordanceResult {
  readonly rows: ConcordanceRow[];
  readonly targets: ConcordanceTarget[];
  /** Symbols that the table says have no place in the other scheme. */
  readonly without: number;
}

const invalid = (sentence: string): QuanlianError => new QuanlianError('concordance.invalid', sentence);

async function textOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (!found?.isFile()) throw new QuanlianError('load.not_found', `${path} is no file.`, { path });
  if (found.size > LARGEST_BYTES) throw invalid(`${basename(path)} is larger than ${LARGEST_BYTES} bytes.`);
  const bytes = await readFile(path);
  if (isWorkbook(path, bytes)) {
    const pieces: Uint8Array[] = [];
    for await (const piece of workbookAsCsv(bytes)) pieces.push(piece);
    return Buffer.concat(pieces).toString('utf8');
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    // Spreadsheet programs in China still save so.
    return new TextDecoder('gb18030').decode(bytes);
  }
}

/** Lines of a table; a line end inside quotes belongs to its cell. */
function linesOf(text: string): string[] {
  const lines: string[] = [];
  let open = '';
  for (const line of text.replace(/^\ufeff/, '').split(/\r?\n/)) {
    const whole = open === '' ? line : `${open} ${line}`;
    const isOpen = (whole.split('"').length - 1) % 2 === 1;
    open = isOpen ? whole : '';
    if (!isOpen) lines.push(whole);
  }
  if (open !== '') lines.push(open);
  return lines;
}

/** Headings by what they hold: WIPO's own names, those of China's table, and plain ones. */
const HEADINGS = {
  symbol: /^(ipc[_ ]?codes?|ipc|cpc|symbol|class|国际专利分类号?|ipc ?分类号?|分类号)$/i,
  target: /^(field[_ ]?number|field|target|code|sei|industry|(战略性新兴)?产业(分类)?代码|代码)$/i,
  name_en: /^(field|name|title|industry)[_ ]en$/i,
  name_zh: /^((field|name|title|industry)[_ ]zh|(战略性新兴)?产业(分类)?名称|名称|技术领域)$/i,
  sector_en: /^sector[_ ]en$/i,
  sector_zh: /^(sector[_ ]zh|产业大类|领域大类)$/i,
};
type Heading = keyof typeof HEADINGS;
type Columns = Partial<Record<Heading, number>>;

function columnsOf(cells: readonly string[]): Columns | undefined {
  const columns: Columns = {};
  for (const [name, pattern] of Object.entries(HEADINGS) as [Heading, RegExp][]) {
    const at = cells.findIndex((cell) => pattern.test(cell.trim()));
    if (at >= 0) columns[name] = at;
  }
  return columns.symbol === undefined || columns.target === undefined ? undefined : columns;
}

/** `H04N   3/%`, `H04N3` and `H04N 3/` all mean the main group. */
const MAIN_GROUP = /^([A-HY]\d{2}[A-Z])\s*(\d{1,4})\s*\/?$/i;

function readSymbol(text: string): string | undefined {
  const plain = text.normalize('NFKC').replace(/[%*]/g, '').trim();
  const group = MAIN_GROUP.exec(plain);
  const symbol = group ? `${group[1]} ${group[2]}/00` : plain;
  return symbolParts(symbol) ? normalizeSymbol(symbol) : undefined;
}

/** The symbols of a cell; several stand with commas, semicolons or line ends between. */
function readSymbols(cell: string, where: string): string[] {
  return cell.split(/[;；,，、\n]/).flatMap((one) => {
    if (one.trim() === '') return [];
    const symbol = readSymbol(one);
    if (symbol === undefined) throw invalid(`${where}: “${one.trim().slice(0, 40)}” is no class symbol.`);
    return [symbol];
  });
}

/** A table with headings: a column of symbols, one of codes, names of the codes where they are given. */
function fromHeaded(name: string, lines: readonly string[], top: number, delimiter: string): ReadConcordanceResult {
  const columns = columnsOf(csvCells(lines[top] ?? '', delimiter)) ?? {};
  const rows: ConcordanceRow[] = [];
  const targets = new Map<string, ConcordanceTarget>();
  lines.forEach((line, i) => {
    if (i <= top || line.trim() === '') return;
    const cells = csvCells(line, delimiter);
    const cell = (heading: Heading): string => (cells[columns[heading] ?? -1] ?? '').normalize('NFKC').trim();
    const code = cell('target');
    const symbols = readSymbols(cell('symbol'), `${name}, line ${i + 1}`);
    if (code === '' && symbols.length === 0) return;
    if (code === '') throw invalid(`${name}, line ${i + 1}: the class leads nowhere, the cell of the code is empty.`);
    for (const symbol of symbols) rows.push({ symbol, target: code });
    if (targets.has(code)) return;
    const words = (en: string, zh: string) => ({ ...(en ? { en } : {}), ...(zh ? { zh } : {}) });
    const sector = words(cell('sector_en'), cell('sector_zh'));
    const names = words(cell('name_en'), cell('name_zh'));
    targets.set(code, { code, names, ...(Object.keys(sector).length > 0 ? { sector } : {}) });
  });
  return { rows, targets: [...targets.values()], without: 0 };
}

const NO_PLACE = /^(cpc|ipc)?\s*only$/i;

/** The list from one scheme to another without headings: a symbol at the start of the line, its place at the end. */
function fromSymbols(name: string, lines: readonly string[]): ReadConcordanceResult {
  const rows: ConcordanceRow[] = [];
  let without = 0;
  lines.forEach((line, i) => {
    const cells = line.split('\t').map((cell) => cell.trim());
    const full = cells.filter((cell) => cell !== '');
    const [first, last] = [full[0], full.at(-1)];
    if (first === undefined || last === undefined) return;
    if (i < MOST_ABOVE && !readSymbol(first) && rows.length === 0) return;
    if (full.length === 1 || NO_PLACE.test(last)) {
      without++;
      return;
    }
    const symbol = readSymbol(first);
    const target = readSymbol(last);
    if (symbol === undefined || target === undefined) {
      throw invalid(`${name}, line ${i + 1} is not a symbol and its place with tabs between: “${line.slice(0, 60)}”.`);
    }
    rows.push({ symbol, target });
  });
  return { rows, targets: [], without };
}

/**
 * Reads a table from classes to something else: the office's workbook or its rows as CSV (columns `IPC_code` and
 * `Field_number`, or any of their other names), or a list of symbols with tabs between. Refuses `concordance.invalid`
 * with the place, `load.not_found` for a path that is not there.
 */
export async function readConcordance(name: ConcordanceName, path: string): Promise<ReadConcordanceResult> {
  const lines = linesOf(await textOf(path));
  const file = basename(path);
  const delimiters = lines.slice(0, MOST_ABOVE).map(guessDelimiter);
  const top = lines.slice(0, MOST_ABOVE).findIndex((line, i) => columnsOf(csvCells(line, delimiters[i] ?? ',')));
  if (top < 0 && name !== 'cpc-ipc') {
    throw invalid(
      `${file} has no line of headings with a column of symbols (IPC_code) and one of codes (Field_number).`,
    );
  }
  const read = top < 0 ? fromSymbols(file, lines) : fromHeaded(file, lines, top, delimiters[top] ?? ',');
  if (read.rows.length === 0) throw invalid(`${file} holds no row that leads from a class to something.`);
  if (read.rows.length > MOST_ROWS) throw invalid(`${file} has more than ${MOST_ROWS} rows.`);
  return read;
}
