import { TABLED } from '../segment/norms.js';
import { BOUND_STEPS, countAt, itemsOfDocs, type TermList, WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import { type Bits, countWord, hasBit } from '../storage/bits.js';
import type { MergedWords } from './merged-words.js';
import { addTo, type Lanes } from './reach.js';
import {
  placeOf,
  ROUNDING,
  type ScoredDocs,
  unitsOf,
  type Weighing,
  type WindowSource,
  weightOfMany,
} from './sources.js';

const WINDOW = 1 << WINDOW_SHIFT;
const IN_WINDOW = WINDOW - 1;

/** Adds how often documents of a window have the word of a long list, at their places in the window. */
function addLongInWindow(list: TermList, window: number, wanted: Bits, counts: Uint32Array): void {
  const { bits = new Uint32Array(0), ranks = new Uint32Array(0) } = list;
  const first = window * WINDOW_WORDS;
  const last = Math.min(first + WINDOW_WORDS, bits.length);
  let before = ranks[window];
  for (let word = first; word < last; word++) {
    const held = bits[word];
    for (let left = held & wanted[word]; left !== 0; left &= left - 1) {
      const bit = left & -left;
      counts[((word << 5) + 31 - Math.clz32(bit)) & IN_WINDOW] += countAt(list, before + countWord(held & (bit - 1)));
    }
    before += countWord(held);
  }
}

/** Adds how often each of some ascending documents has the word of a long list; `items` is room for as many numbers. */
function addLong(list: TermList, docs: Uint32Array, counts: Uint32Array, items: Int32Array): void {
  itemsOfDocs(list, docs, docs.length, items);
  for (let at = 0; at < docs.length; at++) if (items[at] >= 0) counts[at] += countAt(list, items[at]);
}

/**
 * What several words add that count as one. Nothing is made for a document that is not scored: what one of a window
 * adds at most is the sum of what each long list may add by itself, because occurrences never weigh more together than
 * apart, or what one of the documents with other words adds, which are scored at once.
 */
export class MergedSource implements WindowSource {
  readonly #words: MergedWords;
  readonly #bits: Bits;
  readonly #weighing: Weighing;
  readonly #counts = new Uint32Array(WINDOW);
  #bounds: Float64Array | undefined;
  readonly held: { readonly bits: Bits; bound(window: number): number };

  /** `bits` are the live documents of any of the words. */
  constructor(words: MergedWords, bits: Bits, weighing: Weighing) {
    this.#words = words;
    this.#bits = bits;
    this.#weighing = weighing;
    this.held = { bits, bound: (window) => this.#boundsFor(bits.length)[window] };
  }

  #weigh(doc: number, count: number): number {
    const { weight, tables, norms } = this.#weighing;
    const norm = norms[doc];
    return (
      weight * (count < TABLED ? tables.weights[norm * TABLED + count] : weightOfMany(count, tables.factors[norm]))
    );
  }

  #boundsFor(words: number): Float64Array {
    if (this.#bounds) return this.#bounds;
    const bounds = new Float64Array(Math.ceil(words / WINDOW_WORDS));
    this.#bounds = bounds;
    const { long, docs, counts } = this.#words;
    const weight = Math.max(0, this.#weighing.weight);
    for (const { bounds: own = new Uint8Array(0), average } of long) {
      // Bounds were reckoned at another average; a longer one makes documents weigh at most that much more.
      const step = (weight / BOUND_STEPS) * Math.max(1, this.#weighing.average / average) * ROUNDING;
      for (let window = 0; window < own.length; window++) bounds[window] += step * own[window];
    }
    // Documents with other words are few and scored at once: so they do not raise the bound of all the rest.
    const sums = counts.slice();
    const items = new Int32Array(docs.length);
    for (const list of long) addLong(list, docs, sums, items);
    for (let i = 0; i < docs.length; i++) {
      const score = this.#weigh(docs[i], sums[i]) * ROUNDING;
      if (score > bounds[docs[i] >>> WINDOW_SHIFT]) bounds[docs[i] >>> WINDOW_SHIFT] = score;
    }
    // No number of occurrences weighs more than the weight itself.
    for (let window = 0; window < bounds.length; window++) if (bounds[window] > weight) bounds[window] = weight;
    return bounds;
  }

  addBounds(bounds: Float64Array): void {
    const own = this.#boundsFor(this.#bits.length);
    for (let window = 0; window < own.length; window++) bounds[window] += own[window];
  }

  addScores(window: number, wanted: Bits, scores: Float64Array): void {
    const sums = this.#counts.fill(0);
    const { long, docs, counts } = this.#words;
    for (const list of long) addLongInWindow(list, window, wanted, sums);
    const end = (window + 1) << WINDOW_SHIFT;
    for (let i = placeOf(docs, window << WINDOW_SHIFT); i < docs.length && docs[i] < end; i++)
      if (hasBit(wanted, docs[i])) sums[docs[i] & IN_WINDOW] += counts[i];
    for (let place = 0; place < WINDOW; place++)
      if (sums[place] > 0) scores[place] += this.#weigh((window << WINDOW_SHIFT) + place, sums[place]);
  }

  addToDocs({ docs: asked, scores }: ScoredDocs): void {
    const sums = new Uint32Array(asked.length);
    const { long, docs, counts } = this.#words;
    const items = new Int32Array(asked.length);
    for (const list of long) addLong(list, asked, sums, items);
    let i = 0;
    for (let at = 0; at < asked.length && i < docs.length; at++) {
      while (i < docs.length && docs[i] < asked[at]) i++;
      if (i < docs.length && docs[i] === asked[at]) sums[at] += counts[i];
    }
    for (let at = 0; at < asked.length; at++) if (sums[at] > 0) scores[at] += this.#weigh(asked[at], sums[at]);
  }

  addMost(into: ScoredDocs): void {
    this.addToDocs(into);
  }

  addReach(window: number, unit: number, lanes: Lanes): void {
    const scores = new Float64Array(WINDOW);
    this.addScores(window, this.#bits, scores);
    for (let place = 0; place < WINDOW; place++)
      if (scores[place] > 0) addTo(lanes, place, unitsOf(scores[place], unit));
  }
}
