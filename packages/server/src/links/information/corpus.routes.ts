import { readFile } from 'node:fs/promises';
import { CheckReportSchema, CorpusStatsSchema, QuanlianError } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { type DataFolder, inboxName } from '../../data-folder.js';
import { asJson, problems } from '../../http/answers.js';
import type { QueryBudget } from '../../http/query-budget.js';

const CorpusAnswer = CorpusStatsSchema.extend({
  demo: z.boolean().describe('True when the generated demo city is loaded'),
  inbox: z.string().describe('The folder whose files are loaded by themselves'),
}).meta({ id: 'CorpusAnswer' });

const CHECK_COST = 200;

export function corpusRoutes(deps: {
  backend: SearchBackend;
  folder: DataFolder;
  budget: QueryBudget;
}): FastifyPluginAsyncZod {
  const { backend, folder, budget } = deps;
  const readCity = () =>
    readFile(folder.city, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });

  return async (app) => {
    app.get(
      '/corpus',
      {
        schema: {
          tags: ['information'],
          summary: 'Counts of the whole corpus',
          response: { 200: CorpusAnswer, ...problems() },
        },
        serializerCompiler: asJson,
      },
      async () => {
        const [stats, city] = await Promise.all([backend.stats(), readCity()]);
        return { ...stats, demo: city !== undefined, inbox: inboxName(folder) };
      },
    );

    app.get(
      '/corpus/check',
      {
        schema: {
          tags: ['information'],
          summary: 'Read every file of the corpus and compare its checksum',
          response: { 200: CheckReportSchema, ...problems() },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        budget.take(request.ip, CHECK_COST);
        return backend.check();
      },
    );

    app.get(
      '/demo/city',
      {
        schema: {
          tags: ['information'],
          summary: 'The generated demo city, when it is loaded',
          response: { 200: z.record(z.string(), z.unknown()).meta({ id: 'City' }), ...problems('request.not_found') },
        },
        serializerCompiler: () => (data) => String(data),
      },
      async (_request, reply) => {
        const city = await readCity();
        if (city === undefined) {
          throw new QuanlianError('request.not_found', 'The demo city is not loaded in this data folder.');
        }
        // Written by the generator as JSON; passed on unread.
        reply.type('application/json; charset=utf-8');
        return city as unknown as Record<string, unknown>;
      },
    );
  };
}
