import {
  IdSchema,
  NewOpsClientSchema,
  OPS_SERVICES,
  type OpsClient,
  OpsClientSchema,
  type OpsQuota,
  OpsQuotaSchema,
  OpsUsageDaySchema,
  QuanlianError,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { Api } from '../http/api.js';
import { type Actor, isAllowed, requireAllowed } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { withWork } from '../work/context.js';
import type { WorkBase } from '../work/work.js';
import type { OpsClientRecord } from './client.store.js';
import type { OpsFace } from './ops.js';

const TAGS = ['operation'];
const READ = ['access.sign_in_required', 'access.key_refused', 'access.denied'] as const;
const WRITE = [...READ, ...WRITE_PROBLEMS] as const;
const ById = z.object({ id: IdSchema });
const DAY_MS = 86_400_000;

interface Deps {
  readonly face: OpsFace;
  readonly work: WorkBase;
}

const shown = ({ personId: _, ...client }: OpsClientRecord): OpsClient => client;

const itemOf = ({ id, organizationId, personId }: OpsClientRecord) => ({
  id,
  organization: organizationId ?? '',
  owner: personId,
});

async function requireClient({ face }: Deps, actor: Actor, id: string): Promise<OpsClientRecord> {
  const client = await face.clients.find(id);
  if (!client || !isAllowed(actor, 'api-key.manage', itemOf(client)))
    throw new QuanlianError('ops.client_not_found', 'There is no such client of the OPS face within your reach.');
  return client;
}

/** Whether a quota is beyond the operator's own for every client, of which zero sets none. */
const isMore = (asked: number | null | undefined, limit: number): boolean =>
  typeof asked === 'number' && limit > 0 && (asked === 0 || asked > limit);

/** Refuses a quota beyond the operator's to whoever manages no more than clients of their own. */
function requireWithinLimits({ work }: Deps, actor: Actor, organization: string, asked: Partial<OpsQuota>): void {
  const { hourBytes, weekBytes, perMinute } = work.config.ops;
  const isBeyond =
    isMore(asked.hourBytes, hourBytes) ||
    isMore(asked.weekBytes, weekBytes) ||
    OPS_SERVICES.some((service) => (asked.perMinute?.[service] ?? 0) > perMinute[service]);
  if (!isBeyond || isAllowed(actor, 'api-key.manage', { id: '', organization, owner: null })) return;
  throw new QuanlianError(
    'access.denied',
    'The quota is beyond what the operator gives every client; a platform administrator can set it.',
  );
}

/** Writes down what was done, where the client belongs to an organization. */
async function note(
  { work }: Deps,
  actor: Actor,
  client: OpsClientRecord,
  action: Parameters<Audit['append']>[1]['action'],
  after?: object,
) {
  const { organizationId } = client;
  if (organizationId === null) return;
  await withWork(work.database.db, actor, async (trx) => {
    const subject = { kind: 'ops-client', id: client.id };
    work.audit.append(trx, { organizationId, action, subject, ...(after ? { after } : {}) });
  });
}

function addReading(app: Api, deps: Deps): void {
  const { face, work } = deps;
  const { requests } = work.identity;
  app.get(
    '/ops/clients',
    {
      schema: {
        tags: TAGS,
        summary: 'Clients of the EPO-OPS-compatible face within reach',
        response: { 200: z.object({ clients: z.array(OpsClientSchema) }), ...problems(...READ) },
      },
    },
    async (request) => {
      const actor = await requests.requireActor(request);
      const all = await face.clients.list();
      return { clients: all.filter((one) => isAllowed(actor, 'api-key.manage', itemOf(one))).map(shown) };
    },
  );
  app.get(
    '/ops/clients/:id/usage',
    {
      schema: {
        tags: TAGS,
        summary: 'What a client used, by day (UTC) and kind of service',
        params: ById,
        querystring: z.object({ days: z.coerce.number().int().min(1).max(366).default(30) }),
        response: { 200: z.object({ days: z.array(OpsUsageDaySchema) }), ...problems('ops.client_not_found', ...READ) },
      },
    },
    async (request) => {
      const client = await requireClient(deps, await requests.requireActor(request), request.params.id);
      await face.usage.flush();
      const now = work.environment.now();
      const from = new Date(Math.floor(now.getTime() / DAY_MS - request.query.days + 1) * DAY_MS);
      return { days: await face.clients.usage(client.id, from, new Date(now.getTime() + DAY_MS)) };
    },
  );
}

function addWriting(app: Api, deps: Deps): void {
  const { face, work } = deps;
  const { requests } = work.identity;
  app.post(
    '/ops/clients',
    {
      schema: {
        tags: TAGS,
        summary: 'Make a client of the face; its secret is told once',
        body: NewOpsClientSchema,
        response: { 201: z.object({ client: OpsClientSchema, secret: z.string() }), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      const organizationId = request.body.organizationId ?? null;
      const owner = { organizationId, personId: actor.userId };
      const item = { id: actor.userId ?? '', organization: organizationId ?? '', owner: actor.userId };
      if (actor.kind === 'user' && !actor.memberships.some((one) => one.organizationId === organizationId))
        throw new QuanlianError('access.denied', 'A client is made for an organization you have a role in.');
      requireAllowed(actor, 'api-key.manage', item);
      requireWithinLimits(deps, actor, item.organization, request.body);
      const { client, secret } = await face.clients.issue(request.body, owner);
      await note(deps, actor, client, 'ops-client.create', { name: client.name });
      return reply.status(201).send({ client: shown(client), secret });
    },
  );
  app.put(
    '/ops/clients/:id/quota',
    {
      schema: {
        tags: TAGS,
        summary: 'Change what a client may use; its tokens end',
        params: ById,
        body: OpsQuotaSchema,
        response: { 200: OpsClientSchema, ...problems('ops.client_not_found', ...WRITE) },
      },
    },
    async (request) => {
      const actor = await requests.requireActor(request);
      const client = await requireClient(deps, actor, request.params.id);
      requireWithinLimits(deps, actor, client.organizationId ?? '', request.body);
      await face.clients.setQuota(client.id, request.body);
      face.tokens.forget(client.id);
      await note(deps, actor, client, 'ops-client.quota', request.body);
      return shown({ ...client, ...request.body });
    },
  );
  app.delete(
    '/ops/clients/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Revoke a client; its tokens end',
        params: ById,
        response: { 204: z.null(), ...problems('ops.client_not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      const client = await requireClient(deps, actor, request.params.id);
      await face.clients.revoke(client.id);
      face.tokens.forget(client.id);
      await note(deps, actor, client, 'ops-client.revoke');
      return reply.status(204).send(null);
    },
  );
}

/** Clients of the face: made, limited, looked at and revoked by people. Under `/api/v1`. */
export function opsClientRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addReading, addWriting]) add(app, deps);
  };
}
