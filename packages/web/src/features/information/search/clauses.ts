import type { QueryNode } from '@quanlian/contract';
import type { Filter } from './state.js';

interface ClauseHits {
  clause: string;
  hits: number;
}

/** The tree the server answers: the query, and one clause for each facet that filters. */
function answeredTree(ast: QueryNode, filters: readonly Filter[]): QueryNode {
  const byName = new Map<string, QueryNode[]>();
  for (const { name, value } of filters) {
    byName.set(name, [...(byName.get(name) ?? []), { op: 'value', field: name, value }]);
  }
  const clauses = [...byName.values()].map((values): QueryNode => {
    const [only] = values;
    return { op: 'filter', clause: only !== undefined && values.length === 1 ? only : { op: 'or', clauses: values } };
  });
  return clauses.length === 0 ? ast : { op: 'and', clauses: [ast, ...clauses] };
}

function childrenOf(node: QueryNode): QueryNode[] {
  switch (node.op) {
    case 'and':
    case 'or':
    case 'xor':
      return node.clauses;
    case 'not':
    case 'filter':
    case 'boost':
      return [node.clause];
    default:
      return [];
  }
}

const size = (node: QueryNode): number => childrenOf(node).reduce((sum, child) => sum + size(child), 1);

/** Places, in the order of a walk from the top, of the parts that must all hold. */
function requiredPlaces(node: QueryNode, at: number): number[] {
  if (node.op !== 'and' && node.op !== 'filter' && node.op !== 'boost') return [at];
  let next = at + 1;
  return childrenOf(node).flatMap((child) => {
    const places = requiredPlaces(child, next);
    next += size(child);
    return places;
  });
}

/**
 * The clauses a reader can act on. The server counts every node of the tree, parents first; only the parts that must
 * all hold can empty a result, while an alternative without hits or the inside of a negation cannot. When the counts
 * do not fit the tree, all are returned.
 */
export function requiredClauses(
  counted: readonly ClauseHits[],
  ast: QueryNode,
  filters: readonly Filter[],
): readonly ClauseHits[] {
  const tree = answeredTree(ast, filters);
  if (counted.length !== size(tree)) return counted;
  return requiredPlaces(tree, 0).flatMap((place) => counted[place] ?? []);
}
