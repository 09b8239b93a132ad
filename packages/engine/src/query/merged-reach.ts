import { BOUND_STEPS, type Impacts, PEAK_SHIFT, type TermList, WINDOW_SHIFT } from '../segment/term-list.js';

/** Stretches of a window whose highest bound is told. */
const STRETCHES = 1 << (WINDOW_SHIFT - PEAK_SHIFT);

/** By the steps of a bound how often occurrences stand against what is beside them below the line. */
const RATIOS = Float64Array.from({ length: BOUND_STEPS + 1 }, (_, steps) => steps / (BOUND_STEPS - steps));

/** The same for a list whose bounds were reckoned at another average: at a longer one documents count as at most that much shorter. */
export function ratiosOf(list: TermList, average: number): Float64Array {
  const drift = average / list.average;
  return drift > 1 ? RATIOS.map((ratio) => ratio * drift) : RATIOS;
}

/** Tells which documents the words of several long lists, that count as one, may bring to a score. */
export class MergedReach {
  readonly #ratios: readonly Float64Array[];
  readonly #bytes: readonly Uint8Array[];
  readonly #peaks: readonly Uint8Array[];
  readonly #sums = new Float64Array(STRETCHES);

  constructor(long: readonly TermList[], average: number, impacts: (list: TermList) => Impacts) {
    const found = long.map(impacts);
    this.#ratios = long.map((list) => ratiosOf(list, average));
    this.#bytes = found.map(({ bytes }) => bytes);
    this.#peaks = found.map(({ peaks }) => peaks);
  }

  /** How at most the occurrences in a document stand against what is beside them below the line. */
  most(doc: number): number {
    const ratios = this.#ratios;
    const bytes = this.#bytes;
    let most = 0;
    for (let n = 0; n < ratios.length; n++) most += ratios[n][bytes[n][doc]];
    return most;
  }

  /** The stretches of a window, of `1 << PEAK_SHIFT` documents and a bit each, of which a document may have them stand so. */
  reaching(window: number, needed: number): number {
    const sums = this.#sums.fill(0);
    const first = window * STRETCHES;
    for (let n = 0; n < this.#ratios.length; n++) {
      const ratios = this.#ratios[n];
      const peaks = this.#peaks[n];
      for (let at = 0; at < STRETCHES; at++) sums[at] += ratios[peaks[first + at]];
    }
    let reaching = 0;
    for (let at = 0; at < STRETCHES; at++) if (sums[at] >= needed) reaching |= 1 << at;
    return reaching;
  }
}
