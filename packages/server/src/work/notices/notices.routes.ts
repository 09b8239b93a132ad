import {
  IdSchema,
  NewWebhookSchema,
  NoticeKindSchema,
  NoticeSchema,
  WebhookDeliverySchema,
  WebhookSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { flag, problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import type { Requests } from '../../identity/requests.js';
import type { NoticeService } from './notices.service.js';

interface Deps extends Pick<Requests, 'requireActor'> {
  readonly notices: NoticeService;
}

const TAGS = ['service'];
const READ = ['access.sign_in_required', 'access.key_refused', 'access.denied'] as const;
const WRITE = [...READ, ...WRITE_PROBLEMS] as const;
const ById = z.object({ id: IdSchema });
const Limit = z.coerce.number().int().min(1).max(500).default(100);

function addNotices(app: Api, { requireActor, notices }: Deps): void {
  app.get(
    '/notices',
    {
      schema: {
        tags: TAGS,
        summary: 'One’s notices, newest first',
        querystring: z.object({ unread: flag, limit: Limit }),
        response: { 200: z.object({ unread: z.number(), notices: z.array(NoticeSchema) }), ...problems(...READ) },
      },
    },
    async (request) => notices.list(await requireActor(request), request.query),
  );
  app.post(
    '/notices/read',
    {
      schema: {
        tags: TAGS,
        summary: 'Mark one notice read, or all',
        body: z.object({ id: IdSchema.optional() }),
        response: { 204: z.null(), ...problems('notice.not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      await notices.read(await requireActor(request), request.body.id);
      return reply.status(204).send(null);
    },
  );
}

function addWebhooks(app: Api, { requireActor, notices }: Deps): void {
  app.get(
    '/webhooks',
    {
      schema: {
        tags: TAGS,
        summary: 'Addresses that are told of notices',
        response: { 200: z.object({ webhooks: z.array(WebhookSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ webhooks: await notices.webhooks(await requireActor(request)) }),
  );
  app.post(
    '/webhooks',
    {
      schema: {
        tags: TAGS,
        summary: 'Tell an address of notices',
        description:
          'Calls carry `x-quanlian-signature: t=SECONDS,v1=HEX`, the HMAC-SHA-256 of `SECONDS.BODY` with the secret.',
        body: NewWebhookSchema,
        response: {
          201: z.object({ webhook: WebhookSchema, secret: z.string() }),
          ...problems('webhook.refused', ...WRITE),
        },
      },
    },
    async (request, reply) =>
      reply.status(201).send(await notices.addWebhook(await requireActor(request), request.body)),
  );
  app.delete(
    '/webhooks/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Tell an address no more',
        params: ById,
        response: { 204: z.null(), ...problems('webhook.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      await notices.removeWebhook(await requireActor(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

function addSent(app: Api, { requireActor, notices }: Deps): void {
  app.get(
    '/webhooks/:id/deliveries',
    {
      schema: {
        tags: TAGS,
        summary: 'What was sent to a webhook, newest first; sent ones are forgotten after 90 days',
        params: ById,
        querystring: z.object({ limit: Limit }),
        response: {
          200: z.object({ deliveries: z.array(WebhookDeliverySchema) }),
          ...problems('webhook.refused', ...READ),
        },
      },
    },
    async (request) => ({
      deliveries: await notices.deliveries(await requireActor(request), request.params.id, request.query.limit),
    }),
  );
  app.get(
    '/notice-kinds',
    {
      schema: {
        tags: TAGS,
        summary: 'The kinds of notice a webhook can ask for',
        response: { 200: z.object({ kinds: z.array(NoticeKindSchema) }), ...problems(...READ) },
      },
    },
    async (request) => {
      await requireActor(request);
      return { kinds: notices.kinds() };
    },
  );
}

/** Notices and webhooks. */
export function noticeRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addNotices, addWebhooks, addSent]) add(app, deps);
  };
}
