import type { FieldDefinition, QueryNode } from '@quanlian/contract';
import { readNumber } from '../../numbers/read.js';
import { group, proximity } from '../shared/build.js';
import { type Bounds, checkedDate, comparedDate, type DateParts } from '../shared/calendar.js';
import { leafOf } from '../shared/leaf.js';
import { type Clause, rangeClause, wrong } from '../shared/values.js';
import { COMMAND_SIGNS, type CommandIndex } from './fields.js';
import type { Condition, Marks } from './tokens.js';

export interface CommandTerm {
  readonly text: string;
  readonly quoted: boolean;
  readonly marks: Marks;
}

/** `2020`, `202005`, `20200512`. */
function commandDate(text: string): DateParts | undefined {
  const match = /^(\d{4})(\d{2})?(\d{2})?$/.exec(text);
  if (!match) return undefined;
  const [year = 0, month, day] = match.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  return checkedDate(year, month, day);
}

function badDate(text: string): Clause {
  return wrong(
    'query.bad_date',
    `“${text}” is no date; write 2020, 202005 or 20200512, or a range @PD>=20200101<=20201231.`,
  );
}

/** Numbers of the office itself are written without its code. */
function withOffice(field: FieldDefinition, text: string): string {
  if (field.name === 'family') return text;
  const bare = text.normalize('NFKC').replace(/\s+/gu, '');
  if (/^[A-Z]{2}[-\d]/i.test(bare) && !/^(?:PP|RE|AI|RX)\d/i.test(bare)) return text;
  if (field.name === 'application') return /^\d{8}$/.test(bare) ? `US${bare.slice(0, 2)}/${bare.slice(2)}` : text;
  return field.name === 'id' && readNumber(`US${bare}`).valid ? `US${bare}` : text;
}

function inField(field: FieldDefinition, index: CommandIndex, { text, quoted, marks }: CommandTerm): Clause {
  if (field.kind === 'date') {
    const [from, to, ...more] = text.split('->').map((side) => commandDate(side.trim()));
    if (from && to && more.length === 0 && !index.isYear) return rangeClause(field.name, { from, to }, text);
    const date = commandDate(text.trim());
    if (!date || (index.isYear && date.length > 1)) return badDate(text);
    return rangeClause(field.name, { from: date, to: date }, text);
  }
  const hasWords = field.kind === 'text' || field.kind === 'name';
  if (marks.slop !== undefined && hasWords) {
    const nodes = text
      .trim()
      .split(/\s+/u)
      .map((word): QueryNode => ({ op: 'term', field: field.name, text: word }));
    return { node: proximity(nodes, { unit: 'word', most: Math.max(1, marks.slop) }) };
  }
  const value = field.kind === 'number' ? withOffice(field, text) : text;
  const exact = field.kind === 'class' && /\/[^$*?]+$/u.test(value);
  return leafOf(field, value, { quoted, exact, signs: COMMAND_SIGNS });
}

/** The clause that a term means in the indexes it was given. */
export function termNode(indexes: readonly CommandIndex[], term: CommandTerm): Clause {
  const whole = { ...term, text: term.text + (term.marks.truncation ?? '') };
  const nodes: QueryNode[] = [];
  for (const index of indexes) {
    if (index.fields.length === 0) nodes.push({ op: 'index', index: index.alias, relation: '=', text: whole.text });
    for (const field of index.fields) {
      const clause = inField(field, index, whole);
      if (!('node' in clause)) return clause;
      nodes.push(clause.node);
    }
  }
  return { node: group('or', nodes) };
}

function narrowed(range: Bounds, more: Bounds): Bounds {
  return { from: more.from ?? range.from, to: more.to ?? range.to };
}

/** `@PD>=20200101<=20201231` and its kin: a range of dates, or conditions on an index the corpus does not have. */
export function comparisonNode(index: CommandIndex, conditions: readonly Condition[]): Clause {
  const [field] = index.fields;
  if (field?.kind !== 'date') {
    const nodes = conditions.map(
      ({ relation, value }): QueryNode => ({ op: 'index', index: index.alias, relation, text: value }),
    );
    return { node: group('and', nodes) };
  }
  let range: Bounds = {};
  for (const { relation, value } of conditions) {
    const date = commandDate(value);
    if (!date) return badDate(value);
    if (relation === '<>') {
      const clause = rangeClause(field.name, { from: date, to: date }, value);
      return 'node' in clause ? { node: { op: 'not', clause: clause.node } } : clause;
    }
    const bounds = comparedDate(relation, date);
    if (bounds) range = narrowed(range, bounds);
  }
  return rangeClause(field.name, range, conditions.map(({ relation, value }) => relation + value).join(''));
}
