import { QuanlianError, QueryNodeSchema, SimilarResultSchema, SuggestionSchema, SYNTAXES } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Api } from '../../http/api.js';
import { costOf, type QueryBudget } from '../../http/query-budget.js';
import { findDocument } from './document.service.js';
import { QuestionParameters } from './question.js';
import { readQuestion } from './search.service.js';

interface Deps {
  readonly backend: SearchBackend;
  readonly budget: QueryBudget;
}

/** A suggestion reads a stretch of the dictionary; likeness looks for some twenty-five words in all texts. */
const SUGGEST_COST = 10;
const SIMILAR_COST = 75;
/** A pasted text may be a whole description. */
const LONGEST_TEXT = 200_000;
const BODY_BYTES = 1024 * 1024;

const Limit = z.coerce.number().int().min(1).max(100).default(10);
const Within = {
  q: QuestionParameters.q.describe('Only documents that this query finds; empty means every document'),
  syntax: z.enum(SYNTAXES).default('simple').describe('The query language'),
  filter: QuestionParameters.filter,
};
const NOTHING_ASKED = 'all';

function addSuggestions(app: Api, { backend, budget }: Deps): void {
  app.get(
    '/suggestions',
    {
      schema: {
        tags: ['information'],
        summary: 'What may be meant by something half typed, with how many documents have it',
        querystring: z.object({
          text: z.string().min(1).max(200).describe('The beginning of a word, a name or a class symbol'),
          field: z
            .string()
            .max(50)
            .default('text')
            .describe(
              'A text field for words, `applicant` or `inventor` for names, `class`, `ipc` or `cpc` for symbols',
            ),
          limit: Limit,
        }),
        response: {
          200: z.object({ suggestions: z.array(SuggestionSchema) }).meta({ id: 'Suggestions' }),
          ...problems('query.invalid', 'query.unsupported'),
        },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      budget.take(request.ip, SUGGEST_COST);
      return { suggestions: await backend.suggest(request.query) };
    },
  );
}

/** The query that narrows the answer; undefined when nothing was asked. */
function narrowing(question: Parameters<typeof readQuestion>[0]) {
  const { filtered } = readQuestion(question);
  return filtered.op === NOTHING_ASKED ? undefined : QueryNodeSchema.parse(filtered);
}

function addSimilar(app: Api, { backend, budget }: Deps): void {
  const found = { 200: SimilarResultSchema.meta({ id: 'SimilarResult' }) };
  app.get(
    '/publications/:id/similar',
    {
      schema: {
        tags: ['information'],
        summary: 'Documents like this one, with the terms, classes and citations that make them so',
        params: z.object({ id: z.string().min(1).max(100) }),
        querystring: z.object({ ...Within, limit: Limit }),
        response: { ...found, ...problems('query.invalid', 'document.not_found', 'document.ambiguous') },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      const within = narrowing(request.query);
      budget.take(request.ip, SIMILAR_COST + (within ? costOf(within) : 0));
      const { id } = await findDocument(backend, request.params.id);
      return backend.similar({ id, limit: request.query.limit, within });
    },
  );

  app.post(
    '/similar',
    {
      bodyLimit: BODY_BYTES,
      config: { readsOnly: true },
      schema: {
        tags: ['information'],
        summary: 'Documents like a text, with the terms that make them so',
        body: z.object({ ...Within, text: z.string().min(1).max(LONGEST_TEXT), limit: Limit }),
        response: { ...found, ...problems('query.invalid', ...WRITE_PROBLEMS) },
      },
      serializerCompiler: asJson,
    },
    async (request) => {
      const { text, limit } = request.body;
      if (text.trim() === '') {
        throw new QuanlianError('request.invalid', 'The text is empty; paste some sentences.', { path: 'text' });
      }
      const within = narrowing(request.body);
      budget.take(request.ip, SIMILAR_COST + (within ? costOf(within) : 0));
      return backend.similar({ text, limit, within });
    },
  );
}

/** What helps to find the right question: suggestions while typing, and documents like one or like a text. */
export function likenessRoutes(deps: Deps): FastifyPluginAsyncZod {
  return async (app) => {
    addSuggestions(app, deps);
    addSimilar(app, deps);
  };
}
