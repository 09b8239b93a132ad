import type { LiveSegment } from '../corpus/snapshot.js';
import { ALL_FIELDS, PlaceReader } from '../segment/place-reader.js';
import { isLong, itemOf, listOfFound, type TermList } from '../segment/term-list.js';
import { type Bits, hasBit } from '../storage/bits.js';
import { FoundList } from './matches.js';
import { placeIn } from './operands.js';
import { countApart } from './pair-sweep.js';

/** A word of a phrase: where it stands in the phrase, and its places. */
interface Word {
  readonly offset: number;
  readonly reader: PlaceReader;
}

/** Where one list is so many times as long as the other, each document is searched for instead of going along both. */
const SEARCHED_ONE_IN = 16;

/** Where ascending documents stand in another list: the n-th that both have is `docs[own[n]]` and `list[other[n]]`. */
interface Common {
  readonly own: Int32Array;
  readonly other: Int32Array;
  length: number;
}

/** Of two lists of about the same length the lower document is passed by, by arithmetic: a branch would be foretold wrongly. */
function alongBoth(docs: Uint32Array, length: number, list: Uint32Array, into: Common): void {
  const { own, other } = into;
  let found = 0;
  for (let i = 0, j = 0; i < length && j < list.length; ) {
    const difference = docs[i] - list[j];
    own[found] = i;
    other[found] = j;
    found += difference === 0 ? 1 : 0;
    i += (difference - 1) >>> 31;
    j += (-1 - difference) >>> 31;
  }
  into.length = found;
}

function searchEach(docs: Uint32Array, length: number, list: Uint32Array, into: Common): void {
  let place = 0;
  for (let i = 0; i < length; i++) {
    place = placeIn(list, docs[i], place);
    if (list[place] !== docs[i]) continue;
    into.own[into.length] = i;
    into.other[into.length++] = place;
  }
}

function inLong(docs: Uint32Array, length: number, list: TermList, into: Common): void {
  for (let i = 0; i < length; i++) {
    const item = itemOf(list, docs[i]);
    if (item < 0) continue;
    into.own[into.length] = i;
    into.other[into.length++] = item;
  }
}

function commonOf(docs: Uint32Array, length: number, list: TermList): Common {
  // Walking along both writes one further than it finds.
  const into = { own: new Int32Array(length + 1), other: new Int32Array(length + 1), length: 0 };
  if (list.docs === undefined) inLong(docs, length, list, into);
  else if (length * SEARCHED_ONE_IN < list.docs.length) searchEach(docs, length, list.docs, into);
  else alongBoth(docs, length, list.docs, into);
  return into;
}

/** Documents that have the words looked at so far, and by word where each stands in that word's list. */
class Candidates {
  docs: Uint32Array;
  length: number;
  readonly #live: Bits;
  #items: Int32Array[] = [];

  /** The documents of a list; those that do not live go as soon as another list is looked at. */
  constructor(docs: Uint32Array, live: Bits) {
    this.docs = docs;
    this.length = docs.length;
    this.#live = live;
  }

  /** Where the documents stand in the list of the n-th word. */
  items(n: number): Int32Array {
    return this.#items[n];
  }

  /** Leaves those that are in another list too. */
  narrow(list: TermList): void {
    const { own, other, length } = commonOf(this.docs, this.length, list);
    const docs = new Uint32Array(length);
    const before = this.#items;
    // At first a document's place in the list of all is what it is counted by.
    const items = before.length === 0 ? [own] : before.map(() => new Int32Array(length));
    let kept = 0;
    for (let at = 0; at < length; at++) {
      const from = own[at];
      const doc = this.docs[from];
      if (!hasBit(this.#live, doc)) continue;
      docs[kept] = doc;
      other[kept] = other[at];
      if (before.length === 0) own[kept] = from;
      else for (let n = 0; n < before.length; n++) items[n][kept] = before[n][from];
      kept++;
    }
    this.docs = docs;
    this.length = kept;
    this.#items = [...items, other];
  }
}

/** Counts the places at which a phrase begins: of the first word those after which all others stand. */
function countStarts(words: readonly Word[], starts: Int32Array, enough: number): number {
  const [{ reader: first, offset: base }] = words;
  let length = 0;
  for (let i = first.from; i < first.to; i++) starts[length++] = first.places[i];
  for (let n = 1; n < words.length && length > 0; n++) {
    const { reader, offset } = words[n];
    const { places, to } = reader;
    let at = reader.from;
    let kept = 0;
    for (let i = 0; i < length && at < to; i++) {
      const wanted = starts[i] + offset - base;
      while (at < to && places[at] < wanted) at++;
      if (at < to && places[at] === wanted) starts[kept++] = starts[i];
    }
    length = kept;
  }
  return Math.min(length, enough);
}

/** How often the phrase stands in the document whose places the readers of its words are at; no more than `enough`. */
function counterOf(words: readonly Word[], enough: number): () => number {
  const [first, second] = words;
  if (words.length === 2) {
    const apart = second.offset - first.offset;
    const [a, b] = [first.reader, second.reader];
    return () => countApart(a.places, a.from, a.to, b.places, b.from, b.to, apart, enough);
  }
  let starts = new Int32Array(64);
  return () => {
    const room = first.reader.to - first.reader.from;
    if (room > starts.length) starts = new Int32Array(2 * room);
    return countStarts(words, starts, enough);
  };
}

/** A word of a phrase that is looked for. */
export interface PhraseWord {
  readonly term: string;
  readonly offset: number;
}

/**
 * Finds a phrase of plain words in a segment where one of them is rare: along the shortest list, and only where all
 * words are, their places are looked at. Undefined where none is rare; `enough` is how far occurrences are counted.
 */
export function findRarePhrase(
  live: LiveSegment,
  parts: readonly PhraseWord[],
  mask: number,
  enough: number,
): FoundList | undefined {
  const { segment } = live;
  const entries = parts.map(({ term }) => segment.words.find(term));
  let least = Number.POSITIVE_INFINITY;
  for (const entry of entries) if (entry === undefined || entry.df < least) least = entry?.df ?? 0;
  if (least === 0) return new FoundList(segment.docs, listOfFound(new Uint32Array(0), new Uint32Array(0), 0));
  if (isLong(least, segment.docs)) return undefined;
  const found = entries.flatMap((entry, n) => (entry ? [{ entry, offset: parts[n].offset }] : []));
  // The rarest word leads; the others are gone through from the rarest on.
  found.sort((a, b) => a.entry.df - b.entry.df);
  const lists = found.map(({ entry }) => segment.termList(entry, ALL_FIELDS, 'text', 1));
  const candidates = new Candidates(lists[0].docs ?? new Uint32Array(0), live.live);
  for (let n = 1; n < lists.length && candidates.length > 0; n++) candidates.narrow(lists[n]);
  const { docs, length } = candidates;
  if (length === 0) return new FoundList(segment.docs, listOfFound(docs, docs, 0));
  const words = found.map(
    ({ entry, offset }): Word => ({
      offset,
      reader: new PlaceReader(segment.wordPlaces(entry, mask)),
    }),
  );
  const count = counterOf(words, enough);
  const counts = new Uint32Array(length);
  let kept = 0;
  for (let at = 0; at < length; at++) {
    for (let n = 0; n < words.length; n++) words[n].reader.go(candidates.items(n)[at]);
    const own = count();
    if (own === 0) continue;
    docs[kept] = docs[at];
    counts[kept++] = own;
  }
  return new FoundList(segment.docs, listOfFound(docs, counts, kept));
}
