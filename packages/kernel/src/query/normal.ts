import type { QueryNode } from '@quanlian/contract';
import { asNear } from './shared/build.js';
import { mergedParts, patternNode } from './shared/wildcards.js';
import { EQUALS, endsWord, hasSomethingToFind, MINUS, operatorOf, STAR } from './simple/characters.js';
import { fieldPrefix } from './simple/tokens.js';

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

type Proximity = Extract<QueryNode, { op: 'proximity' }>;

/**
 * The links of a chain: words in order with one distance between neighbours, and texts that share one sentence or
 * paragraph, stand side by side however they were grouped.
 */
function links({ unit, least, most, ordered }: Proximity, clause: QueryNode): readonly QueryNode[] {
  const isChain = ordered === true || (unit !== 'word' && most === 0 && least === undefined);
  if (!isChain) return [clause];
  if (clause.op === 'proximity') {
    const same = clause.unit === unit && clause.least === least && clause.most === most;
    return same && (clause.ordered ?? false) === (ordered ?? false) ? clause.clauses : [clause];
  }
  if (clause.op !== 'near' || !clause.ordered || unit !== 'word' || (least ?? 1) > 1) return [clause];
  if (clause.distance !== most) return [clause];
  return clause.texts.map((text) => plainText({ op: 'term', field: clause.field, text }));
}

function nearby(node: Proximity): QueryNode {
  const { unit, most, ordered } = node;
  // Words cannot be nearer than neighbours.
  const least = unit === 'word' && (node.least ?? 0) <= 1 ? undefined : node.least;
  const asked: Proximity = {
    op: 'proximity',
    unit,
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(ordered ? { ordered } : {}),
    clauses: [],
  };
  const [first, ...others] = node.clauses.flatMap((clause) => links(asked, normalizeQuery(clause)));
  if (!first) return { op: 'none' };
  if (others.length === 0) return first;
  const normal = { ...asked, clauses: [first, ...others] };
  return asNear(normal) ?? normal;
}

/** One or the other: nested ones run together, what never holds is left out, and one clause alone stays itself. */
function exclusive(clauses: readonly QueryNode[]): QueryNode {
  const [first, ...others] = clauses
    .map(normalizeQuery)
    .flatMap((clause) => (clause.op === 'xor' ? clause.clauses : [clause]))
    .filter((clause) => clause.op !== 'none');
  if (!first) return { op: 'none' };
  return others.length === 0 ? first : { op: 'xor', clauses: [first, ...others] };
}

function plainPattern({ field, parts }: Extract<QueryNode, { op: 'pattern' }>): QueryNode {
  const node = patternNode(field, mergedParts(parts));
  return node.op === 'term' ? plainText(node) : node;
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
    case 'xor':
      return exclusive(node.clauses);
    case 'proximity':
      return nearby(node);
    case 'pattern':
      return plainPattern(node);
    case 'modified':
    case 'sorted':
      return { ...node, clause: normalizeQuery(node.clause) };
    default:
      return node;
  }
}
