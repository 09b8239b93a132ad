import type { DefinitionContent } from '@quanlian/contract';
import { ApiError } from '../../../app/api/client.js';

type Test = NonNullable<Extract<DefinitionContent['formula'], { kind: 'count' }>['test']>;
export type Criterion = Extract<Test, { criteria: unknown }>['criteria'][number];
type Condition = Criterion['when'];

/** A line that is no criterion; its place is counted from 1. */
const notRead = (line: number): ApiError =>
  new ApiError(
    'request.invalid',
    `Line ${line} is no criterion. Write: code | Chinese | English | fact = value, fact > number or fact after otherFact.`,
    0,
  );

const CONDITION = /^(\S+)\s*(=|>|after)\s*(.+)$/;

function readValue(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  const quoted = /^"(.*)"$/.exec(text)?.[1];
  if (quoted !== undefined) return quoted;
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function readCondition(text: string): Condition | undefined {
  const [, fact, sign, rest = ''] = CONDITION.exec(text) ?? [];
  if (fact === undefined) return undefined;
  if (sign === '=') return { fact, is: readValue(rest) };
  if (sign === 'after') return { fact, laterThan: rest };
  return Number.isNaN(Number(rest)) ? undefined : { fact, moreThan: Number(rest) };
}

/**
 * Criteria as people write them, one a line: `code | Chinese | English | condition`, the condition being
 * `fact = value`, `fact > number` or `fact after otherFact`. Throws `ApiError`, as the server does for what it cannot read.
 */
export function readCriteria(text: string): Criterion[] {
  return text.split('\n').flatMap((line, index) => {
    if (line.trim() === '') return [];
    const [code = '', zh = '', en = '', ...rest] = line.split('|').map((part) => part.trim());
    const when = readCondition(rest.join('|'));
    if (code === '' || zh === '' || en === '' || when === undefined) throw notRead(index + 1);
    return [{ code, title: { zh, en }, when }];
  });
}

function writeValue(value: string | number | boolean): string {
  return typeof value === 'string' && readValue(value) !== value ? `"${value}"` : String(value);
}

function writeCondition(when: Condition): string {
  if ('is' in when) return `${when.fact} = ${writeValue(when.is)}`;
  return 'moreThan' in when ? `${when.fact} > ${when.moreThan}` : `${when.fact} after ${when.laterThan}`;
}

/** The inverse of `readCriteria`. */
export const writeCriteria = (criteria: readonly Criterion[]): string =>
  criteria.map(({ code, title, when }) => [code, title.zh, title.en, writeCondition(when)].join(' | ')).join('\n');
