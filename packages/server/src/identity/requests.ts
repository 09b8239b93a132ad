import { QuanlianError } from '@quanlian/contract';
import { PERMISSIONS, type Permission } from '@quanlian/kernel';
import type { FastifyRequest } from 'fastify';
import { isToken } from '../http/security.js';
import { type Actor, reachOf } from '../work/actor.js';
import type { Actors } from './actors.js';
import { type ApiKeyService, KEY_MARK } from './api-keys.service.js';
import type { ShownKey } from './key-quotas.js';
import type { SignInService } from './sign-in.service.js';

/** Who sends a request. Found once for each request. */
export interface Requests {
  /** Undefined when nobody is signed in. Throws `access.key_refused` for a key that does not count. */
  actorOf(request: FastifyRequest): Promise<Actor | undefined>;
  /** The API key a request shows; undefined when it shows none. Throws `access.key_refused` for one that does not count. */
  keyOf(request: FastifyRequest): Promise<ShownKey | undefined>;
  /** Throws `access.sign_in_required` when nobody is signed in. */
  requireActor(request: FastifyRequest): Promise<Actor>;
  /** The person's session, for what only a person at the page does. */
  requireSession(request: FastifyRequest): Promise<{ id: string; personId: string }>;
}

const bearerOf = (request: FastifyRequest): string | undefined =>
  /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1];

/** Whether a text shown in place of the token is an API key. */
export const isApiKey = (shown: string): boolean => shown.startsWith(KEY_MARK);

/** The request's headers for the sign-in library; where the client is, is what the connection says. */
export function headersOf(request: FastifyRequest): Headers {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) {
    if (typeof value === 'string') headers.set(name, value);
    else for (const one of value ?? []) headers.append(name, one);
  }
  headers.set('x-quanlian-client', request.ip);
  return headers;
}

/** Permissions that reach anything at all. */
export const heldPermissions = (actor: Actor): Permission[] =>
  PERMISSIONS.filter((permission) => {
    const reach = reachOf(actor, permission);
    return reach === 'everything' || reach.organizations.length + reach.own.length + reach.assigned.length > 0;
  });

const signInRequired = () =>
  new QuanlianError('access.sign_in_required', 'Sign in first, or show an API key as “Authorization: Bearer …”.');

export function createRequests(deps: {
  readonly actors: Actors;
  readonly signIn: SignInService;
  readonly apiKeys: ApiKeyService;
  readonly token: string;
}): Requests {
  const { actors, signIn, apiKeys, token } = deps;
  const known = new WeakMap<FastifyRequest, Promise<Actor | undefined>>();
  const opened = new WeakMap<FastifyRequest, ReturnType<ApiKeyService['open']>>();
  const openKey = (request: FastifyRequest, shown: string): ReturnType<ApiKeyService['open']> => {
    const found = opened.get(request) ?? apiKeys.open(shown);
    opened.set(request, found);
    return found;
  };
  const find = async (request: FastifyRequest): Promise<Actor | undefined> => {
    const shown = bearerOf(request);
    if (shown && isApiKey(shown)) return (await openKey(request, shown)).actor;
    if (shown && isToken(shown, token)) return actors.system('owner of the data folder');
    const session = await signIn.session(headersOf(request));
    return session && actors.ofPerson(session.personId);
  };
  const actorOf = (request: FastifyRequest): Promise<Actor | undefined> => {
    const found = known.get(request) ?? find(request);
    known.set(request, found);
    return found;
  };
  return {
    actorOf,
    async keyOf(request) {
      const shown = bearerOf(request);
      return shown && isApiKey(shown) ? (await openKey(request, shown)).key : undefined;
    },
    async requireActor(request) {
      const actor = await actorOf(request);
      if (!actor) throw signInRequired();
      return actor;
    },
    async requireSession(request) {
      const session = await signIn.session(headersOf(request));
      if (!session || !(await actors.ofPerson(session.personId))) throw signInRequired();
      return session;
    },
  };
}
