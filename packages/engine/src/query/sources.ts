import { type LengthTables, TABLED } from '../segment/norms.js';
import { BOUND_STEPS, countAt, type Impacts, type TermList, WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import { type Bits, countWord, hasBit } from '../storage/bits.js';
import { type AloneSource, offerWindows, type ScoreSink } from './alone.js';
import { placeIn } from './operands.js';
import { addEvenly, addTo, addWeighed, type Lanes } from './reach.js';

const IN_WINDOW = (1 << WINDOW_SHIFT) - 1;

/** Documents in ascending order with what they have got so far. */
export interface ScoredDocs {
  readonly docs: Uint32Array;
  readonly scores: Float64Array;
}

/**
 * What a part of a query adds to the scores of a segment's documents. Bounds are never less than what is added; a
 * window whose bounds together do not reach the page is passed by.
 */
export interface WindowSource {
  /** Adds to each window the most that one of its documents gets. */
  addBounds(bounds: Float64Array): void;
  /** Adds what each wanted document of a window gets, at the document's place in the window. */
  addScores(window: number, wanted: Bits, scores: Float64Array): void;
  /** Adds what each of some documents gets. */
  addToDocs(into: ScoredDocs): void;
  /** Adds no less than what each of some documents gets, where that is quicker told than what it gets. */
  addMost(into: ScoredDocs): void;
  /** Adds to each document of a window the most that it gets, in whole units, rounded up. */
  addReach(window: number, unit: number, lanes: Lanes): void;
  /** The documents that get anything, and the bound of a window, where both are at hand. */
  readonly held?: { readonly bits: Bits; bound(window: number): number } | undefined;
  /** What its documents weigh at most, in steps of so much, where that is at hand by document. */
  readonly steps?: { readonly impacts: () => Impacts; readonly step: number } | undefined;
  /** The same part as what offers the best by itself, where it can. */
  readonly alone?: AloneSource | undefined;
}

/** How occurrences weigh: what the rarity and the boost come to, and by byte of length what stands below the line. */
export interface Weighing {
  readonly weight: number;
  readonly tables: LengthTables;
  readonly norms: Uint8Array;
  readonly average: number;
}

/** Sums are rounded; a bound must not be. */
export const ROUNDING = 1 + 1e-9;

/** A score in whole units, rounded up. */
export const unitsOf = (score: number, unit: number): number => (score > 0 ? Math.ceil((score / unit) * ROUNDING) : 0);

/** Below one document asked for in so many of a list, each is searched for. */
const SEARCHED_ONE_IN = 16;

/** Documents in a list with what each adds. */
function listedSource(docs: Uint32Array, weightOf: (i: number) => number): WindowSource {
  const addToDocs = ({ docs: asked, scores }: ScoredDocs): void => {
    const searched = asked.length * SEARCHED_ONE_IN < docs.length;
    let i = 0;
    for (let at = 0; at < asked.length && i < docs.length; at++) {
      const doc = asked[at];
      if (searched) i = placeIn(docs, doc, i);
      else while (i < docs.length && docs[i] < doc) i++;
      if (i < docs.length && docs[i] === doc) scores[at] += weightOf(i);
    }
  };
  let made: Float64Array | undefined;
  const all = (): Float64Array => {
    if (made) return made;
    made = new Float64Array(docs.length);
    for (let i = 0; i < made.length; i++) made[i] = weightOf(i);
    return made;
  };
  return {
    addBounds(bounds) {
      const own = all();
      for (let i = 0; i < docs.length; ) {
        const window = docs[i] >>> WINDOW_SHIFT;
        let most = 0;
        for (; i < docs.length && docs[i] >>> WINDOW_SHIFT === window; i++) if (own[i] > most) most = own[i];
        bounds[window] += most;
      }
    },
    addScores(window, wanted, scores) {
      const own = all();
      const end = (window + 1) << WINDOW_SHIFT;
      for (let i = placeIn(docs, window << WINDOW_SHIFT); i < docs.length && docs[i] < end; i++) {
        const doc = docs[i];
        if (hasBit(wanted, doc)) scores[doc & IN_WINDOW] += own[i];
      }
    },
    addToDocs,
    addMost: addToDocs,
    addReach(window, unit, lanes) {
      const own = all();
      const end = (window + 1) << WINDOW_SHIFT;
      for (let i = placeIn(docs, window << WINDOW_SHIFT); i < docs.length && docs[i] < end; i++)
        addTo(lanes, docs[i] & IN_WINDOW, unitsOf(own[i], unit));
    },
  };
}

function sparseSource(list: TermList, docs: Uint32Array, { weight, tables, norms }: Weighing): WindowSource {
  const { factors } = tables;
  return listedSource(docs, (i) => {
    const count = countAt(list, i);
    return weight * (count / (count + factors[norms[docs[i]]]));
  });
}

/** What occurrences weigh of which there are too many for the table, for a weight of 1. */
export const weightOfMany = (count: number, factor: number): number => count / (count + factor);

/** A long list; `impacts` are what its documents weigh at most, in steps, a byte each. */
class DenseSource implements WindowSource, AloneSource {
  readonly #list: TermList;
  readonly #bits: Bits;
  readonly #ranks: Uint32Array;
  readonly #own: Uint8Array;
  readonly #weighing: Weighing;
  readonly #impacts: () => Impacts;
  readonly #step: number;
  readonly held: { readonly bits: Bits; bound(window: number): number };

  constructor(list: TermList, weighing: Weighing, impacts: () => Impacts) {
    const { bits = new Uint32Array(0), ranks = new Uint32Array(0), bounds = new Uint8Array(0) } = list;
    this.#list = list;
    this.#bits = bits;
    this.#ranks = ranks;
    this.#own = bounds;
    this.#weighing = weighing;
    this.#impacts = impacts;
    // Bounds were reckoned at another average; a longer one makes documents weigh at most that much more.
    const { weight, average } = weighing;
    const step = (Math.max(0, weight) / BOUND_STEPS) * Math.max(1, average / list.average) * ROUNDING;
    this.#step = step;
    this.held = { bits, bound: (window) => step * bounds[window] };
  }

  get alone(): this | undefined {
    return this.#weighing.weight > 0 ? this : undefined;
  }

  get steps(): { readonly impacts: () => Impacts; readonly step: number } {
    return { impacts: this.#impacts, step: this.#step };
  }

  holds(doc: number): boolean {
    return hasBit(this.#bits, doc);
  }

  offerAlone(hits: Bits, sink: ScoreSink): void {
    offerWindows(this.#own, this.#step, sink, (window) => this.#offerWindow(window, hits, sink));
  }

  #offerWindow(window: number, hits: Bits, sink: ScoreSink): void {
    const bits = this.#bits;
    const { weight, tables, norms } = this.#weighing;
    const { factors, weights } = tables;
    const { counts } = this.#list;
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, bits.length);
    let before = this.#ranks[window];
    let counted = first;
    let least = sink.least();
    for (let word = first; word < last; word++) {
      const held = bits[word];
      let left = held & hits[word];
      if (left === 0) continue;
      for (; counted < word; counted++) before += countWord(bits[counted]);
      for (; left !== 0; left &= left - 1) {
        const bit = left & -left;
        const i = before + countWord(held & (bit - 1));
        const doc = (word << 5) + 31 - Math.clz32(bit);
        const count = counts[i];
        const norm = norms[doc];
        const score =
          weight *
          (count < TABLED ? weights[norm * TABLED + count] : weightOfMany(countAt(this.#list, i), factors[norm]));
        if (score < least) continue;
        sink.offer(doc, score);
        least = sink.least();
      }
    }
  }

  addBounds(bounds: Float64Array): void {
    const own = this.#own;
    const step = this.#step;
    for (let window = 0; window < own.length; window++) bounds[window] += step * own[window];
  }

  addScores(window: number, wanted: Bits, scores: Float64Array): void {
    const bits = this.#bits;
    const { weight, tables, norms } = this.#weighing;
    const { factors, weights } = tables;
    const { counts } = this.#list;
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, bits.length);
    let before = this.#ranks[window];
    for (let word = first; word < last; word++) {
      const held = bits[word];
      const base = word << 5;
      for (let left = held & wanted[word]; left !== 0; left &= left - 1) {
        const bit = left & -left;
        const i = before + countWord(held & (bit - 1));
        const doc = base + 31 - Math.clz32(bit);
        const count = counts[i];
        const norm = norms[doc];
        scores[doc & IN_WINDOW] +=
          weight *
          (count < TABLED ? weights[norm * TABLED + count] : weightOfMany(countAt(this.#list, i), factors[norm]));
      }
      before += countWord(held);
    }
  }

  addToDocs({ docs, scores }: ScoredDocs): void {
    const bits = this.#bits;
    const ranks = this.#ranks;
    const { weight, tables, norms } = this.#weighing;
    const { factors, weights } = tables;
    const { counts } = this.#list;
    let word = 0;
    let before = 0;
    for (let at = 0; at < docs.length; at++) {
      const doc = docs[at];
      const own = doc >>> 5;
      const held = bits[own];
      const bit = 1 << (doc & 31);
      if ((held & bit) === 0) continue;
      if (own - word >= WINDOW_WORDS) {
        const window = doc >>> WINDOW_SHIFT;
        word = window * WINDOW_WORDS;
        before = ranks[window];
      }
      for (; word < own; word++) before += countWord(bits[word]);
      const i = before + countWord(held & (bit - 1));
      const count = counts[i];
      const norm = norms[doc];
      scores[at] +=
        weight *
        (count < TABLED ? weights[norm * TABLED + count] : weightOfMany(countAt(this.#list, i), factors[norm]));
    }
  }

  addMost({ docs, scores }: ScoredDocs): void {
    const { bytes } = this.#impacts();
    const step = this.#step;
    for (let at = 0; at < docs.length; at++) scores[at] += step * bytes[docs[at]];
  }

  addReach(window: number, unit: number, lanes: Lanes): void {
    if (this.#own[window] > 0) addWeighed(lanes, this.#impacts().fours, window, unitsOf(this.#step, unit));
  }
}

/** What a term adds; `impacts` makes what its documents weigh at most ready, where the list is long. */
export const termSource = (list: TermList, weighing: Weighing, impacts: () => Impacts): WindowSource =>
  list.docs === undefined ? new DenseSource(list, weighing, impacts) : sparseSource(list, list.docs, weighing);

/** What documents of a set add whose counts are known; with `below` undefined that comes from their lengths. */
export function countedSource(
  bits: Bits,
  counts: ArrayLike<number>,
  { weight, tables, norms }: Weighing,
  below: number | undefined,
): WindowSource {
  const { factors } = tables;
  const docs = new Uint32Array(counts.length);
  let n = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) docs[n++] = (word << 5) + 31 - Math.clz32(left & -left);
  }
  return listedSource(docs, (i) => {
    const count = counts[i];
    return weight * (count / (count + (below ?? factors[norms[docs[i]]])));
  });
}

/** Documents of a set that all get the same. */
export function constantSource(bits: Bits, score: number): WindowSource {
  const addToDocs = ({ docs, scores }: ScoredDocs): void => {
    for (let at = 0; at < docs.length; at++) if (hasBit(bits, docs[at])) scores[at] += score;
  };
  return {
    addBounds(bounds) {
      for (let word = 0; word < bits.length; word++) {
        if (bits[word] === 0) continue;
        const window = word >>> (WINDOW_SHIFT - 5);
        bounds[window] += score;
        word = (window + 1) * WINDOW_WORDS - 1;
      }
    },
    addScores(window, wanted, scores) {
      const first = window * WINDOW_WORDS;
      const last = Math.min(first + WINDOW_WORDS, bits.length);
      for (let word = first; word < last; word++) {
        for (let left = bits[word] & wanted[word]; left !== 0; left &= left - 1)
          scores[((word << 5) + 31 - Math.clz32(left & -left)) & IN_WINDOW] += score;
      }
    },
    addToDocs,
    addMost: addToDocs,
    addReach(window, unit, lanes) {
      const first = window * WINDOW_WORDS;
      let any = 0;
      for (let word = first; word < Math.min(first + WINDOW_WORDS, bits.length); word++) any |= bits[word];
      if (any !== 0) addEvenly(lanes, unitsOf(score, unit));
    },
  };
}

/** A source of which only some documents count. */
export function limitedSource(source: WindowSource, within: Bits, docs: number): WindowSource {
  const both = new Uint32Array((docs + 31) >>> 5);
  return {
    held: source.held,
    addBounds: (bounds) => source.addBounds(bounds),
    addScores(window, wanted, scores) {
      const first = window * WINDOW_WORDS;
      const last = Math.min(first + WINDOW_WORDS, both.length);
      for (let word = first; word < last; word++) both[word] = wanted[word] & within[word];
      source.addScores(window, both, scores);
    },
    addToDocs({ docs: asked, scores }) {
      const own = new Float64Array(asked.length);
      source.addToDocs({ docs: asked, scores: own });
      for (let at = 0; at < asked.length; at++) if (hasBit(within, asked[at])) scores[at] += own[at];
    },
    addMost: (into) => source.addMost(into),
    addReach: (window, unit, lanes) => source.addReach(window, unit, lanes),
  };
}
