import type { PatentDocument } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../../../app.fixture.js';

type Given = Partial<PatentDocument> & { id: string };

function document({ id, ...rest }: Given): PatentDocument {
  const [, office = '', number = '', kind = ''] = /^([A-Z]{2})(\d+)([A-Z]\d?)$/.exec(id) ?? [];
  const source = { format: 'patent-document', file: 'x', offset: 0, sha256: id, sourceDate: '2026-06-01' };
  return { id, office, number, kind, titles: { en: `Title of ${id}` }, sources: [source], ...rest };
}

const application = (office: string, number: string, date: string) => ({ office, number, date });
const cn = (code: string, date: string, effective?: string) => ({
  office: 'CN',
  code,
  date,
  ...(effective ? { effective } : {}),
  st27: null,
});

const DOCUMENTS = [
  document({ id: 'NL1010536C2', date: '2000-05-17', application: application('NL', '1010536', '1998-11-12') }),
  document({
    id: 'EP1000000A1',
    date: '2000-05-17',
    application: application('EP', '99203729', '1999-11-08'),
    priorities: [application('NL', '1010536', '1998-11-12')],
    citations: [{ id: 'CN101000001A', phase: 'search', category: 'X' }, { id: 'DE123A1' }, { npl: 'A book' }],
  }),
  document({
    id: 'EP1000000B1',
    date: '2003-02-12',
    application: application('EP', '99203729', '1999-11-08'),
    priorities: [application('NL', '1010536', '1998-11-12')],
    citations: [{ id: 'CN101000001A', phase: 'examiner', category: 'A' }],
  }),
  document({
    id: 'US6093011A',
    date: '2000-07-25',
    application: application('US', '43639399', '1999-11-08'),
    related: [{ relation: 'division', document: application('EP', '99203729', '1999-11-08') }],
  }),
  document({
    id: 'CN101000001A',
    date: '2011-01-12',
    type: 'invention',
    applicants: [{ name: '甲公司', country: 'CN', address: '518057 广东省深圳市南山区科技路1号' }],
    titles: { zh: '一种电池' },
    application: application('CN', '201010000001', '2010-03-05'),
    events: [cn('PB01', '2011-01-12'), cn('SE01', '2011-06-01')],
    claims: [
      { lang: 'zh', number: 1, text: '一种电池,包括负极和正极。', dependsOn: [] },
      { lang: 'zh', number: 2, text: '一种完全不同的装置及其用途。', dependsOn: [] },
    ],
  }),
  document({
    id: 'CN101000001B',
    date: '2013-05-08',
    type: 'invention',
    applicants: [{ name: '甲公司' }],
    titles: { zh: '一种电池' },
    application: application('CN', '201010000001', '2010-03-05'),
    events: [
      cn('PB01', '2011-01-12'),
      cn('GR01', '2013-05-08'),
      cn('TR01', '2014-01-01'),
      cn('CF01', '2016-10-12', '2015-03-05'),
    ],
    claims: [{ lang: 'zh', number: 1, text: '一种电池,包括锂金属负极和正极。', dependsOn: [] }],
  }),
  document({
    id: 'CN201000001U',
    date: '2010-12-01',
    type: 'utility-model',
    applicants: [{ name: '甲公司' }],
    titles: { zh: '一种电池' },
    application: application('CN', '201020000001', '2010-03-05'),
  }),
];

let server: TestServer;
const get = async (url: string) => {
  const answer = await server.app.inject({ url: `/api/v1/publications${url}`, headers: { host: '127.0.0.1' } });
  return { status: answer.statusCode, body: answer.json() };
};

beforeAll(async () => {
  server = await createTestServer({
    now: () => new Date('2026-11-22T04:00:00Z'),
    openBackend: async (dir) => {
      const corpus = await openCorpusInline({ dir, write: true });
      await corpus.apply(DOCUMENTS);
      return corpus;
    },
  });
});
afterAll(() => server.close());

describe('the register around a publication', () => {
  it('shows the family with what ties each member', async () => {
    const { body } = await get('/EP1000000B1/family');
    expect(body).toMatchObject({ simple: { name: 'NL1010536', size: 3 }, extended: { size: 4 }, complete: true });
    const members = Object.fromEntries(body.members.map((one: { id: string }) => [one.id, one]));
    expect(Object.keys(members)).toEqual(['EP1000000A1', 'NL1010536C2', 'US6093011A', 'EP1000000B1']);
    expect(members['US6093011A']).toMatchObject({ simple: false, ties: [{ key: 'EP99203729', kind: 'related' }] });
    expect(members['EP1000000A1'].ties).toEqual([
      { key: 'EP99203729', kind: 'application', date: '1999-11-08' },
      { key: 'NL1010536', kind: 'priority', date: '1998-11-12' },
    ]);
    expect(members['NL1010536C2'].ties).toEqual([{ key: 'NL1010536', kind: 'application', date: '1998-11-12' }]);
  });

  it('tells the legal life from all publications of the application, back-dated lapse and all', async () => {
    const { body } = await get('/CN101000001A/legal?on=2015-03-04');
    expect(body.timeline.spans.map((one: { status: string; from: string }) => [one.status, one.from])).toEqual([
      ['pending', '2010-03-05'],
      ['in-force', '2013-05-08'],
      ['lapsed', '2015-03-05'],
    ]);
    expect(body.status).toMatchObject({ status: 'in-force', to: '2015-03-05' });
    expect(body.timeline.events).toHaveLength(5);
    expect(body.timeline.termEnds).toBe('2030-03-05');
    expect(body.twins).toEqual(['CN201000001U']);
    expect((await get('/CN101000001B/legal?on=2020-01-01')).body.status).toMatchObject({
      status: 'lapsed',
      reasons: [{ key: 'H10', detail: 'H13' }],
    });
    expect((await get('/CN101000001B/legal?on=2009-01-01')).body.status).toBeNull();
  });

  it('ends a utility model by its term, with the version of the rule', async () => {
    const { body } = await get('/CN201000001U/legal');
    expect(body.status).toMatchObject({
      status: 'expired',
      from: '2020-03-05',
      reasons: [{ kind: 'term', rule: { id: 'cn.term', version: 1 } }],
    });
    expect(body.on).toBe('2026-11-22');
  });

  it('follows citations both ways, by family', async () => {
    const { body } = await get('/CN101000001A/citations');
    expect(body.forward).toMatchObject({ total: 2, families: 1, complete: true });
    expect(
      body.forward.links.map((one: { document: string; category: string }) => [one.document, one.category]),
    ).toEqual([
      ['EP1000000B1', 'A'],
      ['EP1000000A1', 'X'],
    ]);
    const back = (await get('/EP1000000A1/citations')).body.backward;
    expect(back.map((one: { document: string | null }) => one.document)).toEqual(['CN101000001A', null, null]);
    expect(back[0]).toMatchObject({ phase: 'search', category: 'X', family: 'CN201010000001' });
  });

  it('shows citations of a category and an origin alone', async () => {
    const of = async (query: string) => (await get(`/EP1000000A1/citations?${query}`)).body.backward;
    expect((await of('')).map(({ origin }: { origin: string }) => origin)).toEqual(['examiner', 'unknown', 'unknown']);
    expect((await of('category=X')).map(({ id }: { id: string }) => id)).toEqual(['CN101000001A']);
    expect(await of('category=A')).toEqual([]);
    expect(await of('origin=applicant')).toEqual([]);
    const { forward } = (await get('/CN101000001A/citations?category=A')).body;
    expect(forward).toMatchObject({ total: 1, families: 1 });
    expect(forward.links.map(({ document: cited }: { document: string }) => cited)).toEqual(['EP1000000B1']);
  });

  it('gives the graph of citations by families, page by page, with its greatest size', async () => {
    const graph = async (id: string, query = '') => (await get(`/${id}/citations/graph${query}`)).body;
    const whole = await graph('EP1000000A1');
    expect(whole).toMatchObject({ family: 'NL1010536', families: 2, total: 1, complete: true, cursor: null });
    // Both publications of the family cite the same one: two citations are one edge.
    expect(whole.edges).toEqual([
      { from: 'NL1010536', to: 'CN201010000001', categories: 'AX', origin: 'examiner', citations: 2 },
    ]);
    expect(whole.nodes.map(({ id, level }: { id: string; level: number }) => [id, level])).toEqual([
      ['EP1000000A1', 0],
      ['CN101000001A', 1],
    ]);
    const forward = await graph('CN101000001B', '?direction=forward&category=X');
    expect(forward.edges).toMatchObject([{ from: 'NL1010536', categories: 'X', citations: 1 }]);
    expect(await graph('CN101000001B', '?direction=backward')).toMatchObject({ total: 0, edges: [], families: 1 });
    expect(await graph('CN101000001B', '?origin=applicant')).toMatchObject({ total: 0 });
    expect(await graph('CN101000001B', '?families=1')).toMatchObject({ total: 0, complete: false });
    expect(await get('/CN101000001B/citations/graph?cursor=bm8')).toMatchObject({
      status: 400,
      body: { error: { code: 'cursor.invalid' } },
    });
  });

  it('keeps columns of status, families and citations that searches count and find', async () => {
    await server.register.refresh();
    expect(server.register.state).toMatchObject({ running: false, done: 7, error: null });
    const search = async (query: string) =>
      (await server.app.inject({ url: `/api/v1/search?${query}`, headers: { host: '127.0.0.1' } })).json();
    const { facets, total } = await search('facet=status&limit=0');
    expect(total).toBe(7);
    expect(
      Object.fromEntries(facets.status.values.map((one: { value: string; count: number }) => [one.value, one.count])),
    ).toEqual({
      expired: 5,
      lapsed: 2,
    });
    expect((await search('q=status:lapsed')).hits.map(({ id }: { id: string }) => id)).toEqual([
      'CN101000001B',
      'CN101000001A',
    ]);
    expect((await search('q=family:NL1010536')).total).toBe(3);
    const before = server.register.state;
    await server.register.refresh();
    expect(server.register.state).toEqual({ ...before, endedAt: expect.any(String) });
  });

  it('names the provisions of each step in both languages', async () => {
    const { body } = await get('/CN101000001B/legal?on=2020-01-01');
    expect(body.laws['Patent Law, Art. 44; Implementing Rules, Rule 115'].zh).toContain('第44条');
    expect(body.status.reasons[0].law).toBe('Patent Law, Art. 44; Implementing Rules, Rule 115');
    expect(body.timeline.events.at(-1).words).toEqual({ zh: expect.any(String), en: 'Ceased, annual fee not paid' });
    expect(body.term).toMatchObject({
      ends: '2030-03-05',
      rule: { id: 'cn.term', version: 1 },
      law: 'Patent Law, Art. 42',
    });
    expect(body.inForceIn).toBeNull();
  });

  it('compares the published with the granted claims', async () => {
    const { body } = await get('/CN101000001B/claims/comparison');
    expect(body.comparison).toMatchObject({
      before: { id: 'CN101000001A' },
      after: { id: 'CN101000001B' },
      lang: 'zh',
      counts: { same: 0, changed: 1, added: 0, deleted: 1, renumbered: 0 },
    });
    expect(body.comparison.rows[0].pieces.find(({ op }: { op: string }) => op === 'added').text).toBe('锂金属');
    expect((await get('/NL1010536C2/claims/comparison')).body.comparison).toBeNull();
  });

  it('counts and finds by the status of any day, with nothing loaded in between', async () => {
    await server.register.refresh();
    const { sequence } = server.register.state;
    const search = async (query: string) =>
      (await server.app.inject({ url: `/api/v1/search?${query}`, headers: { host: '127.0.0.1' } })).json();
    const counted = async (day: string) => {
      const { facets } = await search(`facet=status&limit=0&q=office:CN&asOf=${day}`);
      const { values } = facets.status;
      return Object.fromEntries(values.map((one: { value: string; count: number }) => [one.value, one.count]));
    };
    // Two publications of one invention, and a utility model that lives until 2020-03-04.
    expect(await counted('2011-01-01')).toEqual({ pending: 2, 'in-force': 1 });
    expect(await counted('2014-01-01')).toEqual({ 'in-force': 3 });
    expect(await counted('2020-03-05')).toEqual({ lapsed: 2, expired: 1 });
    expect((await search('q=status:expired office:CN&asOf=2020-03-04')).total).toBe(0);
    expect((await search('q=status:expired office:CN&asOf=2020-03-05')).total).toBe(1);
    expect(server.register.state.sequence).toBe(sequence);
  });

  it('counts and finds by where the owners are, the grant like its application', async () => {
    await server.register.refresh();
    const search = async (query: string) =>
      (await server.app.inject({ url: `/api/v1/search?${query}`, headers: { host: '127.0.0.1' } })).json();
    const { facets, total } = await search('facet=province&facet=city&facet=district&limit=0');
    const of = (value: string) => ({ values: [{ value, count: 2 }], unknown: total - 2, distinct: 1 });
    expect(facets).toEqual({ province: of('广东省'), city: of('深圳市'), district: of('深圳市南山区') });
    const ids = ({ hits }: { hits: { id: string }[] }) => hits.map(({ id }) => id).sort();
    const both = ['CN101000001A', 'CN101000001B'];
    for (const query of ['province:广东', 'province:Guangdong', 'city:440300', 'district:深圳市南山区', '城市:深圳'])
      expect(ids(await search(`q=${encodeURIComponent(query)}`))).toEqual(both);
    expect((await search('q=province:unknown&limit=0')).total).toBe(total - 2);
    expect((await search(`syntax=cnipa&q=${encodeURIComponent('申请人所在省=(广东)')}`)).total).toBe(2);
  });

  it('refuses what is no document and no day', async () => {
    expect(await get('/CN999A/family')).toMatchObject({ status: 404, body: { error: { code: 'document.not_found' } } });
    expect(await get('/CN101000001B/legal?on=2020-02-30')).toMatchObject({
      status: 400,
      body: { error: { code: 'request.invalid' } },
    });
  });
});
