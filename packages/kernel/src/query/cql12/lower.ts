import { type FieldDefinition, findField, type QueryNode } from '@quanlian/contract';
import { readNumber } from '../../numbers/read.js';
import { distances, group, joined, type Nearness, proximity, without } from '../shared/build.js';
import { comparedDate, datePart } from '../shared/calendar.js';
import { leafOf } from '../shared/leaf.js';
import { rangeClause } from '../shared/values.js';
import type { WildcardSigns } from '../shared/wildcards.js';
import { hasSomethingToFind } from '../simple/characters.js';
import type { CqlLink, CqlPrefix, CqlQuery, CqlTree } from './tree.js';

type Clause = Extract<CqlTree, { type: 'clause' }>;

/** CQL masks any run of characters with a star and one character with a question mark. */
export const CQL_SIGNS: WildcardSigns = { any: '*', one: '?', escaped: true };

/** Indexes of the usual context sets that mean a field of the corpus. */
const CONTEXT_SETS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  cql: { serverchoice: 'text', anywhere: 'text', allindexes: 'text', keywords: 'text' },
  dc: {
    title: 'title',
    description: 'abstract',
    creator: 'inventor',
    date: 'date',
    identifier: 'id',
    language: 'lang',
  },
};

/** What identifiers of these context sets hold, so that a prefix bound to another set is not mistaken for them. */
const IDENTIFIERS: Readonly<Record<string, RegExp>> = {
  cql: /\/cql(?:-v[\d.]+)?$/i,
  dc: /\bdc\b|dublincore|purl\.org\/dc/i,
};

interface Scope {
  readonly prefixes: readonly CqlPrefix[];
}

const within = ({ prefixes }: Scope, inner: readonly CqlPrefix[]): Scope => ({ prefixes: [...prefixes, ...inner] });

/** The field an index name means; undefined for an index of a set the corpus does not know. */
function fieldOf(name: string, { prefixes }: Scope): FieldDefinition | undefined {
  const dot = name.indexOf('.');
  const prefix = dot < 0 ? undefined : name.slice(0, dot).toLowerCase();
  const bound = prefixes.findLast((known) => known.name?.toLowerCase() === prefix);
  if (prefix === undefined && !bound) return findField(name);
  const sets = bound
    ? Object.keys(CONTEXT_SETS).filter((set) => IDENTIFIERS[set]?.test(bound.identifier))
    : Object.keys(CONTEXT_SETS).filter((set) => set === prefix);
  const field = CONTEXT_SETS[sets[0] ?? '']?.[name.slice(dot + 1).toLowerCase()];
  return field === undefined ? undefined : findField(field);
}

const unescaped = (text: string): string => text.replace(/\\(.)/gsu, '$1');

function asWritten(clause: Clause): QueryNode {
  const { index = 'cql.serverChoice', relation, modifiers, words } = clause;
  return {
    op: 'index',
    index,
    relation,
    ...(modifiers.length > 0 ? { modifiers: [...modifiers] } : {}),
    text: words.join(' '),
  };
}

/** The clause in the corpus's terms; undefined when one of its parts means something the corpus does not know. */
function meaning(clause: Clause, scope: Scope): QueryNode | undefined {
  const relation = clause.relation.toLowerCase();
  const text = clause.words.join(' ');
  const name = clause.index ?? 'cql.serverChoice';
  if (name.toLowerCase() === 'cql.allrecords' && relation === '=' && text === '1') return { op: 'all' };
  const field = fieldOf(name, scope);
  // A caret ties a term to the beginning or end of a field.
  if (!field || /^\^|(?<!\\)\^$/u.test(text)) return undefined;
  const marks = clause.modifiers.map((modifier) =>
    modifier.comparison === undefined ? modifier.name.toLowerCase() : '',
  );
  if (field.kind === 'class') return classMeaning(field, relation, text, marks);
  const isExact = marks.length === 1 && marks[0] === 'exact' && (field.kind === 'text' || field.kind === 'name');
  if (marks.length > 0 && !isExact) return undefined;
  if (field.kind === 'date') return dateMeaning(field, relation, unescaped(text));
  const shape = { quoted: clause.quoted || clause.words.length > 1, exact: isExact };
  return valueMeaning(field, relation, text, shape);
}

function dateMeaning(field: FieldDefinition, relation: string, text: string): QueryNode | undefined {
  if (text.length > 40) return undefined;
  const [from, to, ...more] = text.trim().split(/\s+/u).map(datePart);
  if (!from || more.length > 0) return undefined;
  const isPair = relation === 'within';
  if (isPair !== (to !== undefined)) return undefined;
  const range = isPair ? { from, to } : comparedDate(relation, from);
  const clause = range && rangeClause(field.name, range, text);
  return clause && 'node' in clause ? clause.node : undefined;
}

/** `=/below` asks for what is under a symbol too, `=/alone` for the symbol only; without them the level decides. */
function classMeaning(
  field: FieldDefinition,
  relation: string,
  text: string,
  marks: readonly string[],
): QueryNode | undefined {
  const [mark, ...more] = marks;
  if (relation !== '=' || more.length > 0 || (mark !== undefined && mark !== 'below' && mark !== 'alone'))
    return undefined;
  const clause = leafOf(field, mark === 'below' ? `${text}+` : text, {
    quoted: true,
    exact: mark === 'alone',
    signs: CQL_SIGNS,
  });
  return 'node' in clause ? clause.node : undefined;
}

function valueMeaning(
  field: FieldDefinition,
  relation: string,
  text: string,
  shape: { quoted: boolean; exact: boolean },
): QueryNode | undefined {
  const isText = field.kind === 'text' || field.kind === 'name';
  if (relation === 'any' || relation === 'all') {
    const words = text.trim().split(/\s+/u);
    const nodes = words.flatMap((word) => valueMeaning(field, '=', word, { ...shape, quoted: false }) ?? []);
    return nodes.length === words.length ? group(relation === 'any' ? 'or' : 'and', nodes) : undefined;
  }
  if (relation !== '=' && !(relation === 'adj' && isText)) return undefined;
  if (field.kind === 'number' && !/[*?]/u.test(text) && !readNumber(text).valid) return undefined;
  if (!hasSomethingToFind(text)) return undefined;
  const clause = leafOf(field, text, { ...shape, signs: CQL_SIGNS });
  return 'node' in clause ? clause.node : undefined;
}

const UNITS: Readonly<Record<string, Nearness['unit']>> = {
  word: 'word',
  sentence: 'sentence',
  paragraph: 'paragraph',
};

/** What the modifiers of `prox` ask for; undefined when one of them is not understood. */
function nearnessOf({ modifiers }: CqlLink): Nearness | undefined {
  let unit: Nearness['unit'] = 'word';
  let range: Pick<Nearness, 'least' | 'most'> | undefined;
  let ordered = false;
  for (const { name, comparison, value = '' } of modifiers) {
    const key = name.toLowerCase();
    const known = comparison === '=' ? UNITS[value.toLowerCase()] : undefined;
    if (key === 'unit' && known) unit = known;
    else if (key === 'distance' && comparison && /^\d{1,6}$/.test(value)) range = distances(comparison, Number(value));
    else if (comparison === undefined && (key === 'ordered' || key === 'unordered')) ordered = key === 'ordered';
    else return undefined;
    if (key === 'distance' && !range) return undefined;
  }
  return { unit, ...(range ?? { most: unit === 'word' ? 1 : 0 }), ordered };
}

function linked(left: QueryNode, link: CqlLink, right: QueryNode): QueryNode {
  const { operator } = link;
  const nearness = operator === 'prox' ? nearnessOf(link) : undefined;
  if (nearness) return proximity([left, right], nearness);
  const joint = operator === 'not' ? without(left, right) : joined(operator === 'or' ? 'or' : 'and', left, right);
  if (operator !== 'prox' && link.modifiers.length === 0) return joint;
  const marks = operator === 'prox' ? [{ name: 'prox' }, ...link.modifiers] : [...link.modifiers];
  return { op: 'modified', modifiers: marks, clause: joint };
}

function lower(tree: CqlTree, outer: Scope): QueryNode {
  const scope = within(outer, tree.prefixes);
  if (tree.type === 'group') return lower(tree.tree, scope);
  if (tree.type === 'clause') return meaning(tree, scope) ?? asWritten(tree);
  return tree.rest.reduce((left, link) => linked(left, link, lower(link.tree, scope)), lower(tree.first, scope));
}

/** The neutral tree a query means; clauses on indexes and relations the corpus does not have stay as `index`. */
export function lowerCql({ tree, keys }: CqlQuery): QueryNode {
  const clause = lower(tree, { prefixes: [] });
  if (keys.length === 0) return clause;
  const sorted = keys.map(({ index, modifiers }) =>
    modifiers.length > 0 ? { index, modifiers: [...modifiers] } : { index },
  );
  return { op: 'sorted', keys: sorted, clause };
}
