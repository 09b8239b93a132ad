import { QuanlianError } from '@quanlian/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Requests } from '../identity/requests.js';
import { reachOf } from '../work/actor.js';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True for routes that only read, although what they are asked comes as a body. */
    readsOnly?: boolean;
  }
}

const API = /^\/(?:api|3\.2)(?:[/?]|$)/;

/** Whether the actor may change what belongs to the whole installation, such as the corpus. */
function runsInstallation(actor: Awaited<ReturnType<Requests['requireActor']>>): boolean {
  const reach = reachOf(actor, 'job.manage');
  return reach === 'everything' || reach.organizations.length > 0;
}

/**
 * Where sign-in is required, reading the corpus needs somebody signed in, and writing to it somebody who runs the
 * installation. Routes that ask who it is themselves are left to it; the pages and the signs of life stay open.
 */
export function requireSignIn(app: FastifyInstance, { requireActor }: Pick<Requests, 'requireActor'>): void {
  app.addHook('preValidation', async (request: FastifyRequest) => {
    if (!API.test(request.url) || request.routeOptions.config.asksWho === true) return;
    const actor = await requireActor(request);
    const isReading = ['GET', 'HEAD'].includes(request.method) || request.routeOptions.config.readsOnly === true;
    if (isReading || runsInstallation(actor)) return;
    throw new QuanlianError('access.denied', 'Only the administrators of the platform change the corpus.');
  });
}
