import type { FastifyRequest } from 'fastify';
import { ProblemWithDetails } from '../../../http/problem.js';
import type { NamesView } from './merged-view.js';

/** The names that whoever asks takes for one; refuses when nobody is signed in. Undefined on a server without accounts. */
export type NamesOf = ((request: FastifyRequest) => Promise<NamesView>) | undefined;

/** The merged view that a request asks for. Refuses `access.sign_in_required`, because merges belong to organizations. */
export async function askedView(namesOf: NamesOf, request: FastifyRequest): Promise<NamesView> {
  if (namesOf !== undefined) return namesOf(request);
  throw new ProblemWithDetails(
    'access.sign_in_required',
    'Merged names belong to an organization; sign in.',
    {},
    'names',
  );
}
