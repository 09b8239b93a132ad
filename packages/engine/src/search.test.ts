import { COUNTABLE, type PatentDocument, SORTS, TABLED } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import * as arbitrary from './testing/arbitraries.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { NaiveCorpus } from './testing/oracle.js';

/** What is counted by a table needs one along. */
const facets = COUNTABLE.filter((name) => !TABLED.some((tabled) => tabled === name)).map((name) => ({
  name,
  ...(name === 'inventor' ? { size: 2 } : {}),
}));

async function load(
  batches: readonly (readonly PatentDocument[])[],
): Promise<{ corpus: SearchBackend; naive: NaiveCorpus }> {
  const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk() });
  const naive = new NaiveCorpus();
  for (const batch of batches) {
    await corpus.apply(batch);
    naive.apply(batch);
  }
  return { corpus, naive };
}

describe('search', () => {
  it('scores after updates as a fresh corpus of the same records does, to the last bit', {
    timeout: 300_000,
  }, async () => {
    const property = fc.asyncProperty(arbitrary.batches, arbitrary.query, async (batches, query) => {
      const { corpus, naive } = await load(batches);
      const { corpus: fresh } = await load([naive.records]);
      const request = { query, sort: 'relevance', limit: 100, highlight: true, facets } as const;
      const [updated, built] = [await corpus.search(request), await fresh.search(request)];
      expect({ ...updated, corpus: null, cursor: null }).toEqual({ ...built, corpus: null, cursor: null });
      const [a, b] = [await corpus.stats(), await fresh.stats()];
      expect({ ...a, sequence: 0, bytes: 0, segments: 0, files: [] }).toEqual({
        ...b,
        sequence: 0,
        bytes: 0,
        segments: 0,
        files: [],
      });
    });
    await fc.assert(property, { numRuns: 100 });
  });

  it('pages by cursor and by offset through the whole order', async () => {
    const property = fc.asyncProperty(
      arbitrary.batches,
      arbitrary.query,
      fc.constantFrom(...SORTS),
      fc.integer({ min: 1, max: 4 }),
      async (batches, query, sort, limit) => {
        const { corpus } = await load(batches);
        const whole = (await corpus.search({ query, sort, limit: 100 })).hits.map(({ id }) => id);
        const byCursor: string[] = [];
        let cursor: string | null | undefined;
        do {
          const page = await corpus.search({ query, sort, limit, ...(cursor ? { cursor } : {}) });
          byCursor.push(...page.hits.map(({ id }) => id));
          cursor = page.cursor;
        } while (cursor);
        const byOffset: string[] = [];
        for (let offset = 0; offset < whole.length; offset += limit) {
          byOffset.push(...(await corpus.search({ query, sort, limit, offset })).hits.map(({ id }) => id));
        }
        const scanned: string[] = [];
        for await (const { id } of corpus.scan(query, sort)) scanned.push(id);
        expect(byCursor).toEqual(whole);
        expect(byOffset).toEqual(whole);
        expect(scanned).toEqual(whole);
      },
    );
    await fc.assert(property, { numRuns: 200 });
  });
});
