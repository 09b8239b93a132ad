import type { Audit } from '../../../work/audit/audit.js';
import type { CaseProcess } from '../../../work/cases/case-process.js';
import type { Cases } from '../../../work/cases/cases.service.js';
import type { Environment } from '../../../work/environment.js';
import { type ChecklistService, createChecklists } from './checklist.service.js';
import { INSPECTION_PROCESS, rectificationProcess } from './inspection.process.js';
import { createInspections, type InspectionService } from './inspection.service.js';
import { createInspectionOverviews, type InspectionOverviews } from './overview.service.js';

/** Everything of inspections, each call in the caller's transaction. */
export interface InspectionWork {
  readonly checklists: ChecklistService;
  readonly inspections: InspectionService;
  readonly overviews: InspectionOverviews;
}

/** The processes that inspections run by, for the registry. */
export const inspectionProcesses = (environment: Pick<Environment, 'now'>): CaseProcess[] => [
  INSPECTION_PROCESS,
  rectificationProcess(environment),
];

export function createInspectionWork(deps: {
  readonly environment: Environment;
  readonly audit: Audit;
  readonly cases: Cases;
}): InspectionWork {
  const checklists = createChecklists(deps);
  return {
    checklists,
    inspections: createInspections({ ...deps, checklists }),
    overviews: createInspectionOverviews(),
  };
}
