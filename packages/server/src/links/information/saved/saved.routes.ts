import { IdSchema, NewSavedQuerySchema, SavedQuerySchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import type { Requests } from '../../../identity/requests.js';
import type { SavedQueries } from './saved.service.js';

interface Deps extends Pick<Requests, 'requireActor'> {
  readonly saved: SavedQueries;
}

const TAGS = ['information'];
const READ = ['access.sign_in_required', 'access.key_refused'] as const;
const WRITE = [...READ, ...WRITE_PROBLEMS] as const;

/** One's saved queries. Under `/api/v1`. */
export function savedQueryRoutes({ requireActor, saved }: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/saved-queries',
      {
        schema: {
          tags: TAGS,
          summary: 'One’s saved queries, newest first',
          response: { 200: z.object({ queries: z.array(SavedQuerySchema) }), ...problems(...READ) },
        },
      },
      async (request) => ({ queries: await saved.list(await requireActor(request)) }),
    );
    app.post(
      '/saved-queries',
      {
        schema: {
          tags: TAGS,
          summary: 'Save a query under a name; one of that name is replaced',
          body: NewSavedQuerySchema,
          response: { 201: SavedQuerySchema, ...problems(...WRITE) },
        },
      },
      async (request, reply) => reply.status(201).send(await saved.save(await requireActor(request), request.body)),
    );
    app.delete(
      '/saved-queries/:id',
      {
        schema: {
          tags: TAGS,
          summary: 'Delete a saved query',
          params: z.object({ id: IdSchema }),
          response: { 204: z.null(), ...problems('saved_query.not_found', ...WRITE) },
        },
      },
      async (request, reply) => {
        await saved.remove(await requireActor(request), request.params.id);
        return reply.status(204).send(null);
      },
    );
  };
}
