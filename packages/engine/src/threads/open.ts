import { randomUUID } from 'node:crypto';
import { resolve } from 'node:path';
import { crc32 } from 'node:zlib';
import { type PatentDocument, QuanlianError, type QueryNode, type Sort } from '@quanlian/contract';
import type { ApplyResult, OpenOptions, SearchBackend } from '../backend.js';
import { type Blocks, createBlocks, packInParts } from '../corpus/batch.js';
import { CAPABILITIES, shareMemory } from '../inline.js';
import { expandClasses } from '../query/scheme.js';
import { lazyThread, startThread, type ThreadClient } from './client.js';
import { createMerging, type Merging } from './merging.js';

const DEFAULT_THREADS = 2;
/** Documents of a scan that cross between threads at once: copying more of them would hold up the caller's event loop. */
const CROSSING = 50;
/** A question waits for the thread that knows its words behind so many times as many others as wait for the freest. */
const TIMES_BUSIER = 2;

interface Threads {
  readonly writer: ThreadClient | undefined;
  readonly merger: ThreadClient | undefined;
  readonly readers: readonly ThreadClient[];
}

async function startAll(options: OpenOptions): Promise<Threads> {
  const { threads = DEFAULT_THREADS, memoryBytes, write = false, merging } = options;
  const lockToken = randomUUID();
  const shared = { dir: resolve(options.dir), lockToken, merging, ...shareMemory(memoryBytes, threads) };
  // The writer reads little beside what it replaces, so it needs a small cache only.
  const writerCache = Math.floor(shared.buildBytes / 4);
  const writer = write ? await startThread({ ...shared, role: 'writer', cacheBytes: writerCache }) : undefined;
  const merger = write ? lazyThread({ ...shared, role: 'merger' }) : undefined;
  const starting = Array.from({ length: Math.max(1, threads) }, () => startThread({ ...shared, role: 'reader' }));
  const started = await Promise.allSettled(starting);
  const readers = started.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  const failed = started.find((result) => result.status === 'rejected');
  if (failed === undefined) return { writer, merger, readers };
  await Promise.all([writer, ...readers].map((thread) => thread?.close()));
  throw failed.reason;
}

async function* scanThread(
  reader: ThreadClient,
  query: QueryNode,
  sort: Sort,
  asOf: string | undefined,
): AsyncGenerator<PatentDocument> {
  const scan = await reader.call('scanOpen', query, sort, asOf);
  const ask = (): Promise<PatentDocument[]> => {
    const answer = reader.call('scanNext', scan, CROSSING);
    // A caller that stops early never takes this answer, and its failure must not go unhandled.
    answer.catch(() => undefined);
    return answer;
  };
  try {
    for (let next = ask(); ; ) {
      const batch = await next;
      const isLast = batch.length < CROSSING;
      // The thread reads on while the caller works.
      if (!isLast) next = ask();
      yield* batch;
      if (isLast) return;
    }
  } finally {
    await reader.call('scanClose', scan);
  }
}

let lastBatch = 0;

async function applyInParts(
  writer: ThreadClient,
  blocks: Blocks,
  batch: readonly PatentDocument[],
  marks: Readonly<Record<string, string | null>> | undefined,
): Promise<ApplyResult> {
  const number = ++lastBatch;
  const used: SharedArrayBuffer[] = [];
  const stage = async (): Promise<void> => {
    for (const part of packInParts(batch, blocks)) {
      used.push(part.block);
      await writer.call('stage', number, part);
    }
  };
  try {
    await stage().catch(async (error: unknown) => {
      await writer.call('drop', number).catch(() => undefined);
      throw error;
    });
    return await writer.call('apply', number, batch.length, marks);
  } finally {
    blocks.giveBack(used);
  }
}

/**
 * Opens a corpus with its work in threads: one that writes (with `write`) and several that answer, so that the
 * caller's event loop stays free. A batch is visible to every search that starts after `apply` has resolved.
 * Refuses `corpus.locked`, `corpus.version` and `corpus.corrupt`.
 */
export async function openCorpus(options: OpenOptions): Promise<SearchBackend> {
  const { writer, merger, readers } = await startAll(options);
  const blocks = createBlocks();
  const leastBusy = (): ThreadClient =>
    readers.reduce((best, reader) => (reader.pending < best.pending ? reader : best));
  /** The thread that has the words of a query ready if it has been asked before, unless the others have far less to do. */
  const knowing = (query: QueryNode): ThreadClient => {
    const known = readers[crc32(JSON.stringify(query)) % readers.length];
    const free = leastBusy();
    return known.pending < TIMES_BUSIER * (free.pending + 2) ? known : free;
  };
  const refreshAll = async () => {
    const states = await Promise.all(readers.map((reader) => reader.call('refresh')));
    return states.reduce((newest, state) => (state.sequence > newest.sequence ? state : newest));
  };
  // A commit stands whatever happens to a reader; one that fails opens the newest commit when it starts again.
  const showAll = async (): Promise<void> => {
    await Promise.allSettled(readers.map((reader) => reader.call('refresh')));
  };
  const merging: Merging | undefined = writer && merger && createMerging(writer, merger, showAll);
  const change = async <T>(work: (thread: ThreadClient) => Promise<T>): Promise<T> => {
    if (writer === undefined) {
      throw new QuanlianError(
        'corpus.locked',
        `The corpus folder ${options.dir} was opened to read only; open it for writing to load.`,
      );
    }
    const result = await work(writer);
    await showAll();
    return result;
  };
  return {
    capabilities: () => CAPABILITIES,
    async apply(batch, marks) {
      const result = await change((thread) => applyInParts(thread, blocks, batch, marks));
      merging?.wake();
      return result;
    },
    applyColumns: (name, updates, sequence) => change((thread) => thread.call('applyColumns', name, updates, sequence)),
    applySynonyms: (sets) => change((thread) => thread.call('applySynonyms', sets)),
    synonyms: () => leastBusy().call('synonyms'),
    marks: () => leastBusy().call('marks'),
    refresh: refreshAll,
    search: (request, search) => {
      const query = expandClasses(request.query, search?.classScheme);
      return knowing(query).call('search', { ...request, query });
    },
    suggest: (request) => leastBusy().call('suggest', request),
    similar: (request) => leastBusy().call('similar', request),
    get: (ids, leaveOut) => leastBusy().call('get', ids, leaveOut),
    resolve: (numbers) => leastBusy().call('resolve', numbers),
    scan: (query, sort, asOf) => scanThread(leastBusy(), query, sort, asOf),
    async stats() {
      const stats = await leastBusy().call('stats');
      const mergeProblem = merging?.problem();
      return mergeProblem === undefined ? stats : { ...stats, mergeProblem };
    },
    check: () => leastBusy().call('check'),
    async merge() {
      await change(async () => merging?.finish());
      return refreshAll();
    },
    async close() {
      await merging?.stop();
      await Promise.all([writer, ...readers].map((thread) => thread?.close()));
    },
  };
}
