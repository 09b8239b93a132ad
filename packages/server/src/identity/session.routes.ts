import {
  CodeSchema,
  IdSchema,
  type Me,
  MeSchema,
  ProviderListSchema,
  QuanlianError,
  SessionSchema,
  SignInAnswerSchema,
  SignInSchema,
} from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import type { FastifyReply } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { Api } from '../http/api.js';
import type { Actor } from '../work/actor.js';
import { AUTH_PATH } from './auth.js';
import type { WorkConfig } from './config.js';
import type { Identity } from './identity.js';
import { headersOf, heldPermissions } from './requests.js';

export interface SessionRoutesDeps {
  readonly identity: Identity;
  readonly work: WorkDatabase;
  readonly config: WorkConfig;
  readonly baseUrl: () => string;
  /** Whether a forgotten password can be set anew by e-mail. */
  readonly reset: boolean;
}

const TAGS = ['identity'];
const SIGN_IN = ['sign_in.refused', 'sign_in.locked', 'sign_in.unavailable', ...WRITE_PROBLEMS] as const;
/** Guessing is slowed per client besides the waits after failures. */
const SLOW = { rateLimit: { max: 60, timeWindow: '1 minute' } };

const setCookies = (reply: FastifyReply, cookies: readonly string[]): FastifyReply =>
  cookies.length > 0 ? reply.header('set-cookie', cookies) : reply;

async function describeMe(work: WorkDatabase, actor: Actor): Promise<Me> {
  const person = actor.userId
    ? await work.system
        .selectFrom('person')
        .select(['email', 'language', 'two_factor_enabled', 'demo'])
        .where('id', '=', actor.userId)
        .executeTakeFirst()
    : undefined;
  return {
    id: actor.userId,
    name: actor.name,
    kind: actor.kind,
    email: person?.email ?? null,
    language: person?.language ?? 'zh',
    twoFactor: person?.two_factor_enabled === true,
    demo: person?.demo === true,
    memberships: actor.memberships.map((membership) => ({ ...membership, roles: [...membership.roles] })),
    permissions: heldPermissions(actor),
  };
}

function addSignIn(app: Api, { identity: { signIn }, work, config, reset }: SessionRoutesDeps): void {
  app.get(
    '/sign-in',
    {
      schema: {
        tags: TAGS,
        summary: 'The ways to sign in here',
        response: { 200: ProviderListSchema, ...problems() },
      },
    },
    async () => {
      const demo = await work.system
        .selectFrom('person')
        .select('id')
        .where('demo', '=', true)
        .where('disabled_at', 'is', null)
        .executeTakeFirst();
      const providers = Object.entries(config.signIn.providers).map(([id, { title }]) => ({ id, title }));
      return { providers, demo: demo !== undefined, required: config.signIn.required, reset };
    },
  );
  app.post(
    '/sign-in',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Sign in with e-mail address and password',
        body: SignInSchema,
        response: { 200: SignInAnswerSchema, ...problems(...SIGN_IN) },
      },
    },
    async (request, reply) => {
      const { email, password } = request.body;
      const { cookies, state } = await signIn.withPassword(headersOf(request), email, password);
      return setCookies(reply, cookies).send({ state });
    },
  );
  app.post(
    '/sign-in/code',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Finish signing in with a code of the second factor or a backup code',
        body: CodeSchema,
        response: { 200: SignInAnswerSchema, ...problems(...SIGN_IN) },
      },
    },
    async (request, reply) => {
      const { cookies, state } = await signIn.withCode(headersOf(request), request.body.code);
      return setCookies(reply, cookies).send({ state });
    },
  );
  app.post(
    '/sign-out',
    {
      schema: { tags: TAGS, summary: 'End this session', response: { 204: z.null(), ...problems(...WRITE_PROBLEMS) } },
    },
    async (request, reply) =>
      setCookies(reply, await signIn.signOut(headersOf(request)))
        .status(204)
        .send(null),
  );
}

function addProviders(app: Api, { identity: { signIn }, baseUrl }: SessionRoutesDeps): void {
  app.post(
    '/sign-in/provider/:provider',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Begin to sign in with an OpenID Connect provider',
        description: 'Answers with the address of the provider’s page, to go to.',
        params: z.object({ provider: z.string().max(31) }),
        response: { 200: z.object({ url: z.string() }), ...problems(...SIGN_IN) },
      },
    },
    async (request, reply) => {
      const { url, cookies } = await signIn.withProvider(headersOf(request), request.params.provider, `${baseUrl()}/`);
      return setCookies(reply, cookies).send({ url });
    },
  );
  app.get('/sign-in/callback/:provider', { config: SLOW, schema: { hide: true } }, async (request, reply) => {
    const asked = new Request(`${baseUrl()}${request.raw.url}`, { headers: headersOf(request) });
    const answer = await signIn.fromProvider(asked);
    const location = answer.headers.get('location');
    if (!location) throw new QuanlianError('sign_in.refused', 'The provider did not let this sign-in through.');
    return setCookies(reply, answer.headers.getSetCookie()).redirect(location, 302);
  });
}

function addMe(app: Api, { identity: { signIn, requests }, work }: SessionRoutesDeps): void {
  app.get(
    '/session',
    {
      schema: {
        tags: TAGS,
        summary: 'Who sits before the pages, if anybody is signed in',
        response: { 200: MeSchema, 204: z.null(), ...problems('access.key_refused') },
      },
    },
    async (request, reply) => {
      const actor = await requests.actorOf(request);
      return actor ? describeMe(work, actor) : reply.status(204).send(null);
    },
  );
  app.get(
    '/me',
    {
      schema: {
        tags: TAGS,
        summary: 'Who is signed in',
        response: { 200: MeSchema, ...problems('access.sign_in_required', 'access.key_refused') },
      },
    },
    async (request) => describeMe(work, await requests.requireActor(request)),
  );
  app.get(
    '/me/sessions',
    {
      schema: {
        tags: TAGS,
        summary: 'Where one is signed in',
        response: { 200: z.object({ sessions: z.array(SessionSchema) }), ...problems('access.sign_in_required') },
      },
    },
    async (request) => {
      const { id, personId } = await requests.requireSession(request);
      const rows = await signIn.sessions(personId);
      const sessions = rows.map((row) => ({
        id: row.id,
        current: row.id === id,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        address: row.ip_address,
        agent: row.user_agent,
      }));
      return { sessions };
    },
  );
  app.delete(
    '/me/sessions/:id',
    {
      schema: {
        tags: TAGS,
        summary: 'End a session, at once and wherever it is',
        params: z.object({ id: IdSchema }),
        response: { 204: z.null(), ...problems('access.sign_in_required', ...WRITE_PROBLEMS) },
      },
    },
    async (request, reply) => {
      const { personId } = await requests.requireSession(request);
      await signIn.revoke(personId, request.params.id);
      return reply.status(204).send(null);
    },
  );
}

function addSecrets(app: Api, { identity: { signIn, requests } }: SessionRoutesDeps): void {
  const own = ['access.sign_in_required', ...SIGN_IN] as const;
  app.put(
    '/me/password',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Change one’s password; every other session ends',
        body: z.object({ now: z.string().min(1).max(1000), next: z.string().min(1).max(1000) }),
        response: { 204: z.null(), ...problems('password.weak', ...own) },
      },
    },
    async (request, reply) => {
      const { now, next } = request.body;
      const cookies = await signIn.changePassword(headersOf(request), now, next);
      return setCookies(reply, cookies).status(204).send(null);
    },
  );
  app.post(
    '/me/code',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Set up a second factor (TOTP)',
        description: 'It counts once a code was confirmed. The backup codes are told once.',
        body: z.object({ password: z.string().min(1).max(1000) }),
        response: { 200: z.object({ uri: z.string(), backupCodes: z.array(z.string()) }), ...problems(...own) },
      },
    },
    async (request) => {
      await requests.requireSession(request);
      const { uri, backupCodes } = await signIn.enableCode(headersOf(request), request.body.password);
      return { uri, backupCodes: [...backupCodes] };
    },
  );
  app.put(
    '/me/code',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Confirm the second factor with its first code',
        body: CodeSchema,
        response: { 204: z.null(), ...problems(...own) },
      },
    },
    async (request, reply) => {
      await requests.requireSession(request);
      return setCookies(reply, await signIn.confirmCode(headersOf(request), request.body.code))
        .status(204)
        .send(null);
    },
  );
  app.delete(
    '/me/code',
    {
      config: SLOW,
      schema: {
        tags: TAGS,
        summary: 'Remove the second factor',
        body: z.object({ password: z.string().min(1).max(1000) }),
        response: { 204: z.null(), ...problems(...own) },
      },
    },
    async (request, reply) => {
      await requests.requireSession(request);
      await signIn.disableCode(headersOf(request), request.body.password);
      return reply.status(204).send(null);
    },
  );
}

/** Signing in and out, who one is, sessions and secrets of one's own. Under `/identity`. */
export function sessionRoutes(deps: SessionRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    for (const add of [addSignIn, addProviders, addMe, addSecrets]) add(app, deps);
  };
}

/** Where the routes have to stand for the provider's answer to find them. */
export const IDENTITY_PREFIX = AUTH_PATH.slice('/api/v1'.length, -'/sign-in'.length);
