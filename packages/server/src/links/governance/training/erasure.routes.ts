import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../../http/answers.js';
import { ById, TAGS, type TrainingRoutesDeps, WRITE } from './route.parts.js';

/** Forgetting people on a roster who have no account. */
export function erasureRoutes({ requireActor, training }: TrainingRoutesDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/training/learners/:id/erasure',
      {
        schema: {
          tags: TAGS,
          summary: 'Erase the name, address and number of somebody on a roster; what counts stays',
          params: ById,
          body: z.object({ why: z.string().trim().min(1).max(2000) }),
          response: {
            200: z.object({ tables: z.record(z.string(), z.number().int()) }),
            ...problems('training.not_found', 'training.refused', ...WRITE),
          },
        },
      },
      async (request) => ({
        tables: await training.erasure.erase(await requireActor(request), request.params.id, request.body.why),
      }),
    );
  };
}
