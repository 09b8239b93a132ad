import type { SearchBackend } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../app.fixture.js';
import { DEFAULT_CONFIG } from '../identity/config.js';
import { openTestWork, type TestWork, TOKEN } from '../identity/identity.fixture.js';

interface Operation {
  readonly tags?: string[];
  readonly summary?: string;
  readonly responses: Record<string, unknown>;
}

const silent = {
  refresh: async () => ({ sequence: 0, documents: 0 }),
  capabilities: () => ({ operators: [], facets: [], sorts: [] }),
  close: async () => undefined,
} as unknown as SearchBackend;

let test: TestWork;
let open: TestServer;
let closed: TestServer;
let strict: TestWork;

beforeAll(async () => {
  test = await openTestWork();
  strict = await openTestWork({ signIn: { ...DEFAULT_CONFIG.signIn, required: true } });
  open = await createTestServer({ openBackend: async () => silent, work: test.base });
  closed = await createTestServer({ openBackend: async () => silent, work: strict.base });
});
afterAll(async () => {
  for (const server of [open, closed]) await server.close();
  for (const work of [test, strict]) await work.close();
});

async function keyOf(
  work: TestWork,
  place: 'city' | 'north',
  role: 'platform-admin' | 'district-clerk',
  permission: string,
) {
  const person = await work.city.person(place, role);
  const organizationId = work.city.organizations[place];
  const { key } = await work.base.identity.apiKeys.create(person, {
    organizationId,
    name: 'x',
    permissions: [permission],
    days: 1,
  });
  return key;
}

const ask = (server: TestServer, method: 'GET' | 'POST', url: string, token?: string) =>
  server.app.inject({
    method,
    url,
    headers: {
      host: '127.0.0.1',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...(method === 'POST' ? { 'content-type': 'application/octet-stream' } : {}),
    },
    ...(method === 'POST' ? { payload: 'x' } : {}),
  });

describe('where sign-in is not required', () => {
  it('the corpus is read by everybody on this machine, the work by nobody unknown', async () => {
    expect((await ask(open, 'GET', '/api/v1/numbers?q=CN1')).statusCode).toBeLessThan(401);
    for (const url of [
      '/identity/me',
      '/identity/organizations',
      '/audit',
      '/notices',
      '/papers',
      '/jobs',
      '/webhooks',
      '/backup',
    ])
      expect((await ask(open, 'GET', `/api/v1${url}`)).statusCode, url).toBe(401);
  });

  it('an API key does not open what is not the work’s', async () => {
    const key = await keyOf(test, 'city', 'platform-admin', 'job.manage');
    expect((await ask(open, 'POST', '/api/v1/loads?name=a.xml', key)).json().error.code).toBe('request.token_refused');
    expect((await ask(open, 'GET', '/api/v1/backup', key)).json().error.code).toBe('access.denied');
  });
});

describe('where sign-in is required', () => {
  it('nothing of the API is read without it; pages and signs of life are', async () => {
    expect((await ask(closed, 'GET', '/api/v1/numbers?q=CN1')).json().error.code).toBe('access.sign_in_required');
    expect((await ask(closed, 'GET', '/api/v1/openapi.json')).statusCode).toBe(401);
    expect((await ask(closed, 'GET', '/healthz')).statusCode).toBe(200);
    expect((await ask(closed, 'GET', '/api/v1/identity/sign-in')).statusCode).toBe(200);
  });

  it('people read the corpus, and the owner of the data folder loads', async () => {
    const clerk = await keyOf(strict, 'north', 'district-clerk', 'task.read');
    expect((await ask(closed, 'GET', '/api/v1/numbers?q=CN1', clerk)).statusCode).toBeLessThan(401);
    expect((await ask(closed, 'POST', '/api/v1/loads?name=a.xml', clerk)).statusCode).toBe(401);
    expect((await ask(closed, 'POST', '/api/v1/loads?name=a.xml', TOKEN)).statusCode).toBe(202);
  });
});

describe('the routes of the work', () => {
  it('stand in the description of the API with tag, summary and refusals', async () => {
    const { paths } = (await open.app.inject('/api/v1/openapi.json')).json() as {
      paths: Record<string, Record<string, Operation>>;
    };
    const found = Object.entries(paths).flatMap(([path, item]) =>
      Object.entries(item).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
    );
    const work = found.filter(({ name }) => /identity|audit|notices|webhooks|papers|jobs|backup/.test(name));
    expect(work.length).toBeGreaterThan(40);
    for (const { name, operation } of work) {
      expect(operation.tags, name).toHaveLength(1);
      expect(operation.summary, name).toBeTruthy();
      expect(Object.keys(operation.responses), name).toEqual(expect.arrayContaining(['400', '500']));
    }
  });
});
