import { benchCorpus } from './drawn-corpus.js';
import { type RealChoice, realCorpus } from './real-corpus.js';
import type { BenchCorpus } from './search-corpus.js';

/** Which documents to measure with: made-up ones of a number, or real ones. The seed settles both. */
export interface CorpusChoice {
  readonly docs: number;
  readonly seed: number;
  readonly real?: RealChoice | undefined;
}

/** The corpus that was chosen. */
export const chooseCorpus = ({ docs, seed, real }: CorpusChoice): BenchCorpus =>
  real ? realCorpus(real, seed) : benchCorpus({ docs, seed });
