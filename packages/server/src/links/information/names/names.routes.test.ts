import type { NameMerge, NameProposals, PatentDocument, SearchResult } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, testDocument } from '../../../app.fixture.js';
import { openTestWork, type TestWork } from '../../../identity/identity.fixture.js';

const application = (number: string) => ({ office: 'US', number });
const party = (name: string, address?: string) => ({ name, ...(address ? { address } : {}) });

function owned(id: string, number: string, names: string[], more: Partial<PatentDocument> = {}): PatentDocument {
  return testDocument(id, {
    application: application(number),
    applicants: names.map((name) => party(name, '1 Lamp Street')),
    inventors: [party('Example, Mei'), party('Sample, Jo')],
    ...more,
  });
}

const DOCUMENTS = [
  owned('US1000A1', '901', ['Lantern Works Inc.']),
  owned('US1001A1', '902', ['LANTERN WORKS, INC.']),
  owned('US1002A1', '903', ['Lantern Works Inc.', 'LANTERN WORKS, INC.']),
  owned('US1003A1', '904', ['Harbour Optics GmbH'], { inventors: [party('Else, Anna')] }),
  owned('CN1004A', '905', ['灯笼厂有限公司'], {
    priorities: [application('901')],
    applicants: [{ name: '灯笼厂有限公司', country: 'CN', address: '518057 广东省深圳市南山区灯笼路1号' }],
  }),
  owned('CN1005A', '906', ['灯笼厂有限公司'], {
    priorities: [application('902')],
    applicants: [{ name: '灯笼厂有限公司', country: 'CN', address: '210000 江苏省南京市鼓楼区灯笼巷2号' }],
    citations: [{ id: 'US1000A1', category: 'X', phase: 'search' }],
  }),
  owned('US1006A1', '907', ['Lantern Works Inc.'], { priorities: [application('901')] }),
  owned('US1007A1', '908', ['Lantern Works Inc.'], { priorities: [application('902')] }),
];

let work: TestWork;
let server: TestServer;
beforeAll(async () => {
  work = await openTestWork();
  server = await createTestServer({
    openBackend: async (dir) => {
      const backend = await openCorpusInline({ dir, write: true });
      await backend.apply(DOCUMENTS);
      return backend;
    },
    work: work.base,
  });
  await server.register.refresh();
});
afterAll(async () => {
  await server.close();
  await work.close();
});

async function keyOf(place: 'city' | 'north', role: 'city-officer' | 'district-clerk', permissions: string[]) {
  const person = await work.city.person(place, role);
  const organizationId = work.city.organizations[place];
  const made = await work.base.identity.apiKeys.create(person, { organizationId, name: 'x', permissions, days: 1 });
  return made.key;
}

async function ask<T>(key: string | undefined, url: string, payload?: object): Promise<{ status: number; body: T }> {
  const answer = await server.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/api/v1${url}`,
    headers: { host: '127.0.0.1', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() as T };
}

const QUESTIONS = [
  '/search?facet=applicant&facet=holder&facet=inventor',
  '/search?filter=applicant:Lantern%20Works%20Inc.&facet=applicant',
  '/search?filter=applicant:LANTERN%20WORKS,%20INC.',
  '/search?filter=holder:Lantern%20Works%20Inc.&facet=holder&facet=family',
  '/search?q=lantern&facet=applicant',
].flatMap((url) => [url, `${url}&names=merged`]);
const OTHERS = [
  ...['family', 'citations', 'citations/graph', 'legal'].map((part) => `/publications/US1000A1/${part}`),
  '/publications/US1000A1',
  '/coverage',
  '/names/tree',
];

const OWNERS = ['Lantern Works Inc.', 'LANTERN WORKS, INC.', '灯笼厂有限公司', 'Harbour Optics GmbH'];
/** A saved set: the documents of an owner by its whole name. */
const SAVED = 'S1=AN/"Lantern Works"';
const COLLAPSED = `/search?filter=applicant:${encodeURIComponent('灯笼厂有限公司')}&collapse=family&facet=applicant`;

/** An answer that is one: two refusals would be equal, too. */
async function answered(key: string, url: string): Promise<unknown> {
  const { status, body } = await ask<unknown>(key, url);
  expect(status, url).toBe(200);
  return body;
}

async function exported(key: string, url: string): Promise<string> {
  const headers = { host: '127.0.0.1', authorization: `Bearer ${key}` };
  return (await server.app.inject({ url: `/api/v1${url}`, headers })).payload;
}

/** Searches, facets, tables, collapsed families and exports; those of the raw view first. */
async function every(key: string, merged = true): Promise<unknown[]> {
  const views = merged ? ['', '&names=merged'] : [''];
  const searches = [
    '/search?facet=applicant&facet=holder&facet=inventor&table=applicant:year&distinct=applicant',
    '/search?limit=0&table=holder:city&table=year:holder&table=applicant:inventor&distinct=holder&distinct=family',
    '/search?facet=province&facet=city&facet=district&facet=status&facet=citedby',
    `/search?filter=city:${encodeURIComponent('深圳市')}&facet=holder`,
    `/search?q=S1%20AND%20PN/US*&syntax=command&set=${encodeURIComponent(SAVED)}&facet=applicant`,
    '/search?collapse=family&facet=applicant',
    COLLAPSED,
    ...OWNERS.map((name) => `/search?filter=applicant:${encodeURIComponent(name)}&facet=holder`),
  ];
  const files = ['/export?format=jsonl', `/export?format=csv&filter=holder:${encodeURIComponent(OWNERS[0] ?? '')}`];
  const answers: unknown[] = [];
  for (const view of views) {
    for (const url of searches) answers.push(await answered(key, url + view));
    for (const url of files) answers.push(await exported(key, url + view));
  }
  return answers;
}

/** Every answer that names could change, without what tells the time. */
async function everything(key: string): Promise<unknown[]> {
  return Promise.all([...QUESTIONS, ...OTHERS].map((url) => answered(key, url)));
}

describe('names of owners', () => {
  it('are proposed as variants with what speaks for it, and never merged by themselves', async () => {
    const key = await keyOf('city', 'city-officer', ['research.edit']);
    const { body } = await ask<NameProposals>(key, '/names/proposals');
    expect(body.sequence).not.toBeNull();
    const form = body.proposals.find(({ evidence }) => evidence.form === 'LANTERN WORKS');
    expect(form?.names).toEqual([
      { name: 'Lantern Works Inc.', documents: 4 },
      { name: 'LANTERN WORKS, INC.', documents: 2 },
    ]);
    expect(form?.evidence).toMatchObject({ inventors: 2, addresses: 1 });
    // A name in another script is found by the families and inventors it shares.
    const other = body.proposals.find(({ evidence }) => evidence.form === null);
    expect(other?.names.map(({ name }) => name).sort()).toEqual(['Lantern Works Inc.', '灯笼厂有限公司']);
    expect(other?.evidence).toMatchObject({ families: 2, inventors: 2 });
    expect(body.proposals.flatMap(({ names }) => names).some(({ name }) => name.startsWith('Harbour'))).toBe(false);
    expect((await ask<NameProposals>(key, '/names/proposals?q=harbour')).body.proposals).toEqual([]);
    expect((await ask<{ merges: NameMerge[] }>(key, '/names/merges')).body.merges).toEqual([]);
    expect((await ask<unknown>(undefined, '/names/proposals')).status).toBe(401);
  });

  it('merged change the merged view of one organization alone; undone, every answer is as before', async () => {
    const key = await keyOf('city', 'city-officer', ['research.edit']);
    const stranger = await keyOf('north', 'district-clerk', ['research.edit']);
    const [before, beforeOther] = [await everything(key), await everything(stranger)];
    const names = ['Lantern Works Inc.', 'LANTERN WORKS, INC.', '灯笼厂有限公司'];
    const made = await ask<NameMerge>(key, '/names/merges', { names, reason: 'one firm by its own report' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ names, reason: 'one firm by its own report', undone: null });

    const merged = await ask<SearchResult>(key, `${QUESTIONS[0]}&names=merged`);
    // Seven documents, though one of them names two of the three.
    expect(merged.body.facets.applicant).toEqual({
      values: [
        { value: 'Lantern Works Inc.', count: 7 },
        { value: 'Harbour Optics GmbH', count: 1 },
      ],
      unknown: 0,
      distinct: 2,
    });
    expect(merged.body.total).toBe(8);
    const found = await ask<SearchResult>(key, '/search?filter=applicant:灯笼厂有限公司&names=merged');
    expect(found.body.total).toBe(7);
    const crossed = '/search?table=applicant:office&table=city:applicant&distinct=applicant&limit=0';
    const counted = await ask<SearchResult>(key, `${crossed}&names=merged`);
    expect(counted.body.tables).toEqual([
      {
        rows: ['Lantern Works Inc.', 'Harbour Optics GmbH'],
        columns: ['US', 'CN'],
        cells: [
          [5, 2],
          [1, 0],
        ],
      },
      {
        rows: ['南京市', '深圳市'],
        columns: ['Lantern Works Inc.', 'Harbour Optics GmbH'],
        cells: [
          [1, 0],
          [1, 0],
        ],
      },
    ]);
    expect(counted.body.distinct).toEqual({ applicant: 2 });
    expect((await ask<SearchResult>(key, crossed)).body.distinct).toEqual({ applicant: 4 });
    // Raw names stay the rule, and another organization sees nothing of it.
    const raw = await ask<SearchResult>(key, '/search?filter=applicant:灯笼厂有限公司');
    expect(raw.body.total).toBe(2);
    expect(await everything(stranger)).toEqual(beforeOther);
    expect((await ask<{ merges: NameMerge[] }>(stranger, '/names/merges')).body.merges).toEqual([]);
    expect((await ask<unknown>(stranger, `/names/merges/${made.body.id}/undo`, { reason: 'no' })).status).toBe(404);

    const again = await ask<unknown>(key, '/names/merges', { names: [names[0], 'Harbour Optics GmbH'], reason: 'x' });
    expect(again.status).toBe(409);

    const undone = await ask<NameMerge>(key, `/names/merges/${made.body.id}/undo`, { reason: 'two firms after all' });
    expect(undone.body.undone).toMatchObject({ reason: 'two firms after all' });
    expect(await everything(key)).toEqual(before);
    expect((await ask<unknown>(key, `/names/merges/${made.body.id}/undo`, { reason: 'again' })).status).toBe(409);
    const { merges } = (await ask<{ merges: NameMerge[] }>(key, '/names/merges')).body;
    expect(merges).toMatchObject([{ id: made.body.id, undone: { reason: 'two firms after all' } }]);
  });

  it('merged or taken back at random leave every answer as it was once nothing is merged', async () => {
    const key = await keyOf('city', 'city-officer', ['research.edit']);
    const before = await every(key);
    const groups = fc.uniqueArray(fc.constantFrom(...OWNERS), { minLength: 2, maxLength: OWNERS.length });
    const run = async (names: string[][], backwards: boolean) => {
      const made: string[] = [];
      for (const list of names) {
        const { status, body } = await ask<NameMerge>(key, '/names/merges', { names: list, reason: 'x' });
        // A name that is merged already refuses the second merge.
        if (status === 201) made.push(body.id);
        else expect(status).toBe(409);
      }
      const raw = await every(key, false);
      expect(raw).toEqual(before.slice(0, raw.length));
      for (const id of backwards ? made.reverse() : made)
        expect((await ask<NameMerge>(key, `/names/merges/${id}/undo`, { reason: 'y' })).status).toBe(200);
      expect(await every(key)).toEqual(before);
    };
    await fc.assert(fc.asyncProperty(fc.array(groups, { minLength: 1, maxLength: 3 }), fc.boolean(), run), {
      numRuns: 6,
    });
  });

  it('taken for one are found together in exports of the merged view, and alone in the others', async () => {
    const key = await keyOf('city', 'city-officer', ['research.edit']);
    const names = ['Lantern Works Inc.', '灯笼厂有限公司'];
    const { body } = await ask<NameMerge>(key, '/names/merges', { names, reason: 'x' });
    const lines = async (more: string) => {
      const url = `/export?format=jsonl&filter=applicant:${encodeURIComponent('灯笼厂有限公司')}${more}`;
      const text = await exported(key, url);
      return text.trim().split('\n').length;
    };
    expect([await lines(''), await lines('&names=merged')]).toEqual([2, 6]);
    const merged = await ask<SearchResult & { families: number }>(key, `${COLLAPSED}&names=merged`);
    expect([merged.body.total, merged.body.hits.length]).toEqual([6, merged.body.families]);
    expect((await ask<unknown>(undefined, '/export?format=jsonl&names=merged')).status).toBe(401);
    await ask(key, `/names/merges/${body.id}/undo`, { reason: 'y' });
  });

  it('are put below others by an imported list, which refuses a name below itself', async () => {
    const key = await keyOf('city', 'city-officer', ['research.edit']);
    const csv =
      'parent,child,from,to,source\n"Lantern, Group",Lantern Works Inc.,2019-01-01,,register\n母,子,,2020,register\n';
    expect((await ask<{ rows: number }>(key, '/names/tree', { csv })).body).toEqual({ rows: 2 });
    const rows = (await ask<{ rows: unknown[] }>(key, '/names/tree')).body.rows;
    expect(rows).toContainEqual({
      parent: 'Lantern, Group',
      child: 'Lantern Works Inc.',
      from: '2019-01-01',
      to: null,
      source: 'register',
    });
    // A source's list takes the place of its earlier one.
    await ask(key, '/names/tree', { csv: 'child,parent,source\nA,B,register\n' });
    expect((await ask<{ rows: unknown[] }>(key, '/names/tree')).body.rows).toHaveLength(1);
    const circle = await ask<{ error: { message: string } }>(key, '/names/tree', {
      csv: 'parent,child,source\nA,B,s\nB,A,s\n',
    });
    expect(circle.status).toBe(400);
    expect(circle.body.error.message).toContain('below itself');
    expect((await ask<unknown>(key, '/names/tree', { csv: 'parent,child\nA,B\n' })).status).toBe(422);
  });
});
