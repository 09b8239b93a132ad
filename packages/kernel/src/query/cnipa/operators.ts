import type { QueryNode } from '@quanlian/contract';
import { joined, type Nearness, proximity, without } from '../shared/build.js';
import type { Span } from '../shared/fault.js';
import type { Infix } from '../shared/infix.js';
import type { CnipaSettings } from './fields.js';

/** Nearness binds tightest, then AND and NOT, XOR, and OR last; equal ranks read from the left. */
const RANKS = { or: 0, xor: 1, and: 2, near: 3 } as const;

const NAMES: Readonly<Record<string, 'and' | 'or' | 'not' | 'xor'>> = {
  AND: 'and',
  与: 'and',
  且: 'and',
  OR: 'or',
  或: 'or',
  NOT: 'not',
  非: 'not',
  XOR: 'xor',
  异或: 'xor',
};

export type CnipaOperator = Omit<Infix, keyof Span>;

/** `3W`, `=3W`, `W`, `S`: a letter alone in capitals, so that a small one stays a word. */
function nearnessOf(word: string, { letters }: CnipaSettings): Nearness | undefined {
  const match = /^(=?)(?:(\d{1,3})([A-Za-z])|([A-Z]))$/.exec(word);
  const meaning = letters[(match?.[3] ?? match?.[4] ?? '').toUpperCase()];
  if (!match || !meaning || (match[1] && match[2] === undefined)) return undefined;
  if (meaning.unit !== 'word') {
    if (match[1] || match[2]) return undefined;
    return meaning.unit === 'field' ? meaning : { ...meaning, most: 0 };
  }
  const distance = Number(match[2] ?? 0) + 1;
  return match[1] ? { ...meaning, least: distance, most: distance } : { ...meaning, most: distance };
}

/** The name of the operator a word is; undefined for a word to be searched for. */
export const operatorName = (word: string): 'and' | 'or' | 'not' | 'xor' | undefined => NAMES[word.toUpperCase()];

/** The operator a word writes between two operands. */
export function operatorOf(word: string, settings: CnipaSettings): CnipaOperator | undefined {
  const nearness = nearnessOf(word, settings);
  if (nearness) return { rank: RANKS.near, words: 1, join: (left, right) => proximity([left, right], nearness) };
  const name = operatorName(word);
  if (name === undefined) return undefined;
  if (name === 'not') return { rank: RANKS.and, words: 1, join: without };
  return { rank: RANKS[name], words: 1, join: (left: QueryNode, right: QueryNode) => joined(name, left, right) };
}
