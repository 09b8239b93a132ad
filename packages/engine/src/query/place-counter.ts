import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermList } from '../segment/term-list.js';
import { type Bits, countBits } from '../storage/bits.js';
import { blocks } from './blocks.js';
import { allOf, operandOfList } from './operands.js';
import type { PlaceWord } from './place-word.js';

/**
 * Phrases and nearness of plain words, looked for in the places themselves: nothing is made for a document. Whether
 * there is any occurrence is settled by the first one; how many there are is counted for documents that may be among
 * the best. What else there is (open words, written forms, longer texts, alternatives) goes by `phrase.ts`,
 * `near.ts` and `spans.ts`, which say what is right.
 */
export interface PlaceCounter {
  /** The live documents that have all of the words; the set is made when it is first asked for. */
  candidates(): Bits;
  /** Of a few ascending documents that have all of the words leaves those in front that have an occurrence; returns how many. */
  keepFew(docs: Uint32Array): number;
  /** Takes away those of some candidates that have no occurrence. */
  keep(docs: Bits): void;
  /** As `keep`, and how often each of the others has one, in order: where that takes little longer. */
  readonly countAll?: ((docs: Bits) => Uint32Array) | undefined;
  count(doc: number): number;
  /** How often the words stand in a document; `count` is never more. */
  most(doc: number): number;
  /** The lists of the words, and whether an occurrence of any of them may be one more (else: of the rarest only). */
  readonly lists: readonly TermList[];
  readonly adds: boolean;
}

/** Leaves those of some documents in front that have what is looked for; returns how many. */
export function keepInFront(docs: Uint32Array, has: (doc: number) => boolean): number {
  let kept = 0;
  for (let i = 0; i < docs.length; i++) if (has(docs[i])) docs[kept++] = docs[i];
  return kept;
}

/** Takes away documents of a set that do not have what is looked for. */
export function keepHaving(docs: Bits, has: (doc: number) => boolean): void {
  for (let word = 0; word < docs.length; word++) {
    for (let left = docs[word]; left !== 0; left &= left - 1) {
      const bit = left & -left;
      if (!has((word << 5) + 31 - Math.clz32(bit))) docs[word] &= ~bit;
    }
  }
}

/** Counts in every document of a set and takes away those that count nothing. */
export function countHaving(docs: Bits, count: (doc: number) => number): Uint32Array {
  const counts = new Uint32Array(countBits(docs));
  let found = 0;
  keepHaving(docs, (doc) => {
    const own = count(doc);
    if (own > 0) counts[found++] = own;
    return own > 0;
  });
  return counts.slice(0, found);
}

/** Makes the set of the live documents that have all of the words when it is first asked for. */
export function candidatesOf(live: LiveSegment, words: readonly PlaceWord[]): () => Bits {
  let made: Bits | undefined;
  return () => {
    made ??= blocks.fill(allOf(words.map(({ list }) => operandOfList(list))), live).bits;
    return made;
  };
}
