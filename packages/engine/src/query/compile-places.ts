import { QuanlianError, type QueryNode } from '@quanlian/contract';
import { analysePattern, analyseQuery } from '@quanlian/kernel';
import { POSITION_GAP } from '../segment/builder.js';
import { invalid, type NodeOf, resolveField, wordFields } from './fields.js';
import type { ChainRule, Leaf, SpanNode } from './plan.js';
import { maskOf } from './spans.js';

/** Texts of one `near` in any order; the work doubles with each. */
const MOST_UNORDERED = 8;
const MOST_ORDERED = 30;

/** Refuses a `near` of an impossible distance or of too many texts. */
function checkNear({ texts, distance, ordered = false }: NodeOf<'near'>): void {
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
}

export function nearLeaf(node: NodeOf<'near'>): Leaf {
  checkNear(node);
  const { field, texts, distance, ordered = false } = node;
  const { name } = resolveField(field);
  return { kind: 'near', ...wordFields(name), queries: texts.map((text) => analyseQuery(text)), distance, ordered };
}

export function spansOfPattern({ field, parts }: NodeOf<'pattern'>): SpanNode {
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

/** What stands in a text as a leaf that is scored over the field it was asked of. */
export function spanLeaf(node: SpanNode, field: string): Leaf {
  const { column } = wordFields(field);
  if (node.kind === 'text') return { ...node, column, synonymOf: undefined };
  if (node.kind === 'chain') return { kind: 'chain', mask: maskOf(node), column, node };
  throw new QuanlianError('query.unsupported', 'An alternative alone has no place in a text.');
}

/** The field that all texts of a proximity are asked of; `text` when they differ. */
export function fieldOfSpans(node: QueryNode): string {
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
  if (node.op === 'near') return node.fields ? { kind: 'or', nodes: byField(node).map(spansOf) } : chainOfNear(node);
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

function chainOfNear(node: NodeOf<'near'>): Extract<SpanNode, { kind: 'chain' }> {
  checkNear(node);
  const { field, texts, distance, ordered = false } = node;
  const { mask } = wordFields(resolveField(field).name);
  const nodes = texts.map((text): SpanNode => ({ kind: 'text', mask, query: analyseQuery(text), exact: false }));
  return { kind: 'chain', rule: { unit: 'word', least: 1, most: distance, ordered }, nodes };
}

export function chainOf({
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

/** A node whose text may be asked of several fields. */
export type ListedNode = NodeOf<'term' | 'phrase' | 'prefix' | 'near'>;

/** The same text asked of one field at a time: that of the node and those of its list, each once. */
export function byField({ fields = [], ...node }: ListedNode): QueryNode[] {
  const names = new Set([node.field, ...fields].map((field) => resolveField(field).name));
  return [...names].map((field) => ({ ...node, field }));
}
