import { findField, type ProximityUnit, type QueryNode } from '@quanlian/contract';

type Joint = 'and' | 'or' | 'xor';

/** Joins two trees; a left side of the same operator that was just built takes the right one in, so long chains stay flat. */
export function joined(op: Joint, left: QueryNode, right: QueryNode): QueryNode {
  if (left.op !== op) return { op, clauses: [left, right] };
  left.clauses.push(right);
  return left;
}

/** What the left side has and the right side has not. */
export function without(left: QueryNode, right: QueryNode): QueryNode {
  return joined('and', left, { op: 'not', clause: right });
}

/** All of the nodes; one alone stays itself. */
export function group(op: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode {
  const [first] = nodes;
  return first && nodes.length === 1 ? first : { op, clauses: [...nodes] };
}

export interface Nearness {
  readonly unit: ProximityUnit;
  readonly least?: number | undefined;
  readonly most?: number | undefined;
  readonly ordered?: boolean | undefined;
}

/** The distances that a comparison with a number allows. */
export function distances(comparison: string, n: number): Pick<Nearness, 'least' | 'most'> | undefined {
  switch (comparison) {
    case '<=':
      return { most: n };
    case '<':
      return { most: n - 1 };
    case '=':
    case '==':
      return { least: n, most: n };
    case '>':
      return { least: n + 1 };
    case '>=':
      return { least: n };
    default:
      return undefined;
  }
}

/** The leaves of a field list (`title:a OR abstract:a`) by field; undefined when the node is none. */
function byField(node: QueryNode): ReadonlyMap<string, QueryNode> | undefined {
  const leaves = node.op === 'or' ? node.clauses : [node];
  const fields = new Map<string, QueryNode>();
  for (const leaf of leaves) {
    if (!('field' in leaf) || fields.has(leaf.field)) return undefined;
    fields.set(leaf.field, leaf);
  }
  return fields;
}

/**
 * Clauses near each other. Two things can be near only in one field, so field lists are met field by field, which
 * is what an index can look up.
 */
export function proximity(clauses: readonly QueryNode[], nearness: Nearness): QueryNode {
  const { unit, least, most, ordered } = nearness;
  const lists = clauses.map(byField);
  const [first] = lists;
  const at = (nodes: QueryNode[]): QueryNode => ({
    op: 'proximity',
    unit,
    ...(least === undefined ? {} : { least }),
    ...(most === undefined ? {} : { most }),
    ...(ordered ? { ordered } : {}),
    clauses: nodes,
  });
  if (!first || first.size < 2 || lists.some((list) => list === undefined)) return at([...clauses]);
  const shared = [...first.keys()].filter((field) => lists.every((list) => list?.has(field)));
  if (shared.length === 0) return at([...clauses]);
  return group(
    'or',
    shared.map((field) => at(lists.flatMap((list) => list?.get(field) ?? []))),
  );
}

/**
 * The `near` that a proximity of words means when its sides are texts of one field; undefined otherwise. More than
 * two texts chain only when they are in order.
 */
export function asNear(node: Extract<QueryNode, { op: 'proximity' }>): QueryNode | undefined {
  const { unit, least = 1, most, ordered, clauses } = node;
  if (unit !== 'word' || least > 1 || most === undefined || most < 1 || clauses.length < 2) return undefined;
  const texts: string[] = [];
  let field: string | undefined;
  for (const clause of clauses) {
    if ((clause.op !== 'term' && clause.op !== 'phrase') || clause.exact) return undefined;
    if (field !== undefined && field !== clause.field) return undefined;
    field = clause.field;
    texts.push(clause.text);
  }
  const kind = findField(field ?? '')?.kind;
  if (field === undefined || (kind !== 'text' && kind !== 'name') || (texts.length > 2 && !ordered)) return undefined;
  return { op: 'near', field, texts, distance: most, ...(ordered ? { ordered } : {}) };
}
