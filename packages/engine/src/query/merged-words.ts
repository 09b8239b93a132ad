import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import { addShortList, addToBits, countAt, type TermList } from '../segment/term-list.js';
import { addAll, type Bits, emptyBits, keepCommon, setBit } from '../storage/bits.js';
import type { WordFields } from './live-lists.js';

/** Several words of a segment that count as one: the long lists as they are, and what the others add up to. */
export interface MergedWords {
  readonly long: readonly TermList[];
  /** Documents of the other lists in ascending order, dead ones too, and how often each has any of their words. */
  readonly docs: Uint32Array;
  readonly counts: Uint32Array;
  /** What is kept from being forgotten while this is used. */
  readonly bytes: number;
}

/** Of the words that a part stands for, the lists of those with fewer documents are not kept ready. */
const LEAST_KEPT = 64;

/** By document what short lists add up to while they are read; all 0 in between. */
let scratch = new Uint32Array(0);

function scratchFor(docs: number): Uint32Array {
  if (scratch.length < docs) scratch = new Uint32Array(docs);
  return scratch;
}

/** Takes what was added up for the documents of a set, at most `most`, and leaves nothing behind. */
function takeSums(bits: Bits, sums: Uint32Array, most: number): { docs: Uint32Array; counts: Uint32Array } {
  const docs = new Uint32Array(most);
  const counts = new Uint32Array(most);
  let n = 0;
  for (let word = 0; n < most && word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      docs[n] = doc;
      counts[n++] = sums[doc];
      sums[doc] = 0;
    }
  }
  return { docs: docs.subarray(0, n), counts: counts.subarray(0, n) };
}

/** The live documents of any of several words and how often they have them: all that have one, long lists untouched. */
export function mergeWords(
  live: LiveSegment,
  entries: readonly TermEntry[],
  { mask, column, average }: WordFields,
): { readonly bits: Bits; readonly words: MergedWords } {
  const { segment } = live;
  const long: TermList[] = [];
  const bits = emptyBits(segment.docs);
  const sums = scratchFor(segment.docs);
  let most = 0;
  for (const entry of entries) {
    if (entry.df < LEAST_KEPT) {
      addShortList(segment.shortList(entry), entry, mask, { bits, tally: sums });
      most += entry.df;
      continue;
    }
    const list = segment.termList(entry, mask, column, average);
    const { docs } = list;
    if (docs === undefined) {
      long.push(list);
      continue;
    }
    most += docs.length;
    for (let i = 0; i < docs.length; i++) {
      sums[docs[i]] += countAt(list, i);
      setBit(bits, docs[i]);
    }
  }
  const rest = takeSums(bits, sums, most);
  for (const list of long) if (list.bits) addAll(bits, list.bits);
  keepCommon(bits, live.live);
  const bytes = long.reduce((sum, list) => sum + list.bytes, rest.docs.byteLength + rest.counts.byteLength);
  return { bits, words: { long, ...rest, bytes } };
}

/** The live documents of any of several words. */
export function anyOfWords(
  live: LiveSegment,
  entries: readonly TermEntry[],
  { mask, column, average }: WordFields,
): Bits {
  const { segment } = live;
  const bits = emptyBits(segment.docs);
  for (const entry of entries) {
    if (entry.df < LEAST_KEPT) addShortList(segment.shortList(entry), entry, mask, { bits, tally: undefined });
    else addToBits(segment.termList(entry, mask, column, average), bits);
  }
  keepCommon(bits, live.live);
  return bits;
}
