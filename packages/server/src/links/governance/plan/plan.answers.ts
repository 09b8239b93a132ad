import type { ErrorCode } from '@quanlian/contract';
import { z } from 'zod';
import { WRITE_PROBLEMS } from '../../../http/answers.js';
import type { Requests } from '../../../identity/requests.js';
import type { Settings } from '../../../identity/settings.js';
import type { CaseWork } from '../../../work/cases/compose.js';
import type { PlanWork } from './plan.compose.js';

/** What the routes of the plan stand on. */
export interface PlanRouteDeps
  extends PlanWork,
    Pick<CaseWork, 'cases' | 'caseViews'>,
    Pick<Requests, 'requireActor'>,
    Pick<Settings, 'languageOf'> {}

export const TAGS = ['governance'];
export const READ: readonly ErrorCode[] = ['access.sign_in_required', 'access.key_refused', 'plan.not_found'];
export const WRITE: readonly ErrorCode[] = [
  ...READ,
  'access.denied',
  'plan.refused',
  'plan.changed',
  ...WRITE_PROBLEMS,
];
export const ById = z.object({ id: z.uuid() });
