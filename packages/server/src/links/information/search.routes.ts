import { FACETS, QueryNodeSchema, SearchResultSchema, SORTS, SYNTAXES } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, flag, problems, repeatable } from '../../http/answers.js';
import { ProblemWithDetails } from '../../http/problem.js';
import type { QueryBudget } from '../../http/query-budget.js';
import type { SchemeStore } from './schemes/scheme.store.js';
import { costOfSearch, readQuestion, search } from './search.service.js';

const LONGEST_QUERY = 100_000;

/** The question part of a query string, the same for searching and exporting. */
export const QuestionParameters = {
  q: z.string().max(LONGEST_QUERY).default('').describe('The query; empty means every document'),
  syntax: z.enum(SYNTAXES).default('simple').describe('The query language'),
  filter: repeatable(z.string().max(500)).describe(
    'Repeatable, `name:value` with the name of a facet. Values of one name are alternatives; different names must all hold. The value `unknown` means that the sources do not say.',
  ),
};

const SearchParameters = z.object({
  ...QuestionParameters,
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

export function searchRoutes(deps: {
  backend: SearchBackend;
  budget: QueryBudget;
  schemes: SchemeStore;
}): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/search',
      {
        schema: {
          tags: ['information'],
          summary: 'Search the corpus: hits with passages, exact totals, facets',
          querystring: SearchParameters,
          response: {
            200: SearchAnswer,
            ...problems('query.invalid', 'query.unsupported', 'query.too_costly', 'cursor.invalid', 'cursor.expired'),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const parameters = request.query;
        if (parameters.offset !== undefined && parameters.cursor !== undefined) {
          const sentence = 'A page is named by offset or by cursor, not by both; leave one out.';
          throw new ProblemWithDetails('request.invalid', sentence, {}, 'cursor');
        }
        const { filtered, ...query } = readQuestion(parameters);
        deps.budget.take(request.ip, costOfSearch(filtered, parameters));
        const classScheme = await deps.schemes.classScheme(filtered);
        const result = await search(deps.backend, filtered, parameters, classScheme);
        return { ...result, query };
      },
    );
  };
}
