import type { SearchRequest } from '@quanlian/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openCorpusInline } from '../inline.js';
import * as arbitrary from '../testing/arbitraries.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import { makeRecord } from '../testing/records.js';

it('what only counts hits finds the same as what tells the hits of every clause', async () => {
  let nonEmpty = 0;
  const queries = fc.array(fc.array(arbitrary.query, { minLength: 2, maxLength: 4 }), { minLength: 12, maxLength: 12 });
  const property = fc.asyncProperty(arbitrary.batches, queries, async (batches, lists) => {
    const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk() });
    for (const batch of batches) await corpus.apply(batch);
    for (const clauses of lists) {
      // Nested, so that what is left out in one place is looked at from another.
      const query = { op: 'and', clauses: [clauses[0], { op: 'or', clauses: clauses.slice(1) }] } as const;
      for (const sort of ['newest', 'relevance'] as const) {
        const request: SearchRequest = { query: { ...query, clauses: [...query.clauses] }, sort, limit: 100 };
        const [plain, counted, explained] = await Promise.all([
          corpus.search(request),
          corpus.search({ ...request, limit: 0 }),
          corpus.search({ ...request, explain: true }),
        ]);
        expect(plain.hits).toEqual(explained.hits);
        expect(plain.total).toBe(explained.total);
        expect(counted.total).toBe(explained.total);
        if (plain.total > 0) nonEmpty++;
      }
    }
  });
  await fc.assert(property, { numRuns: 25 });
  expect(nonEmpty).toBeGreaterThan(50);
});

it('a phrase weighs also where all its documents are found by another clause', async () => {
  const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk() });
  await corpus.apply([
    makeRecord(1, 1, { date: '2001-01-01', titles: { en: 'Solid battery pack' } }),
    makeRecord(2, 1, { date: '2002-01-01', titles: { en: 'Solid pack battery' } }),
    makeRecord(3, 1, { date: '2003-01-01', titles: { en: 'Something else' } }),
  ]);
  const { hits } = await corpus.search({
    query: {
      op: 'or',
      clauses: [
        { op: 'term', field: 'text', text: 'solid' },
        { op: 'phrase', field: 'text', text: 'battery pack' },
      ],
    },
    sort: 'relevance',
    limit: 10,
  });
  expect(hits.map(({ id }) => id)).toEqual(['EP1000001A1', 'EP1000002A1']);
});
