import { type FieldDefinition, findField, type QueryNode } from '@quanlian/contract';
import { isOffice } from '../../numbers/offices.js';
import { group } from '../shared/build.js';
import type { Span } from '../shared/fault.js';
import { leafOf, leafOfAny } from '../shared/leaf.js';
import { type Clause, rangeClause, wrong } from '../shared/values.js';
import { readPattern } from '../shared/wildcards.js';
import { opsBounds, opsDate } from './dates.js';
import { OPS_SIGNS, type OpsIndex, type OpsSettings } from './indexes.js';

export interface OpsTerm extends Span {
  readonly text: string;
  readonly quoted: boolean;
}

interface Relation {
  readonly index: OpsIndex;
  readonly relation: string;
  readonly modifiers: readonly string[];
}

const SCHEME_MODIFIERS = ['low', 'high', 'same'];

/** The office's rules for truncation: a stem before it, and no open beginning but in title and abstract. */
function checkTruncation(index: OpsIndex, text: string, { minimumStem }: OpsSettings): Clause | undefined {
  for (const word of text.split(/\s+/u)) {
    const parts = readPattern(word, OPS_SIGNS);
    const [first] = parts;
    if (parts.length < 2) continue;
    const literal = parts.reduce<string>((all, part) => (typeof part === 'string' ? all + part : all), '');
    if (typeof first !== 'string' && !index.leading) {
      return wrong('query.bad_wildcard', `A term on ${index.name} may not begin with a wildcard; ti, ab and ta may.`);
    }
    const isOpen = parts.some((part) => typeof part !== 'string' && part.max === undefined);
    const stem = typeof first === 'string' ? first : literal;
    if (isOpen && stem.length < minimumStem) {
      return wrong('query.short_stem', `“${word}” needs ${minimumStem} letters or digits before the star.`);
    }
  }
  return undefined;
}

function dateNode(index: OpsIndex, relation: string, text: string): Clause {
  const range = opsBounds(relation, text);
  if (range) return rangeClause(index.fields[0] ?? 'date', range, text);
  if (opsDate(text.trim()) || !/^\d/.test(text)) {
    return wrong('query.bad_date', `“${relation} ${text}” is no date or range of dates.`);
  }
  const forms = '2005, 200512, 20051214, 2005-12, 2005-12-14, 12/2005, 14/12/2005, 12.2005 or 14.12.2005';
  return wrong('query.bad_date', `“${text}” is no date OPS reads; write ${forms}.`);
}

/** A bare office code on a number index asks for every number of that office. */
function officeNode(field: string, office: string): QueryNode {
  return field === 'id' ? { op: 'value', field: 'office', value: office } : { op: 'prefix', field, text: office };
}

function onFields(fields: readonly FieldDefinition[], term: OpsTerm, exact: boolean): Clause {
  const isNumber = fields.every((field) => field.kind === 'number');
  const code = term.text.trim().toUpperCase();
  if (isNumber && /^[A-Z]{2}$/.test(code) && isOffice(code) && fields[0]?.name !== 'cites') {
    return {
      node: group(
        'or',
        fields.map((field) => officeNode(field.name, code)),
      ),
    };
  }
  return leafOfAny(fields, term.text, { quoted: term.quoted, exact, signs: OPS_SIGNS });
}

/** A symbol with a stroke is meant alone unless `/low` says with all below; one without is a level and means all in it. */
function classNode(field: FieldDefinition, term: OpsTerm, modifiers: readonly string[]): Clause {
  if (modifiers.includes('low')) {
    return leafOf(field, `${term.text.trim()}+`, { quoted: term.quoted });
  }
  const exact = term.text.includes('/') && !/[*?#]/u.test(term.text);
  return leafOf(field, term.text, { quoted: term.quoted, exact, signs: OPS_SIGNS });
}

function foreign({ index, relation, modifiers }: Relation, text: string): Clause {
  const marks = modifiers.map((name) => ({ name }));
  const node = { op: 'index', index: index.name, relation, text } as const;
  return { node: marks.length > 0 ? { ...node, modifiers: marks } : node };
}

function oneTerm(asked: Relation, term: OpsTerm, settings: OpsSettings): Clause {
  const { index, relation, modifiers } = asked;
  const bad = checkTruncation(index, term.text, settings);
  if (bad) return bad;
  const fields = index.fields.flatMap((name) => findField(name) ?? []);
  const [first] = fields;
  const isOffice = index.scheme && /^[A-Z]{2}$/.test(term.text);
  if (!first || isOffice || relation === '==' || modifiers.some((name) => name === 'high' || name === 'same')) {
    return foreign(asked, term.text);
  }
  if (first.kind === 'date') return dateNode(index, relation, term.text);
  if (first.kind === 'class') return classNode(first, term, modifiers);
  return onFields(fields, term, modifiers.includes('exact'));
}

function checkRelation({ index, relation, modifiers }: Relation): Clause | undefined {
  const isDate = index.fields.includes('date');
  const unknown = modifiers.find((name) => name !== 'exact' && !SCHEME_MODIFIERS.includes(name));
  if (unknown !== undefined) {
    return wrong('query.bad_relation', `OPS has no modifier “/${unknown}”; known are /low, /high, /same and /exact.`);
  }
  if (modifiers.some((name) => SCHEME_MODIFIERS.includes(name)) && !index.scheme) {
    const message = `“/${modifiers.join('/')}” goes with cpc, cpci, cpca and cpcc only, not with ${index.name}.`;
    return wrong('query.bad_relation', message);
  }
  if (relation === '<>') return wrong('query.bad_relation', 'OPS has no relation <>; write “not” between two clauses.');
  if (/^(?:[<>]=?|within)$/.test(relation) && !isDate) {
    return wrong('query.bad_relation', `“${relation}” compares dates; ${index.name} has none.`);
  }
  return undefined;
}

/** The clause that an index, a relation and a term mean, or why they are none. */
export function termNode(asked: Relation, term: OpsTerm, settings: OpsSettings): Clause {
  const bad = checkRelation(asked);
  if (bad) return bad;
  if (asked.relation !== 'any' && asked.relation !== 'all') return oneTerm(asked, term, settings);
  const words = term.text.split(/[\s,]+/u).filter((word) => word !== '');
  const nodes: QueryNode[] = [];
  for (const word of words) {
    const clause = oneTerm({ ...asked, relation: '=' }, { ...term, text: word, quoted: false }, settings);
    if (!('node' in clause)) return clause;
    nodes.push(clause.node);
  }
  if (nodes.length === 0) return wrong('query.nothing_to_find', 'There is no word in this list.');
  return { node: group(asked.relation === 'all' ? 'and' : 'or', nodes) };
}
