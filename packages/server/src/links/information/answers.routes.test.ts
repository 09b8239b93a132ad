import type { SearchResult, SimilarResult, Suggestion } from '@quanlian/contract';
import { openCorpusInline, type SearchBackend } from '@quanlian/engine';
import { readPlaces } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, TOKEN, testDocument } from '../../app.fixture.js';
import { openSchemes } from './schemes/scheme.store.js';

const text = (en: string) => ({
  titles: { en },
  abstracts: { en: `${en} with a porous separator and an electrolyte.` },
});

const DOCUMENTS = [
  testDocument('EP1000000A1', {
    ...text('Battery separator'),
    date: '2000-05-17',
    familyId: 'F1',
    applicants: [{ name: 'Beispiel AG' }],
    classifications: [{ scheme: 'CPC', symbol: 'H01M 50/40' }],
    citations: [{ id: 'US2005000001A1' }],
  }),
  testDocument('EP1000000B1', {
    ...text('Battery separator'),
    date: '2003-02-12',
    familyId: 'F1',
    applicants: [{ name: 'Beispiel AG' }],
    classifications: [{ scheme: 'CPC', symbol: 'H01M 50/40' }],
    citations: [{ id: 'US2005000001A1' }],
  }),
  testDocument('US2005000001A1', { ...text('Lithium accumulator'), date: '2005-01-06', familyId: 'F2' }),
  testDocument('CN101234567A', { date: '2005-08-06', titles: { zh: '锂离子电池隔膜' }, familyId: 'F3' }),
  testDocument('CN101234568A', { date: '2005-09-06', titles: { zh: '一种阀门' } }),
];

let now = new Date('2026-06-30T04:00:00Z');
let backend: SearchBackend;
let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({
    now: () => now,
    async openBackend(dir) {
      backend = await openCorpusInline({ dir, write: true });
      const { sequence } = await backend.apply(DOCUMENTS);
      await backend.applyColumns(
        'status',
        [
          {
            id: 'EP1000000B1',
            values: [{ value: 'active' }, { value: 'expired', from: '2026-07-01' }],
          },
          { id: 'US2005000001A1', values: [{ value: 'active' }] },
        ],
        sequence,
      );
      await backend.applyColumns('holder', [{ id: 'EP1000000B1', values: [{ value: 'Beispiel' }] }], sequence);
      return backend;
    },
  });
});
afterAll(() => server.close());

const get = async (url: string) => {
  const answer = await server.app.inject(`/api/v1${url}`);
  return { status: answer.statusCode, json: answer.json() as never };
};
const send = async (method: 'PUT' | 'POST' | 'DELETE', url: string, payload?: object) => {
  const headers = { authorization: `Bearer ${TOKEN}` };
  const answer = await server.app.inject({ method, url: `/api/v1${url}`, headers, ...(payload ? { payload } : {}) });
  return { status: answer.statusCode, json: (answer.body === '' ? undefined : answer.json()) as never };
};
const search = async (query: string): Promise<SearchResult> => (await get(`/search?${query}`)).json;
const ids = (answer: SearchResult): string[] => answer.hits.map((hit) => hit.id);

describe('the clock', () => {
  it('moved past an expiry changes facet, search and export, with no load', async () => {
    const before = await search('facet=status&limit=0');
    expect(before.facets.status?.values).toEqual([{ value: 'active', count: 2 }]);
    expect((await search('filter=status:expired')).total).toBe(0);
    now = new Date('2026-07-01T01:00:00Z');
    const after = await search('facet=status&limit=0');
    expect(after.facets.status?.values).toEqual([
      { value: 'active', count: 1 },
      { value: 'expired', count: 1 },
    ]);
    expect(ids(await search('filter=status:expired'))).toEqual(['EP1000000B1']);
    expect(after.corpus).toEqual(before.corpus);
    const exported = await server.app.inject('/api/v1/export?format=jsonl&filter=status:expired');
    expect(
      exported.body
        .trim()
        .split('\n')
        .map((line) => (JSON.parse(line) as { id: string }).id),
    ).toEqual(['EP1000000B1']);
    expect((await search('filter=status:expired&asOf=2026-06-30')).total).toBe(0);
  });
});

describe('counting', () => {
  it('crosses two facets', async () => {
    const { tables } = await search('table=year:office&limit=0');
    expect(tables).toEqual([
      {
        rows: ['2000', '2003', '2005'],
        columns: ['CN', 'EP', 'US'],
        cells: [
          [0, 1, 0],
          [0, 1, 0],
          [2, 0, 1],
        ],
      },
    ]);
  });

  it('counts months, derived owners and different families', async () => {
    const { facets, distinct } = await search('facet=month&facet=holder&distinct=family&distinct=applicant&limit=0');
    expect(facets.month?.values).toContainEqual({ value: '2005-08', count: 1 });
    expect(facets.holder).toEqual({ values: [{ value: 'Beispiel', count: 1 }], unknown: 4, distinct: 1 });
    expect(distinct).toEqual({ family: 4, applicant: 1 });
  });

  it('shows one document of each family when asked, and tells both totals', async () => {
    const answer = await search('q=battery&collapse=family&sort=newest');
    expect(ids(answer)).toEqual(['EP1000000B1']);
    expect([answer.total, answer.families]).toEqual([2, 1]);
  });

  it('weighs fields as asked', async () => {
    const even = await search('q=battery');
    const heavy = await search('q=battery&weight=title:9&weight=abstract:0');
    expect(heavy.total).toBe(even.total);
    expect(heavy.hits[0]?.score).not.toBe(even.hits[0]?.score);
  });

  it.each(['table=year', 'table=year:nothing', 'weight=text:1', 'weight=title:-1', 'collapse=owner', 'distinct=year'])(
    'refuses %s and names the parameter',
    async (query) => {
      const { status, json } = await get(`/search?${query}`);
      expect(status).toBe(400);
      expect(json).toMatchObject({
        error: { code: 'request.invalid', path: expect.stringMatching(new RegExp(`^${query.split('=')[0]}`)) },
      });
    },
  );
});

describe('suggestions', () => {
  const suggest = async (query: string): Promise<Suggestion[]> =>
    ((await get(`/suggestions?${query}`)).json as { suggestions: Suggestion[] }).suggestions;

  it('offer words, names and classes with how many documents have them', async () => {
    expect(await suggest('text=sep')).toEqual([{ text: 'separator', kind: 'term', count: 3 }]);
    expect(await suggest('text=bei&field=applicant')).toEqual([{ text: 'Beispiel AG', kind: 'applicant', count: 2 }]);
    expect((await suggest('text=H01M&field=class')).map(({ kind }) => kind)).toContain('class');
  });

  it('are refused for a field that has none', async () => {
    expect((await get('/suggestions?text=a&field=nothing')).status).toBe(400);
  });
});

describe('similar documents', () => {
  it('of a document come with what they share', async () => {
    const { status, json } = await get('/publications/EP1000000B1/similar?limit=1');
    expect(status).toBe(200);
    const { hits, terms } = json as SimilarResult;
    expect(hits[0]?.hit.id).toBe('EP1000000A1');
    expect(hits[0]?.reasons).toMatchObject({ classes: ['H01M 50/40'], citations: ['US2005000001A1'] });
    expect(terms).toContain('separator');
  });

  it('of a pasted text are found, within a query when there is one', async () => {
    const { json } = await send('POST', '/similar', { text: 'a lithium accumulator with an electrolyte' });
    expect((json as SimilarResult).hits[0]?.hit.id).toBe('US2005000001A1');
    const narrow = await send('POST', '/similar', { text: 'lithium accumulator electrolyte', q: 'battery' });
    expect((narrow.json as SimilarResult).hits.map(({ hit }) => hit.id).toSorted()).toEqual([
      'EP1000000A1',
      'EP1000000B1',
    ]);
  });

  it('are refused for what is not here and for no text', async () => {
    expect((await get('/publications/EP7777777B1/similar')).status).toBe(404);
    expect((await send('POST', '/similar', { text: '  ' })).status).toBe(400);
  });
});

describe('synonyms', () => {
  it('are kept, widen a search that asks for them, are shown where they matched, and go again', async () => {
    expect((await get('/synonyms')).json).toEqual({ sets: [] });
    const kept = await send('PUT', '/synonyms/power', { text: '# cells\nbattery = accumulator = 电池\n' });
    expect(kept).toEqual({
      status: 200,
      json: { name: 'power', text: 'battery = accumulator = 电池\n', groups: 1 },
    });
    await send('PUT', '/synonyms/an%20other', { text: 'valve = 阀门' });
    expect(((await get('/synonyms')).json as { sets: { name: string }[] }).sets.map(({ name }) => name)).toEqual([
      'an other',
      'power',
    ]);
    expect((await search('q=battery')).total).toBe(2);
    const wide = await search('q=battery&synonyms=true&sort=newest');
    expect(ids(wide)).toEqual(['CN101234567A', 'US2005000001A1', 'EP1000000B1', 'EP1000000A1']);
    expect(wide.hits[0]?.passages[0]?.synonyms).toEqual([{ from: 3, to: 5, of: 'battery' }]);
    expect(ids(await search('q=valve&synonyms=true'))).toEqual(['CN101234568A']);
    expect((await send('DELETE', '/synonyms/power')).status).toBe(204);
    expect((await search('q=battery&synonyms=true')).total).toBe(2);
    expect((await send('DELETE', '/synonyms/power')).status).toBe(404);
  });

  it('are refused with every line that is wrong, and nothing is changed', async () => {
    const { status, json } = await send('PUT', '/synonyms/power', { text: 'battery = 电池\nalone\na = A\n' });
    expect(status).toBe(400);
    expect(json).toMatchObject({
      error: { code: 'request.invalid', path: 'text' },
      faults: [{ line: 2 }, { line: 3 }],
    });
    expect((await send('DELETE', '/synonyms/power')).status).toBe(404);
  });

  it('are taken from the titles of a loaded scheme', async () => {
    expect((await send('POST', '/synonyms', { scheme: 'IPC' })).json).toMatchObject({
      error: { code: 'scheme.unknown' },
    });
    const places = readPlaces([
      { symbol: 'H', titles: { en: 'Electricity', zh: '电学' } },
      { symbol: 'H01', titles: { en: 'Elements' } },
      { symbol: 'H01M', titles: { en: 'Lithium accumulator; Details', zh: '锂离子电池；零件' } },
    ]);
    const scheme = { scheme: 'IPC' as const, version: '2026.01', places, unplaced: 0, strangers: 0 };
    await openSchemes(server.folder.schemes).save(scheme, now.toISOString());
    expect(await send('POST', '/synonyms', { scheme: 'IPC' })).toMatchObject({
      status: 200,
      json: { name: 'IPC', groups: 3 },
    });
    expect(ids(await search(`q=${encodeURIComponent('"lithium accumulator"')}&synonyms=true&sort=newest`))).toEqual([
      'CN101234567A',
      'US2005000001A1',
    ]);
    await send('DELETE', '/synonyms/IPC');
  });

  it('changed at once by several are all kept', async () => {
    const names = ['a', 'b', 'c', 'd'];
    await Promise.all(names.map((name) => send('PUT', `/synonyms/${name}`, { text: `x${name} = y${name}` })));
    const { sets } = (await get('/synonyms')).json as { sets: { name: string }[] };
    expect(sets.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  });

  it('are not changed by a page of another origin', async () => {
    const answer = await server.app.inject({ method: 'PUT', url: '/api/v1/synonyms/a', payload: { text: 'a = b' } });
    expect(answer.statusCode).toBe(403);
  });
});
