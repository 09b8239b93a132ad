import type { TermList } from '../segment/term-list.js';
import { addToBits } from '../segment/term-list.js';
import { type Bits, emptyBits, keepCommon } from '../storage/bits.js';
import type { PlaceWord } from './place-word.js';

/**
 * Phrases and nearness of plain words, looked for in the places themselves: nothing is made for a document. Whether
 * there is any occurrence is settled by the first one; how many there are is counted for documents that may be among
 * the best. What else there is (open words, written forms, longer texts, alternatives) goes by `phrase.ts`,
 * `near.ts` and `spans.ts`, which say what is right.
 */
export interface PlaceCounter {
  /** Documents, deleted ones too, that have all of the words. */
  readonly candidates: Bits;
  has(doc: number): boolean;
  /** Leaves in a set of candidates those with an occurrence, where that is quicker for all than one by one. */
  keep?(bits: Bits): void;
  count(doc: number): number;
  /** How often the words stand in a document; `count` is never more. */
  most(doc: number): number;
  /** The lists of the words, and whether an occurrence of any of them may be one more (else: of the rarest only). */
  readonly lists: readonly TermList[];
  readonly adds: boolean;
}

/** The documents that have all of the words. */
export function candidatesOf(docs: number, words: readonly PlaceWord[]): Bits {
  const bits = emptyBits(docs);
  const [first, ...others] = [...words].sort((a, b) => a.list.df - b.list.df);
  if (first) addToBits(first.list, bits);
  for (const { list } of others) {
    if (list.bits) keepCommon(bits, list.bits);
    else {
      const own = emptyBits(docs);
      addToBits(list, own);
      keepCommon(bits, own);
    }
  }
  return bits;
}
