import { type LengthTables, TABLED } from '../segment/norms.js';
import { BOUND_STEPS, countAt, type TermList, WINDOW_SHIFT, WINDOW_WORDS, windowsOf } from '../segment/term-list.js';
import { type Bits, countWord, forEachBit, hasBit } from '../storage/bits.js';
import type { PlaceCounter } from './word-places.js';

/** Documents of one window. */
const WINDOW = 1 << WINDOW_SHIFT;
const IN_WINDOW = WINDOW - 1;

/**
 * What a part of a query adds to the scores of a segment's documents, asked for window by window. Bounds are never
 * less than what is added; a window whose bounds together do not reach the page is passed by.
 */
export interface WindowSource {
  /** Adds to each window the most that one of its documents gets. */
  addBounds(bounds: Float64Array): void;
  /** Adds what each wanted document of a window gets, at the document's place in the window. */
  addScores(window: number, wanted: Bits, scores: Float64Array): void;
  /** The documents that get anything, and the bound of a window, where both are at hand. */
  readonly held?: { readonly bits: Bits; bound(window: number): number } | undefined;
}

/**
 * What a part of a query adds where it takes long to tell, asked for one document at a time and only for those that
 * may be among the best.
 */
export interface CostlySource {
  addBounds(bounds: Float64Array): void;
  /** No less than the score of a document. */
  most(doc: number): number;
  score(doc: number): number;
}

/** What all parts of a query add in one segment. The costly ones are added after the others, always in their order. */
export interface Sources {
  readonly quick: readonly WindowSource[];
  readonly costly: readonly CostlySource[];
}

/** How occurrences weigh: what the rarity and the boost come to, and by byte of length what stands below the line. */
export interface Weighing {
  readonly weight: number;
  readonly tables: LengthTables;
  readonly norms: Uint8Array;
  readonly average: number;
}

/** Sums are rounded; a bound must not be. */
const ROUNDING = 1 + 1e-9;

/** The first place of an ascending list whose document is not before `doc`. */
function placeOf(docs: Uint32Array, doc: number): number {
  let low = 0;
  let high = docs.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (docs[middle] < doc) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Documents in a list with what each adds. */
function listedSource(docs: Uint32Array, own: Float64Array): WindowSource {
  return {
    addBounds(bounds) {
      for (let i = 0; i < docs.length; ) {
        const window = docs[i] >>> WINDOW_SHIFT;
        let most = 0;
        for (; i < docs.length && docs[i] >>> WINDOW_SHIFT === window; i++) if (own[i] > most) most = own[i];
        bounds[window] += most;
      }
    },
    addScores(window, wanted, scores) {
      const end = (window + 1) << WINDOW_SHIFT;
      for (let i = placeOf(docs, window << WINDOW_SHIFT); i < docs.length && docs[i] < end; i++) {
        const doc = docs[i];
        if (hasBit(wanted, doc)) scores[doc & IN_WINDOW] += own[i];
      }
    },
  };
}

function sparseSource(list: TermList, docs: Uint32Array, { weight, tables, norms }: Weighing): WindowSource {
  const { factors } = tables;
  const own = new Float64Array(docs.length);
  for (let i = 0; i < docs.length; i++) {
    const count = countAt(list, i);
    own[i] = weight * (count / (count + factors[norms[docs[i]]]));
  }
  return listedSource(docs, own);
}

const weightOfMany = (count: number, factor: number): number => count / (count + factor);

function denseSource(list: TermList, { weight, tables, norms, average }: Weighing): WindowSource {
  const { factors, weights } = tables;
  const { bits = new Uint32Array(0), ranks = new Uint32Array(0), counts, bounds: own = new Uint8Array(0) } = list;
  // Bounds were reckoned at another average; a longer one makes documents weigh at most that much more.
  const step = (Math.max(0, weight) / BOUND_STEPS) * Math.max(1, average / list.average) * ROUNDING;
  return {
    held: { bits, bound: (window) => step * own[window] },
    addBounds(bounds) {
      for (let window = 0; window < own.length; window++) bounds[window] += step * own[window];
    },
    addScores(window, wanted, scores) {
      const first = window * WINDOW_WORDS;
      const last = Math.min(first + WINDOW_WORDS, bits.length);
      let before = ranks[window];
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
            weight * (count < TABLED ? weights[norm * TABLED + count] : weightOfMany(countAt(list, i), factors[norm]));
        }
        before += countWord(held);
      }
    },
  };
}

/** What a term adds. */
export const termSource = (list: TermList, weighing: Weighing): WindowSource =>
  list.docs === undefined ? denseSource(list, weighing) : sparseSource(list, list.docs, weighing);

/** What documents of a set add whose counts are known; with `factors` undefined the counts are weighed already. */
export function countedSource(
  bits: Bits,
  counts: ArrayLike<number>,
  { weight, tables, norms }: Weighing,
  below: number | undefined,
): WindowSource {
  const { factors } = tables;
  const docs = new Uint32Array(counts.length);
  const own = new Float64Array(counts.length);
  let i = 0;
  for (let word = 0; word < bits.length; word++) {
    for (let left = bits[word]; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      const count = counts[i];
      docs[i] = doc;
      own[i++] = weight * (count / (count + (below ?? factors[norms[doc]])));
    }
  }
  return listedSource(docs, own);
}

/** Adds to each window the most that the words of a leaf let one of its documents get. */
function addPlaceBounds({ lists, adds }: PlaceCounter, { weight, average }: Weighing, bounds: Float64Array): void {
  const steps = lists.map((list) => (weight / BOUND_STEPS) * Math.max(1, average / list.average) * ROUNDING);
  for (let window = 0; window < bounds.length; window++) {
    let most = adds ? 0 : Number.POSITIVE_INFINITY;
    for (let i = 0; i < lists.length; i++) {
      const own = steps[i] * (lists[i].bounds?.[window] ?? 0);
      if (adds) most += own;
      else if (own < most) most = own;
    }
    bounds[window] += most;
  }
}

/** What the occurrences in the places of words add, counted when they are asked for. */
export function placeSource(places: PlaceCounter, weighing: Weighing): CostlySource {
  const { weight, norms } = weighing;
  const { factors } = weighing.tables;
  const scoreOf = (doc: number, count: number): number => weight * (count / (count + factors[norms[doc]]));
  const most = (doc: number): number =>
    weight > 0 && hasBit(places.candidates, doc) ? scoreOf(doc, places.most(doc)) : 0;
  return {
    addBounds(bounds) {
      if (weight <= 0) return;
      if (places.lists.every((list) => list.bounds !== undefined)) {
        addPlaceBounds(places, weighing, bounds);
        return;
      }
      const own = new Float64Array(bounds.length);
      forEachBit(places.candidates, (doc) => {
        const window = doc >>> WINDOW_SHIFT;
        own[window] = Math.max(own[window], most(doc));
      });
      for (let window = 0; window < bounds.length; window++) bounds[window] += own[window];
    },
    most,
    score: (doc) => (hasBit(places.candidates, doc) ? scoreOf(doc, places.count(doc)) : 0),
  };
}

/** A costly source of which only some documents count. */
export const limitedCostly = (source: CostlySource, within: Bits): CostlySource => ({
  addBounds: (bounds) => source.addBounds(bounds),
  most: (doc) => (hasBit(within, doc) ? source.most(doc) : 0),
  score: (doc) => (hasBit(within, doc) ? source.score(doc) : 0),
});

/** Documents of a set that all get the same. */
export function constantSource(bits: Bits, score: number): WindowSource {
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
  };
}

const ORDER_STEPS = 1024;

/** The windows by their bounds, highest first by steps; those of one step in their own order. */
function byBound(bounds: Float64Array, most: number): Uint32Array {
  const scale = most > 0 ? (ORDER_STEPS - 1) / most : 0;
  const starts = new Uint32Array(ORDER_STEPS + 1);
  const stepOf = (bound: number): number => ORDER_STEPS - 1 - Math.floor(bound * scale);
  for (let window = 0; window < bounds.length; window++) starts[stepOf(bounds[window]) + 1]++;
  for (let step = 0; step < ORDER_STEPS; step++) starts[step + 1] += starts[step];
  const order = new Uint32Array(bounds.length);
  for (let window = 0; window < bounds.length; window++) order[starts[stepOf(bounds[window])]++] = window;
  return order;
}

/** Takes hits with their scores; `least` is what a score must reach to be of use, `size` how many are wanted. */
export interface ScoreSink {
  readonly size: number;
  least(): number;
  offer(doc: number, score: number): void;
}

/** True unless what the costly sources may add at most leaves the score below the least of use. */
function mayReach(score: number, costly: readonly CostlySource[], doc: number, least: number): boolean {
  let most = 0;
  for (const source of costly) most += source.most(doc);
  return score + most + (ROUNDING - 1) * (Math.abs(score) + most) >= least;
}

/** Narrows the hits of a window to documents that have every word without which the least score is not reached. */
function openNarrowing(
  sources: readonly WindowSource[],
  hits: Bits,
): (window: number, bound: number, least: number) => Bits {
  const held = sources.flatMap((source) => source.held ?? []);
  if (sources.length < 2 || held.length === 0) return () => hits;
  const narrowed = new Uint32Array(hits.length);
  return (window, bound, least) => {
    let wanted = hits;
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, hits.length);
    for (const { bits, bound: own } of held) {
      if (bound - own(window) + (ROUNDING - 1) * bound >= least) continue;
      for (let word = first; word < last; word++) narrowed[word] = wanted[word] & bits[word];
      wanted = narrowed;
    }
    return wanted;
  };
}

/**
 * Offers the hits of a segment that may be among the best: windows with the highest bounds first, until no bound
 * reaches the least score that is still of use.
 */
export function offerBest({ quick, costly }: Sources, hits: Bits, docs: number, sink: ScoreSink): void {
  const windows = windowsOf(docs);
  const bounds = new Float64Array(windows);
  for (const source of quick) source.addBounds(bounds);
  for (const source of costly) source.addBounds(bounds);
  let most = 0;
  for (let window = 0; window < windows; window++) if (bounds[window] > most) most = bounds[window];
  const scores = new Float64Array(WINDOW);
  let offered = 0;
  let least = sink.least();
  const narrow = openNarrowing(quick, hits);
  for (const window of byBound(bounds, most)) {
    // Where nothing scores, the first in the segment are the first in order.
    if (most === 0 && offered >= sink.size) return;
    if (bounds[window] * ROUNDING < least) {
      // Windows of the same step may still reach; a whole step lower none does.
      if ((bounds[window] + most / (ORDER_STEPS - 1)) * ROUNDING < least) return;
      continue;
    }
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, hits.length);
    const wanted = narrow(window, bounds[window], least);
    let any = 0;
    for (let word = first; word < last; word++) any |= wanted[word];
    if (any === 0) continue;
    for (const source of quick) source.addScores(window, wanted, scores);
    for (let word = first; word < last; word++) {
      for (let left = wanted[word]; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        let score = scores[doc & IN_WINDOW];
        if (costly.length > 0) {
          if (!mayReach(score, costly, doc, least)) continue;
          for (const source of costly) score += source.score(doc);
        }
        if (score < least) continue;
        offered++;
        sink.offer(doc, score);
        least = sink.least();
      }
    }
    scores.fill(0);
  }
}

/** The scores of all hits of a segment, by document. */
export function allScores({ quick, costly }: Sources, hits: Bits, docs: number): Float64Array {
  const scores = new Float64Array(docs);
  const own = new Float64Array(WINDOW);
  for (let window = 0; window < windowsOf(docs); window++) {
    for (const source of quick) source.addScores(window, hits, own);
    const from = window << WINDOW_SHIFT;
    scores.set(own.subarray(0, Math.min(WINDOW, docs - from)), from);
    own.fill(0);
  }
  if (costly.length === 0) return scores;
  forEachBit(hits, (doc) => {
    for (const source of costly) scores[doc] += source.score(doc);
  });
  return scores;
}
