import { hash } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { NOT_MODIFIED } from './answers.js';

/** Gives every JSON answer of the routes after it an entity tag, and answers 304 to a client that names it. */
export function tagAnswers(app: FastifyInstance): void {
  app.addHook('onRoute', ({ method, schema }) => {
    const answers = schema?.response as Record<number, unknown> | undefined;
    if (method === 'GET' && answers) Object.assign(answers, { 304: answers[304] ?? NOT_MODIFIED });
  });
  app.addHook('onSend', async (request, reply, payload) => {
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    if (!isRead || reply.statusCode !== 200 || typeof payload !== 'string') return payload;
    const etag = `W/"${hash('sha1', payload, 'base64url')}"`;
    reply.header('etag', etag);
    // Kept by the client, but asked for again each time: the corpus may have changed.
    if (reply.getHeader('cache-control') === 'no-store') reply.header('cache-control', 'private, no-cache');
    const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim());
    if (!known.includes(etag) && !known.includes('*')) return payload;
    reply.status(304).removeHeader('content-length');
    return '';
  });
}
