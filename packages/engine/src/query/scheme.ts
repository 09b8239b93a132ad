import type { QueryNode } from '@quanlian/contract';
import type { ClassScheme } from '../backend.js';

/** The query with every class "and below" carrying the symbols that the scheme has below it. */
export function expandClasses(query: QueryNode, scheme: ClassScheme | undefined): QueryNode {
  if (scheme === undefined) return query;
  const expand = (node: QueryNode): QueryNode => {
    // One that carries its symbols was expanded before, by a version that was asked for.
    if (node.op === 'class' && node.below && node.symbols === undefined) {
      const symbols = scheme.below(node.field, node.symbol);
      return symbols === undefined ? node : { ...node, symbols: [...symbols] };
    }
    if ('clauses' in node) return { ...node, clauses: node.clauses.map(expand) } as QueryNode;
    return 'clause' in node ? ({ ...node, clause: expand(node.clause) } as QueryNode) : node;
  };
  return expand(query);
}
