import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { SearchResult } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, testDocument } from '../../app.fixture.js';

const PNG = Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), Buffer.from('drawing')]);
const TIFF = Buffer.concat([Buffer.from('49492a00', 'hex'), Buffer.from('page')]);

const DOCUMENTS = [
  testDocument('EP1000000A1', { date: '2000-05-17', titles: { en: 'Battery separator', de: 'Trennelement' } }),
  testDocument('EP1000000B1', {
    date: '2003-02-12',
    titles: { en: 'Battery separator' },
    applicants: [{ name: 'Beispiel AG', country: 'DE' }],
    citations: [{ id: 'US2005000001A1' }, { id: 'US9999999B2' }, { npl: 'A book' }],
    classifications: [{ scheme: 'CPC', symbol: 'H01M 50/40' }],
    figures: [
      { number: '1', file: 'FIG1.PNG' },
      { number: '2', file: 'page.tif' },
      { number: '3', file: 'gone.png' },
      { number: '4', file: 'sheet.tif' },
    ],
  }),
  testDocument('US2005000001A1', { date: '2005-01-06', titles: { en: 'Lithium cell' }, lang: 'en' }),
  testDocument('CN101234567A', { date: '2008-08-06', titles: { zh: '锂离子电池隔膜' }, lang: 'zh' }),
];

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({
    async openBackend(dir) {
      const backend = await openCorpusInline({ dir, write: true });
      await backend.apply(DOCUMENTS);
      return backend;
    },
  });
  await server.assets.put('week.zip!fig1.png', PNG);
  await server.assets.put('week.zip!page.tif', TIFF);
  const sheet = await readFile(new URL('../../../../formats/src/images/fixtures/two-pages.tif', import.meta.url));
  await server.assets.put('week.zip!sheet.tif', sheet, { pages: 2 });
  await server.assets.sync();
});
afterAll(() => server.close());

const get = async (url: string) => {
  const answer = await server.app.inject(url);
  return {
    status: answer.statusCode,
    headers: answer.headers,
    body: answer.body,
    json: () => JSON.parse(answer.body) as never,
  };
};
type SearchAnswer = SearchResult & { query: { input: string; canonical: string; ast: { op: string } } };
const search = async (query: string): Promise<SearchAnswer> => (await get(`/api/v1/search?${query}`)).json();
const ids = (answer: SearchResult): string[] => answer.hits.map((hit) => hit.id);

describe('searching', () => {
  it('finds words, tells the exact total and how the query was read', async () => {
    const answer = await search('q=battery+separator');
    expect(answer.total).toBe(2);
    expect(answer.hits[0]?.passages[0]?.highlights.length).toBeGreaterThan(0);
    expect(answer.query).toMatchObject({ input: 'battery separator', syntax: 'simple', ast: { op: 'and' } });
    expect(answer.corpus).toEqual({ sequence: 1, documents: 4 });
  });

  it('answers an empty query with every document, in the order asked for', async () => {
    expect(ids(await search('sort=newest'))).toEqual(['CN101234567A', 'US2005000001A1', 'EP1000000B1', 'EP1000000A1']);
    expect(ids(await search('sort=oldest&limit=2'))).toEqual(['EP1000000A1', 'EP1000000B1']);
  });

  it('pages by offset and by cursor alike', async () => {
    const first = await search('sort=newest&limit=2');
    const byCursor = await search(`sort=newest&limit=2&cursor=${encodeURIComponent(first.cursor ?? '')}`);
    expect(ids(byCursor)).toEqual(ids(await search('sort=newest&limit=2&offset=2')));
    expect(byCursor.cursor).toBeNull();
  });

  it('counts facets over all hits', async () => {
    const { facets } = await search('facet=office&facet=year&facet=office&limit=0');
    expect(facets.office?.values).toContainEqual({ value: 'EP', count: 2 });
    expect(facets.year?.distinct).toBe(4);
    expect(facets.applicant).toBeUndefined();
  });

  it('takes filters: values of one name as alternatives, names together', async () => {
    expect((await search('filter=office:EP&filter=office:US')).total).toBe(3);
    expect(ids(await search('filter=office:EP&filter=year:2003'))).toEqual(['EP1000000B1']);
    expect((await search('filter=applicant:unknown')).total).toBe(3);
    expect(ids(await search('filter=subclass:H01M'))).toEqual(['EP1000000B1']);
    expect((await search('filter=status:unknown')).total).toBe(4);
  });

  it('counts the hits of each clause when asked', async () => {
    const { clauses } = await search('q=battery+lithium&explain=true');
    expect(clauses.map((clause) => clause.hits)).toEqual([0, 2, 1]);
  });

  it('leaves the passages out when asked, and nothing else', async () => {
    const whole = await search('q=battery+separator');
    const bare = await search('q=battery+separator&highlight=false');
    expect(bare.hits).toEqual(whole.hits.map((hit) => ({ ...hit, passages: [] })));
    expect({ ...bare, hits: [] }).toEqual({ ...whole, hits: [] });
  });

  it('finds any run of Chinese characters', async () => {
    expect(ids(await search(`q=${encodeURIComponent('离子电池')}`))).toEqual(['CN101234567A']);
  });

  it('refuses a cursor it did not give', async () => {
    const answer = await get('/api/v1/search?cursor=nonsense');
    expect(answer.status).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'cursor.invalid' } });
  });
});

describe('a publication', () => {
  it('comes with its links inside the corpus, its siblings and its stored drawings', async () => {
    const answer = await get('/api/v1/publications/EP1000000B1');
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({
      document: { id: 'EP1000000B1', figures: [{ number: '1' }, { number: '2' }, { number: '3' }, { number: '4' }] },
      alternatives: ['EP1000000A1'],
      linked: { US2005000001A1: 'US2005000001A1' },
      citedBy: { total: 0, ids: [] },
      files: { 'FIG1.PNG': { mediaType: 'image/png', size: PNG.length }, 'page.tif': { mediaType: 'image/tiff' } },
    });
    expect(Object.keys((answer.json() as { files: object }).files)).toEqual(['FIG1.PNG', 'page.tif', 'sheet.tif']);
    expect(Object.keys((answer.json() as { linked: object }).linked)).toEqual(['US2005000001A1']);
  });

  it.each(['US20050000001A1', 'US 2005/0000001 A1', 'us2005000001', 'US2005000001A1'])(
    'is found as %s, and knows what cites it',
    async (written) => {
      const answer = await get(`/api/v1/publications/${encodeURIComponent(written)}`);
      expect(answer.json()).toMatchObject({
        document: { id: 'US2005000001A1' },
        citedBy: { total: 1, ids: ['EP1000000B1'] },
      });
    },
  );

  it('is asked for by its kind when several are meant', async () => {
    const answer = await get('/api/v1/publications/EP1000000');
    expect(answer.status).toBe(409);
    expect(answer.json()).toMatchObject({
      error: { code: 'document.ambiguous' },
      alternatives: ['EP1000000A1', 'EP1000000B1'],
    });
  });

  it('is refused with a sentence when it is not here', async () => {
    const answer = await get('/api/v1/publications/EP7777777B1');
    expect(answer.status).toBe(404);
    expect(answer.json()).toMatchObject({
      error: { code: 'document.not_found', message: expect.stringContaining('EP7777777B1') },
    });
  });
});

describe('a stored file', () => {
  const fileOf = async (name: string): Promise<string> => {
    const answer = (await get('/api/v1/publications/EP1000000B1')).json() as {
      files: Record<string, { hash: string }>;
    };
    return `/api/v1/files/${answer.files[name]?.hash}`;
  };

  it('is shown when it is a picture, but never run', async () => {
    const url = await fileOf('FIG1.PNG');
    const answer = await server.app.inject(url);
    expect(answer.rawPayload).toEqual(PNG);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-disposition': expect.stringMatching(/^inline/),
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('immutable'),
    });
    const again = await server.app.inject({ url, headers: { 'if-none-match': String(answer.headers.etag) } });
    expect(again.statusCode).toBe(304);
  });

  it('is converted page by page for browsers, the original kept', async () => {
    const url = `${await fileOf('sheet.tif')}/pages/2`;
    const answer = await server.app.inject(url);
    expect(answer.headers).toMatchObject({
      'content-type': 'image/png',
      'content-security-policy': expect.stringContaining('sandbox'),
      'x-content-type-options': 'nosniff',
      'cache-control': expect.stringContaining('immutable'),
    });
    expect(answer.rawPayload.subarray(1, 4).toString()).toBe('PNG');
    const again = await server.app.inject({ url, headers: { 'if-none-match': String(answer.headers.etag) } });
    expect(again.statusCode).toBe(304);
    // The second time it comes from where it was kept, and is the same.
    expect((await server.app.inject(url)).rawPayload).toEqual(answer.rawPayload);
    expect((await get(`${await fileOf('sheet.tif')}/pages/3`)).status).toBe(404);
    const refused = await get(`${await fileOf('page.tif')}/pages/1`);
    expect(refused.status).toBe(422);
    expect(refused.json()).toMatchObject({ error: { code: 'image.refused' } });
    expect(refused.headers.etag).toBeUndefined();
  });

  it('is a download when it is anything else', async () => {
    const answer = await get(await fileOf('page.tif'));
    expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[0-9a-f]{16}\.tif"$/);
  });
});

describe('what a text means', () => {
  it('is told for numbers, classes and queries', async () => {
    expect((await get('/api/v1/numbers?text=EP1000000B1')).json()).toMatchObject({ office: 'EP', valid: true });
    expect((await get('/api/v1/classes?text=H01M50/40')).json()).toMatchObject({
      section: 'H',
      subclass: 'M',
      subgroup: '40',
      valid: true,
    });
    expect((await get('/api/v1/query?text=battery')).json()).toMatchObject({ valid: true, errors: [] });
    expect((await get('/api/v1/query?text=date:never')).json()).toMatchObject({ valid: false, ast: null });
  });
});

describe('the corpus', () => {
  it('is counted and checked', async () => {
    expect((await get('/api/v1/corpus')).json()).toMatchObject({
      documents: 4,
      byOffice: { EP: 2, US: 1, CN: 1 },
      demo: false,
      inbox: expect.stringMatching(/[/\\]inbox$/),
    });
    expect((await get('/api/v1/corpus')).body).not.toContain(server.folder.root);
    expect((await get('/api/v1/corpus/check')).json()).toMatchObject({ ok: true, problems: [] });
  });

  it('says when the demo city is part of it', async () => {
    await mkdir(dirname(server.folder.city), { recursive: true });
    await writeFile(server.folder.city, JSON.stringify({ name: 'Demo' }));
    expect((await get('/api/v1/corpus')).json()).toMatchObject({ demo: true });
    expect((await get('/api/v1/demo/city')).json()).toEqual({ name: 'Demo' });
  });
});
