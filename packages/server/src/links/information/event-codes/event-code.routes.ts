import { EventCodeEditionSchema, EventCodeSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems } from '../../../http/answers.js';
import type { EventCodes } from './event-code.store.js';

/** The loaded lists of legal-event codes, and what they say of a code. */
export function eventCodeRoutes({ eventCodes }: { eventCodes: EventCodes }): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/event-codes',
      {
        schema: {
          tags: ['information'],
          summary: 'The loaded editions of the list of legal-event codes',
          response: {
            200: z.object({ editions: z.array(EventCodeEditionSchema) }).meta({ id: 'EventCodeEditions' }),
            ...problems(),
          },
        },
        serializerCompiler: asJson,
      },
      async () => ({ editions: await eventCodes.list() }),
    );

    app.get(
      '/event-codes/:office',
      {
        schema: {
          tags: ['information'],
          summary: 'What the legal-event codes of an office stand for, by the loaded list',
          params: z.object({ office: z.string().regex(/^[A-Za-z]{2}$/) }),
          querystring: z.object({
            edition: z.string().max(32).optional().describe('The edition; the current one when left out'),
            code: z.string().max(20).optional().describe('One code; all of the office when left out'),
          }),
          response: {
            200: z
              .object({ edition: z.string(), office: z.string(), codes: z.array(EventCodeSchema) })
              .meta({ id: 'EventCodeAnswer' }),
            ...problems('event_list.unknown'),
          },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        const office = request.params.office.toUpperCase();
        const wanted = request.query.code?.trim().toUpperCase();
        const { edition, codes } = await eventCodes.rows(request.query.edition);
        const found = codes.filter(
          (one) => one.office === office && (wanted === undefined || one.code.toUpperCase() === wanted),
        );
        return { edition, office, codes: found };
      },
    );
  };
}
