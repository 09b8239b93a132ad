import {
  FACETS,
  QueryNodeSchema,
  SearchResultSchema,
  type SearchSet,
  SORTS,
  SYNTAXES,
  type Syntax,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, flag, problems, repeatable, WRITE_PROBLEMS } from '../../http/answers.js';
import { ProblemWithDetails } from '../../http/problem.js';
import type { QueryBudget } from '../../http/query-budget.js';
import { QuestionParameters, SearchBody, SetParameters } from './question.js';
import { costOfSearch, type Question, readQuestion, type SearchOptions, search } from './search.service.js';

const SearchParameters = z.object({
  ...QuestionParameters,
  ...SetParameters,
  sort: z.enum(SORTS).default('relevance'),
  limit: z.coerce.number().int().min(0).max(200).default(20),
  offset: z.coerce.number().int().min(0).optional().describe('Hits to skip; not together with cursor'),
  cursor: z.string().max(4000).optional().describe('Continues where an earlier answer ended'),
  facet: repeatable(z.enum(FACETS)).describe('Repeatable: facets to count over all hits'),
  facetSize: z.coerce.number().int().min(1).max(1000).default(20).describe('Values of each facet'),
  explain: flag.describe('Also count the hits of each clause'),
});

const SearchAnswer = SearchResultSchema.extend({
  query: z.object({ input: z.string(), syntax: z.enum(SYNTAXES), canonical: z.string(), ast: QueryNodeSchema }),
}).meta({ id: 'SearchAnswer' });

const PROBLEMS = [
  'query.invalid',
  'query.unsupported',
  'query.too_costly',
  'cursor.invalid',
  'cursor.expired',
] as const;

/** `S1=query` of a query string as a set in the language of the query. */
function readSet(text: string, syntax: Syntax): SearchSet {
  const equals = text.indexOf('=');
  return { name: text.slice(0, equals), text: text.slice(equals + 1), syntax };
}

export function searchRoutes(deps: { backend: SearchBackend; budget: QueryBudget }): FastifyPluginAsyncZod {
  async function answer(client: string, question: Question & SearchOptions) {
    if (question.offset !== undefined && question.cursor !== undefined) {
      const sentence = 'A page is named by offset or by cursor, not by both; leave one out.';
      throw new ProblemWithDetails('request.invalid', sentence, {}, 'cursor');
    }
    const { filtered, sort, ...query } = readQuestion(question);
    deps.budget.take(client, costOfSearch(filtered, question));
    const result = await search(deps.backend, filtered, { ...question, sort: sort ?? question.sort });
    return { ...result, query };
  }

  return async (app) => {
    app.get(
      '/search',
      {
        schema: {
          tags: ['information'],
          summary: 'Search the corpus: hits with passages, exact totals, facets',
          querystring: SearchParameters,
          response: { 200: SearchAnswer, ...problems(...PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      (request) => {
        const { set, ...question } = request.query;
        return answer(request.ip, { ...question, sets: set.map((text) => readSet(text, question.syntax)) });
      },
    );

    app.post(
      '/search',
      {
        schema: {
          tags: ['information'],
          summary: 'The same for long queries and those that combine sets of a history',
          body: SearchBody,
          response: { 200: SearchAnswer, ...problems(...PROBLEMS, ...WRITE_PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      (request) => answer(request.ip, request.body),
    );
  };
}
