import { resolve } from 'node:path';
import { FACETS, type PatentDocument, type QueryNode, SORTS, type Sort } from '@quanlian/contract';
import type { Capabilities, OpenOptions, SearchBackend } from './backend.js';
import { Corpus } from './corpus/corpus.js';
import { type FileSystem, nodeFileSystem } from './storage/file-system.js';

const DEFAULT_MEMORY = 2 ** 30;

const OPERATORS: readonly QueryNode['op'][] = [
  'all',
  'none',
  'term',
  'phrase',
  'prefix',
  'near',
  'value',
  'class',
  'range',
  'ids',
  'and',
  'or',
  'not',
  'filter',
  'boost',
];

/** What the embedded engine can answer. */
export const CAPABILITIES: Capabilities = { operators: OPERATORS, facets: FACETS, sorts: SORTS };

/** How the memory bound is shared: a third for building segments, half for what readers keep, the rest is slack. */
export function shareMemory(memoryBytes = DEFAULT_MEMORY, readers = 1): { cacheBytes: number; buildBytes: number } {
  return { cacheBytes: Math.floor(memoryBytes / 2 / readers), buildBytes: Math.floor(memoryBytes / 3) };
}

async function* walk(scan: Generator<PatentDocument>): AsyncGenerator<PatentDocument> {
  try {
    for (const doc of scan) yield doc;
  } finally {
    scan.return(undefined);
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
  const corpus = new Corpus({ fs, dir: resolve(options.dir), write: options.write ?? false, ...memory });
  return {
    capabilities: () => CAPABILITIES,
    apply: async (batch, marks) => corpus.apply(batch, marks),
    marks: async () => corpus.marks(),
    refresh: async () => corpus.refresh(),
    search: async (request) => corpus.search(request),
    get: async (ids) => corpus.get(ids),
    resolve: async (numbers) => corpus.resolve(numbers),
    scan: (query: QueryNode, sort: Sort) => walk(corpus.scan(query, sort)),
    stats: async () => corpus.stats(),
    check: async () => corpus.check(),
    close: async () => corpus.close(),
  };
}
