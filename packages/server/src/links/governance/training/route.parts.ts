import { type ErrorCode, QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import { TABLE_LIMITS } from '@quanlian/formats/tables';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { WRITE_PROBLEMS } from '../../../http/answers.js';
import type { Api } from '../../../http/api.js';
import type { Requests } from '../../../identity/requests.js';
import type { Environment } from '../../../work/environment.js';
import type { Training } from './training.js';

export interface TrainingRoutesDeps extends Pick<Requests, 'requireActor'> {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Pick<Environment, 'now'>;
  readonly training: Training;
}

export const TAGS = ['governance'];
export const READ: readonly ErrorCode[] = ['access.sign_in_required', 'access.key_refused', 'access.denied'];
export const WRITE: readonly ErrorCode[] = [...READ, ...WRITE_PROBLEMS];
export const ById = z.object({ id: z.uuid() });
export const Day = z.iso.date();
export const Page = {
  limit: z.coerce.number().int().min(1).max(500).default(100),
  offset: z.coerce.number().int().min(0).default(0),
};

export const FILE_TYPE = 'application/octet-stream';

/** Lets routes of this scope take a table as a file; what is larger than a table may be is refused while it comes. */
export function takesTables(app: Api): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(FILE_TYPE, { parseAs: 'buffer', bodyLimit: TABLE_LIMITS.bytes }, (_request, body, done) =>
    done(null, body),
  );
}

/** The file of a request. */
export function tableOf(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw new QuanlianError('request.invalid', `Send the file itself as the body, with the content type ${FILE_TYPE}.`);
}

export const FileBody = z.unknown().meta({ type: 'string', format: 'binary' });
