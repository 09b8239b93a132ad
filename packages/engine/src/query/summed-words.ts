import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermList } from '../segment/term-list.js';
import { type Bits, countBits, emptyBits } from '../storage/bits.js';

/** How often each document of a segment has any of several words: dead documents too. */
export class WordSums {
  /** By document. */
  readonly counts: Uint32Array;

  constructor(docs: number) {
    this.counts = new Uint32Array(docs);
  }

  /** Adds the first `length` of some documents. */
  add(docs: Uint32Array, own: Uint32Array, length: number): void {
    const { counts } = this;
    for (let i = 0; i < length; i++) counts[docs[i]] += own[i];
  }

  addList(list: TermList): void {
    const { counts } = this;
    const { docs, bits, counts: own, many } = list;
    if (docs) for (let i = 0; i < docs.length; i++) counts[docs[i]] += own[i];
    else if (bits) {
      let i = 0;
      for (let word = 0; word < bits.length; word++) {
        for (let left = bits[word]; left !== 0; left &= left - 1)
          counts[(word << 5) + 31 - Math.clz32(left & -left)] += own[i++];
      }
    }
    // What does not fit its byte is told apart; of that the byte is there already.
    if (many) for (const [i, count] of many) counts[docOf(list, i)] += count - own[i];
  }
}

/** The document that stands at a place of a list. */
function docOf({ docs, bits = new Uint32Array(0) }: TermList, item: number): number {
  if (docs) return docs[item];
  let before = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1)
      if (before++ === item) return (word << 5) + 31 - Math.clz32(left & -left);
  }
  throw new Error(`A list has no place ${item}.`);
}

/** The live documents that have any of several words, of which most documents have one. */
export class SummedMatches {
  readonly amounts: { readonly sums: Uint32Array };
  #bits: Bits | undefined;
  #hits: number | undefined;

  constructor(
    readonly live: LiveSegment,
    { counts }: WordSums,
  ) {
    this.amounts = { sums: counts };
  }

  get bits(): Bits {
    this.#bits ??= this.#makeBits();
    return this.#bits;
  }

  get hits(): number {
    this.#hits ??= countBits(this.bits);
    return this.#hits;
  }

  #makeBits(): Bits {
    const { sums } = this.amounts;
    const { live } = this.live;
    const bits = emptyBits(sums.length);
    for (let word = 0, doc = 0; word < bits.length; word++) {
      const end = Math.min(doc + 32, sums.length);
      let having = 0;
      // Counts fit 31 bits, so that what is below 0 begins with a bit.
      for (let bit = 0; doc < end; doc++, bit++) having |= (-sums[doc] >>> 31) << bit;
      bits[word] = having & live[word];
    }
    return bits;
  }
}
