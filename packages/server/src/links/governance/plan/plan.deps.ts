import type { Audit } from '../../../work/audit/audit.js';
import type { CaseWork } from '../../../work/cases/compose.js';
import type { Law } from '../../../work/cases/law.js';
import type { Environment } from '../../../work/environment.js';

/** What the services of the plan stand on. */
export interface PlanDeps extends Pick<CaseWork, 'cases' | 'caseLists' | 'ruleUses'> {
  readonly environment: Environment;
  readonly audit: Audit;
  readonly law: Law;
}
