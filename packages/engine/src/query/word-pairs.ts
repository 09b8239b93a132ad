import type { LiveSegment } from '../corpus/snapshot.js';
import { ALL_FIELDS, type PlaceReader, ROW_SPAN } from '../segment/place-reader.js';
import { PARAGRAPH_TERM, SENTENCE_TERM } from '../segment/postings.js';
import { candidatesOf, countHaving, keepHaving, keepInFront, type PlaceCounter } from './place-counter.js';
import { PlaceWord } from './place-word.js';
import type { ChainRule } from './plan.js';

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

/** Opens two words near each other. */
export function pairCounter(live: LiveSegment, words: readonly [PlaceWord, PlaceWord], rule: ChainRule): PlaceCounter {
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
  const counted = bySame ? countAll : count;
  const has = bySame ? isSame : byWords ? isNear : (doc: number) => count(doc) > 0;
  return {
    candidates: candidatesOf(live, words),
    keepFew: (docs) => keepInFront(docs, has),
    keep: (docs) => keepHaving(docs, has),
    countAll: bySame ? (docs) => countHaving(docs, countAll) : undefined,
    count: counted,
    most: (doc) => (ordered ? 0 : first.count(doc)) + second.count(doc),
    lists: ordered ? [second.list] : [first.list, second.list],
    adds: true,
  };
}
