import { PassThrough } from 'node:stream';
import { QuanlianError } from '@quanlian/contract';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../http/answers.js';
import type { Requests } from '../../identity/requests.js';
import { type BackupOptions, writeBackup } from './backup.js';

/** The backup of a running server, for the owner of the data folder alone: it holds every secret of the installation. */
export function backupRoutes(
  { requireActor }: Pick<Requests, 'requireActor'>,
  options: () => BackupOptions,
): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/backup',
      {
        schema: {
          tags: ['operation'],
          summary: 'One archive of the corpus, the work database and all files',
          security: [{ token: [] }],
          response: {
            200: { description: 'tar, gzip', content: { 'application/gzip': { schema: z.unknown() } } },
            ...problems('access.sign_in_required', 'access.denied'),
          },
        },
      },
      async (request, reply) => {
        const actor = await requireActor(request);
        if (actor.kind !== 'system')
          throw new QuanlianError(
            'access.denied',
            'A backup is made with the token of the data folder: “quanlian backup FILE”.',
          );
        const stream = new PassThrough();
        // A failure ends the stream early; without its last entry the archive is known to be cut.
        writeBackup(options(), stream).catch((error: Error) => {
          request.log.error({ err: error }, 'backup failed');
          stream.destroy(error);
        });
        return reply
          .header('content-type', 'application/gzip')
          .header('content-disposition', 'attachment; filename="quanlian-backup.tar.gz"')
          .send(stream as never);
      },
    );
  };
}
