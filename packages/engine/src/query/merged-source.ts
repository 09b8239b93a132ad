import { TABLED } from '../segment/norms.js';
import {
  BOUND_STEPS,
  countAt,
  type Impacts,
  itemOf,
  itemsOfDocs,
  type TermList,
  WINDOW_SHIFT,
  WINDOW_WORDS,
} from '../segment/term-list.js';
import { type Bits, countWord, hasBit } from '../storage/bits.js';
import { type AloneSource, offerWindows, type ScoreSink } from './alone.js';
import type { MergedWords } from './merged-words.js';
import { addTo, type Lanes } from './reach.js';
import { ROUNDING, type ScoredDocs, unitsOf, type Weighing, type WindowSource, weightOfMany } from './sources.js';

const WINDOW = 1 << WINDOW_SHIFT;
const IN_WINDOW = WINDOW - 1;

/** Adds how often documents of a window have the word of a long list, at their places in the window. */
function addLongInWindow(list: TermList, window: number, wanted: Bits, counts: Uint32Array): void {
  const { bits = new Uint32Array(0), ranks = new Uint32Array(0) } = list;
  const first = window * WINDOW_WORDS;
  const last = Math.min(first + WINDOW_WORDS, bits.length);
  let before = ranks[window];
  let counted = first;
  for (let word = first; word < last; word++) {
    const held = bits[word];
    let left = held & wanted[word];
    if (left === 0) continue;
    for (; counted < word; counted++) before += countWord(bits[counted]);
    for (; left !== 0; left &= left - 1) {
      const bit = left & -left;
      counts[((word << 5) + 31 - Math.clz32(bit)) & IN_WINDOW] += countAt(list, before + countWord(held & (bit - 1)));
    }
  }
}

/** Adds how often each of some ascending documents has the word of a long list; `items` is room for as many numbers. */
function addLong(list: TermList, docs: Uint32Array, counts: Uint32Array, items: Int32Array): void {
  itemsOfDocs(list, docs, docs.length, items);
  for (let at = 0; at < docs.length; at++) if (items[at] >= 0) counts[at] += countAt(list, items[at]);
}

/** By the steps of a bound how often occurrences stand against what is beside them below the line. */
const RATIOS = Float64Array.from({ length: BOUND_STEPS + 1 }, (_, steps) => steps / (BOUND_STEPS - steps));

/**
 * What several words add that count as one. Nothing is made for a document that is not scored. `c / (c + f)` is at most
 * what the sum of the greatest `c / f` of each long list comes to; documents with other words are few and told apart.
 */
export class MergedSource implements WindowSource, AloneSource {
  readonly #words: MergedWords;
  readonly #bits: () => Bits;
  readonly #weighing: Weighing;
  readonly #impacts: (list: TermList) => Impacts;
  /** By list how its bounds stand against what is beside them below the line, and what documents weigh at most by it. */
  #reaches: readonly { readonly ratios: Float64Array; readonly bytes: Uint8Array }[] | undefined;
  readonly #counts = new Uint32Array(WINDOW);
  readonly #sums = new Float64Array(WINDOW);
  #narrowed: Bits | undefined;
  #longBounds: Uint8Array | undefined;
  #bounds: Float64Array | undefined;

  /** `bits` gives the live documents of any of the words, `impacts` what those of a long list weigh at most. */
  constructor(words: MergedWords, bits: () => Bits, weighing: Weighing, impacts: (list: TermList) => Impacts) {
    this.#words = words;
    this.#bits = bits;
    this.#weighing = weighing;
    this.#impacts = impacts;
  }

  get held(): { readonly bits: Bits; bound(window: number): number } {
    return { bits: this.#bits(), bound: (window) => this.#boundsOf()[window] };
  }

  get alone(): this | undefined {
    return this.#weighing.weight > 0 ? this : undefined;
  }

  #weigh(doc: number, count: number): number {
    const { weight, tables, norms } = this.#weighing;
    const norm = norms[doc];
    return (
      weight * (count < TABLED ? tables.weights[norm * TABLED + count] : weightOfMany(count, tables.factors[norm]))
    );
  }

  /** Bounds were reckoned at another average; at a longer one documents count as at most that much shorter. */
  #ratiosOf({ average }: TermList): Float64Array {
    const drift = this.#weighing.average / average;
    return drift > 1 ? RATIOS.map((ratio) => ratio * drift) : RATIOS;
  }

  /** For each window the most that the words of the long lists let one of its documents weigh, in steps. */
  #boundsOfLong(): Uint8Array {
    if (this.#longBounds) return this.#longBounds;
    const { long } = this.#words;
    const [{ bounds: only = new Uint8Array(0), average } = { average: 0 }] = long;
    if (long.length === 1 && this.#weighing.average <= average) {
      this.#longBounds = only;
      return only;
    }
    const steps = new Uint8Array(only.length);
    const sums = new Float64Array(only.length);
    for (const list of long) {
      const { bounds: own = only } = list;
      const ratios = this.#ratiosOf(list);
      for (let window = 0; window < own.length; window++) sums[window] += ratios[own[window]];
    }
    for (let window = 0; window < steps.length; window++) {
      const sum = sums[window];
      steps[window] = Number.isFinite(sum) ? Math.ceil((sum / (sum + 1)) * BOUND_STEPS * ROUNDING) : BOUND_STEPS;
    }
    this.#longBounds = steps;
    return steps;
  }

  /** How often a document has the words of the long lists. */
  #countLong(doc: number): number {
    let count = 0;
    for (const list of this.#words.long) {
      const item = itemOf(list, doc);
      if (item >= 0) count += countAt(list, item);
    }
    return count;
  }

  #boundsOf(): Float64Array {
    if (this.#bounds) return this.#bounds;
    const { rest, long } = this.#words;
    const weight = Math.max(0, this.#weighing.weight);
    const step = (weight / BOUND_STEPS) * ROUNDING;
    const steps = long.length > 0 ? this.#boundsOfLong() : new Uint8Array(0);
    const bounds = new Float64Array(Math.ceil(this.#bits().length / WINDOW_WORDS));
    this.#bounds = bounds;
    for (let window = 0; window < steps.length; window++) bounds[window] = step * steps[window];
    // Documents with other words are few and scored at once: so they do not raise the bound of all the rest.
    for (let i = 0; i < rest.length; i++) {
      const doc = rest.docs[i];
      const score = Math.max(0, this.#weigh(doc, rest.counts[i] + this.#countLong(doc)) * ROUNDING);
      if (score > bounds[doc >>> WINDOW_SHIFT]) bounds[doc >>> WINDOW_SHIFT] = score;
    }
    return bounds;
  }

  addBounds(bounds: Float64Array): void {
    const own = this.#boundsOf();
    for (let window = 0; window < own.length; window++) bounds[window] += own[window];
  }

  /** How often the wanted documents of a window have any of the words, at their places in the window. */
  #countInWindow(window: number, wanted: Bits): Uint32Array {
    const sums = this.#counts.fill(0);
    for (const list of this.#words.long) addLongInWindow(list, window, wanted, sums);
    return sums;
  }

  addScores(window: number, wanted: Bits, scores: Float64Array): void {
    const { rest } = this.#words;
    const sums = this.#countInWindow(window, wanted);
    const first = window << WINDOW_SHIFT;
    for (let place = 0; place < WINDOW; place++) {
      const doc = first + place;
      if (!hasBit(wanted, doc)) continue;
      const count = rest.length > 0 ? sums[place] + rest.of(doc) : sums[place];
      if (count > 0) scores[place] += this.#weigh(doc, count);
    }
  }

  addToDocs({ docs: asked, scores }: ScoredDocs): void {
    const { long, rest } = this.#words;
    const sums = new Uint32Array(asked.length);
    const items = new Int32Array(asked.length);
    for (const list of long) addLong(list, asked, sums, items);
    for (let at = 0; at < asked.length; at++) {
      const count = rest.length > 0 ? sums[at] + rest.of(asked[at]) : sums[at];
      if (count > 0) scores[at] += this.#weigh(asked[at], count);
    }
  }

  addMost(into: ScoredDocs): void {
    this.addToDocs(into);
  }

  addReach(window: number, unit: number, lanes: Lanes): void {
    const scores = new Float64Array(WINDOW);
    this.addScores(window, this.#bits(), scores);
    for (let place = 0; place < WINDOW; place++)
      if (scores[place] > 0) addTo(lanes, place, unitsOf(scores[place], unit));
  }

  holds(doc: number): boolean {
    const { long, rest } = this.#words;
    return rest.of(doc) > 0 || long.some(({ bits }) => bits !== undefined && hasBit(bits, doc));
  }

  offerAlone(hits: Bits, sink: ScoreSink): void {
    if (this.#words.long.length > 0) {
      const step = (this.#weighing.weight / BOUND_STEPS) * ROUNDING;
      offerWindows(this.#boundsOfLong(), step, sink, (window) => {
        const least = sink.least();
        const wanted = this.#words.long.length > 1 && least > 0 ? this.#reaching(window, hits, least) : hits;
        this.#offerLong(window, wanted, sink);
      });
    }
    this.#offerRest(hits, sink);
  }

  /** Of the hits of a window those that the words of the long lists may bring to the least score. */
  #reaching(window: number, hits: Bits, least: number): Bits {
    this.#reaches ??= this.#words.long.map((list) => ({
      ratios: this.#ratiosOf(list),
      bytes: this.#impacts(list).bytes,
    }));
    this.#narrowed ??= new Uint32Array(hits.length);
    const narrowed = this.#narrowed;
    const sums = this.#sums.fill(0);
    const from = window << WINDOW_SHIFT;
    for (const { ratios, bytes } of this.#reaches)
      for (let place = 0; place < WINDOW; place++) sums[place] += ratios[bytes[from + place]];
    const share = least / (this.#weighing.weight * ROUNDING);
    const needed = share < 1 ? share / (1 - share) / ROUNDING : Number.POSITIVE_INFINITY;
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, hits.length);
    for (let word = first; word < last; word++) {
      let reaching = 0;
      const place = (word - first) << 5;
      for (let bit = 0; bit < 32; bit++) if (sums[place + bit] >= needed) reaching |= 1 << bit;
      narrowed[word] = hits[word] & reaching;
    }
    return narrowed;
  }

  /** Offers the documents of a window that have only words with long lists. */
  #offerLong(window: number, hits: Bits, sink: ScoreSink): void {
    const { rest, long } = this.#words;
    const sums = this.#countInWindow(window, hits);
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, hits.length);
    let least = sink.least();
    for (let word = first; word < last; word++) {
      let left = 0;
      for (const { bits } of long) left |= bits?.[word] ?? 0;
      for (left &= hits[word]; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        const score = this.#weigh(doc, sums[doc & IN_WINDOW]);
        if (score < least || rest.of(doc) > 0) continue;
        sink.offer(doc, score);
        least = sink.least();
      }
    }
  }

  /** Offers the documents with words that have no long list. */
  #offerRest(hits: Bits, sink: ScoreSink): void {
    const { rest, long } = this.#words;
    const { weight, norms, tables } = this.#weighing;
    const { factors } = tables;
    const ratios = long.map((list) => this.#ratiosOf(list));
    let least = sink.least();
    for (let i = 0; i < rest.length; i++) {
      const doc = rest.docs[i];
      if (!hasBit(hits, doc)) continue;
      let most = rest.counts[i] / factors[norms[doc]];
      for (let n = 0; n < long.length; n++) {
        const { bits, bounds } = long[n];
        if (bits && bounds && hasBit(bits, doc)) most += ratios[n][bounds[doc >>> WINDOW_SHIFT]];
      }
      if (weight * (most / (most + 1)) * ROUNDING < least) continue;
      const score = this.#weigh(doc, rest.counts[i] + this.#countLong(doc));
      if (score < least) continue;
      sink.offer(doc, score);
      least = sink.least();
    }
  }
}
