import type { TextQuery } from '@quanlian/kernel';
import type { LiveSegment } from '../corpus/snapshot.js';
import { ALL_FIELDS, PlaceReader } from '../segment/place-reader.js';
import { FIELD_SPAN, PARAGRAPH_TERM, SENTENCE_TERM } from '../segment/postings.js';
import { addToBits, type TermList, WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import { type Bits, countBits, countWord, emptyBits, keepCommon } from '../storage/bits.js';
import type { Amounts } from './matches.js';
import type { ChainLeaf, ChainRule, NearLeaf, SpanNode } from './plan.js';

/**
 * Phrases and nearness of plain words, looked for in the rows of places themselves: nothing is made for a document
 * but its count. What else there is (open words, written forms, longer texts, alternatives) goes by `phrase.ts`,
 * `near.ts` and `spans.ts`, which say what is right.
 */

/** A word of a segment with its documents and a reader of its places. */
class Word {
  readonly list: TermList;
  readonly reader: PlaceReader;
  #at = 0;

  constructor({ segment }: LiveSegment, entry: NonNullable<ReturnType<LiveSegment['segment']['words']['find']>>) {
    // Places stand by the items of the whole list, whatever fields are asked for.
    this.list = segment.termList(entry, ALL_FIELDS, 'text', 1);
    this.reader = new PlaceReader(segment.wordPlaces(entry));
  }

  /** Reads the places in the fields of `mask` of a document that has the word; documents must ascend. */
  read(doc: number, mask: number): void {
    this.reader.read(this.#itemOf(doc), mask);
  }

  /** The same for a document that may not have the word. */
  tryRead(doc: number, mask: number): void {
    const item = this.#itemOf(doc);
    if (item < 0) this.reader.length = 0;
    else this.reader.read(item, mask);
  }

  /** The document's place in the list; -1 when it is not there. */
  #itemOf(doc: number): number {
    const { bits, ranks, docs } = this.list;
    if (bits && ranks) {
      const window = doc >>> WINDOW_SHIFT;
      const last = doc >>> 5;
      const bit = 1 << (doc & 31);
      if ((bits[last] & bit) === 0) return -1;
      let item = ranks[window];
      for (let word = window * WINDOW_WORDS; word < last; word++) item += countWord(bits[word]);
      return item + countWord(bits[last] & (bit - 1));
    }
    return docs ? this.#seek(docs, doc) : -1;
  }

  #seek(docs: Uint32Array, doc: number): number {
    let low = this.#at;
    let step = 1;
    while (low + step < docs.length && docs[low + step] < doc) {
      low += step;
      step *= 2;
    }
    let high = Math.min(low + step, docs.length);
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (docs[middle] < doc) low = middle + 1;
      else high = middle;
    }
    this.#at = low;
    return docs[low] === doc ? low : -1;
  }
}

interface Found {
  readonly bits: Bits;
  readonly amounts: Amounts;
}

/** Counts in every live document that has all of the words; what counts 0 is no match. */
function countDocs(
  live: LiveSegment,
  words: readonly Word[],
  within: Bits | undefined,
  count: (doc: number) => number,
): Found {
  const bits = emptyBits(live.segment.docs);
  const [first, ...others] = [...words].sort((a, b) => a.list.df - b.list.df);
  if (first) addToBits(first.list, bits);
  for (const { list } of others) {
    if (list.bits) keepCommon(bits, list.bits);
    else {
      const own = emptyBits(live.segment.docs);
      addToBits(list, own);
      keepCommon(bits, own);
    }
  }
  keepCommon(bits, live.live);
  if (within) keepCommon(bits, within);
  const counts = new Uint32Array(countBits(bits));
  let kept = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      const bit = left & -left;
      const found = count((word << 5) + 31 - Math.clz32(bit));
      if (found === 0) bits[word] &= ~bit;
      else counts[kept++] = found;
    }
  }
  return { bits, amounts: { counts: counts.slice(0, kept) } };
}

const nothing = (live: LiveSegment): Found => ({
  bits: emptyBits(live.segment.docs),
  amounts: { counts: new Uint8Array(0) },
});

/** The words of a segment, one for each text; undefined when one of them is in no document. */
function openWords(live: LiveSegment, terms: readonly string[]): Word[] | undefined {
  const words: Word[] = [];
  for (const term of terms) {
    const entry = live.segment.words.find(term);
    if (entry === undefined) return undefined;
    words.push(new Word(live, entry));
  }
  return words;
}

const isPlain = ({ parts }: TextQuery): boolean =>
  parts.length > 0 && parts.every(({ open, pattern }) => !open && pattern === undefined);

/** Keeps of ascending `starts` those that have a place `offset` further on; returns how many are left. */
function keepFollowed(
  starts: Uint32Array,
  length: number,
  offset: number,
  { places, length: most }: PlaceReader,
): number {
  let kept = 0;
  let at = 0;
  for (let i = 0; i < length; i++) {
    const wanted = starts[i] + offset;
    while (at < most && places[at] < wanted) at++;
    if (at === most) break;
    if (places[at] === wanted) starts[kept++] = starts[i];
  }
  return kept;
}

/** Documents of a segment with a phrase of plain words; undefined when it is none. */
export function plainPhrase(
  live: LiveSegment,
  query: TextQuery,
  mask: number,
  within: Bits | undefined,
): Found | undefined {
  if (!isPlain(query) || query.parts.length < 2) return undefined;
  const words = openWords(
    live,
    query.parts.map(({ term }) => term),
  );
  if (words === undefined) return nothing(live);
  const offsets = query.parts.map(({ offset }) => offset);
  const [first] = words;
  return countDocs(live, words, within, (doc) => {
    first.read(doc, mask);
    // The reader of the first word is not used again before the next document, so its row may be narrowed.
    const starts = first.reader.places;
    let { length } = first.reader;
    for (let i = 0; i < length; i++) starts[i] -= offsets[0];
    for (let i = 1; i < words.length && length > 0; i++) {
      words[i].read(doc, mask);
      length = keepFollowed(starts, length, offsets[i], words[i].reader);
    }
    return length;
  });
}

/** A row of places with the unit that each stands in. */
interface Row {
  readonly places: Uint32Array;
  readonly length: number;
  readonly units: ArrayLike<number>;
}

/** How many of `after` have one of `before` from `least` to `most` units before them in the same field. */
function countReached(before: Row, after: Row, { least, most }: ChainRule): number {
  let count = 0;
  let passed = 0;
  for (let i = 0; i < after.length; i++) {
    const place = after.places[i];
    const unit = after.units[i];
    while (passed < before.length && before.places[passed] < place && unit - before.units[passed] >= least) passed++;
    if (passed === 0 || unit - before.units[passed - 1] > most) continue;
    if (Math.floor(before.places[passed - 1] / FIELD_SPAN) === Math.floor(place / FIELD_SPAN)) count++;
  }
  return count;
}

/** Tells the unit of each place: the place itself, or how many borders are not after it. */
class Units {
  readonly #borders: readonly Word[];
  #starts = new Uint32Array(64);
  #length = 0;
  readonly #rows: Uint32Array[] = [];

  constructor(
    live: LiveSegment,
    readonly unit: ChainRule['unit'],
  ) {
    const terms = { word: [], field: [], sentence: [SENTENCE_TERM, PARAGRAPH_TERM], paragraph: [PARAGRAPH_TERM] }[unit];
    this.#borders = terms.flatMap((term) => openWords(live, [term]) ?? []);
  }

  /** Reads the borders of a document. */
  move(doc: number): void {
    this.#length = 0;
    for (const border of this.#borders) {
      border.tryRead(doc, ALL_FIELDS);
      const { places, length } = border.reader;
      if (this.#length + length > this.#starts.length) {
        const grown = new Uint32Array((this.#length + length) * 2);
        grown.set(this.#starts);
        this.#starts = grown;
      }
      this.#starts.set(places.subarray(0, length), this.#length);
      this.#length += length;
    }
    if (this.#borders.length > 1) this.#starts.subarray(0, this.#length).sort();
  }

  of({ places, length }: PlaceReader, row: number): Row {
    if (this.unit === 'word') return { places, length, units: places };
    let units = this.#rows[row];
    if (units === undefined || units.length < length) {
      units = new Uint32Array(length * 2);
      this.#rows[row] = units;
    }
    if (this.unit === 'field') return { places, length, units: units.fill(0) };
    let unit = 0;
    for (let i = 0; i < length; i++) {
      while (unit < this.#length && this.#starts[unit] <= places[i]) unit++;
      units[i] = unit;
    }
    return { places, length, units };
  }
}

function pairCounts(
  live: LiveSegment,
  terms: readonly [string, string],
  masks: readonly [number, number],
  rule: ChainRule,
  within: Bits | undefined,
): Found {
  const words = openWords(live, terms);
  if (words === undefined) return nothing(live);
  const [first, second] = words;
  const units = new Units(live, rule.unit);
  return countDocs(live, words, within, (doc) => {
    first.read(doc, masks[0]);
    second.read(doc, masks[1]);
    if (first.reader.length === 0 || second.reader.length === 0) return 0;
    units.move(doc);
    const [one, other] = [units.of(first.reader, 0), units.of(second.reader, 1)];
    const forward = countReached(one, other, rule);
    return rule.ordered ? forward : forward + countReached(other, one, rule);
  });
}

const wordOf = (query: TextQuery): string | undefined =>
  isPlain(query) && query.parts.length === 1 && query.length === 1 ? query.parts[0].term : undefined;

/** Documents of a segment with two plain words near each other; undefined when it is anything else. */
export function plainNear(
  live: LiveSegment,
  { queries, mask, distance, ordered }: NearLeaf,
  within: Bits | undefined,
): Found | undefined {
  const terms = queries.map(wordOf);
  const [first, second] = terms;
  if (terms.length !== 2 || first === undefined || second === undefined) return undefined;
  return pairCounts(live, [first, second], [mask, mask], { unit: 'word', least: 1, most: distance, ordered }, within);
}

const plainText = (node: SpanNode | undefined): { term: string; mask: number } | undefined => {
  if (node?.kind !== 'text' || node.exact) return undefined;
  const term = wordOf(node.query);
  return term === undefined ? undefined : { term, mask: node.mask };
};

/** Documents of a segment with a chain of two plain words; undefined when it is anything else. */
export function plainChain(live: LiveSegment, { node, mask }: ChainLeaf, within: Bits | undefined): Found | undefined {
  const [first, second] = node.nodes.map(plainText);
  if (node.nodes.length !== 2 || first === undefined || second === undefined) return undefined;
  return pairCounts(live, [first.term, second.term], [first.mask & mask, second.mask & mask], node.rule, within);
}
