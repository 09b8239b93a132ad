import {
  AcceptInvitationSchema,
  ApiKeySchema,
  DelegationSchema,
  IdSchema,
  InvitationPreviewSchema,
  InvitationSchema,
  NewApiKeySchema,
  NewDelegationSchema,
  NewInvitationSchema,
} from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { Api } from '../http/api.js';
import type { Identity } from './identity.js';

/** Sends the secret of an invitation to the invited person; false when no mail is set up. */
type SendInvitation = (invitation: { email: string; name: string; secret: string }) => Promise<boolean>;

export interface AccessRoutesDeps {
  readonly identity: Identity;
  readonly sendInvitation: SendInvitation;
}

const TAGS = ['identity'];
const READ = ['access.sign_in_required', 'access.key_refused', 'access.denied'] as const;
const WRITE = [...READ, ...WRITE_PROBLEMS] as const;
const ById = z.object({ id: IdSchema });
const SLOW = { rateLimit: { max: 60, timeWindow: '1 minute' } };
const SecretSchema = z.object({ secret: z.string().min(20).max(100) });

const MadeInvitationSchema = z.object({
  invitation: InvitationSchema,
  secret: z.string().describe('Told once; the invited person shows it'),
  sent: z.boolean().describe('Whether it went out by e-mail'),
});

function addInviting(app: Api, { identity: { requests, invitations }, sendInvitation }: AccessRoutesDeps): void {
  app.get(
    '/organizations/:id/invitations',
    {
      schema: {
        tags: TAGS,
        summary: 'Invitations into an organization',
        params: ById,
        response: { 200: z.object({ invitations: z.array(InvitationSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({
      invitations: await invitations.list(await requests.requireActor(request), request.params.id),
    }),
  );
  app.post(
    '/organizations/:id/invitations',
    {
      schema: {
        tags: TAGS,
        summary: 'Invite somebody into an organization',
        params: ById,
        body: NewInvitationSchema,
        response: { 201: MadeInvitationSchema, ...problems('membership.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      const { invitation, secret } = await invitations.invite(actor, request.params.id, request.body);
      const sent = await sendInvitation({ email: invitation.email, name: invitation.name, secret });
      return reply.status(201).send({ invitation, secret, sent });
    },
  );
  app.delete(
    '/invitations/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Take an invitation back',
        params: ById,
        response: { 204: z.null(), ...problems('invitation.not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      await invitations.revoke(await requests.requireActor(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

function addAccepting(app: Api, { identity: { invitations } }: AccessRoutesDeps): void {
  app.post(
    '/invitations/preview',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'What an invitation is for, for whoever has its secret',
        body: SecretSchema,
        response: { 200: InvitationPreviewSchema, ...problems('invitation.not_found', ...WRITE_PROBLEMS) },
      },
    },
    async (request) => {
      const preview = await invitations.preview(request.body.secret);
      return { ...preview, roles: [...preview.roles] };
    },
  );
  app.post(
    '/invitations/accept',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Accept an invitation; sign in afterwards',
        body: AcceptInvitationSchema,
        response: {
          200: z.object({ email: z.string() }),
          ...problems('invitation.not_found', 'password.weak', 'sign_in.refused', 'sign_in.locked', ...WRITE_PROBLEMS),
        },
      },
    },
    async (request) => {
      const { secret, password, language } = request.body;
      return { email: await invitations.accept(secret, password, request.ip, language) };
    },
  );
}

function addDelegations(app: Api, { identity: { requests, members } }: AccessRoutesDeps): void {
  app.get(
    '/delegations',
    {
      schema: {
        tags: TAGS,
        summary: 'Roles one lent or was lent',
        response: { 200: z.object({ delegations: z.array(DelegationSchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ delegations: await members.delegations(await requests.requireActor(request)) }),
  );
  app.post(
    '/delegations',
    {
      schema: {
        tags: TAGS,
        summary: 'Lend a role of one’s own for some days',
        body: NewDelegationSchema,
        response: { 201: DelegationSchema, ...problems('membership.refused', 'person.not_found', ...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      return reply.status(201).send(await members.delegate(actor, request.body));
    },
  );
  app.delete(
    '/delegations/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'End a lent role early',
        params: ById,
        response: { 204: z.null(), ...problems('membership.refused', ...WRITE) },
      },
    },
    async (request, reply) => {
      await members.endDelegation(await requests.requireActor(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

function addKeys(app: Api, { identity: { requests, apiKeys } }: AccessRoutesDeps): void {
  app.get(
    '/api-keys',
    {
      schema: {
        tags: TAGS,
        summary: 'One’s API keys',
        response: { 200: z.object({ apiKeys: z.array(ApiKeySchema) }), ...problems(...READ) },
      },
    },
    async (request) => ({ apiKeys: await apiKeys.list(await requests.requireActor(request)) }),
  );
  app.post(
    '/api-keys',
    {
      schema: {
        tags: TAGS,
        summary: 'Make an API key; it is told once',
        body: NewApiKeySchema,
        response: { 201: z.object({ apiKey: ApiKeySchema, key: z.string() }), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      const actor = await requests.requireActor(request);
      return reply.status(201).send(await apiKeys.create(actor, request.body));
    },
  );
  app.delete(
    '/api-keys/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'Revoke an API key',
        params: ById,
        response: { 204: z.null(), ...problems(...WRITE) },
      },
    },
    async (request, reply) => {
      await apiKeys.revoke(await requests.requireActor(request), request.params.id);
      return reply.status(204).send(null);
    },
  );
}

/** Invitations, lent roles and API keys. Under `/identity`. */
export function accessRoutes(deps: AccessRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addInviting, addAccepting, addDelegations, addKeys]) add(app, deps);
  };
}
