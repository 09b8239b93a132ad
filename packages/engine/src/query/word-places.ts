import type { TextQuery } from '@quanlian/kernel';
import type { LiveSegment } from '../corpus/snapshot.js';
import { ALL_FIELDS, type PlaceReader, ROW_SPAN } from '../segment/place-reader.js';
import { PARAGRAPH_TERM, SENTENCE_TERM } from '../segment/postings.js';
import { addToBits, type TermList } from '../segment/term-list.js';
import { type Bits, emptyBits, keepCommon } from '../storage/bits.js';
import { PlaceWord } from './place-word.js';
import type { ChainLeaf, ChainRule, NearLeaf, ScoredLeaf, SpanNode, TextLeaf } from './plan.js';

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
  count(doc: number): number;
  /** How often the words stand in a document; `count` is never more. */
  most(doc: number): number;
  /** The lists of the words, and whether an occurrence of any of them may be one more (else: of the rarest only). */
  readonly lists: readonly TermList[];
  readonly adds: boolean;
}

const isPlain = ({ parts }: TextQuery): boolean =>
  parts.length > 0 && parts.every(({ open, pattern }) => !open && pattern === undefined);

const isPhrase = ({ query, exact }: TextLeaf): boolean => !exact && query.parts.length > 1 && isPlain(query);

const wordOf = (query: TextQuery): string | undefined =>
  isPlain(query) && query.parts.length === 1 && query.length === 1 ? query.parts[0].term : undefined;

const plainText = (node: SpanNode): string | undefined =>
  node.kind === 'text' && !node.exact ? wordOf(node.query) : undefined;

type Pair = readonly [string, string];

const pairOf = (words: readonly (string | undefined)[]): Pair | undefined => {
  const [first, second] = words;
  return words.length === 2 && first !== undefined && second !== undefined ? [first, second] : undefined;
};

const pairOfNear = ({ queries }: NearLeaf): Pair | undefined => pairOf(queries.map(wordOf));
/** Two words of one field; where the fields differ, nothing is gained. */
const pairOfChain = ({ node, mask }: ChainLeaf): Pair | undefined =>
  node.nodes.every((one) => one.kind === 'text' && one.mask === mask) ? pairOf(node.nodes.map(plainText)) : undefined;

/** True when a leaf is a phrase of plain words or two such words near each other. */
export function isOfPlainWords(leaf: ScoredLeaf): boolean {
  if (leaf.kind === 'text') return isPhrase(leaf);
  return (leaf.kind === 'near' ? pairOfNear(leaf) : pairOfChain(leaf)) !== undefined;
}

function candidatesOf(docs: number, words: readonly PlaceWord[]): Bits {
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

/**
 * How many places of the second stand `apart` after one of the first; counts no further than `enough`. Which of the
 * two goes on is reckoned from the sign of a difference: a branch would be foretold wrongly every other time.
 */
function countApart(first: PlaceReader, second: PlaceReader, apart: number, enough: number): number {
  const { places: a, to: aEnd } = first;
  const { places: b, to: bEnd } = second;
  let i = first.from;
  let j = second.from;
  let count = 0;
  while (i < aEnd && j < bEnd) {
    const difference = (a[i] + apart - b[j]) | 0;
    if (difference === 0) {
      if (++count === enough) return count;
      i++;
      j++;
      continue;
    }
    i += difference >>> 31;
    j += ~difference >>> 31;
  }
  return count;
}

/** Counts the places at which a phrase of any number of words begins. */
function phraseStarts(words: readonly PlaceWord[], offsets: readonly number[]): (doc: number) => number {
  let starts = new Int32Array(64);
  return (doc) => {
    const [{ reader: first }] = words;
    words[0].go(doc);
    let length = first.to - first.from;
    if (length > starts.length) starts = new Int32Array(length * 2);
    starts.set(first.places.subarray(first.from, first.to));
    for (let n = 1; n < words.length && length > 0; n++) {
      words[n].go(doc);
      const { places, to } = words[n].reader;
      const apart = offsets[n] - offsets[0];
      let at = words[n].reader.from;
      let kept = 0;
      for (let i = 0; i < length && at < to; i++) {
        const wanted = starts[i] + apart;
        while (at < to && places[at] < wanted) at++;
        if (at < to && places[at] === wanted) starts[kept++] = starts[i];
      }
      length = kept;
    }
    return length;
  };
}

/** Larger than any count. */
const ALL = 0x7fffffff;

function phraseCounter(live: LiveSegment, words: readonly PlaceWord[], offsets: readonly number[]): PlaceCounter {
  const [first, second] = words;
  const apart = offsets[1] - offsets[0];
  const countPair = (doc: number, enough: number): number => {
    first.go(doc);
    second.go(doc);
    return countApart(first.reader, second.reader, apart, enough);
  };
  const count = words.length === 2 ? countPair : phraseStarts(words, offsets);
  return {
    candidates: candidatesOf(live.segment.docs, words),
    has: (doc) => count(doc, 1) > 0,
    count: (doc) => count(doc, ALL),
    most: (doc) => words.reduce((least, word) => Math.min(least, word.count(doc)), Number.POSITIVE_INFINITY),
    lists: words.map(({ list }) => list),
    adds: false,
  };
}

/** A row of places with the unit that each stands in. */
interface Row {
  readonly places: Int32Array;
  readonly from: number;
  readonly to: number;
  /** From 0 on. */
  readonly units: Int32Array;
}

/** How many of `after` have one of `before` from `least` to `most` units before them in the same field. */
function countReached(before: Row, after: Row, { least, most }: ChainRule): number {
  let count = 0;
  let passed = before.from;
  for (let i = after.from; i < after.to; i++) {
    const place = after.places[i];
    const unit = after.units[i - after.from];
    while (passed < before.to && before.places[passed] < place && unit - before.units[passed - before.from] >= least)
      passed++;
    if (passed === before.from || unit - before.units[passed - 1 - before.from] > most) continue;
    if (Math.floor(before.places[passed - 1] / ROW_SPAN) === Math.floor(place / ROW_SPAN)) count++;
  }
  return count;
}

/** The borders of sentences or paragraphs in a document: one ascending row, `places[from..to)`. */
class Borders {
  readonly #words: readonly PlaceWord[];
  #joined = new Int32Array(64);
  places: Int32Array = this.#joined;
  from = 0;
  to = 0;

  constructor(live: LiveSegment, unit: ChainRule['unit']) {
    const terms = { word: [], field: [], sentence: [SENTENCE_TERM, PARAGRAPH_TERM], paragraph: [PARAGRAPH_TERM] }[unit];
    this.#words = terms.flatMap((term) => {
      const entry = live.segment.words.find(term);
      return entry ? [new PlaceWord(live, entry, ALL_FIELDS, 'text', 1)] : [];
    });
  }

  go(doc: number): void {
    for (const word of this.#words) word.go(doc);
    const [only] = this.#words;
    if (this.#words.length === 1 && only) {
      this.places = only.reader.places;
      this.from = only.reader.from;
      this.to = only.reader.to;
      return;
    }
    this.from = 0;
    this.to = 0;
    for (const { reader } of this.#words) {
      const end = this.to + reader.to - reader.from;
      if (end > this.#joined.length) {
        const grown = new Int32Array(end * 2);
        grown.set(this.#joined);
        this.#joined = grown;
      }
      this.#joined.set(reader.places.subarray(reader.from, reader.to), this.to);
      this.to = end;
    }
    this.#joined.subarray(0, this.to).sort();
    this.places = this.#joined;
  }
}

/** Tells the unit of each place: the place itself, or how many borders are not after it. */
class Units {
  readonly #rows: Int32Array[] = [];

  constructor(
    readonly unit: ChainRule['unit'],
    readonly borders: Borders,
  ) {}

  of({ places, from, to }: PlaceReader, row: number): Row {
    let units = this.#rows[row];
    if (units === undefined || units.length < to - from) {
      units = new Int32Array((to - from) * 2);
      this.#rows[row] = units;
    }
    if (this.unit === 'word') units.set(places.subarray(from, to));
    else if (this.unit === 'field') units.fill(0);
    else {
      const { places: starts, to: end } = this.borders;
      let border = this.borders.from;
      for (let i = from; i < to; i++) {
        while (border < end && starts[border] <= places[i]) border++;
        units[i - from] = border;
      }
    }
    return { places, from, to, units };
  }
}

/** What a walk along two rows of places came to; `unknown` where both words share a place. */
const FOUND = 1;
const NONE = 0;
const UNKNOWN = -1;

/** Looks for a place of each word, at most `most` from each other: of two rows the lower place is the one that goes on. */
function walkNear(first: PlaceReader, second: PlaceReader, most: number, ordered: boolean): number {
  const { places: a, to: aEnd } = first;
  const { places: b, to: bEnd } = second;
  let i = first.from;
  let j = second.from;
  while (i < aEnd && j < bEnd) {
    const difference = (b[j] - a[i]) | 0;
    if (difference === 0) return UNKNOWN;
    if (difference > 0 ? difference <= most : !ordered && -difference <= most) return FOUND;
    j += difference >>> 31;
    i += ~difference >>> 31;
  }
  return NONE;
}

/** Beyond every place. */
const END = 0x7fffffff;

/**
 * How many places of one word have one of the other before them with no border between (of the second after the first
 * only, when ordered): goes from one unit that has the first word to the next. Every field begins with a border.
 */
function countSame(first: PlaceReader, second: PlaceReader, borders: Borders, ordered: boolean): number {
  const { places: a, to: aEnd } = first;
  const { places: b, to: bEnd } = second;
  const { places: starts, to: end } = borders;
  let border = borders.from;
  let j = second.from;
  let count = 0;
  for (let i = first.from; i < aEnd && j < bEnd; ) {
    const place = a[i];
    while (border < end && starts[border] <= place) border++;
    const from = starts[border - 1];
    const to = border < end ? starts[border] : END;
    while (j < bEnd && b[j] < from) j++;
    const other = j < bEnd ? b[j] : END;
    // Of either word those after the first of the other.
    for (; j < bEnd && b[j] < to; j++) if (b[j] > place) count++;
    for (; i < aEnd && a[i] < to; i++) if (a[i] > other && !ordered) count++;
  }
  return count;
}

/**
 * Whether two different places, one of each word, have no border between them (that of the first word before the
 * other, when ordered): goes from one unit that has the first word to the next.
 */
function hasSame(first: PlaceReader, second: PlaceReader, borders: Borders, ordered: boolean): boolean {
  const { places: a, to: aEnd } = first;
  const { places: b, to: bEnd } = second;
  const { places: starts, to: end } = borders;
  let border = borders.from;
  let j = second.from;
  for (let i = first.from; i < aEnd; ) {
    const place = a[i];
    while (border < end && starts[border] <= place) border++;
    // Every field begins with a border, so there is one before each place.
    const from = ordered ? place + 1 : starts[border - 1];
    const to = border < end ? starts[border] : END;
    while (j < bEnd && b[j] < from) j++;
    if (j === bEnd) return false;
    if (b[j] < to && (b[j] !== place || (j + 1 < bEnd && b[j + 1] < to) || (i + 1 < aEnd && a[i + 1] < to)))
      return true;
    while (i < aEnd && a[i] < to) i++;
  }
  return false;
}

function pairCounter(live: LiveSegment, words: readonly [PlaceWord, PlaceWord], rule: ChainRule): PlaceCounter {
  const [first, second] = words;
  const { unit, least, most, ordered } = rule;
  const borders = new Borders(live, unit);
  const units = new Units(unit, borders);
  const count = (doc: number): number => {
    first.go(doc);
    second.go(doc);
    borders.go(doc);
    const [one, other] = [units.of(first.reader, 0), units.of(second.reader, 1)];
    const forward = countReached(one, other, rule);
    return ordered ? forward : forward + countReached(other, one, rule);
  };
  const byWords = unit === 'word' && least === 1;
  const bySame = (unit === 'sentence' || unit === 'paragraph') && least === 0 && most === 0;
  const goAll = (doc: number): void => {
    first.go(doc);
    second.go(doc);
    borders.go(doc);
  };
  const isSame = (doc: number): boolean => {
    goAll(doc);
    return hasSame(first.reader, second.reader, borders, ordered);
  };
  const countAll = (doc: number): number => {
    goAll(doc);
    return countSame(first.reader, second.reader, borders, ordered);
  };
  const isNear = (doc: number): boolean => {
    first.go(doc);
    second.go(doc);
    const walked = walkNear(first.reader, second.reader, most, ordered);
    return walked === UNKNOWN ? count(doc) > 0 : walked === FOUND;
  };
  const has = byWords ? isNear : (doc: number) => count(doc) > 0;
  return {
    candidates: candidatesOf(live.segment.docs, words),
    has: bySame ? isSame : has,
    count: bySame ? countAll : count,
    most: (doc) => (ordered ? 0 : first.count(doc)) + second.count(doc),
    lists: ordered ? [second.list] : [first.list, second.list],
    adds: true,
  };
}

/** What a leaf of plain words looks for, and what its places must be like. */
function termsOf(leaf: ScoredLeaf): { terms: readonly string[]; rule: ChainRule | undefined } {
  if (leaf.kind === 'text') return { terms: leaf.query.parts.map(({ term }) => term), rule: undefined };
  if (leaf.kind === 'chain') return { terms: pairOfChain(leaf) ?? [], rule: leaf.node.rule };
  const { distance, ordered } = leaf;
  return { terms: pairOfNear(leaf) ?? [], rule: { unit: 'word', least: 1, most: distance, ordered } };
}

/**
 * Opens a leaf of which `isOfPlainWords` is true in one segment; undefined when one of its words is in no document.
 * `average` is the average length of the fields it is asked of.
 */
export function openPlaces(live: LiveSegment, leaf: ScoredLeaf, average: number): PlaceCounter | undefined {
  const { terms, rule } = termsOf(leaf);
  const words: PlaceWord[] = [];
  for (const term of terms) {
    const entry = live.segment.words.find(term);
    if (entry === undefined) return undefined;
    words.push(new PlaceWord(live, entry, leaf.mask, leaf.column, average));
  }
  if (leaf.kind === 'text') {
    const offsets = leaf.query.parts.map(({ offset }) => offset);
    return phraseCounter(live, words, offsets);
  }
  const [first, second] = words;
  return rule && pairCounter(live, [first, second], rule);
}
