import { createDashboards, type Dashboards } from './dashboard.service.js';
import { createDefinitions, type Definitions } from './definitions.service.js';
import type { PlanDeps } from './plan.deps.js';
import { createPlans, type Plans } from './plan.service.js';
import { createReports, type Reports } from './report.service.js';
import { createPlanTasks, type PlanTasks } from './tasks.service.js';
import { createValues, type Values } from './values.service.js';

/** The services of the outline and the plans. */
export interface PlanWork {
  readonly plans: Plans;
  readonly definitions: Definitions;
  readonly values: Values;
  readonly planTasks: PlanTasks;
  readonly dashboards: Dashboards;
  readonly reports: Reports;
}

export function createPlanWork(deps: PlanDeps): PlanWork {
  const dashboards = createDashboards(deps);
  return {
    plans: createPlans(deps),
    definitions: createDefinitions(deps),
    values: createValues(deps),
    planTasks: createPlanTasks(deps),
    dashboards,
    reports: createReports(deps, dashboards),
  };
}
