import {
  COUNTABLE,
  type CountableName,
  DISTINCT,
  type FieldWeights,
  PartialDateSchema,
  QueryNodeSchema,
  SearchResultSchema,
  SORTS,
  SYNTAXES,
  WEIGHTED_FIELDS,
} from '@quanlian/contract';
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

const COUNTABLE_NAMES: readonly string[] = COUNTABLE;

const TableParameter = z
  .string()
  .refine(
    (text) => {
      const sides = text.split(':');
      return sides.length === 2 && sides.every((side) => COUNTABLE_NAMES.includes(side));
    },
    `a table is written rows:columns with two of the names ${COUNTABLE.join(', ')}`,
  )
  .transform((text) => {
    const [rows, columns] = text.split(':') as [CountableName, CountableName];
    return { rows, columns };
  });

const WeightParameter = z
  .string()
  .regex(
    new RegExp(`^(${WEIGHTED_FIELDS.join('|')}):\\d{1,3}(\\.\\d{1,3})?$`),
    `a weight is written field:number with one of the fields ${WEIGHTED_FIELDS.join(', ')}`,
  );

const weightsOf = (written: readonly string[]): FieldWeights | undefined =>
  written.length === 0
    ? undefined
    : Object.fromEntries(written.map((text) => text.split(':')).map(([field, weight]) => [field, Number(weight)]));

const SearchParameters = z.object({
  ...QuestionParameters,
  sort: z.enum(SORTS).default('relevance'),
  limit: z.coerce.number().int().min(0).max(200).default(20),
  offset: z.coerce.number().int().min(0).optional().describe('Hits to skip; not together with cursor'),
  cursor: z.string().max(4000).optional().describe('Continues where an earlier answer ended'),
  facet: repeatable(z.enum(COUNTABLE)).describe('Repeatable: facets to count over all hits'),
  facetSize: z.coerce.number().int().min(1).max(1000).default(20).describe('Values of each facet'),
  explain: flag.describe('Also count the hits of each clause'),
  table: repeatable(TableParameter).describe(
    'Repeatable, `rows:columns` with the names of two facets: their values crossed, counted over all hits.',
  ),
  tableSize: z.coerce.number().int().min(1).max(100).default(10).describe('Values of each side of a table'),
  distinct: repeatable(z.enum(DISTINCT)).describe('Repeatable: count the different families or owners of all hits'),
  collapse: z.enum(['family']).optional().describe('Show the first hit of each family only'),
  weight: repeatable(WeightParameter).describe(
    'Repeatable, `field:number`: how much occurrences in a field weigh in a search over the whole text; others weigh 1.',
  ),
  synonyms: flag.describe('Widen words and phrases with the synonym sets kept here'),
  asOf: PartialDateSchema.optional().describe(
    'The day whose legal status, family and owner count; today when left out',
  ),
});

const SearchAnswer = SearchResultSchema.extend({
  query: z.object({ input: z.string(), syntax: z.enum(SYNTAXES), canonical: z.string(), ast: QueryNodeSchema }),
}).meta({ id: 'SearchAnswer' });

interface Deps {
  readonly backend: SearchBackend;
  readonly budget: QueryBudget;
  readonly schemes: SchemeStore;
  /** The calendar day it is, `YYYY-MM-DD`. */
  readonly today: () => string;
}

export function searchRoutes(deps: Deps): FastifyPluginAsyncZod {
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
        const { table: tables, weight, asOf = deps.today(), ...rest } = parameters;
        const options = { ...rest, tables, weights: weightsOf(weight), asOf };
        deps.budget.take(request.ip, costOfSearch(filtered, options));
        const classScheme = await deps.schemes.classScheme(filtered);
        const result = await search(deps.backend, filtered, options, classScheme);
        return { ...result, query };
      },
    );
  };
}
