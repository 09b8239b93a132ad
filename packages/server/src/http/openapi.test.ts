import { LINKS } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../app.fixture.js';

interface Operation {
  tags?: string[];
  summary?: string;
  security?: object[];
  parameters?: { name: string; in: string; schema: object }[];
  requestBody?: { content: Record<string, { schema: object }> };
  responses: Record<string, { description: string; content?: Record<string, { schema: object }> }>;
}
interface Document {
  openapi: string;
  info: { title: string; version: string };
  tags: { name: string }[];
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, object>; securitySchemes: Record<string, object> };
}

let server: TestServer;
let document: Document;
beforeAll(async () => {
  server = await createTestServer({ openBackend: async () => ({ close: async () => undefined }) as SearchBackend });
  document = (await server.app.inject('/api/v1/openapi.json')).json() as Document;
});
afterAll(() => server.close());

const operations = (): [name: string, operation: Operation][] =>
  Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]): [string, Operation] => [`${method} ${path}`, operation]),
  );

function references(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : references(inner),
  );
}

describe('the OpenAPI document', () => {
  it('is of version 3.1 and has the links of the chain as its tags', () => {
    expect(document.openapi).toBe('3.1.0');
    expect(document.tags.map((tag) => tag.name)).toEqual([...LINKS, 'identity', 'operation']);
  });

  it('names every endpoint', () => {
    expect(
      operations()
        .map(([name]) => name)
        .toSorted(),
    ).toEqual([
      'delete /api/v1/loads/{id}',
      'delete /api/v1/synonyms/{name}',
      'get /api/v1/classes',
      'get /api/v1/concordances',
      'get /api/v1/concordances/{name}',
      'get /api/v1/concordances/{name}/lookup',
      'get /api/v1/corpus',
      'get /api/v1/corpus/check',
      'get /api/v1/coverage',
      'get /api/v1/coverage/authority-file',
      'get /api/v1/coverage/export',
      'get /api/v1/coverage/numbers',
      'get /api/v1/coverage/weeks',
      'get /api/v1/demo/city',
      'get /api/v1/event-codes',
      'get /api/v1/event-codes/{office}',
      'get /api/v1/explanation',
      'get /api/v1/export',
      'get /api/v1/files/{hash}',
      'get /api/v1/files/{hash}/pages/{page}',
      'get /api/v1/inbox',
      'get /api/v1/loads',
      'get /api/v1/loads/mappings',
      'get /api/v1/loads/{id}',
      'get /api/v1/loads/{id}/failures',
      'get /api/v1/numbers',
      'get /api/v1/publications/{id}',
      'get /api/v1/publications/{id}/citations',
      'get /api/v1/publications/{id}/citations/graph',
      'get /api/v1/publications/{id}/claims/comparison',
      'get /api/v1/publications/{id}/family',
      'get /api/v1/publications/{id}/fields',
      'get /api/v1/publications/{id}/legal',
      'get /api/v1/publications/{id}/similar',
      'get /api/v1/query',
      'get /api/v1/records/key',
      'get /api/v1/register',
      'get /api/v1/schemes',
      'get /api/v1/schemes/{scheme}',
      'get /api/v1/schemes/{scheme}/compare',
      'get /api/v1/schemes/{scheme}/search',
      'get /api/v1/search',
      'get /api/v1/suggestions',
      'get /api/v1/synonyms',
      'get /healthz',
      'get /metrics',
      'get /readyz',
      'post /api/v1/class-suggestions',
      'post /api/v1/explanation',
      'post /api/v1/inbox/retry',
      'post /api/v1/loads',
      'post /api/v1/loads/preview',
      'post /api/v1/numbers',
      'post /api/v1/numbers/report',
      'post /api/v1/records',
      'post /api/v1/records/pdf',
      'post /api/v1/records/replay',
      'post /api/v1/records/replay/pdf',
      'post /api/v1/search',
      'post /api/v1/similar',
      'post /api/v1/synonyms',
      'put /api/v1/synonyms/{name}',
    ]);
  });

  it('gives every operation of the API a tag, a summary and its error answers', () => {
    const known = new Set(document.tags.map((tag) => tag.name));
    for (const [name, { tags = [], summary, responses }] of operations()) {
      expect([name, tags.length, tags.every((tag) => known.has(tag))]).toEqual([name, 1, true]);
      expect([name, summary?.length ?? 0]).toEqual([name, expect.any(Number)]);
      expect(summary).toMatch(/\S{3}/);
      for (const response of Object.values(responses)) expect(response.description).toEqual(expect.any(String));
      if (!name.includes('/api/v1')) continue;
      for (const status of ['400', '421', '429', '500']) {
        expect([name, status, references(responses[status])]).toEqual([name, status, ['#/components/schemas/Error']]);
      }
    }
  });

  it('refers only to what it holds', () => {
    const found = references(document);
    expect(found.length).toBeGreaterThan(20);
    for (const reference of found) {
      expect(reference).toMatch(/^#\/components\/schemas\//);
      expect(Object.keys(document.components.schemas)).toContain(reference.slice('#/components/schemas/'.length));
    }
  });

  it('says that writes need the token, and what an upload is', () => {
    const upload = document.paths['/api/v1/loads']?.['post'];
    expect(upload?.security).toEqual([{ token: [] }]);
    expect(upload?.requestBody?.content['application/octet-stream']?.schema).toMatchObject({ format: 'binary' });
    expect(document.paths['/api/v1/loads/{id}']?.['delete']?.security).toEqual([{ token: [] }]);
    expect(document.components.securitySchemes).toHaveProperty('token');
  });

  it('has every path parameter declared', () => {
    for (const [name, { parameters = [] }] of operations()) {
      const wanted = [...name.matchAll(/\{(\w+)\}/g)].map((match) => match[1]);
      expect([name, parameters.filter((p) => p.in === 'path').map((p) => p.name)]).toEqual([name, wanted]);
    }
  });
});
