import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { readPlaces, type SchemeRow } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, TOKEN } from '../../../app.fixture.js';
import { openSchemes } from './scheme.store.js';

const rows = (below: string): SchemeRow[] => [
  { symbol: 'H', titles: { en: 'Electricity', zh: '电学' } },
  { symbol: 'H01', titles: { en: 'Elements' } },
  { symbol: 'H01M', titles: { en: 'Cells' } },
  { symbol: 'H01M10/00', dots: 0, titles: { en: 'Secondary cells', zh: '二次电池' } },
  { symbol: 'H01M10/052', dots: 1, titles: { en: 'Lithium' } },
  { symbol: below, dots: 2, titles: { en: 'Rocking chair' } },
  { symbol: 'H01M10/058', dots: 1, titles: { en: 'Making' } },
];

function document(id: string, symbol: string): PatentDocument {
  return {
    id,
    office: 'CN',
    number: id.slice(2, -1),
    kind: 'A',
    date: '2020-01-01',
    classifications: [{ scheme: 'CPC', symbol }],
    sources: [{ format: 'patent-document', file: 'x', offset: 0, sha256: id }],
  };
}

let server: TestServer;
const get = async (url: string) => {
  const answer = await server.app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1' } });
  return { status: answer.statusCode, body: answer.json() };
};
const save = (version: string, below: string) =>
  openSchemes(server.folder.schemes).save(
    { scheme: 'CPC', version, places: readPlaces(rows(below)), unplaced: 0, strangers: 0 },
    '2026-11-22T00:00:00Z',
  );

beforeAll(async () => {
  server = await createTestServer({
    openBackend: async (dir) => {
      const corpus = await openCorpusInline({ dir, write: true });
      await corpus.apply([
        document('CN1A', 'H01M 10/0525'),
        document('CN2A', 'H01M 10/0569'),
        document('CN3A', 'H01M 10/058'),
        document('CN4A', 'H01M 10/052'),
      ]);
      return corpus;
    },
  });
});
afterAll(() => server.close());

describe('classification schemes', () => {
  it('shows the short titles that come with the program while none is loaded', async () => {
    const { versions } = (await get('/schemes')).body;
    expect(versions.map((one: { scheme: string; builtin: boolean; current: boolean }) => Object.values(one))).toEqual([
      expect.arrayContaining(['IPC', 796, true]),
      expect.arrayContaining(['CPC', 826, true]),
    ]);
    const top = (await get('/schemes/CPC?count=true')).body;
    expect(top.children.map((one: { symbol: string }) => one.symbol).join('')).toBe('ABCDEFGHY');
    expect(top.children[7]).toMatchObject({ titles: { zh: '电学', en: 'Electricity' }, documents: 4 });
    expect((await get('/schemes/IPC?symbol=H01')).body.children).toHaveLength(14);
    expect((await get('/schemes/CPC/search?q=%E7%94%B5%E6%B1%A0')).body.places[0].symbol).toBe('H01M');
    expect(await get('/schemes/CPC?version=1999.01')).toMatchObject({
      status: 404,
      body: { error: { code: 'scheme.unknown' } },
    });
    expect((await get('/search?q=cpc:H01M10/052%2B')).body.total).toBe(1);
  });

  it('changes “and below” at once with the version, without indexing anew', async () => {
    await save('2024.01', 'H01M10/0525');
    expect((await get('/search?q=cpc:H01M10/052%2B')).body.total).toBe(2);
    expect((await get('/search?q=cpc:H01M10/00')).body.total).toBe(3);
    await save('2025.01', 'H01M10/0569');
    const now = await get('/search?q=cpc:H01M10/052%2B');
    expect(now.body.hits.map(({ id }: { id: string }) => id).sort()).toEqual(['CN2A', 'CN4A']);
    await openSchemes(server.folder.schemes).choose('CPC', '2024.01');
    const versions = (await get('/schemes')).body.versions as { version: string; current: boolean }[];
    expect(versions.slice(0, 2).map(({ version, current }) => [version, current])).toEqual([
      ['2024.01', true],
      ['2025.01', false],
    ]);
    // The short titles stand in for the scheme that is not loaded.
    expect(versions.slice(2).map(({ current }) => current)).toEqual([true, false]);
    const before = await get('/search?q=cpc:H01M10/052%2B');
    expect(before.body.hits.map(({ id }: { id: string }) => id).sort()).toEqual(['CN1A', 'CN4A']);
    expect((await get('/search?q=ipc:H01M10/052%2B')).body.total).toBe(0);
  });

  it('walks the tree with the documents of each place', async () => {
    const { body } = await get('/schemes/CPC?symbol=H01M10/00&count=true');
    expect(body).toMatchObject({ version: '2024.01', place: { symbol: 'H01M 10/00', documents: 3, children: 2 } });
    expect(body.ancestors.map((one: { symbol: string }) => one.symbol)).toEqual(['H', 'H01', 'H01M']);
    expect(body.children.map((one: { symbol: string; documents: number }) => [one.symbol, one.documents])).toEqual([
      ['H01M 10/052', 2],
      ['H01M 10/058', 1],
    ]);
    expect((await get('/schemes/CPC')).body).toMatchObject({ place: null, children: [{ symbol: 'H' }] });
    expect(await get('/schemes/CPC?symbol=A01B')).toMatchObject({ status: 404, body: { error: { path: 'symbol' } } });
  });

  it('finds places by words of either language', async () => {
    const { body } = await get(`/schemes/CPC/search?q=${encodeURIComponent('二次电池')}`);
    expect(body.places.map((one: { symbol: string }) => one.symbol)).toEqual(['H01M 10/00']);
    expect((await get('/schemes/CPC/search?q=cells%20lithium')).body.places[0].path.at(-1).symbol).toBe('H01M 10/00');
    expect(body.places[0].documents).toBeUndefined();
    const counted = (await get(`/schemes/CPC/search?q=${encodeURIComponent('二次电池')}&count=true`)).body.places;
    const { place } = (await get('/schemes/CPC?symbol=H01M10%2F00&count=true')).body;
    expect(counted[0].documents).toBe(place.documents);
    expect(place.documents).toBeGreaterThan(0);
  });

  it('answers one search by another version, and compares the versions', async () => {
    const ids = async (q: string) =>
      (await get(`/search?q=cpc:H01M10/052%2B&${q}`)).body.hits.map(({ id }: { id: string }) => id).sort();
    expect(await ids('')).toEqual(['CN1A', 'CN4A']);
    expect(await ids('scheme=CPC:2025.01')).toEqual(['CN2A', 'CN4A']);
    const posted = async (scheme: string[]) => {
      const payload = { q: 'cpc:H01M10/052+', scheme };
      const url = '/api/v1/search';
      const answer = await server.app.inject({
        method: 'POST',
        url,
        headers: { host: '127.0.0.1', authorization: `Bearer ${TOKEN}` },
        payload,
      });
      return answer
        .json()
        .hits.map(({ id }: { id: string }) => id)
        .sort();
    };
    expect([await posted([]), await posted(['CPC:2025.01'])]).toEqual([
      ['CN1A', 'CN4A'],
      ['CN2A', 'CN4A'],
    ]);
    const exported = async (q: string) => {
      const url = `/api/v1/export?format=csv&q=cpc:H01M10/052%2B&${q}`;
      const { body } = await server.app.inject({ url, headers: { host: '127.0.0.1' } });
      return [...new Set(body.match(/CN\dA/g))].sort();
    };
    expect([await exported(''), await exported('scheme=CPC:2025.01')]).toEqual([
      ['CN1A', 'CN4A'],
      ['CN2A', 'CN4A'],
    ]);
    expect(await get('/search?q=cpc:H01M%2B&scheme=CPC:1999')).toMatchObject({
      status: 404,
      body: { error: { code: 'scheme.unknown' } },
    });
    const { body } = await get('/schemes/CPC/compare?from=2024.01&to=2025.01');
    expect(body.counts).toEqual({ new: 1, deleted: 1, moved: 0, retitled: 0 });
    expect(body.changes.map((one: { symbol: string; change: string }) => `${one.change} ${one.symbol}`)).toEqual([
      'new H01M 10/0569',
      'deleted H01M 10/0525',
    ]);
    const some = (await get('/schemes/CPC/compare?from=2024.01&to=2025.01&symbol=H01M10/058')).body;
    expect(some.changes).toEqual([]);
  });

  it('refuses a version’s name that is no name', async () => {
    await expect(save('../x', 'H01M10/0525')).rejects.toThrow(/no name of a version/);
  });
});

describe('synonyms of a scheme', () => {
  const setsNow = async (): Promise<{ name: string; text: string }[]> =>
    ((await get('/synonyms')).body as { sets: { name: string; text: string }[] }).sets;

  it('are there once it is loaded, widen a search, and stay as they were changed', async () => {
    await save('2027.01', 'H01M10/0525');
    const wide = await get('/search?q=%E4%BA%8C%E6%AC%A1%E7%94%B5%E6%B1%A0&synonyms=true');
    expect(wide.status).toBe(200);
    const [seeded] = await setsNow();
    expect(seeded?.name).toBe('CPC');
    expect(seeded?.text).toContain('secondary cells = 二次电池');
    const headers = { authorization: `Bearer ${TOKEN}` };
    await server.app.inject({
      method: 'PUT',
      url: '/api/v1/synonyms/CPC',
      headers,
      payload: { text: 'cell = 电芯\n' },
    });
    expect((await setsNow()).map(({ text }) => text.trim())).toEqual(['cell = 电芯']);
    await save('2028.01', 'H01M10/0525');
    expect((await setsNow()).map(({ text }) => text.trim())).toEqual(['cell = 电芯']);
    await server.app.inject({ method: 'DELETE', url: '/api/v1/synonyms/CPC', headers });
    expect(await setsNow()).toEqual([]);
  });
});
