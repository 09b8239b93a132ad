import type { QueryError, QueryNode } from '@quanlian/contract';

/** A stretch of the input in UTF-16 units. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What a parser makes of a text: a tree, or what was wrong. */
export interface ReadQuery {
  readonly ast: QueryNode | null;
  readonly errors: QueryError[];
}

/** Ends reading at the first fault of structure; faults of single values are collected instead. */
export class Unreadable extends Error {
  constructor(readonly error: QueryError) {
    super(error.message);
  }
}

/** Brackets may be nested this deep. */
export const DEEPEST_BRACKETS = 100;
/** A tree may be this deep after reading; operators of one rank in turn nest without brackets. */
const DEEPEST_TREE = 250;

/** Stops reading with an error at this place. */
export function fail(code: string, message: string, { from, to }: Span): never {
  throw new Unreadable({ code, message, from, to });
}

/** Pieces a query may have, far more than any backend answers. */
const MOST_TOKENS = 10_000;

/** Refuses a text of more pieces than a query has. */
export function checkLength(tokens: readonly Span[]): void {
  const first = tokens[MOST_TOKENS];
  if (!first) return;
  fail('query.too_long', `The query has more than ${MOST_TOKENS} words and signs; split it.`, first);
}

/** Wrong values that are listed; a text with more is no query. */
const MOST_FAULTS = 100;

/** Notes a wrong value and goes on with a clause that finds nothing in its place; stops when there are too many. */
export function report(
  errors: QueryError[],
  fault: { readonly code: string; readonly message: string },
  place: Span,
): QueryNode {
  const error = { code: fault.code, message: fault.message, from: place.from, to: place.to };
  if (errors.length >= MOST_FAULTS) throw new Unreadable(error);
  errors.push(error);
  return { op: 'none' };
}

function childrenOf(node: QueryNode): readonly QueryNode[] {
  if ('clauses' in node) return node.clauses;
  return 'clause' in node ? [node.clause] : [];
}

/** True when a tree is deeper than whoever walks it must be able to go. Walks without recursion. */
function isTooDeep(root: QueryNode): boolean {
  let level: readonly QueryNode[] = [root];
  for (let depth = 0; depth <= DEEPEST_TREE; depth++) {
    level = level.flatMap(childrenOf);
    if (level.length === 0) return false;
  }
  return true;
}

/**
 * Runs a parser: what it throws as `Unreadable` and what it collected in `errors` becomes the answer.
 * `whole` is the stretch named when the tree as a whole is at fault.
 */
export function guarded<Tree extends QueryNode>(errors: QueryError[], whole: Span, read: () => Tree): ReadQuery {
  try {
    const ast = read();
    if (isTooDeep(ast)) {
      const message = `Operators alternate more than ${DEEPEST_TREE} times; group the query with brackets or split it.`;
      errors.push({ code: 'query.too_deep', message, from: whole.from, to: whole.to });
    }
    return errors.length > 0 ? { ast: null, errors } : { ast, errors };
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error;
    return { ast: null, errors: [...errors, error.error] };
  }
}
