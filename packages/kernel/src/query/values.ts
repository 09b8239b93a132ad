import type { FieldDefinition, QueryNode } from '@quanlian/contract';
import { readClass } from '../classification/read.js';
import { readNumber } from '../numbers/read.js';

/** A clause, or why the text cannot be one. */
export type Clause = { readonly node: QueryNode } | { readonly code: string; readonly message: string };

const wrong = (code: string, message: string): Clause => ({ code, message });

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

function daysIn(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 && leap ? 29 : (DAYS[month - 1] ?? 0);
}

const pad = (n: number, width: number): string => String(n).padStart(width, '0');

const iso = (parts: readonly number[]): string => parts.map((part, i) => pad(part, i === 0 ? 4 : 2)).join('-');

/** Reads `2020`, `2020-05`, `2020-05-12`, with dots, slashes or 年月日 between, and `20200512`; undefined when it is no date. */
function datePart(text: string): number[] | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const parted = /^(\d{4})年?(?:[-./]?(\d{1,2})月?(?:[-./]?(\d{1,2})日?)?)?$/u.exec(text);
  const loose = /^\d{5,}$/.test(text) ? null : parted;
  const found = compact ?? loose;
  if (!found) return undefined;
  const [year = 0, month, day] = found.slice(1).flatMap((part) => (part === undefined ? [] : [Number(part)]));
  if (year < 1 || (month !== undefined && (month < 1 || month > 12))) return undefined;
  if (month !== undefined && day !== undefined && (day < 1 || day > daysIn(year, month))) return undefined;
  return [year, month, day].filter((part): part is number => part !== undefined);
}

/** The next year, month or day after a date, in the same precision. */
function following([year = 0, month, day]: readonly number[]): number[] {
  if (month === undefined) return [year + 1];
  const nextMonth = month === 12 ? [year + 1, 1] : [year, month + 1];
  if (day === undefined) return nextMonth;
  return day === daysIn(year, month) ? [...nextMonth, 1] : [year, month, day + 1];
}

/** The year, month or day before a date, in the same precision. */
function preceding([year = 0, month, day]: readonly number[]): number[] {
  if (month === undefined) return [year - 1];
  const [lastYear, lastMonth] = month === 1 ? [year - 1, 12] : [year, month - 1];
  if (day === undefined) return [lastYear, lastMonth];
  return day === 1 ? [lastYear, lastMonth, daysIn(lastYear, lastMonth)] : [year, month, day - 1];
}

const badDate = (text: string): Clause =>
  wrong(
    'query.bad_date',
    `“${text}” is no date or range of dates; write 2020, 2020-05, 2020-05-12, 2020..2022, >=2020-05 or <2022.`,
  );

function bounds(text: string): { from?: readonly number[]; to?: readonly number[] } | undefined {
  const parted = /^(.*?)\.{2,3}(.*)$/u.exec(text);
  if (parted) {
    const [from, to] = [parted[1] ?? '', parted[2] ?? ''].map((side) => (side === '' ? null : datePart(side)));
    if (from === undefined || to === undefined) return undefined;
    return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }
  const compared = /^(>=|<=|>|<|≥|≤|)(.+)$/u.exec(text);
  const date = datePart(compared?.[2] ?? '');
  if (!date) return undefined;
  switch (compared?.[1]) {
    case '>=':
    case '≥':
      return { from: date };
    case '<=':
    case '≤':
      return { to: date };
    case '>':
      return { from: following(date) };
    case '<':
      return { to: preceding(date) };
    default:
      return { from: date, to: date };
  }
}

function dateClause(field: string, text: string): Clause {
  const range = bounds(text.normalize('NFKC').replace(/\s/gu, ''));
  if (!range) return badDate(text);
  const [from, to] = [range.from, range.to].map((date) => (date ? iso(date) : undefined));
  if (from && to && from.slice(0, to.length) > to.slice(0, from.length)) {
    return wrong('query.bad_date', `The range ${text} ends before it begins; put the earlier date first.`);
  }
  return { node: { op: 'range', field, ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}

interface Shape {
  readonly exact: boolean;
  readonly prefix: boolean;
}

function classClause(field: string, text: string, { exact, prefix }: Shape): Clause {
  const marked = text.normalize('NFKC').trim();
  const withBelow = marked.endsWith('+');
  const bare = marked.replace(/\+$/u, '').replace(/\/$/u, '');
  const answer = readClass(/^[A-Y]\d{2}[A-Z]\s*\d{1,4}$/iu.test(bare) ? `${bare}/00` : bare);
  const belongs = answer.scheme === 'IPC' || answer.scheme === 'CPC';
  if (!answer.valid || answer.symbol === null || !belongs) {
    const message = `“${text}” is no IPC or CPC symbol; write for example H01M, H01M10 or H01M10/0525.`;
    return wrong('query.bad_class', message);
  }
  const isSubgroup = answer.subgroup !== null && !/^0+$/.test(answer.subgroup);
  if (prefix && isSubgroup) return { node: { op: 'prefix', field, text: answer.symbol } };
  const below = exact ? false : withBelow || !isSubgroup;
  return { node: { op: 'class', field, symbol: answer.symbol, below } };
}

const TYPES: Readonly<Record<string, string>> = {
  发明: 'invention',
  发明专利: 'invention',
  实用新型: 'utility-model',
  外观设计: 'design',
  植物: 'plant',
};

/** Keywords are held in one case per field: offices and kinds in capitals, the rest in small letters. */
function keyword(field: string, text: string): string {
  const folded = text.normalize('NFKC').trim();
  if (field === 'office' || field === 'kind') return folded.toUpperCase();
  if (field === 'type') return TYPES[folded] ?? folded.toLowerCase();
  return folded.toLowerCase();
}

/** A document number in the form the corpus holds it, or as written (capitals, no blanks) when it is not understood. */
function documentNumber(field: string, text: string): string {
  const answer = readNumber(text);
  // Families have numbers of their own that only look like those of documents.
  if (field !== 'family' && answer.valid && answer.office && answer.number) {
    const kind = answer.type === 'application' ? '' : (answer.kind ?? '');
    return answer.office + answer.number + kind;
  }
  return text.normalize('NFKC').toUpperCase().replace(/[\s,]/gu, '');
}

/** The clause that a word or quoted text means in a field; `quoted` tells which of the two it was. */
export function clauseOf(field: FieldDefinition, text: string, shape: Shape & { quoted: boolean }): Clause {
  const { exact, prefix, quoted } = shape;
  switch (field.kind) {
    case 'date':
      return prefix ? badDate(`${text}*`) : dateClause(field.name, text);
    case 'class':
      return classClause(field.name, text, shape);
    case 'keyword': {
      const value = keyword(field.name, text);
      return {
        node: prefix ? { op: 'prefix', field: field.name, text: value } : { op: 'value', field: field.name, value },
      };
    }
    case 'number':
      if (prefix) return { node: { op: 'prefix', field: field.name, text: text.normalize('NFKC').toUpperCase() } };
      return { node: { op: 'value', field: field.name, value: documentNumber(field.name, text) } };
    default:
      if (prefix) return { node: { op: 'prefix', field: field.name, text } };
      return { node: { op: quoted ? 'phrase' : 'term', field: field.name, text, ...(exact ? { exact: true } : {}) } };
  }
}
