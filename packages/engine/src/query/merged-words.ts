import type { LiveSegment } from '../corpus/snapshot.js';
import type { TermEntry } from '../segment/dictionary.js';
import { addToBits, isLong, readShortList, type TermList } from '../segment/term-list.js';
import { type Bits, emptyBits, keepCommon, setBit } from '../storage/bits.js';
import { blocks } from './blocks.js';
import { DocCounts } from './doc-counts.js';
import { termBits, type WordFields } from './live-lists.js';
import { anyOf, type Operand, operandOfList } from './operands.js';
import { SummedMatches, WordSums } from './summed-words.js';

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

/** Where the other lists have more documents than one in so many, how often each document has the words is added up. */
const SUMMED_ONE_IN = 8;

const shortDocs = new Uint32Array(LEAST_KEPT);
const shortCounts = new Uint32Array(LEAST_KEPT);

/** The live documents of any of several words, counted without a set; one is made when it is asked for. */
class MergedMatches {
  readonly listed = true;
  readonly amounts: { readonly words: MergedWords };
  #bits: Bits | undefined;
  #hits: number | undefined;

  /** `only` is the entry of the long list, where there is one alone. */
  constructor(
    readonly live: LiveSegment,
    readonly words: MergedWords,
    readonly only: TermEntry | undefined,
    readonly fields: WordFields,
  ) {
    this.amounts = { words };
  }

  get bits(): Bits {
    this.#bits ??= blocks.fill(this.operand, this.live).bits;
    return this.#bits;
  }

  /** The long lists as they are and the other documents in order: as a set where they are many. */
  get operand(): Operand {
    const { long, rest } = this.words;
    const parts = long.map(operandOfList);
    const docs = rest.docs.subarray(0, rest.length);
    if (isLong(rest.length, this.live.segment.docs)) {
      const bits = emptyBits(this.live.segment.docs);
      for (let i = 0; i < docs.length; i++) setBit(bits, docs[i]);
      parts.push({ kind: 'set', bits, live: false });
    } else if (rest.length > 0) parts.push({ kind: 'list', docs: docs.slice().sort(), live: false });
    return anyOf(parts);
  }

  get hits(): number {
    this.#hits ??= this.#countLive();
    return this.#hits;
  }

  /** The live documents of the long lists and, of the rest, those outside of them. */
  #countLive(): number {
    const { live, fields, only } = this;
    const { long, rest } = this.words;
    let hits = 0;
    if (long.length === 1 && only) hits = termBits(live, only, fields).hits;
    else if (long.length > 0) hits = blocks.count(anyOf(long.map(operandOfList)), live);
    const sets = long.flatMap(({ bits }) => bits ?? []);
    for (let i = 0; i < rest.length; i++) {
      const doc = rest.docs[i];
      const word = doc >>> 5;
      // Told without a branch, which would be foretold wrongly.
      let own = live.live[word];
      for (let n = 0; n < sets.length; n++) own &= ~sets[n][word];
      hits += (own >>> (doc & 31)) & 1;
    }
    return hits;
  }
}

/** Visits the documents, and how often they have the word, of each list that is not kept: `found` of them. */
function forEachShort(
  { segment }: LiveSegment,
  entries: readonly TermEntry[],
  mask: number,
  visit: (docs: Uint32Array, counts: Uint32Array, found: number) => void,
): void {
  const lists = segment.shortLists();
  for (const entry of entries) {
    if (entry.df >= LEAST_KEPT) continue;
    lists.go(entry);
    visit(shortDocs, shortCounts, readShortList(lists, entry, mask, shortDocs, shortCounts));
  }
}

/** The live documents of any of several words and how often they have them: long lists untouched. */
export function mergeWords(
  live: LiveSegment,
  entries: readonly TermEntry[],
  fields: WordFields,
): MergedMatches | SummedMatches {
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
  if (most * SUMMED_ONE_IN > segment.docs) {
    const sums = new WordSums(segment.docs);
    for (const list of [...long, ...kept]) sums.addList(list);
    forEachShort(live, entries, mask, (docs, counts, found) => sums.add(docs, counts, found));
    return new SummedMatches(live, sums);
  }
  const rest = new DocCounts(most);
  for (const { docs = new Uint32Array(0), counts, many } of kept)
    for (let i = 0; i < docs.length; i++) rest.add(docs[i], many?.get(i) ?? counts[i]);
  forEachShort(live, entries, mask, (docs, counts, found) => {
    for (let i = 0; i < found; i++) rest.add(docs[i], counts[i]);
  });
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
  for (const entry of entries)
    if (entry.df >= LEAST_KEPT) addToBits(segment.termList(entry, mask, column, average), bits);
  forEachShort(live, entries, mask, (docs, _, found) => {
    for (let i = 0; i < found; i++) setBit(bits, docs[i]);
  });
  keepCommon(bits, live.live);
  return bits;
}
