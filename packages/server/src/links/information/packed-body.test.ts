import { deflateSync, gzipSync } from 'node:zlib';
import type { LoadFailure, LoadJob } from '@quanlian/contract';
import { openCorpusInline } from '@quanlian/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer, TOKEN, testDocument } from '../../app.fixture.js';

let server: TestServer;
beforeAll(async () => {
  server = await createTestServer({ openBackend: (dir) => openCorpusInline({ dir, write: true }) });
});
afterAll(() => server.close());

const post = (body: Buffer, headers: Record<string, string>, name = 'week.jsonl') =>
  server.app.inject({
    method: 'POST',
    url: `/api/v1/loads?name=${name}`,
    headers: { 'content-type': 'application/octet-stream', authorization: `Bearer ${TOKEN}`, ...headers },
    payload: body,
  });

async function load(body: Buffer, headers: Record<string, string>, name?: string) {
  const answer = await post(body, headers, name);
  expect(answer.statusCode).toBe(202);
  const job: LoadJob = await server.loads.ended((answer.json() as LoadJob).id);
  const { body: lines } = await server.app.inject(`/api/v1/loads/${job.id}/failures`);
  const failures = lines
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as LoadFailure);
  return { job, failures };
}

const PACKED = { 'content-encoding': 'gzip' };
const line = (id: string): Buffer => Buffer.from(`${JSON.stringify(testDocument(id))}\n`);
/** One record, and after it nothing but blanks: 110 MB in about 100 kB. */
const bomb = gzipSync(Buffer.concat([line('EP1000001A1'), Buffer.alloc(110 * 1024 * 1024, 0x20)]), { level: 9 });

describe('a body sent with Content-Encoding', () => {
  it.each([
    ['first', PACKED],
    ['again', PACKED],
    ['as a file', {}],
  ] as const)('that is a bomb is refused by its limit and says so: %s', async (_, headers) => {
    const { job, failures } = await load(bomb, headers, 'bomb.gz');
    expect(job).toMatchObject({ state: 'done', summary: { read: 2, failed: 1 } });
    expect(job.failures.map(({ code }) => code)).toEqual(['load.archive_refused']);
    expect(failures).toEqual(job.failures);
    expect(failures[0]?.message).toMatch(/^bomb\.gz was refused because it unpacks to \d+ bytes/);
  });

  it('is read as what it unpacks to', async () => {
    const { job, failures } = await load(gzipSync(line('EP1000002A1')), PACKED);
    expect(job).toMatchObject({ state: 'done', summary: { read: 1, added: 1 } });
    expect(failures).toEqual([]);
  });

  it('that is packed as no file is, is refused before anything is kept', async () => {
    const answer = await post(deflateSync(line('EP1000003A1')), { 'content-encoding': 'deflate' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ error: { code: 'request.invalid' } });
    expect(answer.json().error.message).toContain('deflate');
    const before = server.loads.list().length;
    expect((await post(line('EP1000004A1'), { 'content-encoding': 'br' })).statusCode).toBe(400);
    expect(server.loads.list()).toHaveLength(before);
  });
});
