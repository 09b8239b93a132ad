import { PassThrough } from 'node:stream';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems } from '../../http/answers.js';
import type { Requests } from '../../identity/requests.js';
import { requireEverywhere } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import { INSTALLATION_CHAIN } from '../audit/chain.js';
import { withWork } from '../context.js';
import { type BackupOptions, writeBackup } from './backup.js';

export interface BackupRoutesDeps extends Pick<Requests, 'requireActor'> {
  readonly audit: Audit;
  readonly options: () => BackupOptions;
}

/**
 * The backup of a running server, for the owner of the data folder and for who may make one of everything: it holds
 * every secret of the installation. That one was made is in the log of the installation.
 */
export function backupRoutes({ requireActor, audit, options }: BackupRoutesDeps): FastifyPluginAsyncZod {
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
        requireEverywhere(actor, 'backup.run');
        const made = options();
        await withWork(made.work.db, actor, async (trx) => {
          const subject = { kind: 'installation', id: INSTALLATION_CHAIN };
          audit.append(trx, { organizationId: INSTALLATION_CHAIN, action: 'backup.run', subject });
        });
        const stream = new PassThrough();
        // A failure ends the stream early; without its last entry the archive is known to be cut.
        writeBackup(made, stream).catch((error: Error) => {
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
