import { QuanlianError, type QueryModifier, type QueryNode, type Sort } from '@quanlian/contract';
import { parseCql12 } from '../cql12/parse.js';

/** A query as a backend can answer it, and the order it asks for, when it asks for one. */
export interface AnswerableQuery {
  readonly ast: QueryNode;
  readonly sort?: Sort | undefined;
}

const refusal = (sentence: string): QuanlianError => new QuanlianError('query.unsupported', sentence, { path: 'q' });

/** Modifiers that do not change what a clause finds: how it is scored, and what matching does anyhow. */
const HARMLESS = /^(?:(?:rel|relevance)\..+|relevant|ignorecase|ignoreaccents|masked)$/iu;

const DATE_KEYS = new Set(['date', 'pd', 'publicationdate', 'dc.date', 'year']);
const SCORE_KEYS = new Set(['relevance', 'score', 'rel', 'cql.score']);

const bare = (name: string): string => name.toLowerCase().replace(/^(?:sort|cql)\./u, '');

/** The order that the keys of a sort clause mean. */
function sortOf(keys: Extract<QueryNode, { op: 'sorted' }>['keys']): Sort | undefined {
  const [key, ...others] = keys;
  if (!key) return undefined;
  const [more] = others;
  if (more) throw refusal(`Only one sort key is taken; “${more.index}” is one too many.`);
  const directions = (key.modifiers ?? []).map(({ name }) => bare(name));
  const unknown = directions.find((name) => !/^(?:ascending|descending|ignorecase)$/u.test(name));
  if (unknown !== undefined)
    throw refusal(`The sort modifier “/${unknown}” is not taken; use ascending or descending.`);
  const index = key.index.toLowerCase();
  if (SCORE_KEYS.has(index)) return 'relevance';
  if (DATE_KEYS.has(index)) return directions.includes('descending') ? 'newest' : 'oldest';
  throw refusal(`Results are sorted by date or relevance, not by “${key.index}”.`);
}

function checkModifiers(modifiers: readonly QueryModifier[]): void {
  const changing = modifiers.find(({ name }) => !HARMLESS.test(name));
  if (changing) throw refusal(`The modifier “/${changing.name}” is not answered here; leave it out.`);
}

/** What a clause with modifiers that only weigh means without them. Throws for an index that has no answer. */
function plainClause(node: Extract<QueryNode, { op: 'index' }>): QueryNode {
  const { index, relation, modifiers = [], text } = node;
  if (modifiers.length > 0) {
    checkModifiers(modifiers);
    const { ast } = parseCql12(`${index} ${relation} "${text}"`);
    if (ast !== null && ast.op !== 'index') return ast;
  }
  throw refusal(
    `The corpus has nothing to answer the index “${index}” with “${relation}” from; leave it out or take another field.`,
  );
}

/**
 * Takes out of a query what says something beyond its hits: sort clauses at the top become an order, modifiers that
 * only weigh are dropped. Throws `query.unsupported` naming the index, modifier or sort key that cannot be answered.
 */
export function makeAnswerable(root: QueryNode): AnswerableQuery {
  function strip(node: QueryNode): QueryNode {
    switch (node.op) {
      case 'sorted':
        throw refusal('A sort order stands at the end of the whole query, not inside it.');
      case 'modified':
        checkModifiers(node.modifiers);
        return strip(node.clause);
      case 'index':
        return plainClause(node);
      case 'set':
        throw refusal(`The set ${node.name} is one of a history; send the history with the query.`);
      default:
        if ('clauses' in node) return { ...node, clauses: node.clauses.map(strip) };
        return 'clause' in node ? { ...node, clause: strip(node.clause) } : node;
    }
  }

  let inner = root;
  let sort: Sort | undefined;
  while (inner.op === 'sorted') {
    sort ??= sortOf(inner.keys);
    inner = inner.clause;
  }
  return { ast: strip(inner), ...(sort === undefined ? {} : { sort }) };
}
