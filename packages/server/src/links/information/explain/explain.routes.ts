import { ExplanationSchema, MOST_SETS, SearchSetSchema } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import { costOf, type QueryBudget } from '../../../http/query-budget.js';
import { QuestionBody, QuestionParameters } from '../question.js';
import { type Question, readQuestion } from '../search.service.js';
import { explainQuestion } from './explain.service.js';

/** An explanation counts the parts of a query, their fields and what is left without each. */
const EXPLAIN_TIMES = 3;
const PROBLEMS = ['query.invalid', 'query.unsupported', 'query.too_costly'] as const;

export function explainRoutes(deps: { backend: SearchBackend; budget: QueryBudget }): FastifyPluginAsyncZod {
  const { backend, budget } = deps;

  async function explain(client: string, question: Question) {
    const read = readQuestion(question);
    budget.take(client, EXPLAIN_TIMES * costOf(read.filtered));
    return explainQuestion(backend, read);
  }

  const summary = 'Why a query finds what it finds: hits of every clause and field, and what empties the result';

  return async (app) => {
    app.get(
      '/explanation',
      {
        schema: {
          tags: ['information'],
          summary,
          querystring: z.object(QuestionParameters),
          response: { 200: ExplanationSchema, ...problems(...PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      (request) => explain(request.ip, request.query),
    );

    app.post(
      '/explanation',
      {
        schema: {
          tags: ['information'],
          summary: `${summary}; for long queries and those that stand on sets`,
          body: z.object({ ...QuestionBody, sets: z.array(SearchSetSchema).max(MOST_SETS).default([]) }),
          response: { 200: ExplanationSchema, ...problems(...PROBLEMS, ...WRITE_PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      (request) => explain(request.ip, request.body),
    );
  };
}
