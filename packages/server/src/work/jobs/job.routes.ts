import { IdSchema, JOB_STATES, WorkJobSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Requests } from '../../identity/requests.js';
import type { JobService } from './job.service.js';

const TAGS = ['service'];
const READ = ['access.sign_in_required', 'access.key_refused', 'access.denied'] as const;
const ById = z.object({ id: IdSchema });
const answers = { 204: z.null(), ...problems('job.not_found', ...READ, ...WRITE_PROBLEMS) };

/** Work in the background. Under `/api/v1`. */
export function jobRoutes({ requireActor }: Pick<Requests, 'requireActor'>, jobs: JobService): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/jobs',
      {
        schema: {
          tags: TAGS,
          summary: 'Work in the background, newest first',
          querystring: z.object({
            state: z.enum(JOB_STATES).optional(),
            limit: z.coerce.number().int().min(1).max(500).default(100),
          }),
          response: { 200: z.object({ jobs: z.array(WorkJobSchema) }), ...problems(...READ) },
        },
      },
      async (request) => ({ jobs: await jobs.list(await requireActor(request), request.query) }),
    );
    app.delete(
      '/jobs/:id',
      { schema: { tags: TAGS, summary: 'Cancel a job', params: ById, response: answers } },
      async (request, reply) => {
        await jobs.cancel(await requireActor(request), request.params.id);
        return reply.status(204).send(null);
      },
    );
    app.post(
      '/jobs/:id/retry',
      { schema: { tags: TAGS, summary: 'Try a job again, now', params: ById, response: answers } },
      async (request, reply) => {
        await jobs.retry(await requireActor(request), request.params.id);
        return reply.status(204).send(null);
      },
    );
  };
}
