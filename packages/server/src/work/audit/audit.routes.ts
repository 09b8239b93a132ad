import { AuditEntrySchema, AuditQuestionSchema, AuditReportSchema, ErasureSchema, IdSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../../http/answers.js';
import type { Requests } from '../../identity/requests.js';
import type { AuditService } from './audit.service.js';

const ACCESS = ['access.sign_in_required', 'access.key_refused', 'access.denied'] as const;

/** The audit log: reading, checking, erasing personal values. */
export function auditRoutes(
  { requireActor }: Pick<Requests, 'requireActor'>,
  service: AuditService,
): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/audit',
      {
        schema: {
          tags: ['governance'],
          summary: 'Who did what, when, why; newest first',
          querystring: AuditQuestionSchema,
          response: {
            200: z.object({ total: z.number(), entries: z.array(AuditEntrySchema) }),
            ...problems(...ACCESS),
          },
        },
      },
      async (request) => service.list(await requireActor(request), request.query),
    );
    app.get(
      '/audit/verification',
      {
        schema: {
          tags: ['governance'],
          summary: 'Check the whole log against itself and its seals',
          response: { 200: AuditReportSchema, ...problems(...ACCESS) },
        },
      },
      async (request) => service.verify(await requireActor(request)),
    );
    app.get(
      '/audit/erasures',
      {
        schema: {
          tags: ['governance'],
          summary: 'The records of erasures, newest first, for who may erase',
          querystring: z.object({ limit: z.coerce.number().int().min(1).max(500).default(100) }),
          response: { 200: z.object({ erasures: z.array(ErasureSchema) }), ...problems(...ACCESS) },
        },
      },
      async (request) => ({ erasures: await service.erasures(await requireActor(request), request.query.limit) }),
    );
    app.post(
      '/audit/erasures',
      {
        schema: {
          tags: ['governance'],
          summary: 'Erase a person’s data from the log and every table; the erasure is an entry itself',
          body: z.object({ personId: IdSchema, why: z.string().trim().min(1).max(2000) }),
          response: {
            200: z.object({
              erased: z.number().int().describe('Values in the log'),
              tables: z.record(z.string(), z.number().int()).describe('Rows by table'),
            }),
            ...problems(...ACCESS, ...WRITE_PROBLEMS),
          },
        },
      },
      async (request) => {
        const { personId, why } = request.body;
        return service.erase(await requireActor(request), personId, why);
      },
    );
  };
}
