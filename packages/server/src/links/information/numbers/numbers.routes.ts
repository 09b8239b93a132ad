import { ListedNumberSchema, MOST_NUMBERS, QuanlianError } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { TABLE_FORMATS, TABLE_MEDIA_TYPES, writeTable } from '@quanlian/formats/tables';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../../http/answers.js';
import type { QueryBudget } from '../../../http/query-budget.js';
import { listNumbers, numberHeadings, numberRows, splitNumbers } from './numbers.service.js';

const LONGEST_LIST = 1_000_000;
const COST_EACH = 2;

const List = z.object({
  text: z.string().max(LONGEST_LIST).describe('Numbers, one a line or parted by tabs, semicolons or 、'),
});

export function numbersRoutes(deps: { backend: SearchBackend; budget: QueryBudget }): FastifyPluginAsyncZod {
  const { backend, budget } = deps;

  function read(client: string, text: string): string[] {
    const numbers = splitNumbers(text);
    if (numbers.length > MOST_NUMBERS) {
      const sentence = `The list has ${numbers.length} numbers; ${MOST_NUMBERS} are taken at once. Split it.`;
      throw new QuanlianError('request.invalid', sentence, { path: 'text' });
    }
    // A list costs at most what one query may; the number of lists is bounded by the allowance.
    budget.take(client, Math.min(2000, numbers.length * COST_EACH));
    return numbers;
  }

  return async (app) => {
    app.post(
      '/numbers',
      {
        schema: {
          tags: ['information'],
          summary: 'Every reading of each number of a list, and the documents here that have it',
          body: List,
          response: { 200: z.object({ numbers: z.array(ListedNumberSchema) }), ...problems(...WRITE_PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const numbers = [];
        for await (const number of listNumbers(backend, read(request.ip, request.body.text))) numbers.push(number);
        return { numbers };
      },
    );

    app.post(
      '/numbers/report',
      {
        schema: {
          tags: ['information'],
          summary: 'The same as a table: one row for each reading',
          body: List.extend({
            format: z.enum(TABLE_FORMATS).default('csv'),
            lang: z.enum(['zh', 'en']).default('en').describe('The language of the headings'),
          }),
          response: {
            200: {
              description: 'The table as a file',
              content: Object.fromEntries(
                TABLE_FORMATS.map((format) => [TABLE_MEDIA_TYPES[format].split(';')[0], { schema: z.string() }]),
              ),
            },
            ...problems(...WRITE_PROBLEMS),
          },
        },
      },
      async (request, reply) => {
        const { format, lang, text } = request.body;
        const rows = numberRows(listNumbers(backend, read(request.ip, text)));
        const table = writeTable(format, { sheet: 'numbers', headings: numberHeadings(lang), rows });
        return reply
          .type(TABLE_MEDIA_TYPES[format])
          .header('content-disposition', `attachment; filename="quanlian-numbers.${format}"`)
          .send(table as never);
      },
    );
  };
}
