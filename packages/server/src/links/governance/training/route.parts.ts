import type { ErrorCode } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { WRITE_PROBLEMS } from '../../../http/answers.js';
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
