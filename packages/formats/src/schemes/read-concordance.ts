import { basename } from 'node:path';
import { type ConcordanceName, type ConcordanceTarget, QuanlianError } from '@quanlian/contract';
import type { ConcordanceRow } from '@quanlian/kernel';
import { readSheet, type SheetRow } from './sheet.js';
import { readSymbol, readSymbolCell } from './symbol-cell.js';

const MOST_ROWS = 1_000_000;
/** Rows above the headings, such as a title. */
const MOST_ABOVE = 20;
/** As many places as a person mends at once are told; the rest is counted. */
const MOST_TOLD = 5;

/** A table as it was read: what each class leads to, and the names of what it leads to where the table has them. */
export interface ReadConcordanceResult {
  readonly rows: ConcordanceRow[];
  readonly targets: ConcordanceTarget[];
  /** Symbols that the table says have no place in the other scheme. */
  readonly without: number;
  /** Rows that keywords or notes narrow; the table leads by the class alone. */
  readonly narrowed: number;
}

const invalid = (sentence: string): QuanlianError => new QuanlianError('concordance.invalid', sentence);

/** Headings by what they hold: WIPO's own names, those of China's table, the CPC's, and plain ones; see `headingOf`. */
const HEADINGS = {
  symbol:
    /^(ipc(code|symbol|group|class|分类号?)?s?|cpc(code|symbol|group)?s?|symbol|class|(对应|参照)?(的)?(国际)?专利分类(号|表)?(ipc)?|(对应|参照)(的)?ipc(分类号?)?|分类号)$/,
  target:
    /^(field(number|nr|no)?|target|code|sei|industry|(战略性新兴)?产业(分类)?(代码|编号|及代码|代码及名称)?|(分类)?代码|编号|区分)$/,
  name_en: /^((field|name|title|industry)en|fieldname)$/,
  name_zh: /^((field|name|title|industry)zh|(战略性新兴)?产业(分类)?名称|(分类)?名称|技术领域|技术)$/,
  sector_en: /^sector(en|name)?$/,
  sector_zh: /^(sectorzh|产业大类|领域大类)$/,
  words: /^(关键词|检索词|限定词|限定条件|keywords?)$/,
};
type Heading = keyof typeof HEADINGS;
type Columns = Partial<Record<Heading, number>>;

/** Headings differ in width, case, blanks, and in what stands in brackets after them. */
const headingOf = (cell: string): string =>
  cell
    .normalize('NFKC')
    .toLowerCase()
    .replace(/\([^)]*\)/g, '')
    .replace(/[\s_-]/g, '');

function columnsOf(cells: readonly string[]): Columns | undefined {
  const columns: Columns = {};
  const names = cells.map(headingOf);
  for (const [name, pattern] of Object.entries(HEADINGS) as [Heading, RegExp][]) {
    const at = names.findIndex((one) => pattern.test(one));
    if (at >= 0) columns[name] = at;
  }
  return columns.symbol === undefined || columns.target === undefined ? undefined : columns;
}

/** Gathers what cannot be read, so that one run tells all of it. */
function createProblems(file: string) {
  const told: string[] = [];
  let count = 0;
  return {
    add(line: number, column: number, heading: string | undefined, sentence: string): void {
      count++;
      const name = heading?.trim() ? ` (${heading.trim().slice(0, 40)})` : '';
      if (told.length < MOST_TOLD) told.push(`line ${line}, column ${column + 1}${name}: ${sentence}`);
    },
    refuse(): void {
      const more = count > told.length ? `; and ${count - told.length} more` : '';
      if (count > 0) throw invalid(`${file}, ${told.join('; ')}${more}.`);
    },
  };
}
type Problems = ReturnType<typeof createProblems>;

type Words = Record<string, string>;
const wordsOf = (en: string, zh: string): Words => ({ ...(en ? { en } : {}), ...(zh ? { zh } : {}) });

/** `1.1 Networks` in one cell: the code and its name. */
function codeAndName(text: string): { code: string; names: Words } {
  const [, code, name] =
    /^(\d+(?:\.\d+)*)[\s.、]+(?=\D)(.+)$/su.exec(text) ?? /^(\d+(?:\.\d+)*)(\p{sc=Han}.*)$/su.exec(text) ?? [];
  if (code === undefined || name === undefined) return { code: text, names: {} };
  return { code, names: /\p{sc=Han}/u.test(name) ? { zh: name.trim() } : { en: name.trim() } };
}

/** The code and names of a row. Cells left empty, as of merged ones, repeat what stands above, unless a new name stands there. */
function createTargetOf(columns: Columns) {
  let above: { code: string; names: Words; sector: Words } | undefined;
  return ({ cells }: SheetRow): ConcordanceTarget | undefined => {
    const cell = (heading: Heading): string => (cells[columns[heading] ?? -1] ?? '').normalize('NFKC').trim();
    const read = codeAndName(cell('target'));
    const named = wordsOf(cell('name_en'), cell('name_zh'));
    const sector = { ...above?.sector, ...wordsOf(cell('sector_en'), cell('sector_zh')) };
    if (read.code === '') {
      const isSame = above && Object.entries(named).every(([language, name]) => above?.names[language] === name);
      if (!above || !isSame) return undefined;
    } else above = { code: read.code, names: { ...read.names, ...named }, sector };
    return {
      code: above.code,
      names: above.names,
      ...(Object.keys(above.sector).length > 0 ? { sector: above.sector } : {}),
    };
  };
}

/** A table with headings: a column of symbols, one of codes, names of the codes where they are given. */
function fromHeaded(rows: readonly SheetRow[], top: number, problems: Problems): ReadConcordanceResult {
  const headings = rows[top]?.cells ?? [];
  const columns = columnsOf(headings) ?? {};
  const { symbol: symbolAt = 0, target: targetAt = 0, words: wordsAt = -1 } = columns;
  const targetOf = createTargetOf(columns);
  const found: ConcordanceRow[] = [];
  const targets = new Map<string, ConcordanceTarget>();
  let narrowed = 0;
  for (const row of rows.slice(top + 1)) {
    // Headings come again on every page of a printed table.
    if (HEADINGS.symbol.test(headingOf(row.cells[symbolAt] ?? ''))) continue;
    const { symbols, problems: wrong, noted } = readSymbolCell(row.cells[symbolAt] ?? '');
    for (const sentence of wrong) problems.add(row.line, symbolAt, headings[symbolAt], sentence);
    const target = targetOf(row);
    if (symbols.length === 0) continue;
    if (!target) {
      problems.add(row.line, targetAt, headings[targetAt], 'the class leads nowhere, the cell of the code is empty');
      continue;
    }
    if (noted || (row.cells[wordsAt] ?? '').trim() !== '') narrowed++;
    for (const symbol of symbols) found.push({ symbol, target: target.code });
    if (!targets.has(target.code)) targets.set(target.code, target);
  }
  return { rows: found, targets: [...targets.values()], without: 0, narrowed };
}

const NO_PLACE = /^(cpc|ipc)?\s*only$/i;
const SCHEME_HEADINGS = { from: /^cpc(code|symbol|group|subgroup)?s?$/, to: /^ipc(code|symbol|group|subgroup)?s?$/ };

/** The columns of the list from one scheme to another; undefined for a row that does not name both. */
function schemeColumnsOf(cells: readonly string[]): { from: number; to: number } | undefined {
  const names = cells.map(headingOf);
  const from = names.findIndex((name) => SCHEME_HEADINGS.from.test(name));
  const to = names.findIndex((name) => SCHEME_HEADINGS.to.test(name));
  return from < 0 || to < 0 ? undefined : { from, to };
}

/** The list from one scheme to another: by its headings, else the first cell of each row and the last that is filled. */
function fromSymbols(rows: readonly SheetRow[], problems: Problems): ReadConcordanceResult {
  const top = rows.slice(0, MOST_ABOVE).findIndex(({ cells }) => schemeColumnsOf(cells));
  const headings = rows[top]?.cells ?? [];
  const columns = schemeColumnsOf(headings);
  const found: ConcordanceRow[] = [];
  let without = 0;
  rows.forEach(({ line, cells }, i) => {
    if (i <= top) return;
    const from = columns?.from ?? cells.findIndex((cell) => cell.trim() !== '');
    // A row may be shorter than the headings: the list leaves the middle column out where it has nothing to say.
    const last = cells.findLastIndex((cell) => cell.trim() !== '');
    const to = columns && columns.to < cells.length ? columns.to : last;
    const [first, place] = [(cells[from] ?? '').trim(), (to === from ? '' : (cells[to] ?? '')).trim()];
    if (first === '' && place === '') return;
    const symbol = readSymbol(first);
    if (symbol === undefined) {
      const isTitle = top < 0 && i < MOST_ABOVE && found.length === 0 && without === 0;
      if (!isTitle) problems.add(line, from, headings[from], `“${first.slice(0, 40)}” is no class symbol`);
      return;
    }
    if (place === '' || NO_PLACE.test(place)) {
      without++;
      return;
    }
    const { symbols, problems: wrong } = readSymbolCell(place);
    for (const sentence of wrong) problems.add(line, to, headings[to], sentence);
    for (const target of symbols) found.push({ symbol, target });
  });
  return { rows: found, targets: [], without, narrowed: 0 };
}

/**
 * Reads a table from classes to something else: the office's workbook or its rows with delimiters (columns `IPC_code`
 * and `Field_number`, or any of their other names), or a list of symbols with their places. Refuses
 * `concordance.invalid` with line and column of what cannot be read, `load.not_found` for a path that is not there.
 */
export async function readConcordance(name: ConcordanceName, path: string): Promise<ReadConcordanceResult> {
  const topOf = name === 'cpc-ipc' ? schemeColumnsOf : columnsOf;
  const isTop = (cells: readonly string[]): boolean => topOf(cells) !== undefined;
  const rows = await readSheet(path, { isTop, most: MOST_ABOVE });
  const file = basename(path);
  const problems = createProblems(file);
  const top = rows.slice(0, MOST_ABOVE).findIndex(({ cells }) => isTop(cells));
  if (top < 0 && name !== 'cpc-ipc') {
    throw invalid(
      `${file} has no line of headings with a column of symbols (IPC_code) and one of codes (Field_number).`,
    );
  }
  const read = name === 'cpc-ipc' ? fromSymbols(rows, problems) : fromHeaded(rows, top, problems);
  problems.refuse();
  if (read.rows.length === 0) throw invalid(`${file} holds no row that leads from a class to something.`);
  if (read.rows.length > MOST_ROWS) throw invalid(`${file} has more than ${MOST_ROWS} rows.`);
  return read;
}
