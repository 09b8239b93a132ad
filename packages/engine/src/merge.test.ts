import type { SearchRequest } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import { chooseMerge } from './merge/policy.js';
import type { SegmentEntry } from './storage/manifest.js';
import * as arbitrary from './testing/arbitraries.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { NaiveCorpus } from './testing/oracle.js';
import { batchOf, makeRecord } from './testing/records.js';

const facets = [{ name: 'applicant' }, { name: 'year' }, { name: 'family' }] as const;

const open = (fs: MemoryDisk, fanOut: number): Promise<SearchBackend> =>
  openCorpusInline({ dir: '/corpus', write: true, fs, merging: { fanOut, mostDocs: 1000 } });

describe('merging', () => {
  it('changes no answer, to the last bit of a score, and leaves what loading at once would', {
    timeout: 300_000,
  }, async () => {
    const property = fc.asyncProperty(
      arbitrary.batches,
      fc.array(arbitrary.query, { minLength: 3, maxLength: 6 }),
      async (batches, queries) => {
        const [merged, apart] = [await open(new MemoryDisk(), 2), await open(new MemoryDisk(), 1000)];
        const naive = new NaiveCorpus();
        for (const batch of batches) {
          await merged.apply(batch);
          await apart.apply(batch);
          naive.apply(batch);
        }
        const fresh = await open(new MemoryDisk(), 1000);
        await fresh.apply(naive.records);
        expect(await merged.check()).toMatchObject({ ok: true });
        expect((await merged.stats()).segments).toBeLessThan(3);
        for (const query of queries) {
          const request: SearchRequest = { query, sort: 'relevance', limit: 100, highlight: true, facets: [...facets] };
          const answers = await Promise.all([merged, apart, fresh].map((corpus) => corpus.search(request)));
          const [a, b, c] = answers.map((answer) => ({ ...answer, corpus: null, cursor: null }));
          expect(a).toEqual(b);
          expect(a).toEqual(c);
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it('keeps cursors going on, and the sequence', async () => {
    const corpus = await open(new MemoryDisk(), 2);
    for (let index = 0; index < 3; index++) await corpus.apply(batchOf(index));
    const request: SearchRequest = { query: { op: 'all' }, sort: 'newest', limit: 4 };
    const first = await corpus.search(request);
    expect(first.corpus.sequence).toBe(3);
    await corpus.merge();
    const rest = await corpus.search({ ...request, limit: 100, cursor: first.cursor ?? '' });
    const whole = await corpus.search({ ...request, limit: 100 });
    expect([...first.hits, ...rest.hits]).toEqual(whole.hits);
  });

  it('keeps many small commits in few segments and few files', async () => {
    const disk = new MemoryDisk();
    const corpus = await open(disk, 8);
    for (let index = 0; index < 200; index++) await corpus.apply([makeRecord(index, 0)]);
    expect((await corpus.stats()).segments).toBeLessThan(16);
    expect(await corpus.stats()).toMatchObject({ documents: 200, sequence: 200 });
    await corpus.close();
    await (await open(disk, 8)).close();
    expect([...disk.names.keys()].filter((name) => name.endsWith('.tmp'))).toEqual([]);
  });

  it('that the disk has no room for is left for later, told, and loses nothing', async () => {
    const disk = new MemoryDisk();
    const corpus = await openCorpusInline({
      dir: '/corpus',
      write: true,
      fs: disk,
      merging: { fanOut: 2, mostDocs: 1000 },
    });
    await corpus.apply([makeRecord(1, 0)]);
    let asked = 0;
    // The load is foreseen to fit, the merge after it is not.
    Object.defineProperty(disk, 'reportedFree', { get: () => (asked++ === 0 ? 2 ** 40 : 0) });
    expect(await corpus.apply([makeRecord(2, 0)])).toMatchObject({ sequence: 2 });
    expect((await corpus.stats()).mergeProblem).toContain('not enough space');
    expect(await corpus.stats()).toMatchObject({ documents: 2, segments: 2 });
  });
});

describe('the choice of segments to merge', () => {
  const entry = (i: number, liveDocs: number, newest: number, docs = liveDocs): SegmentEntry => ({
    name: `segment-${String(i).padStart(8, '0')}.seg`,
    bytes: docs * 1000,
    crc: 0,
    docs,
    groups: docs,
    liveDocs,
    liveRecords: liveDocs,
    lengths: [],
    holders: [],
    deletions: null,
    newest,
    oldest: newest - 10_000,
  });
  const settings = { fanOut: 4, mostDocs: 100_000 };

  it('takes those of one size that lie together in time', () => {
    const old = [0, 1, 2, 3].map((i) => entry(i, 100, 19_900_101 + i));
    const recent = [4, 5, 6].map((i) => entry(i, 100, 20_200_101 + i * 50_000));
    const names = chooseMerge([...recent, ...old], settings)?.map(({ name }) => name);
    expect(names?.sort()).toEqual(old.map(({ name }) => name));
  });

  it('leaves few small segments of any sizes', () => {
    const sizes = [2310, 2426, 3381, 1309, 223, 297, 233, 338, 64, 208, 297, 659, 391, 602];
    let segments = [entry(100, 150_000, 20_000_101), entry(101, 20_500, 20_000_101)];
    const wide = { fanOut: 8, mostDocs: 1 << 20 };
    let written = 0;
    sizes.forEach((size, i) => {
      segments.push(entry(i, size, 20_000_101 + i));
      for (let due = chooseMerge(segments, wide); due; due = chooseMerge(segments, wide)) {
        const docs = due.reduce((sum, { liveDocs }) => sum + liveDocs, 0);
        written += docs;
        segments = [...segments.filter((one) => !due.includes(one)), entry(1000 + written, docs, 20_000_101)];
      }
    });
    expect(segments.length).toBeLessThan(8);
    expect(written).toBeLessThan(3 * sizes.reduce((sum, size) => sum + size, 0));
  });

  it('does not write a segment anew for each document more', () => {
    let segments: SegmentEntry[] = [];
    let written = 0;
    for (let i = 0; i < 5000; i++) {
      segments.push(entry(i, 1, 20_000_101));
      for (let due = chooseMerge(segments); due; due = chooseMerge(segments)) {
        const docs = due.reduce((sum, { liveDocs }) => sum + liveDocs, 0);
        written += docs;
        segments = [...segments.filter((one) => !due.includes(one)), entry(10_000 + i, docs, 20_000_101)];
      }
    }
    expect(segments.length).toBeLessThan(16);
    expect(written).toBeLessThan(5000 * 30);
  });

  it('writes a worn segment anew, and leaves full ones alone', () => {
    const full = [0, 1, 2, 3].map((i) => entry(i, 90_000, 20_000_101));
    expect(chooseMerge(full, settings)).toBeUndefined();
    const worn = entry(9, 60_000, 20_000_101, 90_000);
    expect(chooseMerge([...full, worn], settings)).toEqual([worn]);
  });

  it('ends, with few segments, writing each document about once a size', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5000 }), { minLength: 1, maxLength: 200 }), (sizes) => {
        let segments: SegmentEntry[] = [];
        let written = 0;
        sizes.forEach((size, i) => {
          segments.push(entry(i, size, 20_000_101 + (i % 20) * 10_000));
          for (let due = chooseMerge(segments, settings); due; due = chooseMerge(segments, settings)) {
            const docs = due.reduce((sum, { liveDocs }) => sum + liveDocs, 0);
            expect(docs).toBeLessThanOrEqual(settings.mostDocs);
            written += docs;
            segments = [...segments.filter((one) => !due.includes(one)), entry(1000 + written, docs, 20_000_101)];
          }
        });
        const total = sizes.reduce((sum, size) => sum + size, 0);
        expect(written).toBeLessThan(total * 12);
        expect(segments.length).toBeLessThan(30 + (2 * total) / settings.mostDocs);
      }),
      { numRuns: 100 },
    );
  });
});
