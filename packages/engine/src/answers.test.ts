import type { PatentDocument, QueryNode, SearchRequest } from '@quanlian/contract';
import { beforeAll, describe, expect, it } from 'vitest';
import type { SearchBackend } from './backend.js';
import { openCorpusInline } from './inline.js';
import { MemoryDisk } from './testing/memory-disk.js';
import { makeRecord } from './testing/records.js';

const doc = (number: number, fields: Partial<PatentDocument>): PatentDocument => makeRecord(number, 0, fields);
const idOf = (number: number): string => `EP${1000000 + number}A1`;

const DOCUMENTS = [
  doc(1, {
    titles: { en: 'Solid state battery' },
    abstracts: { en: 'A battery has an anode. The cathode is thin.\nA separator follows.' },
    applicants: [{ name: 'Acme Power Ltd' }],
    classifications: [{ scheme: 'IPC', symbol: 'H01M 10/0525' }],
    citations: [{ id: 'US4000001A' }],
    familyId: '77',
  }),
  doc(2, {
    titles: { en: 'Battery separator', zh: '电池隔膜' },
    abstracts: { en: 'The anode and the cathode are near.' },
    applicants: [{ name: 'Huawei Technologies' }, { name: 'Acme Power Ltd' }],
    classifications: [
      { scheme: 'CPC', symbol: 'H01M 10/0525' },
      { scheme: 'IPC', symbol: 'H01M 4/02' },
    ],
    citations: [{ id: 'US4000001A' }, { id: idOf(1) }],
    familyId: '77',
  }),
  doc(3, {
    titles: { en: 'Accumulator', zh: '蓄电池' },
    abstracts: { en: 'An accumulator with a separator.' },
    applicants: [{ name: '华为技术有限公司' }],
    classifications: [{ scheme: 'IPC', symbol: 'H02J 7/00' }],
  }),
];

let corpus: SearchBackend;

beforeAll(async () => {
  corpus = await openCorpusInline({ dir: '/corpus', write: true, fs: new MemoryDisk() });
  for (const record of DOCUMENTS) await corpus.apply([record]);
});

const all: SearchRequest = { query: { op: 'all' }, sort: 'newest', limit: 10 };
const numbers = async (query: QueryNode, more: Partial<SearchRequest> = {}): Promise<number[]> =>
  (await corpus.search({ ...all, ...more, query })).hits.map(({ id }) => Number(id.slice(2, 9)) - 1_000_000).sort();
const term = (text: string, field = 'text'): QueryNode => ({ op: 'term', field, text });

describe('operators', () => {
  const both = (unit: 'sentence' | 'paragraph' | 'field', first: string, second: string): QueryNode => ({
    op: 'proximity',
    unit,
    most: 0,
    clauses: [term(first, 'abstract'), term(second, 'abstract')],
  });

  it.each<[string, QueryNode, number[]]>([
    ['the same sentence', both('sentence', 'anode', 'cathode'), [2]],
    ['the same paragraph', both('paragraph', 'cathode', 'anode'), [1, 2]],
    ['not the same paragraph', both('paragraph', 'anode', 'separator'), []],
    ['the same field', both('field', 'anode', 'separator'), [1]],
    [
      'a nearness inside another',
      { op: 'proximity', unit: 'sentence', most: 1, clauses: [both('sentence', 'battery', 'anode'), term('thin')] },
      [1],
    ],
    ['an ending', { op: 'pattern', field: 'text', parts: [{ min: 1 }, 'tery'] }, [1, 2]],
    ['a middle', { op: 'pattern', field: 'text', parts: [{ min: 0 }, 'umula', { min: 0 }] }, [3]],
    ['one letter', { op: 'pattern', field: 'text', parts: ['sep', { min: 1, max: 1 }, 'rator'] }, [1, 2, 3]],
    ['an applicant pattern', { op: 'pattern', field: 'applicant', parts: ['hua', { min: 0 }] }, [2]],
    ['a class pattern', { op: 'pattern', field: 'class', parts: ['H01M', { min: 1, max: 1 }, '/', { min: 0 }] }, [2]],
    ['either but not both', { op: 'xor', clauses: [term('anode'), term('accumulator')] }, [1, 2, 3]],
    ['a list of fields', { op: 'term', field: 'title', fields: ['abstract'], text: 'separator' }, [1, 2, 3]],
  ])('%s', async (_, query, expected) => {
    expect(await numbers(query)).toEqual(expected);
  });

  it('a class and below follow the scheme when there is one', async () => {
    const query: QueryNode = { op: 'class', field: 'class', symbol: 'H01M 10/052', below: true };
    expect(await numbers(query)).toEqual([]);
    const classScheme = {
      below: (_: string, symbol: string) => (symbol === 'H01M 10/052' ? ['H01M 10/0525'] : undefined),
    };
    const { hits } = await corpus.search({ ...all, query }, { classScheme });
    expect(hits.map(({ id }) => id).sort()).toEqual([idOf(1), idOf(2)]);
  });

  it('a hundred thousand ids', async () => {
    const ids = Array.from({ length: 100_000 }, (_, i) => `US${i}A1`);
    expect(await numbers({ op: 'ids', ids: [...ids, idOf(3), idOf(1)] })).toEqual([1, 3]);
  });

  it.each<[QueryNode, string]>([
    [{ op: 'set', name: 'S1' }, 'S1'],
    [{ op: 'index', index: 'cql.server', relation: '=', text: 'x' }, 'cql.server'],
    [{ op: 'modified', modifiers: [{ name: 'stem' }], clause: { op: 'all' } }, 'stem'],
    [{ op: 'sorted', keys: [{ index: 'pd' }], clause: { op: 'all' } }, 'pd'],
  ])('%j is refused by name, wherever it stands', async (node, name) => {
    const nested: QueryNode = { op: 'and', clauses: [{ op: 'all' }, { op: 'not', clause: node }] };
    for (const query of [node, nested]) {
      await expect(numbers(query)).rejects.toMatchObject({
        code: 'query.unsupported',
        message: expect.stringContaining(name),
      });
    }
  });
});

describe('derived columns', () => {
  it('change what is counted and found when the day moves, with no load', async () => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    await own.apply([makeRecord(1, 0), makeRecord(2, 0)]);
    const expires = { value: 'expired', from: '2030-06-01' };
    const updates = [{ id: idOf(1), values: [{ value: 'active', from: '2010-01-01' }, expires] }];
    expect(await own.applyColumns('status', updates, 1)).toEqual({ sequence: 2, documents: 1 });
    const ask = async (asOf: string) => {
      const query: QueryNode = { op: 'value', field: 'status', value: 'active' };
      const facet = await own.search({ ...all, asOf, facets: [{ name: 'status' }] });
      return [facet.facets.status, (await own.search({ ...all, query, asOf })).total];
    };
    const active = { values: [{ value: 'active', count: 1 }], unknown: 1, distinct: 1 };
    expect(await ask('2030-05-31')).toEqual([active, 1]);
    expect(await ask('2030-06-01')).toEqual([{ ...active, values: [{ value: 'expired', count: 1 }] }, 0]);
    expect(await ask('2009')).toEqual([{ values: [], unknown: 2, distinct: 0 }, 0]);
    expect(await own.search({ ...all, asOf: '2030-06-01' })).toMatchObject({ corpus: { sequence: 2 } });
  });

  it.each([
    ['from a day on', '2020-01-01'],
    ['always', undefined],
  ])('say that nothing is known, %s, as a document without a value does', async (_, from) => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    await own.apply([makeRecord(1, 0), makeRecord(2, 0)]);
    const before = from === undefined ? [] : [{ value: 'active', from: '2010-01-01' }];
    const nothing = from === undefined ? { value: 'unknown' } : { value: 'unknown', from };
    await own.applyColumns('status', [{ id: idOf(1), values: [...before, nothing] }], 1);
    const query: QueryNode = { op: 'value', field: 'status', value: 'unknown' };
    const { total, facets } = await own.search({ ...all, asOf: '2021-01-01', facets: [{ name: 'status' }] });
    expect([total, facets.status]).toEqual([2, { values: [], unknown: 2, distinct: 0 }]);
    expect((await own.search({ ...all, query, asOf: '2021-01-01' })).total).toBe(2);
    expect((await own.search({ ...all, query, asOf: '2015-01-01' })).total).toBe(from === undefined ? 2 : 1);
  });

  it('are kept for documents not loaded yet, overlaid, and forgotten', async () => {
    const disk = new MemoryDisk();
    const own = await openCorpusInline({ dir: '/own', write: true, fs: disk });
    await own.applyColumns(
      'citedby',
      [
        { id: idOf(1), values: [{ value: '12' }] },
        { id: idOf(2), values: [{ value: '3' }] },
      ],
      0,
    );
    await own.apply([makeRecord(1, 0), makeRecord(2, 0)]);
    const atLeast = async (from: string): Promise<number> =>
      (await own.search({ ...all, query: { op: 'range', field: 'citedby', from } })).total;
    expect([await atLeast('3'), await atLeast('4'), await atLeast('13')]).toEqual([2, 1, 0]);
    await own.applyColumns(
      'citedby',
      [
        { id: idOf(1), values: [] },
        { id: idOf(2), values: [{ value: '40' }] },
      ],
      2,
    );
    expect([await atLeast('3'), await atLeast('4'), await atLeast('13')]).toEqual([1, 1, 1]);
    await expect(own.applyColumns('citedby', [], 1)).rejects.toMatchObject({ code: 'request.invalid' });
    expect(await own.check()).toMatchObject({ ok: true });
    const reader = await openCorpusInline({ dir: '/own', fs: disk });
    expect((await reader.stats()).files?.map(({ file }) => file)).toContainEqual(
      expect.stringContaining('column-citedby'),
    );
  });
});

describe('suggestions', () => {
  it.each([
    ['text', 'solid sep', [['separator', 3]]],
    ['title', 'BAT', [['battery', 2]]],
    ['title', '电', [['电池', 2]]],
    ['applicant', 'acme', [['Acme Power Ltd', 2]]],
    ['applicant', 'tech', [['Huawei Technologies', 1]]],
    ['applicant', '華為', [['华为技术有限公司', 1]]],
    ['class', 'h01m 1', [['H01M 10/0525', 2]]],
    [
      'ipc',
      'H0',
      [
        ['H01M 10/0525', 1],
        ['H01M 4/02', 1],
        ['H02J 7/00', 1],
      ],
    ],
    ['text', '—', []],
  ])('in %s for %s', async (field, text, expected) => {
    const found = await corpus.suggest({ field, text });
    expect(found.map((suggestion) => [suggestion.text, suggestion.count])).toEqual(expected);
  });

  it('are refused where there are none, and for no sensible number', async () => {
    await expect(corpus.suggest({ field: 'date', text: '2' })).rejects.toMatchObject({ code: 'request.invalid' });
    await expect(corpus.suggest({ field: 'text', text: 'a', limit: 0 })).rejects.toMatchObject({
      code: 'request.invalid',
    });
  });
});

describe('similar documents', () => {
  it('tell the terms, classes and citations they share', async () => {
    const { hits } = await corpus.similar({ id: idOf(1) });
    expect(hits.map(({ hit }) => hit.id)).toEqual([idOf(2), idOf(3)]);
    expect(hits[0].reasons).toMatchObject({ classes: ['H01M 10/0525'] });
    expect(hits[0].reasons.citations.sort()).toEqual([idOf(1), 'US4000001A']);
    expect(hits[0].reasons.terms).toContain('battery');
    expect(hits[1].reasons).toMatchObject({ classes: [], citations: [] });
  });

  it('are found for a text and within a query', async () => {
    const found = await corpus.similar({ text: '一种蓄电池', limit: 2 });
    expect(found.hits.map(({ hit }) => hit.id)).toEqual([idOf(3), idOf(2)]);
    expect(found.terms).toContain('蓄电');
    const within = await corpus.similar({ text: 'a separator', within: term('accumulator') });
    expect(within.hits.map(({ hit }) => hit.id)).toEqual([idOf(3)]);
    await expect(corpus.similar({ id: 'none' })).rejects.toMatchObject({ code: 'document.not_found' });
    await expect(corpus.similar({})).rejects.toMatchObject({ code: 'request.invalid' });
  });
});

describe('synonyms', () => {
  const sets = [{ name: 'cells', groups: [{ terms: ['battery', 'accumulator', '蓄电池'] }] }];

  it('given with the search widen it, and passages show which matched', async () => {
    const request = { ...all, query: term('battery', 'title'), highlight: true, synonyms: { sets } };
    expect(await numbers(request.query)).toEqual([1, 2]);
    const { hits } = await corpus.search(request);
    expect(hits.map(({ id }) => id).sort()).toEqual([idOf(1), idOf(2), idOf(3)]);
    const passages = hits.find(({ id }) => id === idOf(3))?.passages;
    expect(passages).toEqual([
      {
        field: 'title',
        lang: 'en',
        text: 'Accumulator',
        highlights: [{ from: 0, to: 11 }],
        synonyms: [{ from: 0, to: 11, of: 'battery' }],
      },
      {
        field: 'title',
        lang: 'zh',
        text: '蓄电池',
        highlights: [{ from: 0, to: 3 }],
        synonyms: [{ from: 0, to: 3, of: 'battery' }],
      },
    ]);
    expect(hits.find(({ id }) => id === idOf(1))?.passages[0].synonyms).toBeUndefined();
  });

  it('kept in the corpus are used when asked for, and go again', async () => {
    const own = await openCorpusInline({ dir: '/own', write: true, fs: new MemoryDisk() });
    await own.apply(DOCUMENTS);
    const total = async (): Promise<number> =>
      (await own.search({ ...all, query: term('蓄电池'), synonyms: { stored: true } })).total;
    expect(await total()).toBe(1);
    await own.applySynonyms(sets);
    expect(await total()).toBe(3);
    expect(await own.synonyms()).toEqual(sets);
    await own.applySynonyms([]);
    expect(await total()).toBe(1);
    const wrong = [{ name: 'w', groups: [{ terms: ['a', 'A'] }] }];
    await expect(own.applySynonyms(wrong)).rejects.toMatchObject({ code: 'request.invalid' });
  });
});

describe('bounds', () => {
  it('refuse a query that would hold too much memory', async () => {
    const small = await openCorpusInline({ dir: '/small', write: true, fs: new MemoryDisk(), memoryBytes: 6 * 4000 });
    await small.apply(Array.from({ length: 300 }, (_, number) => makeRecord(number, 0)));
    const clauses = Array.from({ length: 40 }, (): QueryNode => ({ op: 'term', field: 'text', text: 'battery' }));
    await expect(small.search({ ...all, query: { op: 'or', clauses } })).rejects.toMatchObject({
      code: 'query.too_costly',
    });
    expect((await small.search({ ...all, query: clauses[0] })).total).toBe(300);
  });

  it('of a prefix count words of the whole corpus, however it lies in segments', async () => {
    const words = (from: number, to: number): string =>
      Array.from({ length: to - from }, (_, number) => `x${from + number}`).join(' ');
    const load = async (parts: readonly string[], fanOut: number): Promise<SearchBackend> => {
      const own = await openCorpusInline({
        dir: '/own',
        write: true,
        fs: new MemoryDisk(),
        merging: { fanOut, mostDocs: 1000 },
      });
      for (const [number, text] of parts.entries())
        await own.apply([makeRecord(number, 0, { abstracts: { en: text } })]);
      return own;
    };
    const ask = (own: SearchBackend) => own.search({ ...all, query: { op: 'prefix', field: 'text', text: 'x' } });
    const twice = words(0, 60_000);
    expect((await ask(await load([twice, twice], 1000))).total).toBe(2);
    const more = [words(0, 60_000), words(60_000, 100_001)];
    for (const fanOut of [2, 1000]) {
      const own = await load(more, fanOut);
      await expect(ask(own)).rejects.toMatchObject({ code: 'query.too_costly' });
      // Words of documents that are gone do not count.
      await own.apply([makeRecord(1, 1, { abstracts: { en: 'x1' } })]);
      expect((await ask(own)).total).toBe(2);
    }
  });
});
