import { ClassSuggestionsSchema, QuanlianError, QueryNodeSchema } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import { costOf, type QueryBudget } from '../../../http/query-budget.js';
import { QuestionBody } from '../question.js';
import type { SchemeStore } from '../schemes/scheme.store.js';
import { readQuestion } from '../search.service.js';
import { suggestClasses } from './suggest.service.js';

const SUGGEST_COST = 100;
/** A pasted text may be a whole description. */
const LONGEST_TEXT = 200_000;
const BODY_BYTES = 1024 * 1024;

/** Classes for a text from the documents that are here. */
export function classSuggestionRoutes(deps: {
  backend: SearchBackend;
  schemes: SchemeStore;
  budget: QueryBudget;
}): FastifyPluginAsyncZod {
  const { backend, schemes, budget } = deps;
  return async (app) => {
    app.post(
      '/class-suggestions',
      {
        bodyLimit: BODY_BYTES,
        config: { readsOnly: true },
        schema: {
          tags: ['information'],
          summary: 'Classes for a text, with the similar documents and words that speak for each',
          body: z.object({
            text: z.string().min(1).max(LONGEST_TEXT),
            limit: z.number().int().min(1).max(50).default(10),
            q: QuestionBody.q.describe('Only documents that this query finds have a say; empty means every document'),
            syntax: QuestionBody.syntax,
            filter: QuestionBody.filter,
          }),
          response: {
            200: ClassSuggestionsSchema.meta({ id: 'ClassSuggestions' }),
            ...problems('query.invalid', ...WRITE_PROBLEMS),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const { text, limit } = request.body;
        if (text.trim() === '') {
          throw new QuanlianError('request.invalid', 'The text is empty; paste some sentences.', { path: 'text' });
        }
        const { filtered } = readQuestion(request.body);
        const within = filtered.op === 'all' ? undefined : QueryNodeSchema.parse(filtered);
        budget.take(request.ip, SUGGEST_COST + (within ? costOf(within) : 0));
        return suggestClasses(backend, schemes, { text, limit, within });
      },
    );
  };
}
