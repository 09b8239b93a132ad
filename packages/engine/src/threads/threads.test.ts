import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Worker } from 'node:worker_threads';
import type { PatentDocument, SearchRequest } from '@quanlian/contract';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SearchBackend } from '../backend.js';
import { makeRecord } from '../testing/records.js';
import { openCorpus } from './open.js';
import type { WorkerSettings } from './protocol.js';

/** Every thread started, so that one can be made to die. */
const started = vi.hoisted((): { worker: Worker; role: string }[] => []);

vi.mock('node:worker_threads', async (original) => {
  const actual = await original<typeof import('node:worker_threads')>();
  class Watched extends actual.Worker {
    constructor(file: string | URL, options: { workerData: WorkerSettings }) {
      super(file, options);
      started.push({ worker: this, role: options.workerData.role });
    }
  }
  return { ...actual, Worker: Watched };
});

let dir = '';
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), 'quanlian-threads-'));
  started.length = 0;
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const kill = async (role: string): Promise<void> => {
  await Promise.all(started.filter((thread) => thread.role === role).map(({ worker }) => worker.terminate()));
};
const ALL: SearchRequest = { query: { op: 'all' }, sort: 'newest', limit: 0 };

describe('a thread that dies', () => {
  let corpus: SearchBackend;
  beforeEach(async () => {
    corpus = await openCorpus({ dir, write: true, threads: 1, merging: { fanOut: 2, mostDocs: 1000 } });
    await corpus.apply([makeRecord(1, 0)]);
  });
  afterEach(() => corpus.close());

  it('while reading fails that question only; the next starts it again', async () => {
    const asked = corpus.search(ALL);
    await Promise.all([expect(asked).rejects.toThrow('ended before'), kill('reader')]);
    expect((await corpus.search(ALL)).total).toBe(1);
  });

  it('while writing fails that load only; the lock is still its own', async () => {
    const batch = Array.from({ length: 2000 }, (_, number) => makeRecord(number, 0));
    const applied = corpus.apply(batch);
    await Promise.all([expect(applied).rejects.toThrow(), kill('writer')]);
    expect((await corpus.search(ALL)).total).toBe(1);
    await corpus.apply([makeRecord(2, 0)]);
    expect((await corpus.search(ALL)).total).toBe(2);
  });

  it('while merging leaves the corpus as it was, and the next load merges', async () => {
    await corpus.apply([makeRecord(2, 0)]);
    await kill('merger');
    for (let number = 3; number < 6; number++) await corpus.apply([makeRecord(number, 0)]);
    await corpus.merge();
    const { documents, mergeProblem, segments } = await corpus.stats();
    expect({ documents, mergeProblem }).toEqual({ documents: 5, mergeProblem: undefined });
    expect(segments).toBeLessThan(3);
    expect(await corpus.check()).toMatchObject({ ok: true });
  });
});

/** How long readers and a loader go on side by side; longer when asked. */
const SECONDS = Number(process.env['QUANLIAN_SOAK_SECONDS'] ?? 6);
const READERS = 8;
const BATCH = 60;

/** Each batch brings new documents and a new version of some old ones. */
function batchAt(index: number): PatentDocument[] {
  const fresh = Array.from({ length: BATCH }, (_, i) => makeRecord(index * BATCH + i, 0));
  return index === 0 ? fresh : [...fresh, makeRecord((index - 1) * BATCH, 1), makeRecord((index - 1) * BATCH + 7, 1)];
}

describe('readers beside a load that merges', () => {
  it('see only whole commits, and the event loop stays free', { timeout: (SECONDS + 60) * 1000 }, async () => {
    const corpus = await openCorpus({
      dir,
      write: true,
      threads: 2,
      memoryBytes: 2 ** 28,
      merging: { fanOut: 3, mostDocs: 5000 },
    });
    const until = Date.now() + SECONDS * 1000;
    const delay = monitorEventLoopDelay({ resolution: 5 });
    let answers = 0;
    const read = async (): Promise<void> => {
      while (Date.now() < until) {
        const query = { op: 'phrase', field: 'title', text: 'version 1' } as const;
        const found = await corpus.search({ ...ALL, query, facets: [{ name: 'year' }] });
        const { sequence, documents } = found.corpus;
        const expected = { documents: BATCH * sequence, replaced: 2 * Math.max(0, sequence - 1) };
        expect({ documents, replaced: found.total }).toEqual(expected);
        const counted = found.facets.year?.values.reduce((sum, { count }) => sum + count, 0);
        expect(counted).toBe(expected.replaced);
        answers++;
      }
    };
    const load = async (): Promise<void> => {
      for (let index = 0; Date.now() < until; index++) await corpus.apply(batchAt(index));
    };
    delay.enable();
    try {
      await Promise.all([load(), ...Array.from({ length: READERS }, read)]);
    } finally {
      delay.disable();
    }
    await corpus.merge();
    const stats = await corpus.stats();
    const p99 = delay.percentile(99) / 1e6;
    expect(answers).toBeGreaterThan(READERS);
    expect(stats.documents).toBe(BATCH * stats.sequence);
    // On a machine shared with other tests the scheduler adds to it.
    expect(p99).toBeLessThan(process.env['QUANLIAN_SOAK_SECONDS'] ? 50 : 200);
    expect(await corpus.check()).toMatchObject({ ok: true });
    await corpus.close();
  });
});

describe('a question asked again', () => {
  it('goes to the thread that has read its words, one of another text perhaps to another', async () => {
    const corpus = await openCorpus({ dir, write: true, threads: 2 });
    try {
      await corpus.apply([makeRecord(1, 0)]);
      const readers = started.filter(({ role }) => role === 'reader');
      const asked = readers.map(({ worker }) => vi.spyOn(worker, 'postMessage'));
      const usersOf = async (text: string): Promise<number[]> => {
        for (const spy of asked) spy.mockClear();
        const query = { op: 'term', field: 'text', text } as const;
        for (let offset = 0; offset < 5; offset++) await corpus.search({ ...ALL, query, limit: 1, offset });
        return asked.flatMap((spy, reader) => (spy.mock.calls.length > 0 ? [reader] : []));
      };
      const users = [];
      for (const text of ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight'])
        users.push(await usersOf(text));
      expect(users.every((of) => of.length === 1)).toBe(true);
      expect(new Set(users.flat()).size).toBe(2);
    } finally {
      await corpus.close();
    }
  });
});
