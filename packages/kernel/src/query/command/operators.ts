import type { ProximityUnit, QueryNode } from '@quanlian/contract';
import { joined, proximity, without } from '../shared/build.js';
import type { Span } from '../shared/fault.js';
import type { Infix } from '../shared/infix.js';

/**
 * The ranks of US examiner search, from the sheet of its predecessors: brackets first, then ADJ and NEAR, WITH,
 * SAME, AND and NOT, XOR, and OR last. Operators of one rank read from the left.
 */
const RANKS = { or: 0, xor: 1, and: 2, same: 3, with: 4, near: 5 } as const;

const NEARNESS = /^(ADJ|OADJ|NEAR|ONEAR|WITH|SAME)(\d{1,3})?$/;

interface Near {
  readonly rank: number;
  readonly unit: ProximityUnit;
  readonly most: number;
  readonly ordered: boolean;
}

function nearOf(word: string): Near | undefined {
  const match = NEARNESS.exec(word.toUpperCase());
  const name = match?.[1];
  if (!name) return undefined;
  const count = match[2] === undefined ? undefined : Number(match[2]);
  if (name === 'WITH') return { rank: RANKS.with, unit: 'sentence', most: count ?? 0, ordered: false };
  if (name === 'SAME') return { rank: RANKS.same, unit: 'paragraph', most: count ?? 0, ordered: false };
  return { rank: RANKS.near, unit: 'word', most: Math.max(1, count ?? 1), ordered: name !== 'NEAR' };
}

const near =
  (asked: Near) =>
  (left: QueryNode, right: QueryNode): QueryNode =>
    proximity([left, right], asked);

/** The first without those places where it is near the second (`x NOT WITH y`). */
const notNear =
  (asked: Near) =>
  (left: QueryNode, right: QueryNode): QueryNode => ({
    op: 'and',
    clauses: [left, { op: 'not', clause: proximity([left, right], asked) }],
  });

/** An operator apart from its place. */
export type CommandOperator = Omit<Infix, keyof Span>;

/** The operator that a word, with the one behind it, writes; undefined for a word to be searched for. */
export function operatorOf(word: string, next: string | undefined): CommandOperator | undefined {
  const asked = nearOf(word);
  if (asked) return { rank: asked.rank, join: near(asked), words: 1 };
  switch (word.toUpperCase()) {
    case 'AND':
      return { rank: RANKS.and, join: (left, right) => joined('and', left, right), words: 1 };
    case 'OR':
      return { rank: RANKS.or, join: (left, right) => joined('or', left, right), words: 1 };
    case 'XOR':
      return { rank: RANKS.xor, join: (left, right) => joined('xor', left, right), words: 1 };
    case 'NOT': {
      const excluded = next === undefined ? undefined : nearOf(next);
      if (excluded) return { rank: RANKS.and, join: notNear(excluded), words: 2 };
      return { rank: RANKS.and, join: without, words: 1 };
    }
    default:
      return undefined;
  }
}
