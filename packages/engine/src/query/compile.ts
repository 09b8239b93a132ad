import { FACETS, type FieldKind, findField, QuanlianError, type QueryNode, UNKNOWN_VALUE } from '@quanlian/contract';
import { analyseQuery, classLevels } from '@quanlian/kernel';
import { checkDate, earliestDay, latestDay } from '../content/dates.js';
import { documentKey, levelKey, missingKey, storable, symbolKey, valueKey } from '../content/document.js';
import { lookupForms } from '../content/numbers.js';
import { POSITION_GAP } from '../segment/builder.js';
import { TEXT_MASK, WORD_FIELDS } from '../segment/postings.js';
import type { LengthColumn, NumberColumn } from '../segment/segment.js';
import type { Leaf, Plan } from './plan.js';

/** Nodes one query may have; more is a sign of a machine gone wrong, and each costs a pass over the corpus. */
const MOST_NODES = 4096;
/** Texts of one `near` in any order; the work doubles with each. */
const MOST_UNORDERED = 8;
const MOST_ORDERED = 30;
const LAST_DAY = 99_991_231;

type NodeOf<Op extends QueryNode['op']> = Extract<QueryNode, { op: Op }>;

const invalid = (message: string): QuanlianError => new QuanlianError('query.invalid', message);

/** A field of `FIELDS`, or a facet that is no field (year, section, subclass, group). */
function resolveField(name: string): { name: string; kind: FieldKind | 'facet' } {
  const field = findField(name);
  if (field) return field;
  if (FACETS.some((facet) => facet === name)) return { name, kind: 'facet' };
  throw invalid(`There is no field "${name}"; the help of the search box lists the fields.`);
}

function wordFields(name: string): { mask: number; column: LengthColumn } {
  if (name === 'text') return { mask: TEXT_MASK, column: 'text' };
  const field = WORD_FIELDS.find((known) => known === name);
  if (field === undefined) throw invalid(`Field ${name} has no words; ask for a value of it.`);
  return { mask: 1 << WORD_FIELDS.indexOf(field), column: field };
}

const keys = (...list: string[]): Leaf => ({ kind: 'keys', keys: list, prefixes: [] });
const keyPrefixes = (...prefixes: string[]): Leaf => ({ kind: 'keys', keys: [], prefixes });

const schemesOf = (field: string): readonly string[] => (field === 'class' ? ['ipc', 'cpc', 'other'] : [field]);

function classLeaf(field: string, symbol: string, below: boolean): Leaf {
  const wanted = symbolKey(symbol);
  const exact = schemesOf(field).map((scheme) => valueKey(scheme, wanted));
  if (!below) return keys(...exact);
  // Without a loaded scheme only the levels that show in the symbol itself are known to be above another symbol.
  const isLevel = Object.values(classLevels(symbol)).some((level) => symbolKey(level) === wanted);
  const under = schemesOf(field).map((scheme) => levelKey(scheme, wanted));
  return keys(...exact, ...(isLevel ? under : []));
}

function dayLeaf(field: string, from: string | undefined, to: string | undefined): Leaf {
  const column = (field === 'year' ? 'date' : field) as NumberColumn;
  return {
    kind: 'days',
    column,
    from: from === undefined ? 1 : earliestDay(checkDate(from, field)),
    to: to === undefined ? LAST_DAY : latestDay(checkDate(to, field)),
  };
}

function statusLeaf(value: string): Leaf {
  return { kind: value === UNKNOWN_VALUE ? 'all' : 'none' };
}

function levelLeaf(field: string, value: string): Leaf {
  const wanted = symbolKey(value);
  const levels = classLevels(value);
  const name = field as keyof typeof levels;
  const isThisLevel = levels[name] !== undefined && symbolKey(levels[name]) === wanted;
  if (!isThisLevel) return { kind: 'none' };
  return keys(levelKey('ipc', wanted), levelKey('cpc', wanted));
}

const isLevelFacet = (name: string): boolean => ['section', 'class', 'subclass', 'group'].includes(name);
/** The list of documents without a value; the facet `class` and the field `class` share a name but not a meaning. */
const missingList = (name: string): string => missingKey(name === 'class' ? 'class-level' : name);

function valueLeaf(fieldName: string, value: string): Leaf {
  const { name, kind } = resolveField(fieldName);
  if (name === 'status') return statusLeaf(value);
  if (kind === 'text') {
    throw new QuanlianError(
      'query.unsupported',
      `Field ${name} holds text and cannot be compared as a whole; ask for words or a phrase.`,
    );
  }
  if (value === UNKNOWN_VALUE) return keys(missingList(name), valueKey(name, value));
  if (isLevelFacet(name)) return levelLeaf(name, value);
  if (kind === 'number') return keys(...lookupForms(value).map((form) => valueKey(name, form)));
  if (kind === 'date') return dayLeaf(name, value, value);
  if (kind === 'class') return classLeaf(name, value, false);
  return keys(valueKey(name, storable(value.trim())));
}

/** A word asked of a field that has no words is a value of it. */
function textLeaf({ field, text, exact = false }: NodeOf<'term' | 'phrase'>): Leaf {
  const { name, kind } = resolveField(field);
  if (kind === 'class') return classLeaf(name, text, true);
  if (kind !== 'text' && kind !== 'name') return valueLeaf(name, text);
  return { kind: 'text', ...wordFields(name), query: analyseQuery(text), exact };
}

function prefixLeaf({ field, text }: NodeOf<'prefix'>): Leaf {
  const { name, kind } = resolveField(field);
  if (kind === 'text' || kind === 'name') {
    return { kind: 'text', ...wordFields(name), query: analyseQuery(text, true), exact: false };
  }
  if (kind === 'date' || name === 'year') return dayLeaf(name, text, text);
  if (kind === 'class') return keyPrefixes(...schemesOf(name).map((scheme) => valueKey(scheme, symbolKey(text))));
  if (kind === 'number') return keyPrefixes(valueKey(name, text.toUpperCase().replace(/[^0-9A-Z]/g, '')));
  if (kind === 'facet' || name === 'status') throw invalid(`Field ${name} takes whole values only.`);
  return keyPrefixes(valueKey(name, storable(text)));
}

function nearLeaf({ field, texts, distance, ordered = false }: NodeOf<'near'>): Leaf {
  if (!Number.isInteger(distance) || distance < 1 || distance >= POSITION_GAP) {
    throw invalid(
      `A distance of ${distance} words is not possible; it is a whole number from 1 to ${POSITION_GAP - 1}.`,
    );
  }
  const most = ordered ? MOST_ORDERED : MOST_UNORDERED;
  if (texts.length > most) {
    throw new QuanlianError(
      'query.too_costly',
      `${texts.length} texts near each other are too many; at most ${most} are looked for.`,
    );
  }
  const { name } = resolveField(field);
  return { kind: 'near', ...wordFields(name), queries: texts.map((text) => analyseQuery(text)), distance, ordered };
}

function rangeLeaf({ field, from, to }: NodeOf<'range'>): Leaf {
  const { name, kind } = resolveField(field);
  if (kind !== 'date' && name !== 'year') throw invalid(`Field ${name} has no order; a range takes a date field.`);
  return dayLeaf(name, from, to);
}

/** An operator that is not answered, said so that a searcher knows which part of the query is meant. */
function named(node: QueryNode): string {
  if (node.op === 'index') return `the index “${node.index}” with relation “${node.relation}”`;
  if (node.op === 'set') return `the set ${node.name} of the history`;
  if (node.op === 'proximity') return `nearness by ${node.unit}`;
  if (node.op === 'pattern') return `wildcards inside a word of field ${node.field}`;
  return `the operator “${node.op}”`;
}

function compileLeaf(node: Exclude<QueryNode, { op: 'and' | 'or' | 'not' | 'filter' | 'boost' }>): Leaf {
  switch (node.op) {
    case 'all':
    case 'none':
      return { kind: node.op };
    case 'term':
    case 'phrase':
      return textLeaf(node);
    case 'prefix':
      return prefixLeaf(node);
    case 'near':
      return nearLeaf(node);
    case 'value':
      return valueLeaf(node.field, node.value);
    case 'class': {
      const { name, kind } = resolveField(node.field);
      if (kind !== 'class') throw invalid(`Field ${name} holds no classes; use class, ipc or cpc.`);
      return classLeaf(name, node.symbol, node.below);
    }
    case 'range':
      return rangeLeaf(node);
    case 'ids':
      return keys(...node.ids.map((id) => documentKey(storable(id))));
    default:
      throw new QuanlianError('query.unsupported', `This corpus does not answer ${named(node)} yet; leave it out.`);
  }
}

function compileNode(source: QueryNode, budget: { left: number }): Plan {
  if (--budget.left < 0) {
    throw new QuanlianError('query.too_costly', `The query has more than ${MOST_NODES} parts; split it.`);
  }
  switch (source.op) {
    case 'and':
    case 'or':
      return { source, kind: source.op, children: source.clauses.map((clause) => compileNode(clause, budget)) };
    case 'not':
    case 'filter':
      return { source, kind: source.op, child: compileNode(source.clause, budget) };
    case 'boost':
      return { source, kind: 'boost', child: compileNode(source.clause, budget), factor: source.factor };
    default:
      return { source, kind: 'leaf', leaf: compileLeaf(source) };
  }
}

/**
 * Makes a query ready for the index. Refuses `query.invalid` (no such field, wrong kind of field, no date),
 * `query.unsupported` and `query.too_costly`.
 */
export function compileQuery(query: QueryNode): Plan {
  return compileNode(query, { left: MOST_NODES });
}
