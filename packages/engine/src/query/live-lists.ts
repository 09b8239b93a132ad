import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import type { LengthColumn } from '../segment/segment.js';
import { addShortList, addToBits, countAt, type TermList } from '../segment/term-list.js';
import { type Bits, countBits, emptyBits, hasBit, keepCommon } from '../storage/bits.js';

/** The fields that words are looked for in, the column of their lengths, and the average of these. */
export interface WordFields {
  readonly mask: number;
  readonly column: LengthColumn;
  readonly average: number;
}

/** The live documents of a term with their number; the set may be shared. */
export interface LiveTerm {
  readonly list: TermList;
  readonly bits: Bits;
  readonly hits: number;
}

/** The live ones of a list's documents; of many the set itself when all live. */
function liveBits({ segment, live, entry }: LiveSegment, list: TermList): Bits {
  const isWhole = entry.docs === entry.liveDocs;
  if (list.bits && isWhole) return list.bits;
  const bits = list.bits?.slice() ?? emptyBits(segment.docs);
  if (list.docs) addToBits(list, bits);
  if (!isWhole) keepCommon(bits, live);
  return bits;
}

/** The live documents of a term. Of a long list they are kept ready as long as the same documents live. */
export function termBits(live: LiveSegment, entry: TermEntry, { mask, column, average }: WordFields): LiveTerm {
  const { segment } = live;
  const list = segment.termList(entry, mask, column, average);
  if (live.entry.docs === live.entry.liveDocs) return { list, bits: liveBits(live, list), hits: list.df };
  const make = (): { bits: Bits; hits: number } => {
    const bits = liveBits(live, list);
    return { bits, hits: countBits(bits) };
  };
  if (list.bits === undefined) return { list, ...make() };
  const key = `${segment.path}#live~${live.entry.deletions?.name}~${mask}~${entry.docsAt}`;
  const kept = live.cache.get(key, make, ({ bits }) => bits.byteLength + 100);
  return { list, ...kept };
}

/** How many live documents have a term. */
export function termHits(live: LiveSegment, entry: TermEntry, fields: WordFields): number {
  const { docs, df } = live.segment.termList(entry, fields.mask, fields.column, fields.average);
  if (live.entry.docs === live.entry.liveDocs) return df;
  if (docs === undefined) return termBits(live, entry, fields).hits;
  let hits = 0;
  for (let i = 0; i < docs.length; i++) if (hasBit(live.live, docs[i])) hits++;
  return hits;
}

/** Adds to a tally by document how often each document of a list has the term. */
function addCounts(list: TermList, tally: Uint32Array): void {
  if (list.docs) {
    for (let i = 0; i < list.docs.length; i++) tally[list.docs[i]] += countAt(list, i);
    return;
  }
  const { bits = new Uint32Array(0) } = list;
  let i = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1)
      tally[(word << 5) + 31 - Math.clz32(left & -left)] += countAt(list, i++);
  }
}

/** Of the words that a part stands for, the lists of those with fewer documents are not kept ready. */
const LEAST_KEPT = 64;

/** The live documents of any of several words, and by document (dead ones too) how often it has them. */
export function wordBits(
  live: LiveSegment,
  entries: readonly TermEntry[],
  { mask, column, average }: WordFields,
): { bits: Bits; tally: Uint32Array } {
  const { segment } = live;
  const bits = emptyBits(segment.docs);
  const tally = new Uint32Array(segment.docs);
  for (const entry of entries) {
    if (entry.df < LEAST_KEPT) {
      addShortList(segment.shortList(entry), entry, mask, { bits, tally });
      continue;
    }
    const list = segment.termList(entry, mask, column, average);
    addToBits(list, bits);
    addCounts(list, tally);
  }
  keepCommon(bits, live.live);
  return { bits, tally };
}
