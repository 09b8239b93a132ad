import type { QueryNode } from '@quanlian/contract';
import { EQUALS, endsWord, hasSomethingToFind, MINUS, operatorOf, STAR } from './characters.js';
import { fieldPrefix } from './tokens.js';

/** True when a text, written bare, is read back as this one word. */
export function isBareWord(text: string): boolean {
  const first = text.charAt(0);
  if (first === '' || /[@/:：]/u.test(first) || MINUS.test(first) || EQUALS.test(first)) return false;
  if (/[,;]$/u.test(text) || STAR.test(text)) return false;
  if ([...text].some(endsWord) || !hasSomethingToFind(text)) return false;
  return operatorOf(text) === undefined && fieldPrefix(text) === undefined;
}

function joined(op: 'and' | 'or', clauses: readonly QueryNode[]): QueryNode {
  const neutral = op === 'and' ? 'all' : 'none';
  const absorbing = op === 'and' ? 'none' : 'all';
  const flat = clauses
    .map(normalizeQuery)
    .flatMap((clause) => (clause.op === op ? clause.clauses : [clause]))
    .filter((clause) => clause.op !== neutral);
  if (flat.some((clause) => clause.op === absorbing)) return { op: absorbing };
  const [first] = flat;
  if (!first) return { op: neutral };
  return flat.length === 1 ? first : { op, clauses: flat };
}

function negated(clause: QueryNode): QueryNode {
  const inner = normalizeQuery(clause);
  if (inner.op === 'not') return inner.clause;
  if (inner.op === 'all') return { op: 'none' };
  if (inner.op === 'none') return { op: 'all' };
  return { op: 'not', clause: inner };
}

function plainText(node: Extract<QueryNode, { op: 'term' | 'phrase' }>): QueryNode {
  const op = node.op === 'term' && isBareWord(node.text) ? 'term' : 'phrase';
  return { op, field: node.field, text: node.text, ...(node.exact ? { exact: true } : {}) };
}

/**
 * The normal form of a query: nested `and`s and `or`s flattened, groups of one opened, double negation and
 * neutral clauses gone, and a term that is no single bare word said as the phrase it means. Two queries with one
 * normal form have the same hits.
 */
export function normalizeQuery(node: QueryNode): QueryNode {
  switch (node.op) {
    case 'and':
    case 'or':
      return joined(node.op, node.clauses);
    case 'not':
      return negated(node.clause);
    case 'filter':
      return { op: 'filter', clause: normalizeQuery(node.clause) };
    case 'boost':
      return { op: 'boost', clause: normalizeQuery(node.clause), factor: node.factor };
    case 'term':
    case 'phrase':
      return plainText(node);
    case 'near':
      return {
        op: 'near',
        field: node.field,
        texts: node.texts,
        distance: node.distance,
        ...(node.ordered ? { ordered: true } : {}),
      };
    case 'range':
      return {
        op: 'range',
        field: node.field,
        ...(node.from ? { from: node.from } : {}),
        ...(node.to ? { to: node.to } : {}),
      };
    default:
      return node;
  }
}
