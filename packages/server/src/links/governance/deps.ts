import type { Audit } from '../../work/audit/audit.js';
import type { Environment } from '../../work/environment.js';

/** What a use case that writes stands on: time, ids, and the log of who did what. */
export interface Deps {
  readonly environment: Environment;
  readonly audit: Audit;
}
