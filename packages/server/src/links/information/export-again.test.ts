import { type PatentDocument, PatentDocumentSchema } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { afterEach, expect, test } from 'vitest';
import { createTestServer, type TestServer, TOKEN, testDocument } from '../../app.fixture.js';

const servers: TestServer[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

async function serve(documents: readonly PatentDocument[] = []): Promise<TestServer> {
  const server = await createTestServer({
    async openBackend(dir) {
      const backend = await openCorpusInline({ dir, write: true });
      if (documents.length > 0) await backend.apply(documents);
      return backend;
    },
  });
  servers.push(server);
  return server;
}

async function exported(server: TestServer): Promise<string> {
  const answer = await server.app.inject('/api/v1/export?format=jsonl&sort=oldest');
  expect(answer.statusCode).toBe(200);
  return answer.body;
}

async function load(server: TestServer, lines: string): Promise<{ read: number; failed: number; unchanged: number }> {
  const answer = await server.app.inject({
    method: 'POST',
    url: '/api/v1/loads?name=export.jsonl',
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${TOKEN}` },
    payload: Buffer.from(lines),
  });
  expect(answer.statusCode).toBe(202);
  const { id } = answer.json() as { id: string };
  for (;;) {
    const { json } = await server.app.inject(`/api/v1/loads/${id}`);
    const job = json() as { state: string; summary: { read: number; failed: number; unchanged: number } };
    if (job.state !== 'running' && job.state !== 'waiting') return job.summary;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const source = (format: string, file: string) => ({
  sources: [{ sourceDate: '2021-01-01', sha256: `${format}${file}`, file, offset: 7, format }],
});

/** Two sources of one publication, a publication without a kind, and keys in an order that is not the schema's. */
const DOCUMENTS = [
  testDocument('EP1000000B1', {
    ...source('docdb', 'front.zip!a.xml'),
    applicants: [{ country: 'DE', name: 'LAMPE GMBH' }],
    citations: [{ phase: 'search', id: 'US1A' }, { npl: 'A book, 1999' }, { npl: 'A book, 1999' }],
    familyId: '77',
  }),
  testDocument('EP1000000B1', {
    ...source('ep-st36', 'week.zip!b.xml'),
    titles: { zh: '灯 & <b>', en: 'Lamp ‮with a turn', de: 'Lampe' },
    claims: [{ text: 'A lamp\u2028of two lines.', dependsOn: [], number: 1, lang: 'en' }],
    extra: { z: [1, { b: null, a: 'x' }], a: 'y', repairs: ['bare-ampersand'] },
    events: [{ st27: null, code: 'PG25', office: 'EP', date: '2020-01-01' }],
  }),
  { ...testDocument('US9000001B2', source('us-fulltext', 'list.jsonl')), kind: undefined, id: 'US9000001' },
  testDocument('CN101000001A', { titles: { zh: '电池' }, date: '2011-01' }),
].map((one) => JSON.parse(JSON.stringify(one)) as PatentDocument);

test('our own export loads into an empty corpus and comes out as it was, byte for byte', async () => {
  const before = await exported(await serve(DOCUMENTS));
  const lines = before.trimEnd().split('\n');
  expect(lines).toHaveLength(3);
  for (const line of lines) PatentDocumentSchema.parse(JSON.parse(line));
  expect(before).toContain('"format":"docdb"');
  const other = await serve();
  expect(await load(other, before)).toMatchObject({ read: 3, failed: 0 });
  expect(await exported(other)).toBe(before);
  expect(await load(other, before)).toMatchObject({ failed: 0, unchanged: 3 });
  expect(await exported(other)).toBe(before);
});

test('loaded beside the sources it was made from it adds nothing', async () => {
  const server = await serve(DOCUMENTS);
  const before = await exported(server);
  expect(await load(server, before)).toMatchObject({ read: 3, failed: 0 });
  expect(await exported(server)).toBe(before);
});
