import { benchCorpus, type DrawnChoice } from './drawn-corpus.js';
import { type RealChoice, realCorpus } from './real-corpus.js';
import type { BenchCorpus } from './search-corpus.js';

/** Which documents to measure with: made-up ones of a number, or real ones. The seed settles both. */
export interface CorpusChoice extends DrawnChoice {
  readonly real?: RealChoice | undefined;
}

/** The corpus that was chosen. */
export const chooseCorpus = ({ real, ...drawn }: CorpusChoice): BenchCorpus =>
  real ? realCorpus(real, drawn.seed) : benchCorpus(drawn);
