import { openRanking, type Ranking } from '@quanlian/engine';
import { benchCorpus } from './drawn-corpus.js';
import { type Bench, type Measurement, seededRandom, summarize } from './measure.js';
import { loadOwn, peakMegabytes } from './own.js';
import { type BenchQuery, drawQueries, requestOf } from './strategies.js';

const WARM_UP = 3;
const RUNS = 15;
const SIMILAR = 10;

function timed(times: number[], work: () => unknown): void {
  for (let run = 0; run < WARM_UP + RUNS; run += 1) {
    const before = performance.now();
    work();
    if (run >= WARM_UP) times.push(performance.now() - before);
  }
}

/** The times of every class of query, each query of it several times. */
function measureQueries(ranking: Ranking, queries: readonly BenchQuery[]): Measurement[] {
  const byKind = new Map<string, number[]>();
  for (const query of queries) {
    const times = byKind.get(query.kind) ?? [];
    byKind.set(query.kind, times);
    const request = requestOf(query);
    timed(times, () => ranking.rank(request));
  }
  return [...byKind].map(([kind, times]) => summarize(kind, 'ms', times));
}

/**
 * Loading and every class of query over abstracts, claims and full texts. Times are those of one thread that finds
 * the best ten and counts all hits; only `similar` reads the documents.
 */
export const benchEngine: Bench = async ({ docs, seed }, dir) => {
  const load = await loadOwn({ docs, seed, dir });
  const corpus = benchCorpus({ docs, seed });
  const queries = drawQueries(corpus, seed);
  const ranking = openRanking({ dir });
  try {
    const classes = measureQueries(ranking, queries);
    const random = seededRandom(seed);
    const times: number[] = [];
    for (let n = 0; n < SIMILAR; n += 1) {
      const { id } = corpus.make(Math.floor(random() * docs), 1).document;
      timed(times, () => ranking.similar({ id }));
    }
    return [
      summarize('load', 'documents/CPU-s', [load.docs / load.cpu]),
      summarize('load', 'documents/s', [load.docs / load.seconds]),
      summarize('index', 'bytes/document', [load.bytes / docs]),
      summarize('records', 'bytes/document', [load.stored / docs]),
      ...classes,
      summarize('similar', 'ms', times),
      summarize('peak memory, loading too', 'MiB', [peakMegabytes()]),
    ];
  } finally {
    ranking.close();
  }
};
