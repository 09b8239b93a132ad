import {
  COUNTABLE,
  type ColumnName,
  type ColumnUpdate,
  type FieldWeights,
  type Passage,
  type PatentDocument,
  type QueryNode,
  type SearchRequest,
  type SearchResult,
  SORTS,
  type Sort,
  TABLED,
} from '@quanlian/contract';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { SearchBackend } from '../backend.js';
import { openCorpusInline } from '../inline.js';
import * as arbitrary from '../testing/arbitraries.js';
import { MemoryDisk } from '../testing/memory-disk.js';
import {
  clausesNaively,
  countNaively,
  firstsNaively,
  NaiveCorpus,
  type OracleHit,
  SAME_SCORE,
  searchNaively,
  tableNaively,
  type World,
} from '../testing/oracle.js';
import { positiveLeaves, rangesIn, type Value, valuesOf } from '../testing/oracle-text.js';

/** What is counted by a table needs one along. */
const facets = COUNTABLE.filter((name) => !TABLED.some((tabled) => tabled === name)).map((name) => ({
  name,
  ...(name === 'inventor' ? { size: 2 } : {}),
}));

type Column = { readonly name: ColumnName; readonly updates: readonly ColumnUpdate[] };

/** Loads batches, columns among them, and merges segments by `fanOut`. */
async function load(
  batches: readonly (readonly PatentDocument[])[],
  columns: readonly Column[],
  fanOut: number,
): Promise<{ corpus: SearchBackend; naive: NaiveCorpus }> {
  const merging = { fanOut, mostDocs: 1000 };
  const corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk(), merging });
  const naive = new NaiveCorpus();
  for (const [i, batch] of batches.entries()) {
    const { sequence } = await corpus.apply(batch);
    naive.apply(batch);
    const column = columns[i];
    if (column === undefined) continue;
    await corpus.applyColumns(column.name, column.updates, sequence);
    naive.applyColumns(column.name, column.updates);
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
  const shown = valuesOf(doc).flatMap((value, i): Shown[] =>
    ranges[i].length > 0 ? [{ value, ranges: ranges[i] }] : [],
  );
  const titles = shown.filter(({ value }) => value.field === 'title').length;
  expect(passages.filter(({ field }) => field === 'title').length).toBe(titles);
  expect(passages.length).toBe(titles + Math.min(3, shown.length - titles));
  for (const passage of passages)
    expect(
      shown.some((value) => isPassageOf(passage, value)),
      JSON.stringify(passage),
    ).toBe(true);
}

interface Asked {
  readonly query: QueryNode;
  readonly sort: Sort;
  readonly asOf: string;
  readonly collapse: 'family' | undefined;
  readonly weights: FieldWeights | undefined;
  /** Given: the hits are read once more in pages of this size. */
  readonly pageSize: number | undefined;
}

const tables = [
  { rows: 'year', columns: 'applicant' },
  { rows: 'status', columns: 'section', rowSize: 1 },
] as const;

function compare(world: World, found: SearchResult, { query, sort, collapse, weights }: Asked): OracleHit[] {
  const hits = searchNaively(world, query, sort, weights);
  const families = firstsNaively(world, hits);
  const shown = collapse ? families : hits;
  expect(found.total, JSON.stringify(query)).toBe(hits.length);
  expect(found.hits.map(({ id }) => id)).toEqual(shown.map(({ doc }) => doc.id));
  found.hits.forEach((hit, i) => {
    if (sort === 'relevance') expect(Math.abs((hit.score ?? Number.NaN) - shown[i].score)).toBeLessThan(SAME_SCORE);
    else expect(hit.score).toBeNull();
    comparePassages(shown[i].doc, hit.passages, query);
  });
  for (const facet of facets) expect(found.facets[facet.name]).toEqual(countNaively(world, hits, facet));
  expect(found.tables).toEqual(tables.map((table) => tableNaively(world, hits, table)));
  expect(found.distinct?.family).toBe(families.length);
  expect(found.families).toBe(collapse ? families.length : undefined);
  expect(found.clauses.map((clause) => clause.hits)).toEqual(clausesNaively(world, query));
  return hits;
}

const asked: fc.Arbitrary<Asked> = fc.record({
  query: arbitrary.query,
  sort: fc.constantFrom(...SORTS),
  asOf: fc.constantFrom('2000-01-01', '2005-06-07', '2020-12-31'),
  collapse: fc.option(fc.constant('family' as const), { nil: undefined, freq: 3 }),
  weights: fc.option(fc.constant({ title: 3, abstract: 0.5 }), { nil: undefined, freq: 3 }),
  pageSize: fc.constantFrom(undefined, undefined, undefined, 1, 2, 5),
});

const text = (node: QueryNode): string => JSON.stringify(node);
const hasChain = (node: QueryNode): boolean => /"op":"(near|proximity|phrase)"/.test(text(node));
const hasCjk = (node: QueryNode): boolean => /\p{Script=Han}|\p{Script=Katakana}|\p{Script=Hangul}/u.test(text(node));

/** What was asked: how many queries, and of them those that found something, look for neighbours, and so on. */
export interface AskedCounts {
  asked: number;
  nonEmpty: number;
  chains: number;
  cjk: number;
  /** Asked of a corpus of several segments, and of one with deletions that no merge has taken away yet. */
  severalSegments: number;
  withDeletions: number;
  /** Answers read page by page with cursors. */
  paged: number;
}

/** The hits of a query once more, page by page, must be those of one answer. */
async function comparePages(corpus: SearchBackend, ask: Asked, ids: readonly string[]): Promise<void> {
  const { pageSize = 1, ...request } = ask;
  const found: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await corpus.search({ ...request, limit: pageSize, cursor });
    found.push(...page.hits.map(({ id }) => id));
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
  expect(found).toEqual(ids);
}

async function askOne(corpus: SearchBackend, naive: NaiveCorpus, ask: Asked): Promise<OracleHit[]> {
  const { pageSize, ...asking } = ask;
  const request: SearchRequest = { ...asking, limit: 100, facets, tables: [...tables], distinct: ['family'] };
  const found = await corpus.search({ ...request, explain: true, highlight: true });
  const hits = compare(naive.world(ask.asOf), found, ask);
  if (pageSize !== undefined)
    await comparePages(
      corpus,
      ask,
      found.hits.map(({ id }) => id),
    );
  return hits;
}

/** Random queries on each of so many random corpora; every answer must be that of a scan of all documents. */
export async function askRandomly(corpora: number, queries: number): Promise<AskedCounts> {
  const counts: AskedCounts = {
    asked: 0,
    nonEmpty: 0,
    chains: 0,
    cjk: 0,
    severalSegments: 0,
    withDeletions: 0,
    paged: 0,
  };
  const property = fc.asyncProperty(
    arbitrary.batches,
    fc.array(arbitrary.columnUpdates, { maxLength: 3 }),
    fc.constantFrom(3, 8, 8),
    fc.array(asked, { minLength: queries, maxLength: queries }),
    async (batches, columns, fanOut, requests) => {
      const { corpus, naive } = await load(batches, columns, fanOut);
      const { segments, files = [] } = await corpus.stats();
      const hasDeletions = files.some(({ file, deleted }) => file.endsWith('.seg') && deleted > 0);
      for (const ask of requests) {
        const hits = await askOne(corpus, naive, ask);
        counts.asked++;
        if (hits.length > 0) counts.nonEmpty++;
        if (hasChain(ask.query)) counts.chains++;
        if (hasCjk(ask.query)) counts.cjk++;
        if (segments > 1) counts.severalSegments++;
        if (hasDeletions) counts.withDeletions++;
        if (ask.pageSize !== undefined) counts.paged++;
      }
    },
  );
  await fc.assert(property, { numRuns: corpora, endOnFailure: true });
  return counts;
}
