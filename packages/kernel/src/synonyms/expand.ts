import { findField, type QueryNode, type SynonymSet } from '@quanlian/contract';
import { synonymKey } from './read.js';

/** The other terms that each term stands for, by the form in which texts are compared. */
export type SynonymIndex = ReadonlyMap<string, readonly string[]>;

/** Puts sets of synonyms together. A term of several groups has the terms of all, but they are not followed further. */
export function indexSynonyms(sets: readonly SynonymSet[]): SynonymIndex {
  const index = new Map<string, Map<string, string>>();
  const add = (from: string, others: readonly string[]): void => {
    const key = synonymKey(from);
    const known = index.get(key) ?? new Map<string, string>();
    for (const other of others) {
      const otherKey = synonymKey(other);
      if (otherKey !== key && otherKey !== '' && !known.has(otherKey)) known.set(otherKey, other);
    }
    index.set(key, known);
  };
  for (const { terms, oneWay } of sets.flatMap(({ groups }) => groups)) {
    const heads = oneWay ? terms.slice(0, 1) : terms;
    for (const head of heads) add(head, terms);
  }
  return new Map([...index].map(([key, others]) => [key, [...others.values()]]));
}

type TextNode = Extract<QueryNode, { op: 'term' | 'phrase' }>;

function widened(node: TextNode, index: SynonymIndex): QueryNode {
  const kind = findField(node.field)?.kind;
  if (node.exact || (kind !== 'text' && kind !== 'name')) return node;
  const others = index.get(synonymKey(node.text));
  if (others === undefined || others.length === 0) return node;
  const { field, fields } = node;
  const clauses = others.map(
    (text): QueryNode => ({ op: 'phrase', field, text, synonymOf: node.text, ...(fields ? { fields } : {}) }),
  );
  return { op: 'or', clauses: [node, ...clauses] };
}

/**
 * The query with every word and phrase widened to its synonyms, each marked with the text it stands for. What asks
 * for the very characters stays, and so do prefixes, patterns and the texts of a `near`.
 */
export function expandSynonyms(query: QueryNode, index: SynonymIndex): QueryNode {
  switch (query.op) {
    case 'term':
    case 'phrase':
      return widened(query, index);
    case 'and':
    case 'or':
    case 'xor':
    case 'proximity':
      return { ...query, clauses: query.clauses.map((clause) => expandSynonyms(clause, index)) };
    case 'not':
    case 'filter':
    case 'boost':
    case 'modified':
    case 'sorted':
      return { ...query, clause: expandSynonyms(query.clause, index) };
    default:
      return query;
  }
}
