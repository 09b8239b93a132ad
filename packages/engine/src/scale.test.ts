import type { PatentDocument, QueryNode, SearchRequest } from '@quanlian/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { NaiveCorpus, searchNaively } from './testing/oracle.js';
import { makeRecord, seededChance } from './testing/records.js';

const DOCUMENTS = 1500;
/** So many segments of one size never come together. */
const UNMERGED = { fanOut: 1000, mostDocs: 1 << 20 };
const COMMON = ['the', 'of', 'cell', 'Cell', 'layer', 'H₂O'];
const HAN = '的一种电池電隔膜层後后';

/** Texts of a few very common words and many rare ones, so that lists and dictionaries are longer than their blocks. */
function makeText(chance: () => number, words: number): string {
  const pick = (list: readonly string[]): string => list[Math.floor(chance() * list.length)];
  const rare = (): string => `w${Math.floor(chance() * 4000)}`;
  const han = (): string => Array.from({ length: 1 + Math.floor(chance() * 4) }, () => pick([...HAN])).join('');
  return Array.from({ length: words }, () => {
    const kind = chance();
    return kind < 0.4 ? pick(COMMON) : kind < 0.7 ? rare() : han();
  }).join(' ');
}

function makeBatches(): PatentDocument[][] {
  const chance = seededChance(3);
  const version = (number: number, age: number): PatentDocument =>
    makeRecord(number, age, {
      titles: { en: makeText(chance, 4) },
      abstracts: { en: makeText(chance, 12) },
      claims: [{ lang: 'en', number: 1, text: makeText(chance, 5), dependsOn: [] }],
      applicants: [{ name: `Company ${Math.floor(chance() * 300)}` }],
    });
  const first = Array.from({ length: DOCUMENTS }, (_, number) => version(number, 0));
  const again = Array.from({ length: DOCUMENTS / 10 }, (_, i) => version(i * 7, 1));
  return [first.slice(0, 800), first.slice(800), again];
}

const QUERIES: QueryNode[] = [
  { op: 'term', field: 'text', text: 'the' },
  { op: 'term', field: 'title', text: 'cell' },
  { op: 'term', field: 'text', text: 'Cell', exact: true },
  { op: 'term', field: 'text', text: 'w17' },
  { op: 'phrase', field: 'text', text: 'the cell' },
  { op: 'phrase', field: 'abstract', text: 'of the layer' },
  { op: 'prefix', field: 'text', text: 'w1' },
  { op: 'prefix', field: 'text', text: 'the w2' },
  { op: 'term', field: 'text', text: '电池' },
  { op: 'term', field: 'text', text: '后' },
  { op: 'term', field: 'text', text: '後', exact: true },
  { op: 'near', field: 'text', texts: ['the', 'cell'], distance: 3 },
  { op: 'near', field: 'text', texts: ['h2o', 'layer', 'of'], distance: 2, ordered: true },
  {
    op: 'and',
    clauses: [
      { op: 'term', field: 'text', text: 'the' },
      { op: 'not', clause: { op: 'term', field: 'text', text: 'cell' } },
    ],
  },
  { op: 'value', field: 'applicant', value: 'Company 7' },
  { op: 'range', field: 'date', from: '2003', to: '2007-06' },
];

describe('a corpus of several segments under a small memory bound', () => {
  const disk = new MemoryDisk();
  const naive = new NaiveCorpus();
  let small: SearchBackend;
  let large: SearchBackend;

  beforeAll(async () => {
    small = await openCorpusInline({ dir: '/small', write: true, fs: disk, memoryBytes: 2_000_000, merging: UNMERGED });
    large = await openCorpusInline({ dir: '/large', write: true, fs: new MemoryDisk() });
    for (const batch of makeBatches()) {
      await small.apply(batch);
      naive.apply(batch);
    }
    await large.apply(naive.records);
  });

  it('was cut into several segments', async () => {
    expect((await small.stats()).segments).toBeGreaterThan(3);
    expect(await small.stats()).toMatchObject({ documents: DOCUMENTS, records: DOCUMENTS });
    expect((await large.stats()).segments).toBe(1);
  });

  it('was cut evenly, with no crumb of a batch left over', async () => {
    const fs = new MemoryDisk();
    const one = await openCorpusInline({ dir: '/one', write: true, fs, memoryBytes: 2_000_000, merging: UNMERGED });
    await one.apply(makeBatches()[0]);
    const sizes = [...fs.names].flatMap(([name, { data }]) => (name.endsWith('.seg') ? data.length : []));
    expect(sizes.length).toBeGreaterThan(1);
    expect(Math.max(...sizes) / Math.min(...sizes)).toBeLessThan(1.5);
    await one.close();
  });

  it.each(QUERIES.map((query) => [JSON.stringify(query), query] as const))(
    'finds %s like a scan does',
    async (_, query) => {
      const found = await small.search({ query, sort: 'newest', limit: 5000 });
      const expected = searchNaively(naive.world(), query, 'newest');
      expect(expected.length).toBeGreaterThan(0);
      expect(found.total).toBe(expected.length);
      expect(found.hits.map(({ id }) => id)).toEqual(expected.map(({ doc }) => doc.id));
    },
  );

  it('scores as one segment does', async () => {
    for (const query of QUERIES) {
      const request: SearchRequest = { query, sort: 'relevance', limit: 50, facets: [{ name: 'applicant', size: 5 }] };
      const [a, b] = [await small.search(request), await large.search(request)];
      expect({ ...a, corpus: null, cursor: null }).toEqual({ ...b, corpus: null, cursor: null });
    }
  });
});
