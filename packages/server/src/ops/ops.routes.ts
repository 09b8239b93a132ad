import { hash } from 'node:crypto';
import type { OpsService } from '@quanlian/contract';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type ReadAddress, readAddress } from './address.js';
import { answer, serviceOf } from './answer.js';
import { toBadgerFish } from './badgerfish.js';
import type { OpsClientRecord } from './client.store.js';
import { fault } from './faults.js';
import { openImage } from './images.js';
import { MEDIA_TYPES, type Media, mediaOf } from './media.js';
import type { OpsFace } from './ops.js';
import { EVERY_ANSWER, sendFault } from './refusal.js';
import { clientOf, signIn } from './sign-in.js';
import { readTimeRange, usageStatistics } from './stats.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for routes that let in by a token of their own, whichever page or program asks. */
    ownAccess?: boolean;
  }
}

/** Headers for browsers are those of every answer here; working them out anew for each would take longer than most answers. */
const OPEN = {
  config: { asksWho: true, ownAccess: true, rateLimit: false as const },
  schema: { hide: true },
  helmet: false as const,
};
const SERVICES = '/rest-services/';
const VERSIONS = ['', '/3.2', '/3.1'];

const textOf = (body: unknown): string => (typeof body === 'string' ? body : '');

const header = ({ headers }: FastifyRequest, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** Hits asked for: by the header of published data, the plain one of the register, the query string, or a form in the body. */
function rangeOf(request: FastifyRequest, query: URLSearchParams): string | undefined {
  const named = header(request, 'x-ops-range') ?? header(request, 'range') ?? query.get('Range') ?? query.get('range');
  if (named !== null) return named;
  const form = new URLSearchParams(textOf(request.body).trim());
  return form.get('Range') ?? form.get('range') ?? undefined;
}

function write(xml: string, media: Media, query: URLSearchParams): string {
  if (media === 'xml') return xml;
  const json = JSON.stringify(toBadgerFish(xml));
  const callback = query.get('callback');
  if (media !== 'javascript' || callback === null) return json;
  if (!/^[\w$.]{1,100}$/.test(callback)) throw fault('CLIENT.InvalidInput', 'The name of a callback is a plain name.');
  return `${callback}(${json})`;
}

/** Counts an answer's bytes and puts what is left into its headers. */
function count(face: OpsFace, client: OpsClientRecord, service: OpsService, bytes: number, reply: FastifyReply): void {
  face.throttle.gave(client.id, bytes);
  face.usage.add(client.id, service, bytes);
  reply.headers(face.throttle.headersOf(client));
}

/** The one page that a range names: its number, alone or as both ends. */
function pageOf(range: string): number {
  const [, first, last = first] = /^\s*(\d{1,6})(?:\s*-\s*(\d{1,6}))?\s*$/.exec(range) ?? [];
  if (first === undefined || Number(first) < 1 || Number(first) !== Number(last))
    throw fault(
      'CLIENT.InvalidQuery',
      `Images come page by page; a page is named by its number, not ${range.slice(0, 40)}.`,
    );
  return Number(first);
}

async function sendImage(
  face: OpsFace,
  path: string | undefined,
  request: FastifyRequest,
  reply: FastifyReply,
  client: OpsClientRecord,
) {
  const query = queryOf(request);
  const page = pageOf(rangeOf(request, query) ?? '1');
  const named = decodeURIComponent(path ?? textOf(request.body));
  const image = await openImage(face.answers, named, page, header(request, 'accept') ?? '');
  count(face, client, 'images', image.size, reply);
  return reply.type(image.mediaType).header('content-length', image.size).send(image.content);
}

const queryOf = (request: FastifyRequest): URLSearchParams => {
  const { url = '' } = request.raw;
  const mark = url.indexOf('?');
  return new URLSearchParams(mark < 0 ? '' : url.slice(mark + 1));
};

function addressOf(request: FastifyRequest): ReadAddress {
  const { url = '' } = request.raw;
  const mark = url.indexOf('?');
  const path = mark < 0 ? url : url.slice(0, mark);
  return readAddress(path.slice(path.indexOf(SERVICES) + SERVICES.length));
}

const etagOf = (text: string): string => `"${hash('sha1', text, 'base64url')}"`;

async function serve(face: OpsFace, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const client = clientOf(request, face.tokens);
  const { address, json } = addressOf(request);
  const service = serviceOf(address);
  try {
    face.throttle.take(client, service);
    return await served(face, client, service, { address, json }, request, reply);
  } catch (error) {
    reply.headers(face.throttle.headersOf(client));
    throw error;
  }
}

async function served(
  face: OpsFace,
  client: OpsClientRecord,
  service: OpsService,
  { address, json }: ReadAddress,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<unknown> {
  if (address.service === 'image') return sendImage(face, address.path, request, reply, client);
  const media = mediaOf(request.headers.accept, json);
  const query = queryOf(request);
  const started = performance.now();
  const checkCost = face.checkCost(client);
  const xml = await answer({ ...face.answers, checkCost }, address, {
    body: textOf(request.body),
    query,
    range: rangeOf(request, query),
  });
  const text = write(xml, media, query);
  const etag = etagOf(text);
  count(face, client, service, Buffer.byteLength(text), reply);
  reply.header('etag', etag).header('cache-control', 'no-cache');
  reply.header('x-elapsed-time', String(Math.round(performance.now() - started)));
  if (request.headers['if-none-match'] === etag) return reply.status(304).send();
  return reply.type(MEDIA_TYPES[media]).send(text);
}

async function token(face: OpsFace, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const { client, answer: told } = await signIn(request, face);
  await face.welcome(client);
  return reply.type('application/json').header('cache-control', 'no-store').send(JSON.stringify(told));
}

async function statistics(face: OpsFace, request: FastifyRequest, reply: FastifyReply): Promise<unknown> {
  const client = clientOf(request, face.tokens);
  const { from, to } = readTimeRange(queryOf(request).get('timeRange'));
  await face.usage.flush();
  const days = await face.clients.usage(client.id, from, to);
  reply.headers(face.throttle.headersOf(client));
  return reply.type('application/json').send(JSON.stringify(usageStatistics(client.name, days)));
}

/** The EPO-OPS-compatible face. Its failures are XML, its bodies text whatever they call themselves. */
export function opsRoutes(face: OpsFace) {
  return async (app: FastifyInstance): Promise<void> => {
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => done(null, body));
    app.setErrorHandler(sendFault);
    app.addHook('onRequest', async (_request, reply) => {
      reply.headers(EVERY_ANSWER);
    });
    for (const version of VERSIONS) {
      app.post(`${version}/auth/accesstoken`, OPEN, (request, reply) => token(face, request, reply));
      app.route({
        ...OPEN,
        method: ['GET', 'POST'],
        url: `${version}${SERVICES}*`,
        handler: (request, reply) => serve(face, request, reply),
      });
      app.route({
        ...OPEN,
        method: ['GET', 'POST'],
        url: `${version}/developers/me/stats/usage`,
        handler: (request, reply) => statistics(face, request, reply),
      });
      for (const url of [`${version}${SERVICES}*`, `${version}/auth/*`, `${version}/developers/*`]) {
        app.options(url, OPEN, async (_request, reply) => reply.status(204).send());
        app.route({
          ...OPEN,
          method: ['PUT', 'PATCH', 'DELETE'],
          url,
          handler: async ({ method }, reply) => {
            reply.header('allow', 'GET, HEAD, POST, OPTIONS');
            throw fault('CLIENT.MethodNotAllowed', `The services are asked by GET and POST, not by ${method}.`);
          },
        });
      }
      for (const url of [`${version}/auth/*`, `${version}/developers/*`]) {
        app.route({
          ...OPEN,
          method: ['GET', 'POST'],
          url,
          handler: async () => {
            throw fault('CLIENT.NotFound', 'There is no such service.');
          },
        });
      }
    }
  };
}
