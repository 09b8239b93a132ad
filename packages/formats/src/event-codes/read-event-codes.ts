import { readFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { type EventCode, QuanlianError } from '@quanlian/contract';
import { readTable, TABLE_LIMITS, type TableColumn, type TableRow } from '../tables/read-table.js';

/** Columns of the EPO's list of INPADOC legal-event codes, by the headings it has had. */
const COLUMNS: readonly TableColumn[] = [
  { key: 'office', names: ['Authority', 'Country', 'Office'], required: true },
  { key: 'code', names: ['Event-code', 'Code', 'Legal event code'], required: true },
  { key: 'influence', names: ['Influence', 'Impact'], required: false },
  { key: 'title', names: ['Description ENG', 'Description', 'Description EN'], required: true },
  { key: 'original', names: ['Description ORI', 'Description original'], required: false },
  { key: 'class', names: ['Event-class', 'Class', 'Category'], required: false },
  { key: 'classTitle', names: ['Event-class Description', 'Class description'], required: false },
];

const LIMITS = { ...TABLE_LIMITS, bytes: 64 * 1024 * 1024, rows: 200_000 };

const invalid = (sentence: string, cause?: unknown): QuanlianError =>
  new QuanlianError('event_list.invalid', sentence, { cause });

function rowOf({ line, cells }: TableRow, file: string): EventCode {
  const { office = '', code = '', title = '', original = '', influence = '', classTitle = '' } = cells;
  const letter = cells['class'] ?? '';
  if (!/^[A-Z]{2}$/.test(office))
    throw invalid(`${file}, line ${line}: “${office.slice(0, 20)}” is no code of an office.`);
  if (code === '' || code.length > 20)
    throw invalid(`${file}, line ${line}: there is no event code, or it is too long.`);
  if (letter !== '' && !/^[A-Z]$/.test(letter))
    throw invalid(`${file}, line ${line}: “${letter.slice(0, 20)}” is no letter of an event class.`);
  return {
    office,
    code,
    title: title === '' ? original : title,
    ...(original === '' || original === title ? {} : { original }),
    influence: influence === '+' || influence === '-' ? influence : null,
    ...(letter === '' ? {} : { class: letter }),
    ...(classTitle === '' ? {} : { classTitle }),
  };
}

/** The edition that the name of a file tells: the year and week of `…-2024w17.tsv` or `…_202417.xlsx`. */
function editionOf(name: string): string | undefined {
  const [, year, week] = /(20\d\d)[-_.]?[wW]?(\d\d)(?!\d)/.exec(name) ?? [];
  return year !== undefined && week !== undefined && Number(week) >= 1 && Number(week) <= 53
    ? `${year}.${week}`
    : undefined;
}

/** A list of legal-event codes as it was read; `edition` where the name of the file tells it. */
export interface ReadEventCodes {
  readonly codes: readonly EventCode[];
  readonly edition: string | undefined;
}

/**
 * Reads the EPO's list of INPADOC legal-event codes: the XLSX file, or the same table as TSV or CSV. Throws
 * `event_list.invalid` with the line, also when one code stands twice with different titles.
 */
export async function readEventCodes(path: string): Promise<ReadEventCodes> {
  const name = basename(path);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code !== 'ENOENT') throw cause;
    throw new QuanlianError('load.not_found', `There is no file ${path}. Check the path.`);
  });
  const rows = await readTable(bytes, COLUMNS, LIMITS).catch((error: unknown) => {
    throw invalid(`${name}: ${error instanceof Error ? error.message : String(error)}`, error);
  });
  const seen = new Map<string, EventCode>();
  for (const row of rows) {
    const code = rowOf(row, name);
    const key = `${code.office} ${code.code}`;
    const known = seen.get(key);
    if (known && known.title !== code.title)
      throw invalid(`${name}, line ${row.line}: the code ${key} stands twice, with different titles.`);
    seen.set(key, code);
  }
  if (seen.size === 0) throw invalid(`${name} has headings and no rows.`);
  return { codes: [...seen.values()], edition: editionOf(name) };
}
