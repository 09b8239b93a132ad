import {
  COUNTABLE,
  type CountableName,
  DISTINCT,
  type FieldWeights,
  NAME_VIEWS,
  PartialDateSchema,
  QueryNodeSchema,
  SearchResultSchema,
  type SearchSet,
  SORTS,
  SYNTAXES,
  type Syntax,
  WEIGHTED_FIELDS,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, flag, flagOn, problems, repeatable, WRITE_PROBLEMS } from '../../http/answers.js';
import { ProblemWithDetails } from '../../http/problem.js';
import type { QueryBudget } from '../../http/query-budget.js';
import { askedView, type NamesOf } from './names/asked-view.js';
import {
  ABOUT_SCHEME,
  QuestionParameters,
  SchemeVersionText,
  SearchBody,
  SetParameters,
  versionsOf,
} from './question.js';
import type { SchemeStore } from './schemes/scheme.store.js';
import { costOfSearch, type Question, readQuestion, type SearchOptions, search } from './search.service.js';

type NameView = (typeof NAME_VIEWS)[number];

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
  ...SetParameters,
  sort: z.enum(SORTS).default('relevance'),
  limit: z.coerce.number().int().min(0).max(200).default(20),
  offset: z.coerce.number().int().min(0).optional().describe('Hits to skip; not together with cursor'),
  cursor: z.string().max(4000).optional().describe('Continues where an earlier answer ended'),
  facet: repeatable(z.enum(COUNTABLE)).describe('Repeatable: facets to count over all hits'),
  facetSize: z.coerce.number().int().min(1).max(1000).default(20).describe('Values of each facet'),
  explain: flag.describe('Also count the hits of each clause'),
  highlight: flagOn.describe(
    '`false`: hits without passages, for programs that show none; that takes a good part of the time of an answer',
  ),
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
  scheme: repeatable(SchemeVersionText).describe(ABOUT_SCHEME),
  names: z
    .enum(NAME_VIEWS)
    .default('raw')
    .describe('Names as sources give them, or with the merges of one’s organization (signed in)'),
  asOf: PartialDateSchema.optional().describe(
    'The day whose legal status, family and owner count; today when left out',
  ),
});

const SearchAnswer = SearchResultSchema.extend({
  query: z.object({ input: z.string(), syntax: z.enum(SYNTAXES), canonical: z.string(), ast: QueryNodeSchema }),
}).meta({ id: 'SearchAnswer' });

interface Deps {
  readonly backend: SearchBackend;
  readonly schemes: SchemeStore;
  readonly budget: QueryBudget;
  /** The calendar day it is, `YYYY-MM-DD`. */
  readonly today: () => string;
  /** The names that whoever asks takes for one; refuses when nobody is signed in. */
  readonly namesOf?: NamesOf;
}

const PROBLEMS = [
  'query.invalid',
  'query.unsupported',
  'query.too_costly',
  'cursor.invalid',
  'cursor.expired',
  'scheme.unknown',
  'access.sign_in_required',
] as const;

/** `S1=query` of a query string as a set in the language of the query. */
function readSet(text: string, syntax: Syntax): SearchSet {
  const equals = text.indexOf('=');
  return { name: text.slice(0, equals), text: text.slice(equals + 1), syntax };
}

export function searchRoutes(deps: Deps): FastifyPluginAsyncZod {
  async function answer(
    request: FastifyRequest,
    question: Question & SearchOptions & { names?: NameView },
    scheme: readonly string[] = [],
  ) {
    if (question.offset !== undefined && question.cursor !== undefined) {
      const sentence = 'A page is named by offset or by cursor, not by both; leave one out.';
      throw new ProblemWithDetails('request.invalid', sentence, {}, 'cursor');
    }
    const { filtered, sort, ...query } = readQuestion(question);
    const options = { ...question, sort: sort ?? question.sort, asOf: question.asOf ?? deps.today() };
    const view = question.names === 'merged' ? await askedView(deps.namesOf, request) : undefined;
    // Every group of names is counted by a search of its own.
    const counted = options.facet.length + (options.distinct?.length ?? 0) + 2 * (options.tables?.length ?? 0);
    const times = view === undefined ? 1 : 1 + view.groups.length * counted;
    deps.budget.take(request.ip, costOfSearch(filtered, options) * times);
    const classScheme = scheme.length > 0 ? await deps.schemes.classScheme(filtered, versionsOf(scheme)) : undefined;
    const result = await search(deps.backend, filtered, options, { view, classScheme });
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
        const { set, table: tables, weight, scheme, ...question } = request.query;
        const sets = set.map((text) => readSet(text, question.syntax));
        return answer(request, { ...question, sets, tables, weights: weightsOf(weight) }, scheme);
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
      (request) => {
        const { scheme, ...question } = request.body;
        return answer(request, question, scheme);
      },
    );
  };
}
