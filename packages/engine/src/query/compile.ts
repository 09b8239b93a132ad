import {
  COLUMNS,
  COUNTABLE,
  type ColumnName,
  type FieldKind,
  findField,
  QuanlianError,
  type QueryNode,
  UNKNOWN_VALUE,
} from '@quanlian/contract';
import { analysePattern, analyseQuery, classLevels } from '@quanlian/kernel';
import { checkDate, earliestDay, latestDay } from '../content/dates.js';
import { documentKey, levelKey, missingKey, storable, symbolKey, valueKey } from '../content/document.js';
import { lookupForms } from '../content/numbers.js';
import { POSITION_GAP } from '../segment/builder.js';
import { TEXT_MASK, WORD_FIELDS } from '../segment/postings.js';
import type { LengthColumn, NumberColumn } from '../segment/segment.js';
import type { ChainRule, Leaf, Plan, SpanNode } from './plan.js';
import { maskOf } from './spans.js';

/** Nodes one query may have; more is a sign of a machine gone wrong, and each costs a pass over the corpus. */
const MOST_NODES = 4096;
/** Texts of one `near` in any order; the work doubles with each. */
const MOST_UNORDERED = 8;
const MOST_ORDERED = 30;
/** Ids that one list may name. */
const MOST_IDS = 1_000_000;
const LAST_DAY = 99_991_231;

type NodeOf<Op extends QueryNode['op']> = Extract<QueryNode, { op: Op }>;

const invalid = (message: string): QuanlianError => new QuanlianError('query.invalid', message);

/** A field of `FIELDS`, or a facet that is no field (year, section, subclass, group). */
function resolveField(name: string): { name: string; kind: FieldKind | 'facet' } {
  const field = findField(name);
  if (field) return field;
  if (COUNTABLE.some((facet) => facet === name)) return { name, kind: 'facet' };
  throw invalid(`There is no field "${name}"; the help of the search box lists the fields.`);
}

function wordFields(name: string): { mask: number; column: LengthColumn } {
  if (name === 'text') return { mask: TEXT_MASK, column: 'text' };
  const field = WORD_FIELDS.find((known) => known === name);
  if (field === undefined) throw invalid(`Field ${name} has no words; ask for a value of it.`);
  return { mask: 1 << WORD_FIELDS.indexOf(field), column: field };
}

const keys = (...list: string[]): Leaf => ({ kind: 'keys', keys: list, prefixes: [] });
const keyPrefixes = (...prefixes: string[]): Leaf => ({
  kind: 'keys',
  keys: [],
  prefixes: prefixes.map((prefix) => ({ prefix })),
});

const schemesOf = (field: string): readonly string[] => (field === 'class' ? ['ipc', 'cpc', 'other'] : [field]);

/** With `symbols` those are all that a scheme has below; without, what shows in the form of the symbol. */
function classLeaf(field: string, symbol: string, below: boolean, symbols?: readonly string[]): Leaf {
  const wanted = symbolKey(symbol);
  if (below && symbols) {
    const all = new Set([wanted, ...symbols.map(symbolKey)]);
    return keys(...schemesOf(field).flatMap((scheme) => [...all].map((one) => valueKey(scheme, one))));
  }
  const exact = schemesOf(field).map((scheme) => valueKey(scheme, wanted));
  if (!below) return keys(...exact);
  // Without a loaded scheme only the levels that show in the symbol itself are known to be above another symbol.
  const isLevel = Object.values(classLevels(symbol)).some((level) => symbolKey(level) === wanted);
  const under = schemesOf(field).map((scheme) => levelKey(scheme, wanted));
  return keys(...exact, ...(isLevel ? under : []));
}

function dayLeaf(field: string, from: string | undefined, to: string | undefined): Leaf {
  const column = (field === 'year' || field === 'month' ? 'date' : field) as NumberColumn;
  return {
    kind: 'days',
    column,
    from: from === undefined ? 1 : earliestDay(checkDate(from, field)),
    to: to === undefined ? LAST_DAY : latestDay(checkDate(to, field)),
  };
}

const columnOf = (name: string): ColumnName | undefined => COLUMNS.find((column) => column === name);

/** A derived column compared with one value; the family may also be written as a number. */
function columnLeaf(name: ColumnName, value: string): Leaf {
  if (value === UNKNOWN_VALUE) return { kind: 'column', name, wanted: 'none' };
  const forms = new Set([storable(value.trim()), ...(name === 'family' ? lookupForms(value) : [])]);
  return { kind: 'column', name, wanted: (held) => forms.has(held) };
}

const NUMBER = /^-?\d+(\.\d+)?$/;

function numberLeaf(name: ColumnName, from: string | undefined, to: string | undefined): Leaf {
  for (const bound of [from, to]) {
    if (bound !== undefined && !NUMBER.test(bound)) throw invalid(`"${bound}" in field ${name} is not a number.`);
  }
  const least = from === undefined ? Number.NEGATIVE_INFINITY : Number(from);
  const most = to === undefined ? Number.POSITIVE_INFINITY : Number(to);
  return {
    kind: 'column',
    name,
    wanted: (held) => NUMBER.test(held) && Number(held) >= least && Number(held) <= most,
  };
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
  const column = columnOf(name);
  if (column) return columnLeaf(column, value);
  if (kind === 'text') {
    throw new QuanlianError(
      'query.unsupported',
      `Field ${name} holds text and cannot be compared as a whole; ask for words or a phrase.`,
    );
  }
  if (value === UNKNOWN_VALUE) return keys(missingList(name), valueKey(name, value));
  if (isLevelFacet(name)) return levelLeaf(name, value);
  if (kind === 'number') return keys(...lookupForms(value).map((form) => valueKey(name, form)));
  if (kind === 'date' || name === 'year' || name === 'month') return dayLeaf(name, value, value);
  if (kind === 'class') return classLeaf(name, value, false);
  return keys(valueKey(name, storable(value.trim())));
}

/** A word asked of a field that has no words is a value of it. */
function textLeaf({ field, text, exact = false, synonymOf }: NodeOf<'term' | 'phrase'>): Leaf {
  const { name, kind } = resolveField(field);
  if (kind === 'class') return classLeaf(name, text, true);
  if (kind !== 'text' && kind !== 'name') return valueLeaf(name, text);
  return { kind: 'text', ...wordFields(name), query: analyseQuery(text), exact, synonymOf };
}

function prefixLeaf({ field, text }: NodeOf<'prefix'>): Leaf {
  const { name, kind } = resolveField(field);
  if (kind === 'text' || kind === 'name') {
    return { kind: 'text', ...wordFields(name), query: analyseQuery(text, true), exact: false, synonymOf: undefined };
  }
  if (kind === 'date' || name === 'year' || name === 'month') return dayLeaf(name, text, text);
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
  if (name === 'citedby') return numberLeaf(name, from, to);
  if (kind !== 'date' && name !== 'year' && name !== 'month')
    throw invalid(`Field ${name} has no order; a range takes a date field or citedby.`);
  return dayLeaf(name, from, to);
}

type PatternPart = NodeOf<'pattern'>['parts'][number];

/** A pattern of a value as a key: the letters before the first open stretch, and an expression for the whole. */
function keyPattern(schemes: readonly string[], parts: readonly PatternPart[], fold: (text: string) => string): Leaf {
  const folded = parts.map((part) => (typeof part === 'string' ? fold(part) : part));
  const [first] = folded;
  const start = typeof first === 'string' ? first : '';
  const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
  const source = folded.map((part) => (typeof part === 'string' ? escaped(part) : `.{${part.min},${part.max ?? ''}}`));
  const prefixes = schemes.map((scheme) => ({
    prefix: valueKey(scheme, start),
    expression: new RegExp(`^${escaped(valueKey(scheme, ''))}${source.join('')}$`, 'su'),
  }));
  return { kind: 'keys', keys: [], prefixes };
}

function spansOfPattern({ field, parts }: NodeOf<'pattern'>): SpanNode {
  const { name } = resolveField(field);
  const { mask } = wordFields(name);
  const read = analysePattern(parts);
  if (read === undefined) {
    throw new QuanlianError(
      'query.unsupported',
      'A Chinese, Japanese or Korean text has no ends to leave characters open at; put the open character inside.',
    );
  }
  const nodes = read.phrases.map((query): SpanNode => ({ kind: 'text', mask, query, exact: false }));
  const [only] = nodes;
  if (only && nodes.length === 1) return only;
  // Characters left open between two phrases are positions between them; the gaps differ, so the chains nest.
  return nodes.slice(1).reduce((before, node, i) => {
    const { min, max } = read.gaps[i];
    const rule: ChainRule = { unit: 'word', least: min + 1, most: (max ?? POSITION_GAP - 2) + 1, ordered: true };
    return { kind: 'chain', rule, nodes: [before, node] };
  }, nodes[0]);
}

function patternLeaf(node: NodeOf<'pattern'>): Leaf {
  const { name, kind } = resolveField(node.field);
  if (kind === 'class') return keyPattern(schemesOf(name), node.parts, symbolKey);
  if (kind === 'number' && name !== 'family')
    return keyPattern([name], node.parts, (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  if (kind === 'keyword' && name !== 'status') return keyPattern([name], node.parts, storable);
  return spanLeaf(spansOfPattern(node), name);
}

/** What stands in a text as a leaf that is scored over the field it was asked of. */
function spanLeaf(node: SpanNode, field: string): Leaf {
  const { column } = wordFields(field);
  if (node.kind === 'text') return { ...node, column, synonymOf: undefined };
  if (node.kind === 'chain') return { kind: 'chain', mask: maskOf(node), column, node };
  throw new QuanlianError('query.unsupported', 'An alternative alone has no place in a text.');
}

/** The field that all texts of a proximity are asked of; `text` when they differ. */
function fieldOfSpans(node: QueryNode): string {
  if (node.op === 'proximity' || node.op === 'or') {
    const fields = new Set(node.clauses.map(fieldOfSpans));
    return fields.size === 1 ? [...fields][0] : 'text';
  }
  return 'field' in node ? resolveField(node.field).name : 'text';
}

/** A clause that has places in a text. */
function spansOf(node: QueryNode): SpanNode {
  if (node.op === 'or') return { kind: 'or', nodes: node.clauses.map(spansOf) };
  if (node.op === 'boost' || node.op === 'filter') return spansOf(node.clause);
  if (node.op === 'proximity') return chainOf(node);
  if (node.op === 'near') return { kind: 'chain', ...chainOfNear(node) };
  if (node.op === 'pattern') return spansOfPattern(node);
  if (node.op === 'term' || node.op === 'phrase' || node.op === 'prefix') {
    if (node.fields) return { kind: 'or', nodes: byField(node).map(spansOf) };
    const { name } = resolveField(node.field);
    const query = analyseQuery(node.text, node.op === 'prefix');
    return { kind: 'text', ...wordFields(name), query, exact: node.op !== 'prefix' && (node.exact ?? false) };
  }
  throw new QuanlianError(
    'query.unsupported',
    `Nearness takes words, phrases, patterns, alternatives of them and other nearness, not the operator "${node.op}".`,
  );
}

function chainOfNear({
  field,
  texts,
  distance,
  ordered = false,
}: NodeOf<'near'>): Omit<Extract<SpanNode, { kind: 'chain' }>, 'kind'> {
  const { mask } = wordFields(resolveField(field).name);
  const nodes = texts.map((text): SpanNode => ({ kind: 'text', mask, query: analyseQuery(text), exact: false }));
  return { rule: { unit: 'word', least: 1, most: distance, ordered }, nodes };
}

function chainOf({
  unit,
  least,
  most,
  ordered = false,
  clauses,
}: NodeOf<'proximity'>): Extract<SpanNode, { kind: 'chain' }> {
  const limit = ordered ? MOST_ORDERED : MOST_UNORDERED;
  if (clauses.length > limit) {
    throw new QuanlianError(
      'query.too_costly',
      `${clauses.length} things near each other are too many; at most ${limit} are looked for.`,
    );
  }
  if (unit === 'word' && most !== undefined && most >= POSITION_GAP) {
    throw invalid(`A distance of ${most} words is not possible; it is at most ${POSITION_GAP - 1}.`);
  }
  const byWords = unit === 'word';
  const rule: ChainRule = {
    unit,
    least: least ?? (byWords ? 1 : 0),
    // Without a bound words are of one value: beyond the gap another begins.
    most: most ?? (byWords ? POSITION_GAP - 1 : Number.POSITIVE_INFINITY),
    ordered,
  };
  return { kind: 'chain', rule, nodes: clauses.map(spansOf) };
}

/** An operator that is not answered, said so that a searcher knows which part of the query is meant. */
function named(node: QueryNode): string {
  if (node.op === 'index') return `the index “${node.index}” with relation “${node.relation}”`;
  if (node.op === 'set') return `the set ${node.name} of the history`;
  return `the operator “${node.op}”`;
}

function idsLeaf({ ids }: NodeOf<'ids'>): Leaf {
  if (ids.length > MOST_IDS) {
    throw new QuanlianError(
      'query.too_costly',
      `A list of ${ids.length} ids is too long; at most ${MOST_IDS} are taken.`,
    );
  }
  // In order, so that each part of the dictionary is read once.
  return keys(...new Set(ids.map((id) => documentKey(storable(id))).sort()));
}

function compileLeaf(node: Exclude<QueryNode, { op: 'and' | 'or' | 'xor' | 'not' | 'filter' | 'boost' }>): Leaf {
  switch (node.op) {
    case 'all':
    case 'none':
      return { kind: node.op };
    case 'term':
    case 'phrase':
      return textLeaf(node);
    case 'prefix':
      return prefixLeaf(node);
    case 'pattern':
      return patternLeaf(node);
    case 'near':
      return nearLeaf(node);
    case 'proximity':
      return spanLeaf(chainOf(node), fieldOfSpans(node));
    case 'value':
      return valueLeaf(node.field, node.value);
    case 'class': {
      const { name, kind } = resolveField(node.field);
      if (kind !== 'class') throw invalid(`Field ${name} holds no classes; use class, ipc or cpc.`);
      return classLeaf(name, node.symbol, node.below, node.symbols);
    }
    case 'range':
      return rangeLeaf(node);
    case 'ids':
      return idsLeaf(node);
    default:
      throw new QuanlianError('query.unsupported', `This corpus does not answer ${named(node)}; leave it out.`);
  }
}

type ListedNode = NodeOf<'term' | 'phrase' | 'prefix' | 'near'>;

/** The same text asked of one field at a time: that of the node and those of its list, each once. */
function byField({ fields = [], ...node }: ListedNode): QueryNode[] {
  const names = new Set([node.field, ...fields].map((field) => resolveField(field).name));
  return [...names].map((field) => ({ ...node, field }));
}

const isListed = (node: QueryNode): node is ListedNode => 'fields' in node && node.fields !== undefined;

function compileNode(source: QueryNode, budget: { left: number }): Plan {
  if (--budget.left < 0) {
    throw new QuanlianError('query.too_costly', `The query has more than ${MOST_NODES} parts; split it.`);
  }
  if (isListed(source)) {
    return { source, kind: 'or', children: byField(source).map((node) => compileNode(node, budget)) };
  }
  switch (source.op) {
    case 'and':
    case 'or':
    case 'xor':
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
