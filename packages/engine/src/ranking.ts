import { resolve } from 'node:path';
import type { SearchRequest, SimilarRequest } from '@quanlian/contract';
import { Corpus } from './corpus/corpus.js';
import { shareMemory } from './inline.js';
import type { RankedAnswer } from './query/search.js';
import { nodeFileSystem } from './storage/file-system.js';

/** A corpus asked in the calling thread for which documents come, without reading them: what a measurement times. */
export interface Ranking {
  rank(request: SearchRequest): RankedAnswer;
  /** The terms that a search for similar documents looks for, with its hits. */
  similar(request: SimilarRequest): { terms: readonly string[]; ids: readonly string[] };
  /** Bytes of the segments that hold the records, apart from the index. */
  storedBytes(): number;
  close(): void;
}

/** Opens a corpus folder to read, as one of `readers` threads that share the memory would. */
export function openRanking({
  dir,
  memoryBytes,
  readers = 1,
}: {
  dir: string;
  memoryBytes?: number;
  readers?: number;
}): Ranking {
  const corpus = new Corpus({
    fs: nodeFileSystem,
    dir: resolve(dir),
    write: false,
    ...shareMemory(memoryBytes, readers),
  });
  return {
    rank: (request) => corpus.rank(request),
    similar(request) {
      const { terms, hits } = corpus.similar(request);
      return { terms, ids: hits.map(({ hit }) => hit.id) };
    },
    storedBytes: () => corpus.storedBytes(),
    close: () => corpus.close(),
  };
}
