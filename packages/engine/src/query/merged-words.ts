import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import { addToBits, readShortList, type TermList } from '../segment/term-list.js';
import { addAll, type Bits, countBits, emptyBits, hasBit, keepCommon, setBit } from '../storage/bits.js';
import { DocCounts } from './doc-counts.js';
import { termBits, type WordFields } from './live-lists.js';

/** Several words of a segment that count as one: the long lists as they are, and what the others add up to. */
export interface MergedWords {
  readonly long: readonly TermList[];
  /** Documents of the other lists, dead ones too, and how often each has any of their words. */
  readonly rest: DocCounts;
  /** What is kept from being forgotten while this is used. */
  readonly bytes: number;
}

/** Of the words that a part stands for, the lists of those with fewer documents are not kept ready. */
const LEAST_KEPT = 64;

const shortDocs = new Uint32Array(LEAST_KEPT);
const shortCounts = new Uint32Array(LEAST_KEPT);

/** The live documents of any of several words, counted without a set; one is made when it is asked for. */
class MergedMatches {
  readonly listed = true;
  readonly amounts: { readonly words: MergedWords };
  #bits: Bits | undefined;
  #hits: number | undefined;

  /** `only` is the entry of the one long list, where there is one. */
  constructor(
    readonly live: LiveSegment,
    readonly words: MergedWords,
    readonly only: TermEntry | undefined,
    readonly fields: WordFields,
  ) {
    this.amounts = { words };
  }

  get bits(): Bits {
    if (this.#bits === undefined) {
      this.#bits = emptyBits(this.live.segment.docs);
      this.addTo(this.#bits);
      keepCommon(this.#bits, this.live.live);
    }
    return this.#bits;
  }

  get hits(): number {
    this.#hits ??= this.words.long.length > 1 ? countBits(this.bits) : this.#countLive();
    return this.#hits;
  }

  /** The live documents of at most one long list and, of the rest, those outside of it. */
  #countLive(): number {
    const { live, fields, only } = this;
    const { long, rest } = this.words;
    const bits = long[0]?.bits;
    let hits = only ? termBits(live, only, fields).hits : 0;
    for (let i = 0; i < rest.length; i++) {
      const doc = rest.docs[i];
      if (hasBit(live.live, doc) && !(bits && hasBit(bits, doc))) hits++;
    }
    return hits;
  }

  addTo(into: Bits): void {
    const { long, rest } = this.words;
    const { live } = this.live;
    const isWhole = this.live.entry.docs === this.live.entry.liveDocs;
    for (const { bits = new Uint32Array(0) } of long) {
      if (isWhole) addAll(into, bits);
      else for (let word = 0; word < bits.length; word++) into[word] |= bits[word] & live[word];
    }
    for (let i = 0; i < rest.length; i++) if (hasBit(live, rest.docs[i])) setBit(into, rest.docs[i]);
  }
}

/** The live documents of any of several words and how often they have them: long lists untouched. */
export function mergeWords(live: LiveSegment, entries: readonly TermEntry[], fields: WordFields): MergedMatches {
  const { segment } = live;
  const { mask, column, average } = fields;
  const long: TermList[] = [];
  const kept: TermList[] = [];
  let only: TermEntry | undefined;
  let most = 0;
  for (const entry of entries) {
    if (entry.df < LEAST_KEPT) {
      most += entry.df;
      continue;
    }
    const list = segment.termList(entry, mask, column, average);
    if (list.docs) {
      kept.push(list);
      most += list.docs.length;
      continue;
    }
    long.push(list);
    only = entry;
  }
  const rest = new DocCounts(most, segment.docs);
  for (const { docs = new Uint32Array(0), counts, many } of kept)
    for (let i = 0; i < docs.length; i++) rest.add(docs[i], many?.get(i) ?? counts[i]);
  for (const entry of entries) {
    if (entry.df >= LEAST_KEPT) continue;
    const found = readShortList(segment.shortList(entry), entry, mask, shortDocs, shortCounts);
    for (let i = 0; i < found; i++) rest.add(shortDocs[i], shortCounts[i]);
  }
  const bytes = long.reduce((sum, list) => sum + list.bytes, rest.bytes);
  return new MergedMatches(live, { long, rest, bytes }, only, fields);
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
    if (entry.df >= LEAST_KEPT) {
      addToBits(segment.termList(entry, mask, column, average), bits);
      continue;
    }
    const found = readShortList(segment.shortList(entry), entry, mask, shortDocs, shortCounts);
    for (let i = 0; i < found; i++) setBit(bits, shortDocs[i]);
  }
  keepCommon(bits, live.live);
  return bits;
}
