import type { FieldDefinition, QueryNode } from '@quanlian/contract';
import { readClass } from '../../classification/read.js';
import { readNumber } from '../../numbers/read.js';
import { regionValue } from '../../regions/places.js';
import { type Bounds, comparedDate, datePart, isBackwards, iso } from './calendar.js';

/** A clause, or why the text cannot be one. */
export type Clause = { readonly node: QueryNode } | { readonly code: string; readonly message: string };

export const wrong = (code: string, message: string): Clause => ({ code, message });

const badDate = (text: string): Clause =>
  wrong(
    'query.bad_date',
    `“${text}” is no date or range of dates; write 2020, 2020-05, 2020-05-12, 2020..2022, >=2020-05 or <2022.`,
  );

function bounds(text: string): Bounds | undefined {
  const parted = /^(.*?)\.{2,3}(.*)$/u.exec(text);
  if (parted) {
    const [from, to] = [parted[1] ?? '', parted[2] ?? ''].map((side) => (side === '' ? null : datePart(side)));
    if (from === undefined || to === undefined) return undefined;
    return { ...(from ? { from } : {}), ...(to ? { to } : {}) };
  }
  const compared = /^(>=|<=|>|<|≥|≤|)(.+)$/u.exec(text);
  const date = datePart(compared?.[2] ?? '');
  return date && comparedDate(compared?.[1] ?? '', date);
}

/** The range that two bounds mean, or why they are none; `text` is what was written. */
export function rangeClause(field: string, range: Bounds, text: string): Clause {
  if (isBackwards(range)) {
    return wrong('query.bad_date', `The range ${text} ends before it begins; put the earlier date first.`);
  }
  const [from, to] = [range.from, range.to].map((date) => (date ? iso(date) : undefined));
  return { node: { op: 'range', field, ...(from ? { from } : {}), ...(to ? { to } : {}) } };
}

function dateClause(field: string, text: string): Clause {
  const range = bounds(text.normalize('NFKC').replace(/\s/gu, ''));
  return range ? rangeClause(field, range, text) : badDate(text);
}

/** How a value was written: `exact` in its very characters, `prefix` with an open end. */
export interface Shape {
  readonly exact: boolean;
  readonly prefix: boolean;
}

/** The beginning of a symbol, in the corpus's writing: `H04L12/4` is `H04L 12/4`. Undefined when no symbol begins so. */
function classBeginning(text: string): string | undefined {
  const folded = text.toUpperCase().replace(/\s+/gu, '');
  const parts = /^([A-HY]\d{2}[A-Z])(\d{1,4}(?:\/\d{0,6})?)$/.exec(folded);
  if (parts) return `${parts[1]} ${parts[2]}`;
  return /^[A-HY]\d?$/.test(folded) ? folded : undefined;
}

function classClause(field: string, text: string, { exact, prefix }: Shape): Clause {
  const marked = text.normalize('NFKC').trim();
  const withBelow = marked.endsWith('+');
  const bare = marked.replace(/\+$/u, '').replace(/\/$/u, '');
  const beginning = prefix && !marked.endsWith('/') ? classBeginning(marked) : undefined;
  if (beginning !== undefined) return { node: { op: 'prefix', field, text: beginning } };
  const answer = readClass(/^[A-Y]\d{2}[A-Z]\s*\d{1,4}$/iu.test(bare) ? `${bare}/00` : bare);
  const belongs = answer.scheme === 'IPC' || answer.scheme === 'CPC';
  if (!answer.valid || answer.symbol === null || !belongs) {
    const message = `“${text}” is no IPC or CPC symbol; write for example H01M, H01M10 or H01M10/0525.`;
    return wrong('query.bad_class', message);
  }
  const isSubgroup = answer.subgroup !== null && !/^0+$/.test(answer.subgroup);
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
  if (field === 'province' || field === 'city' || field === 'district') return regionValue(field, text);
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
