import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { readPlaces } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../../../app.fixture.js';
import { openSchemes } from './scheme.store.js';

function document(id: string, classes: readonly [string, string][]): PatentDocument {
  return {
    id,
    office: 'CN',
    number: id.slice(2, -1),
    kind: 'A',
    date: `20${id.slice(2, 4)}-01-01`,
    classifications: classes.map(([scheme, symbol]) => ({ scheme, symbol })),
    sources: [{ format: 'patent-document', file: 'x', offset: 0, sha256: id }],
  };
}

let server: TestServer;
const get = async (url: string) => {
  const answer = await server.app.inject({ url: `/api/v1${url}`, headers: { host: '127.0.0.1' } });
  return { status: answer.statusCode, body: answer.json() };
};
const idsOf = async (q: string): Promise<string[]> => {
  const { body } = await get(`/search?sort=oldest&q=${encodeURIComponent(q)}`);
  return body.hits.map(({ id }: { id: string }) => id);
};
const store = () => openSchemes(server.folder.schemes);
const NOW = '2026-11-22T00:00:00Z';

beforeAll(async () => {
  server = await createTestServer({
    openBackend: async (dir) => {
      const corpus = await openCorpusInline({ dir, write: true });
      await corpus.apply([
        document('CN11A', [['IPC', 'H01M 10/0525']]),
        document('CN12A', [
          ['IPC', 'H04N 21/20'],
          ['IPC', 'H04N 5/00'],
          ['IPC', 'H04N 7/00'],
        ]),
        // Only the CPC is known, so that decides.
        document('CN13A', [['CPC', 'H01L 21/02']]),
        // The CPC has more than the IPC; the IPC decides.
        document('CN14A', [
          ['IPC', 'G06N 3/04'],
          ['CPC', 'H01L 21/02'],
        ]),
        document('CN15A', []),
      ]);
      return corpus;
    },
  });
});
afterAll(() => server.close());

describe('the 35 fields', () => {
  it('are there without loading anything, as a facet and as a value', async () => {
    const { body } = await get('/search?facet=field35&limit=0');
    expect(body.facets.field35).toEqual({
      values: [
        { value: '1', count: 1 },
        { value: '2', count: 1 },
        { value: '4', count: 1 },
        { value: '6', count: 1 },
        { value: '8', count: 1 },
      ],
      unknown: 1,
      distinct: 5,
    });
    expect(await idsOf('field35:8')).toEqual(['CN13A']);
    expect(await idsOf('field35:半导体')).toEqual(['CN13A']);
    expect(await idsOf('field35:"audio-visual technology"')).toEqual(['CN12A']);
    expect(await idsOf('field35:unknown')).toEqual(['CN15A']);
    expect(await idsOf('NOT field35:8 ipc:H01M')).toEqual(['CN11A']);
    expect((await get('/search?filter=field35:2&filter=field35:6')).body.total).toBe(2);
  });

  it('can be crossed with years', async () => {
    const { body } = await get('/search?limit=0&table=field35:year');
    expect(body.tables[0].rows).toEqual(['1', '2', '4', '6', '8']);
    expect(body.tables[0].cells.flat().reduce((sum: number, count: number) => sum + count, 0)).toBe(5);
  });

  it('tell of a publication which class led to each', async () => {
    const { body } = await get('/publications/CN12A/fields');
    expect(body.tables).toHaveLength(1);
    expect(
      body.tables[0].matches.map((one: { symbol: string; row: string; target: { code: string } }) => [
        one.symbol,
        one.row,
        one.target.code,
      ]),
    ).toEqual([
      ['H04N 21/20', 'H04N 21/00', '4'],
      ['H04N 5/00', 'H04N 5/00', '2'],
      ['H04N 7/00', 'H04N 7/00', '2'],
    ]);
    expect(body.tables[0].matches[0].target.names.zh).toBe('数字通信');
  });

  it('follow another edition at once, and go back', async () => {
    await store().concordances.save(
      { name: 'field35', edition: 'own', rows: [{ symbol: 'H01M', target: '8' }], targets: [] },
      NOW,
    );
    expect(await idsOf('field35:8')).toEqual(['CN11A']);
    expect((await get('/search?facet=field35&limit=0')).body.facets.field35.unknown).toBe(4);
    const shown = (await get('/concordances/field35?count=true')).body;
    expect(shown).toMatchObject({ edition: 'own', unknown: 4, targets: [{ code: '8', documents: 1, classes: 1 }] });
    expect(shown.targets[0].names.en).toBe('Semiconductors');
    const { editions } = (await get('/concordances')).body;
    expect(editions.map((one: { builtin: boolean; current: boolean }) => [one.builtin, one.current])).toEqual([
      [false, true],
      [true, false],
    ]);
    const builtin = editions[1].edition;
    await store().concordances.choose('field35', builtin);
    expect(await idsOf('field35:8')).toEqual(['CN13A']);
    await store().concordances.choose('field35', 'own');
    expect(await idsOf('field35:8')).toEqual(['CN11A']);
    await store().concordances.choose('field35', builtin);
  });
});

describe('the industries', () => {
  it('say which table to load while there is none', async () => {
    expect(await get('/search?facet=industry')).toMatchObject({
      status: 400,
      body: { error: { code: 'query.unsupported' } },
    });
    expect((await get('/search?q=industry:1.5')).body.error.message).toMatch(/concordance load/);
    expect(await get('/concordances/industry')).toMatchObject({ status: 404 });
  });

  it('take their names from what ships, parts belong to their whole, and rows follow the scheme below them', async () => {
    const rows = [
      { symbol: 'H01M 10/052', target: '5.2' },
      { symbol: 'G06N', target: '1.5' },
      { symbol: 'H04N 21/00', target: '1.1' },
    ];
    await store().concordances.save({ name: 'industry', edition: '2021', rows, targets: [] }, NOW);
    expect(await idsOf('industry:1.5')).toEqual(['CN14A']);
    expect(await idsOf('industry:1')).toEqual(['CN12A', 'CN14A']);
    expect(await idsOf('industry:人工智能')).toEqual(['CN14A']);
    expect(await idsOf('industry:5.2')).toEqual([]);
    const places = readPlaces([
      { symbol: 'H', titles: {} },
      { symbol: 'H01', titles: {} },
      { symbol: 'H01M', titles: {} },
      { symbol: 'H01M10/00', dots: 0, titles: {} },
      { symbol: 'H01M10/052', dots: 1, titles: {} },
      { symbol: 'H01M10/0525', dots: 2, titles: {} },
    ]);
    await store().save({ scheme: 'IPC', version: '2026.01', places, unplaced: 0, strangers: 0 }, NOW);
    expect(await idsOf('industry:5.2')).toEqual(['CN11A']);
    const { matches } = (await get('/concordances/industry/lookup?symbol=H01M10/0525')).body;
    expect(matches).toMatchObject([{ row: 'H01M 10/052', target: { code: '5.2' } }]);
    expect((await get('/publications/CN11A/fields')).body.tables[1]).toMatchObject({
      name: 'industry',
      matches: [{ symbol: 'H01M 10/0525', row: 'H01M 10/052', target: { names: { zh: '新能源汽车装置、配件制造' } } }],
    });
  });
});

describe('from the CPC to the IPC', () => {
  it('answers for just the symbol of the table', async () => {
    const rows = [{ symbol: 'A01B 1/022', target: 'A01B 1/02' }];
    await store().concordances.save({ name: 'cpc-ipc', edition: '2026.01', rows, targets: [] }, NOW);
    expect((await get('/concordances/cpc-ipc/lookup?symbol=A01B1/022')).body.matches).toEqual([
      { symbol: 'A01B 1/022', row: 'A01B 1/022', target: { code: 'A01B 1/02', names: {} } },
    ]);
    expect((await get('/concordances/cpc-ipc/lookup?symbol=A01B1/024')).body.matches).toEqual([]);
  });
});
