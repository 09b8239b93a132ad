import { TABLED } from '../segment/norms.js';
import {
  BLOCK_SHIFT,
  BOUND_STEPS,
  countAt,
  type TermList,
  WINDOW_SHIFT,
  WINDOW_WORDS,
  windowsOf,
} from '../segment/term-list.js';
import { type Bits, forEachBit } from '../storage/bits.js';
import type { AloneSource, ScoreSink } from './alone.js';
import type { CostlySource } from './costly.js';
import { type Lanes, makeLanes, takeReaching, unitsFor } from './reach.js';
import { SLOW_WINDOWS, sharedReach } from './reach-kernel.js';
import { ROUNDING, unitsOf, type Weighing, type WindowSource, weightOfMany } from './sources.js';

/** Documents of one window. */
const WINDOW = 1 << WINDOW_SHIFT;
const IN_WINDOW = WINDOW - 1;

/** What all parts of a query add in one segment. The costly ones are added after the others, always in their order. */
export interface Sources {
  readonly quick: readonly WindowSource[];
  readonly costly: readonly CostlySource[];
}

/** Steps in which bounds are told apart: few windows need few. */
const stepsFor = (windows: number): number => (windows < 256 ? 64 : 1024);

/** The windows by their bounds, highest first by steps; those of one step in their own order. */
function byBound(bounds: Float64Array, most: number, steps: number): Uint32Array {
  const scale = most > 0 ? (steps - 1) / most : 0;
  const starts = new Uint32Array(steps + 1);
  const stepOf = (bound: number): number => steps - 1 - Math.floor(bound * scale);
  for (let window = 0; window < bounds.length; window++) starts[stepOf(bounds[window]) + 1]++;
  for (let step = 0; step < steps; step++) starts[step + 1] += starts[step];
  const order = new Uint32Array(bounds.length);
  for (let window = 0; window < bounds.length; window++) order[starts[stepOf(bounds[window])]++] = window;
  return order;
}

/** True unless what the costly sources may add at most leaves the score below the least of use. */
function mayReach(score: number, costly: readonly CostlySource[], doc: number, least: number): boolean {
  let most = 0;
  for (const source of costly) most += source.most(doc);
  return score + most + (ROUNDING - 1) * (Math.abs(score) + most) >= least;
}

/** Adds what the costly sources give and offers the document, unless it cannot be of use. True when it was offered. */
function offerOne(doc: number, score: number, costly: readonly CostlySource[], sink: ScoreSink): boolean {
  const least = sink.least();
  let sum = score;
  if (costly.length > 0) {
    if (!mayReach(score, costly, doc, least)) return false;
    for (const source of costly) sum += source.score(doc);
  }
  if (sum < least) return false;
  sink.offer(doc, sum);
  return true;
}

function docsOf(hits: Bits, count: number): Uint32Array {
  const docs = new Uint32Array(count);
  let n = 0;
  for (let word = 0; word < hits.length; word++) {
    for (let left = hits[word]; left !== 0; left &= left - 1) docs[n++] = (word << 5) + 31 - Math.clz32(left & -left);
  }
  return docs;
}

/** Scores some documents and offers them. */
function offerDocs({ quick, costly }: Sources, docs: Uint32Array, sink: ScoreSink): void {
  const scores = new Float64Array(docs.length);
  for (const source of quick) source.addToDocs({ docs, scores });
  for (let at = 0; at < docs.length; at++) offerOne(docs[at], scores[at], costly, sink);
}

/** The `size`-th highest of some numbers, of which there are more. */
function highest(numbers: Float64Array, size: number): number {
  const best = numbers.slice(0, size).sort();
  for (let at = size; at < numbers.length; at++) {
    const number = numbers[at];
    if (number <= best[0]) continue;
    let to = 0;
    for (; to + 1 < size && best[to + 1] < number; to++) best[to] = best[to + 1];
    best[to] = number;
  }
  return best[0];
}

const isOneQuick = ({ quick, costly }: Sources): boolean => quick.length < 2 && costly.length === 0;

/** Beyond so many hits for each one wanted, what they may reach is looked at first. */
const FEW = 4;

/**
 * Offers the hits one by one, without windows: the quickest way where there are few. What each may reach is told
 * without a branch; those that may reach the most are scored first, of the others only what may still be of use.
 */
function offerHits(sources: Sources, hits: Bits, count: number, sink: ScoreSink): void {
  const docs = docsOf(hits, count);
  const { quick, costly } = sources;
  if (isOneQuick(sources) || count <= FEW * sink.size) {
    offerDocs(sources, docs, sink);
    return;
  }
  const most = new Float64Array(count);
  for (const source of quick) source.addMost({ docs, scores: most });
  for (const source of costly) for (let at = 0; at < count; at++) most[at] += source.most(docs[at]);
  const first = Math.max(highest(most, sink.size), sink.least());
  const chosen = new Uint32Array(count);
  let n = 0;
  for (let at = 0; at < count; at++) if (most[at] >= first) chosen[n++] = docs[at];
  offerDocs(sources, chosen.subarray(0, n), sink);
  const least = sink.least();
  n = 0;
  for (let at = 0; at < count; at++) {
    const own = most[at];
    if (own < first && own + (ROUNDING - 1) * Math.abs(own) >= least) chosen[n++] = docs[at];
  }
  offerDocs(sources, chosen.subarray(0, n), sink);
}

/** Tells which documents of a window may reach the least units; writes them to `into`. False when there are none. */
type Reach = (window: number, unit: number, least: number, wanted: Bits, into: Bits) => boolean;

function reachOf(quick: readonly WindowSource[], lanes: Lanes, ...[window, unit, ...rest]: Parameters<Reach>): boolean {
  for (const source of quick) source.addReach(window, unit, lanes);
  return takeReaching(lanes, window, ...rest);
}

/** So many lists are worth copying for the kernel. */
const LISTS = 2;

/** The same by the kernel, for lists whose documents' weights are at hand; undefined where it does not pay. */
function openFastReach(quick: readonly WindowSource[]): Reach | undefined {
  const lists = quick.flatMap(({ steps }) => steps ?? []);
  const kernel = sharedReach;
  if (kernel === undefined || lists.length < LISTS) return undefined;
  if (!kernel.take(lists.map(({ impacts }) => impacts()))) return undefined;
  const others = quick.filter(({ steps }) => steps === undefined);
  const weights = new Array<number>(lists.length).fill(0);
  return (window, unit, ...rest) => {
    for (const source of others) source.addReach(window, unit, kernel.lanes);
    for (let i = 0; i < weights.length; i++) weights[i] = unitsOf(lists[i].step, unit);
    return kernel.reaching(window, weights, ...rest);
  };
}

/** Goes through the windows of a segment from the highest bound down. */
class WindowSearch {
  readonly #sources: Sources;
  readonly #hits: Bits;
  readonly #sink: ScoreSink;
  /** By window what the quick and the costly sources add at most, and both. */
  readonly #quick: Float64Array;
  readonly #slow: Float64Array;
  readonly #bounds: Float64Array;
  readonly #held: readonly NonNullable<WindowSource['held']>[];
  readonly #narrowed: Bits;
  readonly #lanes = makeLanes();
  #fast: Reach | undefined;
  #looked = 0;
  readonly #scores = new Float64Array(WINDOW);

  constructor(sources: Sources, hits: Bits, docs: number, sink: ScoreSink) {
    const windows = windowsOf(docs);
    this.#sources = sources;
    this.#hits = hits;
    this.#sink = sink;
    this.#quick = new Float64Array(windows);
    this.#slow = new Float64Array(windows);
    this.#narrowed = new Uint32Array(hits.length);
    this.#held = sources.quick.length < 2 ? [] : sources.quick.flatMap((source) => source.held ?? []);
    for (const source of sources.quick) source.addBounds(this.#quick);
    for (const source of sources.costly) source.addBounds(this.#slow);
    this.#bounds = this.#quick.slice();
    for (let window = 0; window < windows; window++) this.#bounds[window] += this.#slow[window];
  }

  run(): void {
    const bounds = this.#bounds;
    let most = 0;
    for (let window = 0; window < bounds.length; window++) if (bounds[window] > most) most = bounds[window];
    let offered = 0;
    const steps = stepsFor(bounds.length);
    for (const window of byBound(bounds, most, steps)) {
      // Where nothing scores, the first in the segment are the first in order.
      if (most === 0 && offered >= this.#sink.size) return;
      const least = this.#sink.least();
      if (bounds[window] * ROUNDING < least) {
        // Windows of the same step may still reach; a whole step lower none does.
        if ((bounds[window] + most / (steps - 1)) * ROUNDING < least) return;
        continue;
      }
      const wanted = this.#narrow(window, least);
      if (wanted) offered += this.#offer(window, wanted);
    }
  }

  /** The hits of a window that may be of use; undefined when there are none. */
  #narrow(window: number, least: number): Bits | undefined {
    const hits = this.#hits;
    const into = this.#narrowed;
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, hits.length);
    let wanted = hits;
    // Documents must have every word without which the least score is not reached.
    for (const { bits, bound } of this.#held) {
      if (this.#bounds[window] - bound(window) + (ROUNDING - 1) * this.#bounds[window] >= least) continue;
      for (let word = first; word < last; word++) into[word] = wanted[word] & bits[word];
      wanted = into;
    }
    let any = 0;
    for (let word = first; word < last; word++) any |= wanted[word];
    if (any === 0) return undefined;
    return this.#reaching(window, least, wanted);
  }

  /** Of the wanted documents of a window those whose words may bring them to the least score. */
  #reaching(window: number, leastScore: number, wanted: Bits): Bits | undefined {
    const { quick } = this.#sources;
    const quickBound = this.#quick[window];
    const needed = leastScore - this.#slow[window] * ROUNDING;
    const units = unitsFor(quick.length);
    if (this.#held.length < 2 || units <= 0 || quickBound <= 0 || !(needed > 0)) return wanted;
    const unit = quickBound / units;
    const least = Math.floor(needed / (unit * ROUNDING));
    if (this.#looked++ === SLOW_WINDOWS) this.#fast = openFastReach(quick);
    const reached = this.#fast
      ? this.#fast(window, unit, least, wanted, this.#narrowed)
      : reachOf(quick, this.#lanes, window, unit, least, wanted, this.#narrowed);
    return reached ? this.#narrowed : undefined;
  }

  #offer(window: number, wanted: Bits): number {
    const { quick, costly } = this.#sources;
    const scores = this.#scores;
    for (const source of quick) source.addScores(window, wanted, scores);
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, wanted.length);
    let offered = 0;
    for (let word = first; word < last; word++) {
      for (let left = wanted[word]; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        if (offerOne(doc, scores[doc & IN_WINDOW], costly, this.#sink)) offered++;
      }
    }
    scores.fill(0);
    return offered;
  }
}

/** Offers the hits of a segment where one part alone scores: those it matches and, where too few of these are known, the first others. */
function offerAlone(alone: AloneSource, hits: Bits, sink: ScoreSink): void {
  alone.offerAlone(hits, sink);
  if (sink.least() > 0) return;
  let offered = 0;
  for (let word = 0; word < hits.length; word++) {
    for (let left = hits[word]; left !== 0; left &= left - 1) {
      const doc = (word << 5) + 31 - Math.clz32(left & -left);
      if (alone.holds(doc)) continue;
      if (offered++ === sink.size) return;
      sink.offer(doc, 0);
    }
  }
}

/** Up to one hit in so many documents, all hits are scored. */
const SCORED_ONE_IN = 8;
/** The same where one part alone scores whose bounds do not tell more. */
const SCORED_ALONE = 32;

/** Offers the hits of a segment, `count` of them, that may be among the best. */
export function offerBest(sources: Sources, hits: Bits, count: number, docs: number, sink: ScoreSink): void {
  if (count === 0) return;
  const isAlone = isOneQuick(sources);
  const alone = isAlone ? sources.quick[0]?.alone : undefined;
  // Where everything takes long to tell, it pays to know of each hit what it may reach.
  const isSlow = sources.quick.length === 0 && sources.costly.length > 0;
  if (alone) offerAlone(alone, hits, sink);
  else if (isSlow || count * (isAlone ? SCORED_ALONE : SCORED_ONE_IN) <= docs || count <= sink.size)
    offerHits(sources, hits, count, sink);
  else new WindowSearch(sources, hits, docs, sink).run();
}

/** Offers the live documents of a short list that may be among the best. */
export function offerList(
  list: TermList,
  { weight, tables, norms, average }: Weighing,
  live: Bits,
  sink: ScoreSink,
): void {
  const { docs = new Uint32Array(0), counts, blocks } = list;
  const { weights, factors } = tables;
  // Bounds were reckoned at another average; a longer one makes documents weigh at most that much more.
  const step = (Math.max(0, weight) / BOUND_STEPS) * Math.max(1, average / list.average) * ROUNDING;
  let least = sink.least();
  for (let i = 0; i < docs.length; i++) {
    if (blocks && (i & ((1 << BLOCK_SHIFT) - 1)) === 0) {
      while (i < docs.length && blocks[i >>> BLOCK_SHIFT] * step < least) i += 1 << BLOCK_SHIFT;
      if (i >= docs.length) return;
    }
    const doc = docs[i];
    if ((live[doc >>> 5] & (1 << (doc & 31))) === 0) continue;
    const count = counts[i];
    const norm = norms[doc];
    const score =
      weight * (count < TABLED ? weights[norm * TABLED + count] : weightOfMany(countAt(list, i), factors[norm]));
    if (score < least) continue;
    sink.offer(doc, score);
    least = sink.least();
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
