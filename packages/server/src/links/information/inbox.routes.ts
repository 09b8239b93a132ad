import { InboxReportSchema, PutAwayFileSchema } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { asJson, problems, WRITE_PROBLEMS } from '../../http/answers.js';
import { readInbox, retryFromInbox } from './inbox.job.js';

const FILES_AT_ONCE = 1000;

/** The inbox folder: what stands in it, and reading files with failed records again. */
export function inboxRoutes(dir: string): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/inbox',
      {
        schema: {
          tags: ['information'],
          summary: 'The inbox folder: what waits, missing weeks, files with failed records',
          response: { 200: InboxReportSchema, ...problems() },
        },
        serializerCompiler: asJson,
      },
      async () => readInbox(dir),
    );

    app.post(
      '/inbox/retry',
      {
        schema: {
          tags: ['information'],
          summary: 'Read files with failed records again',
          description: 'The files go back into the inbox. What they gave before is recognized and stays once.',
          security: [{ token: [] }],
          body: z.object({ files: z.array(PutAwayFileSchema).min(1).max(FILES_AT_ONCE) }),
          response: { 200: InboxReportSchema, ...problems('inbox.not_found', 'inbox.name_taken', ...WRITE_PROBLEMS) },
        },
        serializerCompiler: asJson,
      },
      async (request) => {
        await retryFromInbox(dir, request.body.files);
        return readInbox(dir);
      },
    );
  };
}
