import { SchemeNameSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Synonyms } from './synonyms.service.js';

const Text = z
  .string()
  .max(1024 * 1024)
  .describe('A group a line: `battery = 电池`; `LIB => lithium ion battery` widens the first only; `#` begins a note');
const SynonymTextSchema = z
  .object({ name: z.string(), text: Text, groups: z.number().int() })
  .meta({ id: 'SynonymText' });
const Name = z.object({
  name: z
    .string()
    .min(1)
    .max(100)
    .refine((name) => name.trim() === name, 'a name neither begins nor ends with a blank'),
});

/** The synonym sets kept in the corpus; a search takes them with `synonyms=true`. */
export function synonymsRoutes(deps: { synonyms: Synonyms }): FastifyPluginAsyncZod {
  const { synonyms } = deps;
  return async (app) => {
    app.get(
      '/synonyms',
      {
        schema: {
          tags: ['information'],
          summary: 'The synonym sets kept here',
          response: { 200: z.object({ sets: z.array(SynonymTextSchema) }).meta({ id: 'SynonymSets' }), ...problems() },
        },
        serializerCompiler: asJson,
      },
      async () => {
        await synonyms.follow();
        return { sets: await synonyms.list() };
      },
    );

    app.put(
      '/synonyms/:name',
      {
        schema: {
          tags: ['information'],
          summary: 'Keep a synonym set, in the place of the one of this name',
          security: [{ token: [] }],
          params: Name,
          body: z.object({ text: Text }),
          response: { 200: SynonymTextSchema, ...problems('corpus.corrupt', 'corpus.disk_full', ...WRITE_PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => synonyms.put(request.params.name, request.body.text),
    );

    app.post(
      '/synonyms',
      {
        schema: {
          tags: ['information'],
          summary: 'Keep the bilingual titles of a loaded classification scheme as a synonym set of its name',
          security: [{ token: [] }],
          body: z.object({ scheme: SchemeNameSchema }),
          response: {
            200: SynonymTextSchema,
            ...problems('scheme.unknown', 'corpus.corrupt', 'corpus.disk_full', ...WRITE_PROBLEMS),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => synonyms.seed(request.body.scheme),
    );

    app.delete(
      '/synonyms/:name',
      {
        schema: {
          tags: ['information'],
          summary: 'Take a synonym set away',
          security: [{ token: [] }],
          params: Name,
          response: {
            204: z.null().describe('It is gone'),
            ...problems('request.not_found', 'corpus.corrupt', 'corpus.disk_full', ...WRITE_PROBLEMS),
          },
        },
      },
      async (request, reply) => {
        await synonyms.remove(request.params.name);
        return reply.status(204).send(null);
      },
    );
  };
}
