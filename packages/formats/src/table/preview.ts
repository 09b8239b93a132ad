import { isUtf8 } from 'node:buffer';
import type { PatentDocument } from '@quanlian/contract';
import { QuanlianError } from '@quanlian/contract';
import { openInputs } from '../input/open.js';
import { parseBytes } from '../run/parse.js';
import { detectContent } from '../split/detect.js';
import { byteOrderMark } from '../split/encoding.js';
import { guessEncoding } from '../split/misread.js';
import { isWorkbook } from '../tables/workbook.js';
import { workbookStart } from '../tables/workbook-start.js';
import { csvCells, guessDelimiter, namedDelimiter } from './csv.js';
import { TABLE_FIELDS, type TableField, type TableMapping } from './mapping.js';

/** A table looked at before it is loaded. */
export interface TablePreview {
  /** Names of the columns, as the first line or the first objects have them. */
  readonly columns: readonly string[];
  /** Cells of the first rows, in the order of the columns. */
  readonly rows: readonly (readonly string[])[];
  /** What the columns probably mean, by their names. */
  readonly guess: TableMapping['fields'];
  /** With a mapping: what becomes of the first rows, counted from 1 below the headings. */
  readonly results: readonly RowResult[];
  /** The encoding the cells were read in where the file does not tell it; a mapping must name it. */
  readonly encoding?: string;
}

/** A table as text. */
interface TableText {
  readonly text: string;
  readonly encoding?: string;
}

type RowResult =
  | { readonly row: number; readonly document: PatentDocument }
  | { readonly row: number; readonly code: string; readonly message: string };

const ROWS_SHOWN = 5;
const ROWS_READ = 20;
/** Bytes of a text that are looked at. */
const TEXT_BYTES = 2 * 1024 * 1024;

/**
 * Looks at the beginning of a table (CSV, JSON Lines or a workbook; a CSV may be cut off anywhere): its columns, its
 * first rows and, with a mapping, the documents they become. A text that is not UTF-8 is read in the encoding that the
 * mapping or `named` says, else in the one its bytes look like. Throws `table.invalid` when it is no table.
 */
export async function previewTable(
  bytes: Uint8Array,
  name: string,
  mapping?: TableMapping,
  named: string | undefined = mapping?.encoding,
): Promise<TablePreview> {
  const { text, encoding } = await tableText(bytes, name, named);
  const { columns, rows } = text.trimStart().startsWith('{') ? jsonRows(text) : csvRows(text, mapping?.delimiter);
  if (columns.length === 0) throw noTable();
  return {
    columns,
    rows: rows.slice(0, ROWS_SHOWN),
    guess: guessFields(columns),
    results: await readRows(text, mapping),
    ...(encoding === undefined ? {} : { encoding }),
  };
}

const noTable = (): QuanlianError =>
  new QuanlianError(
    'table.invalid',
    'The file is no table: its first line names no columns. Give CSV, JSON Lines or XLSX.',
  );

/** The table as text; of a text, whole lines of its beginning. */
async function tableText(bytes: Uint8Array, name: string, encoding: string | undefined): Promise<TableText> {
  const start =
    isZip(bytes) && isWorkbook(name, bytes)
      ? await workbookStart(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length))
      : bytes;
  const source = async function* (): AsyncGenerator<Uint8Array> {
    yield start;
  };
  for await (const input of await openInputs(['-'], { stdin: source(), stdinName: name, workbooks: true })) {
    if (input.kind === 'failure') throw new QuanlianError('table.invalid', input.failure.message);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const chunk of input.chunks) {
      parts.push(chunk);
      size += chunk.length;
      if (size >= TEXT_BYTES) break;
    }
    return decode(Buffer.concat(parts).subarray(0, TEXT_BYTES), encoding);
  }
  throw noTable();
}

const isZip = (bytes: Uint8Array): boolean => detectContent(bytes.subarray(0, 4096)).kind === 'zip';

function decode(bytes: Buffer, named: string | undefined): TableText {
  const mark = byteOrderMark(bytes);
  const isPlain = mark.encoding === 'bytes' && named === undefined && isUtf8(bytes.subarray(0, wholeUpTo(bytes)));
  const encoding = mark.encoding !== 'bytes' || isPlain ? undefined : (named ?? guessEncoding(bytes)?.label);
  const label = mark.encoding === 'bytes' ? (encoding ?? 'utf-8') : mark.encoding;
  // The last character may be cut off.
  const text = new TextDecoder(label).decode(bytes.subarray(mark.length), { stream: true });
  if (text.includes('\0')) throw noTable();
  return { text: text.replace(/^\ufeff/, ''), ...(encoding === undefined ? {} : { encoding }) };
}

/** Where the last whole character may end: up to three bytes of another may follow. */
const wholeUpTo = (bytes: Buffer): number => Math.max(bytes.lastIndexOf(0x0a), bytes.length - 4);

function csvRows(text: string, delimiter: string | undefined): Pick<TablePreview, 'columns' | 'rows'> {
  const lines = wholeLines(text);
  const told = namedDelimiter(lines[0] ?? '');
  const [header = '', ...rest] = told === undefined ? lines : lines.slice(1);
  const separator = delimiter ?? told ?? guessDelimiter(header);
  const columns = csvCells(header, separator).map((one, index) => one.trim() || `column ${index + 1}`);
  const isTable = columns.length > 1 || rest.length > 0;
  return { columns: isTable ? columns : [], rows: rest.slice(0, ROWS_SHOWN).map((line) => csvCells(line, separator)) };
}

/** Lines with line ends inside quotes kept together; a last line that has no end is left out unless it is the only one. */
function wholeLines(text: string): string[] {
  const lines: string[] = [];
  let from = 0;
  let quoted = false;
  for (let at = 0; at < text.length && lines.length <= ROWS_READ; at += 1) {
    if (text[at] === '"') quoted = !quoted;
    else if (text[at] === '\n' && !quoted) {
      lines.push(text.slice(from, at).replace(/\r$/, ''));
      from = at + 1;
    }
  }
  const last = text.slice(from).trim();
  if (lines.length <= ROWS_READ && last !== '' && Buffer.byteLength(text) < TEXT_BYTES - 4) lines.push(last);
  return lines.filter((line) => line.trim() !== '');
}

function jsonRows(text: string): Pick<TablePreview, 'columns' | 'rows'> {
  const objects = wholeLines(text).flatMap((line): Record<string, unknown>[] => {
    try {
      const value: unknown = JSON.parse(line);
      return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? [value as Record<string, unknown>]
        : [];
    } catch {
      return [];
    }
  });
  const columns = [...new Set(objects.flatMap((one) => Object.keys(one)))];
  const cell = (value: unknown): string =>
    typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
  return { columns, rows: objects.map((one) => columns.map((name) => cell(one[name]))) };
}

async function readRows(text: string, mapping: TableMapping | undefined): Promise<RowResult[]> {
  if (!mapping) return [];
  const isJson = text.trimStart().startsWith('{');
  const whole = wholeLines(text);
  const heads = isJson ? 0 : namedDelimiter(whole[0] ?? '') === undefined ? 1 : 2;
  const lines = whole.slice(0, ROWS_READ + heads);
  const { encoding: _, ...decoded } = mapping;
  const items = await parseBytes(Buffer.from(`${lines.join('\n')}\n`), 'table', { mapping: decoded });
  return items.flatMap((item): RowResult[] => {
    const row = item.record + 1;
    if (item.type === 'document') return [{ row, document: item.document }];
    return item.type === 'failure' ? [{ row, code: item.failure.code, message: item.failure.message }] : [];
  });
}

/** Names under which exports of several services have each field, in letters and digits only. */
const NAMES: Readonly<Partial<Record<TableField, readonly string[]>>> = {
  publication: [
    'displaykey',
    'publicationnumber',
    'publication',
    'patentnumber',
    'pubno',
    '公开号',
    '公开公告号',
    '公告号',
  ],
  office: ['jurisdiction', 'country', 'office', 'authority', '国家', '受理局'],
  kind: ['kind', 'kindcode'],
  date: ['publicationdate', 'pubdate', 'publicationdt', '公开日', '公开公告日', '公告日'],
  application: ['applicationnumber', 'applicationno', '申请号'],
  applicationDate: ['applicationdate', 'filingdate', '申请日'],
  family: ['familyid', 'simplefamily', '同族号'],
  title: ['title', 'inventiontitle', '标题', '名称', '发明名称', '专利名称'],
  abstract: ['abstract', '摘要'],
  applicants: ['applicants', 'applicant', '申请人', '申请专利权人'],
  inventors: ['inventors', 'inventor', '发明人', '发明设计人'],
  proprietors: ['owners', 'owner', '专利权人', '当前权利人'],
  agents: ['agents', 'agent', '代理机构'],
  ipc: ['ipcrclassifications', 'ipc', 'ipcclassifications', '国际专利分类号', 'ipc分类号', '分类号'],
  cpc: ['cpcclassifications', 'cpc', 'cpc分类号'],
  uspc: ['usclassifications', 'uspc'],
  priorities: ['prioritynumbers', 'priorities', '优先权', '优先权号'],
  literature: ['nplcitations'],
  claims: ['claims', '权利要求'],
  description: ['description', '说明书'],
};

function guessFields(columns: readonly string[]): TableMapping['fields'] {
  const plain = columns.map((one) => one.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, ''));
  const guessed = TABLE_FIELDS.flatMap((field) => {
    const index = (NAMES[field] ?? []).map((name) => plain.indexOf(name)).find((place) => place >= 0);
    const column = index === undefined ? undefined : columns[index];
    return column === undefined ? [] : [[field, column] as const];
  });
  return Object.fromEntries(guessed);
}
