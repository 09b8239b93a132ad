import type { ExplainedClause, QueryNode, Syntax } from '@quanlian/contract';
import { findField } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { printQuery, translateQuery } from '@quanlian/kernel';

/** A clause with its node, as it is shown. */
export interface PlacedClause {
  readonly node: QueryNode;
  readonly index: number;
  readonly parent: number | null;
  readonly role: ExplainedClause['role'];
}

/** The parts of a node that the engine counts by themselves. */
function childrenOf(node: QueryNode): readonly QueryNode[] {
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

/** The nodes the engine counts for one: a text in a list of fields is counted for each of them too. */
function countedSize(node: QueryNode): number {
  const listed = 'fields' in node && node.fields ? [node.field, ...node.fields] : [];
  const fields = new Set(listed.map((name) => findField(name)?.name ?? name));
  return childrenOf(node).reduce((sum, child) => sum + countedSize(child), 1 + fields.size);
}

function roleOf(parent: PlacedClause | undefined): ExplainedClause['role'] {
  if (parent === undefined) return 'required';
  if (parent.role === 'excluded' || parent.node.op === 'not') return 'excluded';
  if (parent.node.op === 'or' || parent.node.op === 'xor') return 'alternative';
  return parent.role;
}

/** Every clause of a query, parents first. */
export function placeClauses(root: QueryNode): PlacedClause[] {
  const placed: PlacedClause[] = [];
  const walk = (node: QueryNode, parent: PlacedClause | undefined): void => {
    const clause = { node, index: placed.length, parent: parent?.index ?? null, role: roleOf(parent) };
    placed.push(clause);
    for (const child of childrenOf(node)) walk(child, clause);
  };
  walk(root, undefined);
  return placed;
}

/** The clauses that must all hold, from the top: those of nested `and`s and what filters. */
export function requiredClauses(clauses: readonly PlacedClause[]): PlacedClause[] {
  return clauses.filter(
    ({ node, role }) => role === 'required' && node.op !== 'and' && node.op !== 'filter' && node.op !== 'boost',
  );
}

/** The clause in its language, else in the simple one, which writes everything. */
export function clauseText(node: QueryNode, syntax: Syntax): string {
  const translation = translateQuery(node, syntax);
  return 'text' in translation ? translation.text : printQuery(node);
}

/** The engine takes 4096 nodes; some are left for the `or` around them. */
const NODES_AT_ONCE = 3000;

function* batches(nodes: readonly QueryNode[]): Generator<readonly QueryNode[]> {
  let batch: QueryNode[] = [];
  let size = 0;
  for (const node of nodes) {
    const more = countedSize(node);
    if (batch.length > 0 && size + more > NODES_AT_ONCE) {
      yield batch;
      batch = [];
      size = 0;
    }
    batch.push(node);
    size += more;
  }
  if (batch.length > 0) yield batch;
}

/** The hits of each of several queries, counted together in one pass where they fit. */
export async function countEach(backend: SearchBackend, nodes: readonly QueryNode[]): Promise<number[]> {
  const counts: number[] = [];
  for (const batch of batches(nodes)) {
    const query: QueryNode = { op: 'or', clauses: [...batch] };
    const { clauses } = await backend.search({ query, sort: 'newest', limit: 0, explain: true });
    let at = 1;
    for (const node of batch) {
      counts.push(clauses[at]?.hits ?? 0);
      at += countedSize(node);
    }
  }
  return counts;
}
