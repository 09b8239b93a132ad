import { resolve } from 'node:path';
import { COUNTABLE, type PatentDocument, type QueryNode, SORTS, type Sort } from '@quanlian/contract';
import type { Capabilities, OpenOptions, SearchBackend } from './backend.js';
import { recordsOf } from './corpus/batch.js';
import { Corpus } from './corpus/corpus.js';
import { runMerge } from './merge/job.js';
import { expandClasses } from './query/scheme.js';
import { errorCode, type FileSystem, nodeFileSystem } from './storage/file-system.js';

const DEFAULT_MEMORY = 2 ** 30;

const OPERATORS: readonly QueryNode['op'][] = [
  'all',
  'none',
  'term',
  'phrase',
  'prefix',
  'pattern',
  'near',
  'proximity',
  'value',
  'class',
  'range',
  'ids',
  'and',
  'or',
  'xor',
  'not',
  'filter',
  'boost',
];

/** What the embedded engine can answer. */
export const CAPABILITIES: Capabilities = { operators: OPERATORS, facets: COUNTABLE, sorts: SORTS };

/** Building a segment gains nothing from more. */
const MOST_BUILDING = Math.floor(DEFAULT_MEMORY / 3);

/**
 * How the memory bound is shared: a third for building segments, up to what helps; of the rest five eighths for what readers
 * keep, a quarter for what their queries hold, and an eighth for what lies between the pieces of memory that come and go.
 */
export function shareMemory(
  memoryBytes = DEFAULT_MEMORY,
  readers = 1,
): { cacheBytes: number; buildBytes: number; queryBytes: number } {
  const buildBytes = Math.min(Math.floor(memoryBytes / 3), MOST_BUILDING);
  const reading = memoryBytes - buildBytes;
  return {
    cacheBytes: Math.floor((reading * 5) / 8 / readers),
    buildBytes,
    queryBytes: Math.floor(reading / 4 / readers),
  };
}

async function* walk(scan: Generator<PatentDocument>): AsyncGenerator<PatentDocument> {
  try {
    for (const doc of scan) yield doc;
  } finally {
    scan.return(undefined);
  }
}

/** Merges what is due, one after another. */
function mergeAll(corpus: Corpus, fs: FileSystem, dir: string): void {
  for (let job = corpus.startMerge(); job !== undefined; job = corpus.startMerge()) {
    const due = job;
    let built: ReturnType<typeof runMerge> | undefined;
    try {
      built = runMerge(fs, dir, due);
    } finally {
      corpus.endMerge(due, built);
    }
  }
}

/**
 * Opens a corpus that does all its work in the calling thread: for tests and for commands that ask once and end.
 * Refuses `corpus.locked`, `corpus.version` and `corpus.corrupt`.
 */
export async function openCorpusInline({
  fs = nodeFileSystem,
  ...options
}: OpenOptions & { readonly fs?: FileSystem }): Promise<SearchBackend> {
  const memory = shareMemory(options.memoryBytes);
  const dir = resolve(options.dir);
  const { write = false, merging } = options;
  const corpus = new Corpus({ fs, dir, write, merging, ...memory });
  let mergeProblem: string | undefined;
  /** What was loaded stands whether or not segments can be merged after it. */
  const mergeAfter = (): void => {
    try {
      mergeAll(corpus, fs, dir);
      mergeProblem = undefined;
    } catch (error) {
      if (!(error instanceof Error) || errorCode(error) === undefined) throw error;
      mergeProblem = error.message;
    }
  };
  return {
    capabilities: () => CAPABILITIES,
    apply: async (batch, marks) => {
      const result = corpus.apply(recordsOf(batch), marks);
      mergeAfter();
      return result;
    },
    applyColumns: async (name, updates, sequence) => corpus.applyColumns(name, updates, sequence),
    applySynonyms: async (sets) => corpus.applySynonyms(sets),
    synonyms: async () => corpus.synonyms(),
    marks: async () => corpus.marks(),
    refresh: async () => corpus.refresh(),
    search: async (request, search) =>
      corpus.search({ ...request, query: expandClasses(request.query, search?.classScheme) }),
    suggest: async (request) => corpus.suggest(request),
    similar: async (request) => corpus.similar(request),
    get: async (ids, leaveOut) => corpus.get(ids, leaveOut),
    resolve: async (numbers) => corpus.resolve(numbers),
    scan: (query: QueryNode, sort: Sort, asOf?: string) => walk(corpus.scan(query, sort, asOf)),
    stats: async () => ({ ...corpus.stats(), ...(mergeProblem === undefined ? {} : { mergeProblem }) }),
    check: async () => corpus.check(),
    merge: async () => {
      mergeAll(corpus, fs, dir);
      return corpus.state;
    },
    close: async () => corpus.close(),
  };
}
