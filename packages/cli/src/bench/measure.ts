/** A row of a measurement: what, how often, and the spread of its values in `unit`. */
export interface Measurement {
  readonly name: string;
  readonly unit: string;
  readonly runs: number;
  readonly min: number;
  readonly median: number;
  readonly p95: number;
  readonly max: number;
}

export interface BenchOptions {
  readonly docs: number;
  readonly seed: number;
  readonly json: boolean;
  /** A folder of office files to read in place of generated ones. */
  readonly files?: string | undefined;
  /** A data folder to serve in place of a generated corpus. */
  readonly data?: string | undefined;
  /** How long clients ask. */
  readonly seconds?: number | undefined;
}

/** Measures something in a folder of its own. */
export type Bench = (options: BenchOptions, dir: string) => Promise<Measurement[]>;

/** Pseudo-random numbers in [0, 1) that are the same for a seed on every machine (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0;

export function summarize(name: string, unit: string, values: readonly number[]): Measurement {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share: number) => Number(quantile(sorted, share).toPrecision(4));
  return { name, unit, runs: values.length, min: at(0), median: at(0.5), p95: at(0.95), max: at(1) };
}

/** The item of a list that is known to be there. */
export function itemAt<T>(list: ArrayLike<T>, index: number): T {
  const found = list[index];
  if (found === undefined) throw new Error(`There is no item ${index} in a list of ${list.length}.`);
  return found;
}
