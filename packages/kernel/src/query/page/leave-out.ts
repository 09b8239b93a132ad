import type { QueryNode, Syntax } from '@quanlian/contract';
import { printQuery } from '../simple/print.js';
import { translateQuery } from '../translate.js';

/** A query in another language without the parts that have no writing there. */
export interface PartialTranslation {
  readonly text: string;
  /** Each part left out, in the simple language. Empty when the whole query was written. */
  readonly lost: readonly string[];
}

/**
 * Writes a query in a language and leaves out what it cannot say: a clause of an `and`, an alternative, a part of a
 * nearness. What is left finds something else than the whole, so `lost` must be shown. An empty text means that
 * nothing could be written.
 */
export function translateWhatCanBe(ast: QueryNode, syntax: Syntax): PartialTranslation {
  const lost: string[] = [];

  /** A negation may have a writing beside what is wanted but none by itself. */
  const isShutOut = (outer: QueryNode, clause: QueryNode): boolean =>
    outer.op === 'and' && clause.op === 'not' && 'text' in translateQuery(clause.clause, syntax);

  function kept(node: QueryNode): QueryNode | undefined {
    if ('text' in translateQuery(node, syntax)) return node;
    if (node.op === 'and' || node.op === 'or' || node.op === 'xor') {
      const before = lost.length;
      const clauses = node.clauses.flatMap((clause) => (isShutOut(node, clause) ? clause : (kept(clause) ?? [])));
      const smaller: QueryNode = { op: node.op, clauses };
      if (clauses.length > 0 && 'text' in translateQuery(smaller, syntax)) return smaller;
      lost.length = before;
    } else if (node.op === 'sorted' || node.op === 'modified' || node.op === 'filter' || node.op === 'boost') {
      const inner = kept(node.clause);
      if (inner !== undefined) {
        lost.push(markOf(node));
        return inner;
      }
      return undefined;
    }
    lost.push(printQuery(node));
    return undefined;
  }

  const rest = kept(ast);
  const translation = rest === undefined ? undefined : translateQuery(rest, syntax);
  return { text: translation && 'text' in translation ? translation.text : '', lost };
}

function markOf(node: Extract<QueryNode, { op: 'sorted' | 'modified' | 'filter' | 'boost' }>): string {
  switch (node.op) {
    case 'sorted':
      return `sortBy ${node.keys.map(({ index }) => index).join(' ')}`;
    case 'modified':
      return node.modifiers.map(({ name }) => `/${name}`).join('');
    case 'boost':
      return `@boost/${node.factor}(…)`;
    default:
      return '@filter(…)';
  }
}
