import { BOUND_STEPS, type Impacts, type TermList } from '../segment/term-list.js';
import type { Bits } from '../storage/bits.js';
import { unitsFor } from './reach.js';
import { plainReach, type ReachKernel, SLOW_WINDOWS, sharedReach } from './reach-kernel.js';
import { ROUNDING, unitsOf } from './sources.js';

/** By the steps of a bound how often occurrences stand against what is beside them below the line. */
const RATIOS = Float64Array.from({ length: BOUND_STEPS + 1 }, (_, steps) => steps / (BOUND_STEPS - steps));

/** The same for a list whose bounds were reckoned at another average: at a longer one documents count as at most that much shorter. */
export function ratiosOf(list: TermList, average: number): Float64Array {
  const drift = average / list.average;
  return drift > 1 ? RATIOS.map((ratio) => ratio * drift) : RATIOS;
}

/** Tells which documents the words of several long lists, that count as one, may bring to a score. */
export class MergedReach {
  readonly #long: readonly TermList[];
  readonly #ratios: readonly Float64Array[];
  readonly #impacts: readonly Impacts[];
  readonly #weights: number[];
  #reach: ReachKernel = plainReach();
  #reached = 0;
  #narrowed: Bits | undefined;

  constructor(long: readonly TermList[], average: number, impacts: (list: TermList) => Impacts) {
    this.#long = long;
    this.#ratios = long.map((list) => ratiosOf(list, average));
    this.#impacts = long.map(impacts);
    this.#weights = new Array<number>(long.length).fill(0);
    this.#reach.take(this.#impacts);
  }

  /** How at most the occurrences in a document stand against what is beside them below the line. */
  most(doc: number): number {
    let most = 0;
    for (let n = 0; n < this.#ratios.length; n++) most += this.#ratios[n][this.#impacts[n].bytes[doc]];
    return most;
  }

  /**
   * Of the hits of a window those in which occurrences may stand so against what is beside them, and others; undefined
   * when there are none. What documents add is no more than in a straight line up to what the highest step of the
   * window adds, so that it can be weighed by steps.
   */
  narrow(window: number, hits: Bits, needed: number): Bits | undefined {
    const weights = this.#weights;
    let most = 0;
    for (let n = 0; n < weights.length; n++) {
      const bound = this.#long[n].bounds?.[window] ?? 0;
      const ratio = this.#ratios[n][bound];
      most += ratio;
      weights[n] = bound > 0 ? ratio / bound : 0;
    }
    const units = unitsFor(weights.length);
    if (units <= 0 || !Number.isFinite(most)) return hits;
    const unit = most / units;
    for (let n = 0; n < weights.length; n++) weights[n] = unitsOf(weights[n], unit);
    // Only for many windows it pays to copy the lists for the quick kernel.
    if (++this.#reached === SLOW_WINDOWS && sharedReach?.take(this.#impacts)) this.#reach = sharedReach;
    this.#narrowed ??= new Uint32Array(hits.length);
    const least = Math.floor(needed / (unit * ROUNDING));
    return this.#reach.reaching(window, weights, least, hits, this.#narrowed) ? this.#narrowed : undefined;
  }
}
