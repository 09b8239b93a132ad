import { BOUND_STEPS } from '../segment/term-list.js';
import type { Bits } from '../storage/bits.js';

/** Takes hits with their scores; `least` is what a score must reach to be of use, `size` how many are wanted. */
export interface ScoreSink {
  readonly size: number;
  least(): number;
  offer(doc: number, score: number): void;
}

/** A part of a query that offers the best by itself where nothing else scores. */
export interface AloneSource {
  /** Offers those of some hits that it matches and that may be among the best; all of these score above 0. */
  offerAlone(hits: Bits, sink: ScoreSink): void;
  /** True of a document that it matches. */
  holds(doc: number): boolean;
}

/** The windows by their bounds, highest first; those of one bound in their own order, those of none left out. */
function byBound(bounds: Uint8Array): Uint32Array {
  const starts = new Uint32Array(BOUND_STEPS + 2);
  for (let window = 0; window < bounds.length; window++) starts[BOUND_STEPS - bounds[window] + 1]++;
  for (let step = 0; step < BOUND_STEPS; step++) starts[step + 1] += starts[step];
  const order = new Uint32Array(bounds.length);
  const some = starts[BOUND_STEPS];
  for (let window = 0; window < bounds.length; window++) order[starts[BOUND_STEPS - bounds[window]]++] = window;
  return order.subarray(0, some);
}

/**
 * Goes through the windows that may hold one of the best, by bounds of `step` each. As long as fewer hits are known
 * than are wanted, those with the highest bounds come first; later the windows as they stand are gone through sooner
 * than they are put in order.
 */
export function offerWindows(
  bounds: Uint8Array,
  step: number,
  sink: ScoreSink,
  offerWindow: (window: number) => void,
): void {
  let least = sink.least();
  if (least === Number.NEGATIVE_INFINITY) {
    for (const window of byBound(bounds)) {
      if (bounds[window] * step < least) return;
      offerWindow(window);
      least = sink.least();
    }
    return;
  }
  for (let window = 0; window < bounds.length; window++) {
    if (bounds[window] === 0 || bounds[window] * step < least) continue;
    offerWindow(window);
    least = sink.least();
  }
}
