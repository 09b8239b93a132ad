import type { PatentDocument } from '@quanlian/contract';
import { generatePatents } from '@quanlian/demo';
import { openCorpus, type SearchBackend } from '@quanlian/engine';
import { type Bench, type Measurement, seededRandom, summarize, timed } from './measure.js';
import { queryClasses, vocabularyOf } from './queries.js';

const BATCH = 5000;
const SAMPLE_EVERY = 20;
const WARM_UP = 5;
const RUNS = 50;

/** Loads generated documents in batches; gives the rate of each batch and a sample of the documents. */
export async function fill(backend: SearchBackend, options: { docs: number; seed: number }) {
  const rates: number[] = [];
  const sample: PatentDocument[] = [];
  let batch: PatentDocument[] = [];
  const flush = async () => {
    const { length } = batch;
    if (length === 0) return;
    const ms = await timed(() => backend.apply(batch));
    rates.push((length * 1000) / ms);
    batch = [];
  };
  let count = 0;
  for (const document of generatePatents({ seed: options.seed, count: options.docs })) {
    batch.push(document);
    if (count % SAMPLE_EVERY === 0) sample.push(document);
    count += 1;
    if (batch.length === BATCH) await flush();
  }
  await flush();
  return { rates, sample };
}

/** Loading and every class of query, measured from the caller's side, workers included. */
export const benchEngine: Bench = async (options, dir) => {
  const backend = await openCorpus({ dir, write: true });
  try {
    const { rates, sample } = await fill(backend, options);
    const measurements: Measurement[] = [summarize('load', 'documents/s', rates)];
    const classes = queryClasses(vocabularyOf(sample), seededRandom(options.seed));
    for (const [name, draw] of Object.entries(classes)) {
      const times: number[] = [];
      for (let run = 0; run < WARM_UP + RUNS; run += 1) {
        const ask = { ...draw(), limit: 10 };
        const ms = await timed(() => backend.search(ask));
        if (run >= WARM_UP) times.push(ms);
      }
      measurements.push(summarize(name, 'ms', times));
    }
    return measurements;
  } finally {
    await backend.close();
  }
};
