import {
  FACETS,
  type Passage,
  type PatentDocument,
  type QueryNode,
  type SearchResult,
  SORTS,
  type Sort,
} from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import * as arbitrary from './testing/arbitraries.js';
import { MemoryDisk } from './testing/memory-disk.js';
import {
  countNaively,
  NaiveCorpus,
  type OracleHit,
  positiveLeaves,
  rangesIn,
  SAME_SCORE,
  searchNaively,
  type Value,
  valuesOf,
  type World,
} from './testing/oracle.js';

const facets = FACETS.map((name) => ({ name, ...(name === 'inventor' ? { size: 2 } : {}) }));

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

type Range = { from: number; to: number };

function joined(ranges: readonly Range[]): Range[] {
  const result: Range[] = [];
  for (const range of [...ranges].sort((a, b) => a.from - b.from || a.to - b.to)) {
    const last = result.at(-1);
    if (last && range.from < last.to) last.to = Math.max(last.to, range.to);
    else result.push({ from: range.from, to: range.to });
  }
  return result;
}

interface Shown {
  readonly value: Value;
  readonly ranges: readonly Range[];
}

/** True when the passage is a piece of the value and shows exactly what the piece shows of the query. */
function isPassageOf(passage: Passage, { value, ranges }: Shown): boolean {
  if (passage.field !== value.field || passage.lang !== value.lang) return false;
  for (let at = value.text.indexOf(passage.text); at >= 0; at = value.text.indexOf(passage.text, at + 1)) {
    const inside = ranges.filter(({ from, to }) => from >= at && to <= at + passage.text.length);
    const expected = joined(inside.map(({ from, to }) => ({ from: from - at, to: to - at })));
    if (JSON.stringify(expected) === JSON.stringify(passage.highlights)) return true;
  }
  return false;
}

function comparePassages(doc: PatentDocument, passages: readonly Passage[], node: QueryNode): void {
  const ranges = rangesIn(doc, positiveLeaves(node));
  const shown = valuesOf(doc).flatMap((value, i): Shown[] => (ranges[i].length > 0 ? [{ value, ranges: ranges[i] }] : []));
  const titles = shown.filter(({ value }) => value.field === 'title').length;
  expect(passages.filter(({ field }) => field === 'title').length).toBe(titles);
  expect(passages.length).toBe(titles + Math.min(3, shown.length - titles));
  for (const passage of passages)
    expect(
      shown.some((value) => isPassageOf(passage, value)),
      JSON.stringify(passage),
    ).toBe(true);
}

function compare(world: World, found: SearchResult, expected: readonly OracleHit[], node: QueryNode, sort: Sort): void {
  expect(found.total).toBe(expected.length);
  expect(found.hits.map(({ id }) => id)).toEqual(expected.map(({ doc }) => doc.id));
  found.hits.forEach((hit, i) => {
    if (sort === 'relevance') expect(Math.abs((hit.score ?? Number.NaN) - expected[i].score)).toBeLessThan(SAME_SCORE);
    else expect(hit.score).toBeNull();
    comparePassages(expected[i].doc, hit.passages, node);
  });
  for (const facet of facets) expect(found.facets[facet.name]).toEqual(countNaively(world, expected, facet));
  expect(found.clauses[0].hits).toBe(expected.length);
}

describe('search', () => {
  it('answers any query on any corpus as a scan of all documents does', async () => {
    const property = fc.asyncProperty(
      arbitrary.batches,
      fc.array(arbitrary.query, { minLength: 4, maxLength: 8 }),
      async (batches, queries) => {
        const { corpus, naive } = await load(batches);
        const world = naive.world();
        for (const [i, query] of queries.entries()) {
          const sort = SORTS[i % SORTS.length];
          const found = await corpus.search({ query, sort, limit: 100, facets, explain: true, highlight: true });
          compare(world, found, searchNaively(world, query, sort), query, sort);
        }
      },
    );
    await fc.assert(property, { numRuns: 300 });
  });

  it('scores after updates as a fresh corpus of the same records does, to the last bit', async () => {
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
    await fc.assert(property, { numRuns: 200 });
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
