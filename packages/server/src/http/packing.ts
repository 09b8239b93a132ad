import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

const pack = promisify(gzip);
/** Below this an answer fits in one packet anyway. */
export const LEAST_PACKED = 1024;
/** Quick rather than small: the processors that pack are those that search. */
const LEVEL = 3;
const TAKES_GZIP = /(?:^|,)\s*gzip\s*(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))(?:;|,|$)/i;

async function packText(request: FastifyRequest, reply: FastifyReply, payload: unknown): Promise<unknown> {
  const isText = typeof payload === 'string' && payload.length >= LEAST_PACKED;
  if (!isText || request.method === 'HEAD' || reply.hasHeader('content-encoding')) return payload;
  if (!TAKES_GZIP.test(String(request.headers['accept-encoding'] ?? ''))) return payload;
  const vary = reply.getHeader('vary');
  reply.header('vary', vary === undefined ? 'accept-encoding' : `${String(vary)}, accept-encoding`);
  reply.header('content-encoding', 'gzip').removeHeader('content-length');
  return await pack(payload, { level: LEVEL });
}

/**
 * Packs answers that are whole texts in one go, as the last thing done to them. A stream for each of them, as for
 * answers without a known end, lives on with its answer until the next full collection of garbage.
 */
export function packAnswers(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const earlier = route.onSend === undefined ? [] : [route.onSend].flat();
    route.onSend = [...earlier, packText];
  });
}
