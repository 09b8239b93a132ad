import { ClassAnswerSchema, NumberAnswerSchema, ParsedQuerySchema, SYNTAXES } from '@quanlian/contract';
import { parseQuery, readClass, readNumber } from '@quanlian/kernel';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems } from '../../http/answers.js';

const Text = z.object({ text: z.string().max(1000) });

/** What a text means, without asking the corpus: a number, a class symbol, a query. */
export const lookupRoutes: FastifyPluginAsyncZod = async (app) => {
  app.get(
    '/numbers',
    {
      schema: {
        tags: ['information'],
        summary: 'Every reading of a patent number',
        querystring: Text,
        response: { 200: NumberAnswerSchema.meta({ id: 'NumberAnswer' }), ...problems() },
      },
      serializerCompiler: asJson,
    },
    async (request) => readNumber(request.query.text),
  );

  app.get(
    '/classes',
    {
      schema: {
        tags: ['information'],
        summary: 'The parts of a classification symbol',
        querystring: Text,
        response: { 200: ClassAnswerSchema.meta({ id: 'ClassAnswer' }), ...problems() },
      },
      serializerCompiler: asJson,
    },
    async (request) => readClass(request.query.text),
  );

  app.get(
    '/query',
    {
      schema: {
        tags: ['information'],
        summary: 'Read a query into its tree, with the place of every error',
        querystring: z.object({ text: z.string().max(100_000), syntax: z.enum(SYNTAXES).default('simple') }),
        response: { 200: ParsedQuerySchema.meta({ id: 'ParsedQuery' }), ...problems() },
      },
      serializerCompiler: asJson,
    },
    async (request) => parseQuery(request.query.text, request.query.syntax),
  );
};
