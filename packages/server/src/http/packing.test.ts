import { gunzipSync } from 'node:zlib';
import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { LEAST_PACKED, packAnswers } from './packing.js';

const LONG = 'a'.repeat(LEAST_PACKED);

async function ask(encodings: string | undefined, { path = '/long', method = 'GET' as 'GET' | 'HEAD' } = {}) {
  const app = Fastify();
  packAnswers(app);
  app.get('/long', async (_request, reply) => reply.header('vary', 'origin').send(LONG));
  app.get('/short', async () => 'short');
  app.get('/bytes', async (_request, reply) => reply.header('content-encoding', 'br').send(LONG));
  return app.inject({ url: path, method, headers: encodings === undefined ? {} : { 'accept-encoding': encodings } });
}

it.each(['gzip', 'deflate, gzip;q=0.8, br', 'br,GZIP'])(
  'packs a long text for a client that takes %s',
  async (takes) => {
    const { headers, rawPayload } = await ask(takes);
    expect(headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'origin, accept-encoding' });
    expect(Number(headers['content-length'])).toBe(rawPayload.length);
    expect(gunzipSync(rawPayload).toString()).toBe(LONG);
  },
);

it.each([undefined, 'br', 'gzip;q=0', 'gzip; q=0.000, br', 'xgzip', 'gzip2'])(
  'leaves it as it is for one that takes %s',
  async (takes) => {
    const { headers, payload } = await ask(takes);
    expect(headers['content-encoding']).toBeUndefined();
    expect(payload).toBe(LONG);
  },
);

it('leaves short texts, what is packed already, and answers without a body as they are', async () => {
  expect((await ask('gzip', { path: '/short' })).payload).toBe('short');
  expect((await ask('gzip', { path: '/bytes' })).headers['content-encoding']).toBe('br');
  expect((await ask('gzip', { method: 'HEAD' })).headers['content-encoding']).toBeUndefined();
});
