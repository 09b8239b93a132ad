import type { FieldDefinition, QueryNode } from '@quanlian/contract';
import { group } from '../shared/build.js';
import { type Bounds, checkedDate, comparedDate, type DateParts, datePart } from '../shared/calendar.js';
import { leafOf } from '../shared/leaf.js';
import { type Clause, rangeClause, wrong } from '../shared/values.js';
import { CNIPA_SIGNS, type CnipaField } from './fields.js';

export interface CnipaTerm {
  readonly field: CnipaField;
  readonly relation: string;
  readonly text: string;
  readonly quoted: boolean;
}

/** Longer texts are no date. */
const LONGEST_DATE = 40;

/** `2020`, `202005`, `20200512`, and with dots, dashes or 年月日 between. */
function cnipaDate(text: string): DateParts | undefined {
  const month = /^(\d{4})(\d{2})$/.exec(text);
  return month ? checkedDate(Number(month[1]), Number(month[2])) : datePart(text);
}

function bounds(relation: string, text: string): Bounds | undefined {
  const sides = text.split(/:|\bto\b|至/iu);
  const [from, to] = sides.map((side) => cnipaDate(side.trim()));
  if (sides.length === 1) return from && comparedDate(relation, from);
  if (sides.length !== 2 || relation !== '=') return undefined;
  // `20200101:` and `:20201231` are open at one end.
  const [first = '', second = ''] = sides;
  const isOpen = (side: string): boolean => side.trim() === '';
  if (isOpen(first) && to) return { to };
  if (isOpen(second) && from) return { from };
  return from && to ? { from, to } : undefined;
}

function dateNode(field: string, relation: string, text: string): Clause {
  const range = text.length <= LONGEST_DATE ? bounds(relation, text) : undefined;
  if (range) return rangeClause(field, range, text);
  return wrong('query.bad_date', `“${text}” is no date or range; write 2020, 202005, 20200512 or 20200101:20201231.`);
}

function oneField(field: FieldDefinition, { relation, text, quoted }: CnipaTerm): Clause {
  if (field.kind === 'date') return dateNode(field.name, relation, text);
  if (relation !== '=') {
    return wrong('query.bad_relation', `“${relation}” compares dates; the field ${field.name} has none.`);
  }
  const isPlainSymbol = field.kind === 'class' && /\/[^+?#]+$/u.test(text);
  return leafOf(field, text, { quoted, exact: isPlainSymbol, signs: CNIPA_SIGNS });
}

/** The clause that a term means in its field. */
export function termNode(term: CnipaTerm): Clause {
  const { name, fields } = term.field;
  if (fields.length === 0) return { node: { op: 'index', index: name, relation: term.relation, text: term.text } };
  const nodes: QueryNode[] = [];
  for (const field of fields) {
    const clause = oneField(field, term);
    if (!('node' in clause)) return clause;
    nodes.push(clause.node);
  }
  return { node: group('or', nodes) };
}
