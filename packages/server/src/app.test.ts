import { mkdir, mkdtemp, readdir, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CorpusState } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { InjectOptions } from 'fastify';
import { afterEach, describe, expect, it } from 'vitest';
import { createTestServer, type TestOptions, type TestServer, TOKEN } from './app.fixture.js';

const never = async (): Promise<never> => {
  throw new Error('secret inside: select * from password');
};
const state: CorpusState = { sequence: 0, documents: 0 };

/** A backend that fails at everything: what is tested here happens before it is asked, or because of that. */
const failing: SearchBackend = {
  capabilities: () => ({ operators: [], facets: [], sorts: [] }),
  apply: never,
  applyColumns: never,
  applySynonyms: never,
  synonyms: never,
  marks: async () => ({}),
  refresh: async () => state,
  search: never,
  suggest: never,
  similar: never,
  get: never,
  resolve: never,
  async *scan() {
    yield await never();
  },
  stats: never,
  check: never,
  merge: never,
  close: async () => undefined,
};

const servers: TestServer[] = [];
async function serve(options: Partial<TestOptions> = {}): Promise<TestServer> {
  const server = await createTestServer({ openBackend: async () => failing, ...options });
  servers.push(server);
  return server;
}
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

const post: InjectOptions = {
  method: 'POST',
  url: '/api/v1/loads?name=a.xml',
  headers: { 'content-type': 'application/octet-stream' },
  payload: Buffer.from('x'),
};
const withHeaders = (headers: Record<string, string>): InjectOptions => ({
  ...post,
  headers: { ...post.headers, ...headers },
});
const errorOf = (answer: { json(): unknown }) => (answer.json() as { error: { code: string; message: string } }).error;

describe('who is answered', () => {
  it('refuses a Host that is not this machine’s', async () => {
    const { app } = await serve();
    const answer = await app.inject({ url: '/api/v1/corpus', headers: { host: 'rebound.example' } });
    expect(answer.statusCode).toBe(421);
    expect(errorOf(answer).code).toBe('request.host_refused');
  });

  it.each<[string, Record<string, string>, number, string]>([
    ['without anything', {}, 403, 'request.origin_refused'],
    ['from another origin', { origin: 'http://evil.example', 'x-quanlian': '1' }, 403, 'request.origin_refused'],
    ['from a sandboxed page', { origin: 'null', 'x-quanlian': '1' }, 403, 'request.origin_refused'],
    ['from another port', { origin: 'http://localhost:9999', 'x-quanlian': '1' }, 403, 'request.origin_refused'],
    ['from a form of this origin', { origin: 'http://localhost:80' }, 403, 'request.origin_refused'],
    ['with a wrong token', { authorization: 'Bearer nonsense' }, 401, 'request.token_refused'],
    ['with another scheme', { authorization: `Basic ${TOKEN}` }, 401, 'request.token_refused'],
    [
      'from another origin that knows the token',
      { origin: 'http://evil.example', authorization: `Bearer ${TOKEN}` },
      403,
      'request.origin_refused',
    ],
    [
      'from another site by its own account',
      { authorization: `Bearer ${TOKEN}`, 'sec-fetch-site': 'cross-site' },
      403,
      'request.origin_refused',
    ],
  ])('refuses a write %s', async (_how, headers, status, code) => {
    const { app } = await serve();
    const answer = await app.inject(withHeaders(headers));
    expect(answer.statusCode).toBe(status);
    expect(errorOf(answer).code).toBe(code);
  });

  it.each([
    ['its own page', { origin: 'http://localhost:80', 'x-quanlian': '1', host: 'localhost:80' }],
    ['a program with the token', { authorization: `Bearer ${TOKEN}` }],
  ])('takes a write from %s', async (_who, headers) => {
    const { app } = await serve();
    expect((await app.inject(withHeaders(headers))).statusCode).toBe(202);
  });

  it('offers nothing to pages of other origins', async () => {
    const { app } = await serve();
    const origin = 'http://evil.example';
    const answer = await app.inject({ url: '/healthz', headers: { origin } });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
    expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
    const preflight = await app.inject({ method: 'OPTIONS', url: '/api/v1/loads', headers: { origin } });
    expect(preflight.statusCode).toBe(404);
  });
});

describe('headers', () => {
  it('allow pages scripts of this server alone', async () => {
    const { app } = await serve();
    const policy = String((await app.inject('/healthz')).headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:/);
  });

  it('keep answers of the API out of caches and types as they are', async () => {
    const { headers } = await (await serve()).app.inject('/healthz');
    expect(headers['cache-control']).toBe('no-store');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['strict-transport-security']).toBeUndefined();
  });
});

describe('limits', () => {
  it('hold back a client that asks too often', async () => {
    const { app } = await serve({ limits: { requestsPerMinute: 3 } });
    for (let n = 0; n < 3; n += 1) expect((await app.inject('/healthz')).statusCode).toBe(200);
    for (const url of ['/healthz', '/nothing', '/api/v1/loads']) {
      const answer = await app.inject(url);
      expect([url, answer.statusCode, errorOf(answer).code]).toEqual([url, 429, 'request.too_many']);
    }
  });

  it('hold back a client whose queries cost too much', async () => {
    const { app } = await serve({ limits: { query: { mostPerQuery: 20, capacity: 20, perSecond: 0.001 } } });
    const costly = await app.inject(`/api/v1/search?q=${Array.from({ length: 40 }, (_, i) => `w${i}`).join('+')}`);
    expect([costly.statusCode, errorOf(costly).code]).toEqual([400, 'query.too_costly']);
    await app.inject('/api/v1/search?q=a&limit=150');
    const again = await app.inject('/api/v1/search?q=a&limit=150');
    expect([again.statusCode, errorOf(again).code]).toEqual([429, 'request.too_many']);
  });

  it('refuse an upload beyond the limit, announced or not, and keep nothing of it', async () => {
    const { app, folder } = await serve({ limits: { uploadBytes: 10 } });
    const authorization = `Bearer ${TOKEN}`;
    const big = { ...withHeaders({ authorization }), payload: Buffer.alloc(100) };
    const answer = await app.inject(big);
    expect([answer.statusCode, errorOf(answer).code]).toEqual([413, 'request.too_large']);
    expect(await readdir(folder.uploads).catch(() => [])).toEqual([]);
  });
});

describe('errors', () => {
  const problem = { code: expect.any(String), message: expect.stringMatching(/^[A-Z“].*\.$/s) };

  it.each<[string, string | InjectOptions, number, string]>([
    ['an unknown address', '/api/v1/nothing', 404, 'request.not_found'],
    ['a value that does not fit', '/api/v1/search?limit=many', 400, 'request.invalid'],
    ['an unknown facet', '/api/v1/search?facet=colour', 400, 'request.invalid'],
    ['a filter without a value', '/api/v1/search?filter=office', 400, 'request.invalid'],
    ['two ways of paging', '/api/v1/search?cursor=a&offset=3', 400, 'request.invalid'],
    ['a broken address', '/api/v1/publications/%E0%A4%A', 400, 'request.invalid'],
    ['a failure inside', '/api/v1/corpus', 500, 'server.internal'],
    ['a file that is not there', `/api/v1/files/${'0'.repeat(64)}`, 404, 'request.not_found'],
    ['a path in place of a hash', '/api/v1/files/..%2f..%2ftoken', 400, 'request.invalid'],
    ['a load that is not there', '/api/v1/loads/none', 404, 'load.not_found'],
    ['a city that is not loaded', '/api/v1/demo/city', 404, 'request.not_found'],
    [
      'a body of another type',
      { ...withHeaders({ authorization: `Bearer ${TOKEN}`, 'content-type': 'text/plain' }) },
      415,
      'request.invalid',
    ],
  ])('have one shape for %s', async (_what, asked, status, code) => {
    const { app } = await serve();
    const answer = await app.inject(asked);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(errorOf(answer)).toMatchObject({ ...problem, code });
    expect(answer.body).not.toMatch(/secret|select|node_modules|\.ts:|\.js:/);
  });

  it('give the places of what is wrong in a query', async () => {
    const { app } = await serve();
    const answer = await app.inject('/api/v1/search?q=date:yesterday');
    expect(answer.statusCode).toBe(400);
    const body = answer.json() as { error: object; errors: { from: number; to: number }[] };
    expect(body.error).toMatchObject({ code: 'query.invalid', path: 'q' });
    expect(body.errors[0]).toMatchObject({
      from: expect.any(Number),
      to: expect.any(Number),
      message: expect.any(String),
    });
  });
});

describe('operation', () => {
  it('tells health, readiness and measurements', async () => {
    const { app } = await serve();
    expect((await app.inject('/healthz')).json()).toEqual({ status: 'ok' });
    expect((await app.inject('/readyz')).json()).toEqual({ ready: true, corpus: true, database: true });
    const { body, headers } = await app.inject('/metrics');
    expect(headers['content-type']).toMatch(/^text\/plain/);
    expect(body).toMatch(/quanlian_http_request_seconds_count\{method="GET",route="\/healthz",status="200"\} 1/);
  });

  it('is not ready without the work database', async () => {
    const answer = await (await serve({ database: never })).app.inject('/readyz');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({ ready: false, corpus: true, database: false });
  });
});

describe('pages', () => {
  async function built(): Promise<string> {
    const dir = await mkdtemp(join(tmpdir(), 'quanlian-pages-'));
    await mkdir(join(dir, 'assets'));
    await writeFile(join(dir, 'index.html'), '<!doctype html><title>Quanlian</title>');
    await writeFile(join(dir, 'assets', 'main-abc123.js'), 'export {};\n');
    return dir;
  }
  const page = (url: string): InjectOptions => ({ url, headers: { accept: 'text/html,*/*' } });

  it('are served on every page’s address, asked for anew each time, assets for a year', async () => {
    const { app } = await serve({ pagesDir: await built() });
    for (const url of ['/', '/search?q=a', '/publications/EP1000000B1', '/index.html']) {
      const answer = await app.inject(page(url));
      expect([url, answer.statusCode]).toEqual([url, 200]);
      expect(answer.body).toContain('<title>Quanlian</title>');
      expect(answer.headers['cache-control']).toBe('no-cache');
    }
    const asset = await app.inject('/assets/main-abc123.js');
    expect(asset.headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(asset.headers.etag).toBeDefined();
  });

  it('are no answer to a missing asset, an API address or a path outside', async () => {
    const { app } = await serve({ pagesDir: await built() });
    for (const url of [
      '/assets/gone.js',
      '/api/v1/gone',
      '/../../../etc/passwd',
      '/..%2f..%2fetc/passwd',
      '/%2e%2e/secret',
    ]) {
      const answer = await app.inject({ url });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.body).not.toContain('root:');
    }
    expect((await app.inject(page('/api/v1/gone'))).json()).toMatchObject({ error: { code: 'request.not_found' } });
  });

  it('say so in both languages when they are not built', async () => {
    const { app } = await serve();
    const answer = await app.inject(page('/'));
    expect(answer.statusCode).toBe(503);
    expect(answer.body).toContain('npm run build');
    expect(answer.body).toContain('页面');
  });

  it('describe the API with assets of this server', async () => {
    const { app } = await serve();
    const answer = await app.inject({ url: '/api', headers: { accept: 'text/html' } });
    const html = answer.statusCode === 200 ? answer.body : (await app.inject(String(answer.headers.location))).body;
    expect(html).toContain('swagger-ui');
    expect(html).not.toMatch(/(?:src|href)="https?:/);
    const script = await app.inject('/api/static/swagger-ui-bundle.js');
    expect(script.statusCode).toBe(200);
    expect(String(script.headers['content-security-policy'])).toContain("script-src 'self'");
  });
});
