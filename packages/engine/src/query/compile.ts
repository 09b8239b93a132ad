import { QuanlianError, type QueryNode } from '@quanlian/contract';
import { analyseQuery } from '@quanlian/kernel';
import { storable, symbolKey, valueKey } from '../content/document.js';
import {
  byField,
  chainOf,
  fieldOfSpans,
  type ListedNode,
  nearLeaf,
  spanLeaf,
  spansOfPattern,
} from './compile-places.js';
import {
  classLeaf,
  dayLeaf,
  idsLeaf,
  keyPattern,
  keyPrefixes,
  rangeLeaf,
  schemesOf,
  valueLeaf,
} from './compile-values.js';
import { invalid, type NodeOf, resolveField, wordFields } from './fields.js';
import { groupKeys, WITHOUT_IPC } from './groups.js';
import type { Leaf, Plan } from './plan.js';

/** Nodes one query may have; more is a sign of a machine gone wrong, and each costs a pass over the corpus. */
const MOST_NODES = 4096;

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

function patternLeaf(node: NodeOf<'pattern'>): Leaf {
  const { name, kind } = resolveField(node.field);
  if (kind === 'class') return keyPattern(schemesOf(name), node.parts, symbolKey);
  if (kind === 'number' && name !== 'family')
    return keyPattern([name], node.parts, (text) => text.toUpperCase().replace(/[^0-9A-Z]/g, ''));
  if (kind === 'keyword' && name !== 'status') return keyPattern([name], node.parts, storable);
  return spanLeaf(spansOfPattern(node), name);
}

/** An operator that is not answered, said so that a searcher knows which part of the query is meant. */
function named(node: QueryNode): string {
  if (node.op === 'index') return `the index “${node.index}” with relation “${node.relation}”`;
  if (node.op === 'set') return `the set ${node.name} of the history`;
  if (node.op === 'modified') return `the modifiers ${node.modifiers.map(({ name }) => `“/${name}”`).join(', ')}`;
  if (node.op === 'sorted') return `the order by ${node.keys.map(({ index }) => `“${index}”`).join(', ')} in the query`;
  return `the operator “${node.op}”`;
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

const isListed = (node: QueryNode): node is ListedNode => 'fields' in node && node.fields !== undefined;

/** The nodes of a tree that is compiled as one leaf. */
const sizeOf = (node: QueryNode): number =>
  'clauses' in node ? node.clauses.reduce((sum, clause) => sum + sizeOf(clause), 1) : 1;

/** Documents with one of the classes of the IPC; where a document has none of the IPC, of the CPC. */
function groupPlan(source: QueryNode, classes: readonly string[]): Plan {
  const leaf = (...keys: string[]): Plan => ({ source, kind: 'leaf', leaf: { kind: 'keys', keys, prefixes: [] } });
  const cpc: Plan = { source, kind: 'and', children: [leaf(...groupKeys('cpc', classes)), leaf(WITHOUT_IPC)] };
  return { source, kind: 'or', children: [leaf(...groupKeys('ipc', classes)), cpc] };
}

function compileNode(source: QueryNode, budget: { left: number }): Plan {
  budget.left -= source.op === 'proximity' ? sizeOf(source) : 1;
  if (budget.left < 0) {
    throw new QuanlianError('query.too_costly', `The query has more than ${MOST_NODES} parts; split it.`);
  }
  if (isListed(source)) {
    return { source, kind: 'or', children: byField(source).map((node) => compileNode(node, budget)) };
  }
  if (source.op === 'value' && source.classes) return groupPlan(source, source.classes);
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
