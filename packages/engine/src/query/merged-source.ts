import { TABLED } from '../segment/norms.js';
import {
  BOUND_STEPS,
  countAt,
  type Impacts,
  itemOf,
  itemsOfDocs,
  PEAK_SHIFT,
  type TermList,
  WINDOW_SHIFT,
  WINDOW_WORDS,
} from '../segment/term-list.js';
import { type Bits, countWord, hasBit } from '../storage/bits.js';
import { type AloneSource, offerWindows, type ScoreSink } from './alone.js';
import { MergedReach, ratiosOf } from './merged-reach.js';
import type { MergedWords } from './merged-words.js';
import { addTo, type Lanes } from './reach.js';
import { ROUNDING, type ScoredDocs, unitsOf, type Weighing, type WindowSource, weightOfMany } from './sources.js';

const WINDOW = 1 << WINDOW_SHIFT;
const IN_WINDOW = WINDOW - 1;
/** The bits of a stretch of documents in the word of a set that it stands in. */
const STRETCH = 2 ** (1 << PEAK_SHIFT) - 1;

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

/**
 * What several words add that count as one. Nothing is made for a document that is not scored. `c / (c + f)` is at most
 * what the sum of the greatest `c / f` of each long list comes to; documents with other words are few and told apart.
 */
export class MergedSource implements WindowSource, AloneSource {
  readonly #words: MergedWords;
  readonly #bits: () => Bits;
  readonly #weighing: Weighing;
  readonly #impacts: (list: TermList) => Impacts;
  #reach: MergedReach | undefined;
  readonly #counts = new Uint32Array(WINDOW);
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
    const sums = this.#mostOfLong();
    for (let window = 0; window < steps.length; window++) {
      const sum = sums[window];
      steps[window] = Number.isFinite(sum) ? Math.ceil((sum / (sum + 1)) * BOUND_STEPS * ROUNDING) : BOUND_STEPS;
    }
    this.#longBounds = steps;
    return steps;
  }

  /** How occurrences must stand against what is beside them below the line for the least score, or a little less. */
  #needed(least: number): number {
    const share = least / (this.#weighing.weight * ROUNDING);
    if (share <= 0) return 0;
    return share < 1 ? share / (1 - share) / ROUNDING : Number.POSITIVE_INFINITY;
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
        if (this.#words.long.length === 1 || least <= 0) this.#offerLong(window, hits, sink);
        else this.#offerReaching(window, hits, sink);
      });
    }
    this.#offerRest(hits, sink);
  }

  /** Offers documents of a window that have only words with long lists: of few is told one by one what they may reach. */
  #offerReaching(window: number, hits: Bits, sink: ScoreSink): void {
    const { rest, long } = this.#words;
    this.#reach ??= new MergedReach(long, this.#weighing.average, this.#impacts);
    let least = sink.least();
    let needed = this.#needed(least);
    const reach = this.#reach;
    for (let stretches = reach.reaching(window, needed); stretches !== 0; stretches &= stretches - 1) {
      const first = (window << WINDOW_SHIFT) + ((31 - Math.clz32(stretches & -stretches)) << PEAK_SHIFT);
      for (let left = (hits[first >>> 5] >>> (first & 31)) & STRETCH; left !== 0; left &= left - 1) {
        const doc = first + 31 - Math.clz32(left & -left);
        const most = reach.most(doc);
        if (most < needed || most === 0 || rest.of(doc) > 0) continue;
        const score = this.#weigh(doc, this.#countLong(doc));
        if (score < least) continue;
        sink.offer(doc, score);
        least = sink.least();
        needed = this.#needed(least);
      }
    }
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

  /** For each window how at most the words of the long lists stand in a document against what is beside them. */
  #mostOfLong(): Float64Array {
    const { long } = this.#words;
    const most = new Float64Array(Math.ceil(this.#weighing.norms.length / WINDOW));
    for (const list of long) {
      const { bounds = new Uint8Array(0) } = list;
      const ratios = ratiosOf(list, this.#weighing.average);
      for (let window = 0; window < bounds.length; window++) most[window] += ratios[bounds[window]];
    }
    return most;
  }

  /** Offers the documents with words that have no long list. */
  #offerRest(hits: Bits, sink: ScoreSink): void {
    const { rest, long } = this.#words;
    const { norms, tables } = this.#weighing;
    const { factors } = tables;
    const ratios = long.map((list) => ratiosOf(list, this.#weighing.average));
    const mostOfLong = this.#mostOfLong();
    let least = sink.least();
    let needed = this.#needed(least);
    for (let i = 0; i < rest.length; i++) {
      const doc = rest.docs[i];
      let most = rest.counts[i] / factors[norms[doc]];
      // Nearly all are passed by for what no document of their window reaches.
      if (most + mostOfLong[doc >>> WINDOW_SHIFT] < needed || !hasBit(hits, doc)) continue;
      for (let n = 0; n < long.length; n++) {
        const { bits, bounds } = long[n];
        if (bits && bounds && hasBit(bits, doc)) most += ratios[n][bounds[doc >>> WINDOW_SHIFT]];
      }
      if (most < needed) continue;
      const score = this.#weigh(doc, rest.counts[i] + this.#countLong(doc));
      if (score < least) continue;
      sink.offer(doc, score);
      least = sink.least();
      needed = this.#needed(least);
    }
  }
}
