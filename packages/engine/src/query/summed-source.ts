import { TABLED } from '../segment/norms.js';
import { WINDOW_SHIFT, WINDOW_WORDS } from '../segment/term-list.js';
import type { Bits } from '../storage/bits.js';
import type { AloneSource, ScoreSink } from './alone.js';
import { addTo, type Lanes } from './reach.js';
import { ROUNDING, type ScoredDocs, unitsOf, type Weighing, type WindowSource, weightOfMany } from './sources.js';

const WINDOW = 1 << WINDOW_SHIFT;
const IN_WINDOW = WINDOW - 1;

/** What several words add that count as one, where it is known how often each document has any of them. */
export class SummedSource implements WindowSource, AloneSource {
  readonly #sums: Uint32Array;
  readonly #bits: () => Bits;
  readonly #weighing: Weighing;
  #bounds: Float64Array | undefined;

  /** `sums` are the occurrences by document, `bits` gives the live documents that have any. */
  constructor(sums: Uint32Array, bits: () => Bits, weighing: Weighing) {
    this.#sums = sums;
    this.#bits = bits;
    this.#weighing = weighing;
  }

  get held(): { readonly bits: Bits; bound(window: number): number } {
    return { bits: this.#bits(), bound: (window) => this.#boundsOf()[window] };
  }

  get alone(): this | undefined {
    return this.#weighing.weight > 0 ? this : undefined;
  }

  #weigh(doc: number): number {
    const { weight, tables, norms } = this.#weighing;
    const count = this.#sums[doc];
    const norm = norms[doc];
    return (
      weight * (count < TABLED ? tables.weights[norm * TABLED + count] : weightOfMany(count, tables.factors[norm]))
    );
  }

  #boundsOf(): Float64Array {
    if (this.#bounds) return this.#bounds;
    const sums = this.#sums;
    const bounds = new Float64Array((sums.length + IN_WINDOW) >>> WINDOW_SHIFT);
    for (let doc = 0; doc < sums.length; doc++) {
      if (sums[doc] === 0) continue;
      const score = this.#weigh(doc) * ROUNDING;
      if (score > bounds[doc >>> WINDOW_SHIFT]) bounds[doc >>> WINDOW_SHIFT] = score;
    }
    this.#bounds = bounds;
    return bounds;
  }

  addBounds(bounds: Float64Array): void {
    const own = this.#boundsOf();
    for (let window = 0; window < own.length; window++) bounds[window] += own[window];
  }

  addScores(window: number, wanted: Bits, scores: Float64Array): void {
    const sums = this.#sums;
    const first = window * WINDOW_WORDS;
    const last = Math.min(first + WINDOW_WORDS, wanted.length);
    for (let word = first; word < last; word++) {
      for (let left = wanted[word]; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        if (sums[doc] > 0) scores[doc & IN_WINDOW] += this.#weigh(doc);
      }
    }
  }

  addToDocs({ docs, scores }: ScoredDocs): void {
    for (let at = 0; at < docs.length; at++) if (this.#sums[docs[at]] > 0) scores[at] += this.#weigh(docs[at]);
  }

  addMost(into: ScoredDocs): void {
    this.addToDocs(into);
  }

  addReach(window: number, unit: number, lanes: Lanes): void {
    const from = window << WINDOW_SHIFT;
    const to = Math.min(from + WINDOW, this.#sums.length);
    for (let doc = from; doc < to; doc++)
      if (this.#sums[doc] > 0) addTo(lanes, doc - from, unitsOf(this.#weigh(doc), unit));
  }

  holds(doc: number): boolean {
    return this.#sums[doc] > 0;
  }

  offerAlone(hits: Bits, sink: ScoreSink): void {
    const sums = this.#sums;
    const { norms } = this.#weighing;
    const needed = new Float64Array(this.#weighing.tables.factors.length);
    let least = this.#needed(sink.least(), needed);
    for (let word = 0; word < hits.length; word++) {
      for (let left = hits[word]; left !== 0; left &= left - 1) {
        const doc = (word << 5) + 31 - Math.clz32(left & -left);
        const count = sums[doc];
        if (count === 0 || count < needed[norms[doc]]) continue;
        const score = this.#weigh(doc);
        if (score < least) continue;
        sink.offer(doc, score);
        if (sink.least() > least) least = this.#needed(sink.least(), needed);
      }
    }
  }

  /** Writes by byte of length how many occurrences bring a document to the least score, or fewer; returns the score. */
  #needed(least: number, into: Float64Array): number {
    const { weight, tables } = this.#weighing;
    const share = least / (weight * ROUNDING);
    const ratio = share <= 0 ? 0 : share < 1 ? share / (1 - share) / ROUNDING : Number.POSITIVE_INFINITY;
    for (let norm = 0; norm < into.length; norm++) into[norm] = tables.factors[norm] * ratio;
    return least;
  }
}
