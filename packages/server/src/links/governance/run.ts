import { QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import {
  TABLE_FORMATS,
  TABLE_MEDIA_TYPES,
  type TableContent,
  type TableFormat,
  writeTable,
} from '@quanlian/formats/tables';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import type { Requests } from '../../identity/requests.js';
import { type Actor, allowedIds, reachOf } from '../../work/actor.js';
import type { WorkTransaction } from '../../work/connection.js';
import { withWork } from '../../work/context.js';

/** Makes the function that runs a use case for whoever sends the request, in one transaction. */
export function createRun({ db, requireActor }: Pick<Requests, 'requireActor'> & { readonly db: Kysely<WorkSchema> }) {
  return async <Result>(
    request: FastifyRequest,
    work: (trx: WorkTransaction, actor: Actor) => Promise<Result>,
  ): Promise<Result> => {
    const actor = await requireActor(request);
    return withWork(db, actor, (trx) => work(trx, actor));
  };
}
export type Run = ReturnType<typeof createRun>;

/** What every address that gives a table as a file takes. */
export const ExportQuery = {
  format: z.enum(TABLE_FORMATS).default('xlsx'),
  lang: z.enum(['zh', 'en']).default('en').describe('The language of the headings'),
};

/** How a file answers, for the description of the API. */
export const TABLE_ANSWER = {
  description: 'The table as a file',
  content: Object.fromEntries(
    TABLE_FORMATS.map((format) => [TABLE_MEDIA_TYPES[format].split(';')[0], { schema: z.string() }]),
  ),
};

/** Sends a table as a file to keep. */
export function sendTable(reply: FastifyReply, format: TableFormat, name: string, content: TableContent): FastifyReply {
  return reply
    .type(TABLE_MEDIA_TYPES[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .send(writeTable(format, content));
}

/** Rows of a table that may be taken along: reading them does not include that. */
export function exportable<Row extends { readonly organizationId: string }>(actor: Actor, rows: readonly Row[]): Row[] {
  const units = [...new Set(rows.map(({ organizationId }) => organizationId))];
  const items = units.map((id) => ({ id, organization: id }));
  const allowed = new Set(allowedIds(actor, 'export.run', items));
  return rows.filter(({ organizationId }) => allowed.has(organizationId));
}

/** Throws `access.denied` when nothing at all may be exported. */
export function requireExports(actor: Actor): void {
  const reach = reachOf(actor, 'export.run');
  if (reach === 'everything' || reach.organizations.length > 0) return;
  throw new QuanlianError('access.denied', 'Your roles do not include “export.run”.');
}
