import { IdSchema, NewWebhookSchema, NoticeSchema, WebhookSchema, WorkJobSchema } from '@quanlian/contract';
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

function addJobs(app: Api, { requireActor, notices }: Deps): void {
  app.get(
    '/jobs',
    {
      schema: {
        tags: TAGS,
        summary: 'Work in the background, newest first',
        querystring: z.object({ limit: Limit }),
        response: { 200: z.object({ jobs: z.array(WorkJobSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ jobs: await notices.jobs(await requireActor(request), request.query.limit) }),
  );
  app.delete(
    '/jobs/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Cancel a job',
        params: ById,
        response: { 204: z.null(), ...problems('job.not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      await notices.cancelJob(await requireActor(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

/** Notices, webhooks and jobs. */
export function noticeRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addNotices, addWebhooks, addJobs]) add(app, deps);
  };
}
