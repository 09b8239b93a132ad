import type { CorpusState } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Metrics } from './metrics.js';

const Ready = z.object({ ready: z.boolean(), corpus: z.boolean(), database: z.boolean() }).meta({ id: 'Readiness' });

/** What tells an operator's tools how the server is. */
export function healthRoutes(deps: {
  corpus: () => Promise<CorpusState>;
  database: () => Promise<void>;
  metrics: Metrics;
}): FastifyPluginAsyncZod {
  const works = (check: Promise<unknown>) =>
    check.then(
      () => true,
      () => false,
    );
  return async (app) => {
    app.get(
      '/healthz',
      {
        schema: {
          tags: ['operation'],
          summary: 'Whether the process answers',
          response: { 200: z.object({ status: z.literal('ok') }) },
        },
      },
      async () => ({ status: 'ok' as const }),
    );

    app.get(
      '/readyz',
      {
        schema: {
          tags: ['operation'],
          summary: 'Whether the corpus and the work database answer',
          response: { 200: Ready, 503: Ready },
        },
      },
      async (_request, reply) => {
        const [corpus, database] = await Promise.all([works(deps.corpus()), works(deps.database())]);
        return reply.status(corpus && database ? 200 : 503).send({ ready: corpus && database, corpus, database });
      },
    );

    app.get(
      '/metrics',
      {
        schema: {
          tags: ['operation'],
          summary: 'Measurements in the Prometheus text format',
          response: { 200: { description: 'Measurements', content: { 'text/plain': { schema: z.string() } } } },
        },
      },
      async (_request, reply) => {
        reply.type(deps.metrics.contentType);
        return reply.serializer(String).send(await deps.metrics.text(await deps.corpus()));
      },
    );
  };
}
