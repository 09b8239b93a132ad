import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { caseRoutes } from '../../work/cases/cases.routes.js';
import { type CaseWork, createCaseWork } from '../../work/cases/compose.js';
import { type Law, loadLaw } from '../../work/cases/law.js';
import { ruleRoutes } from '../../work/cases/rules.routes.js';
import { createRulePages } from '../../work/cases/rules.service.js';
import type { WorkBase } from '../../work/work.js';
import { inspectionProcesses } from './inspection/inspection.js';
import { createPlanWork, type PlanWork } from './plan/plan.compose.js';
import { planRoutes } from './plan/plan.routes.js';
import { taskProcess } from './plan/task.process.js';
import { createProgramme, type Programme, programmeRoutes } from './programme.js';
import { createLearnerErasing } from './training/erasure.js';
import { defineTrainingReminders, type TrainingReminders } from './training/reminders.job.js';

/** Cases, and the governance of a programme on them. */
export interface Governance extends CaseWork, PlanWork, Programme {
  readonly base: WorkBase;
  readonly law: Law;
  readonly reminders: TrainingReminders;
}

/** Looking at deadlines is cheap when none has come. */
const DEADLINES_EVERY_MINUTES = 5;

function defineDeadlines({ jobs }: WorkBase, { deadlines }: CaseWork): void {
  jobs.define({
    name: 'case.deadlines',
    payload: z.object({ slot: z.string() }),
    schedule: { everyMinutes: DEADLINES_EVERY_MINUTES },
    async run() {
      const { failed } = await deadlines.run();
      const first = failed[0];
      // The others are done; the job's retry looks at those that failed again.
      if (first) throw new Error(`${failed.length} cases, the first being ${first.caseId}`, { cause: first.error });
    },
  });
}

/**
 * Puts the services together on the base. Throws `rules.invalid` and `process.invalid` when rules or processes cannot
 * be run by: the server does not start then. Call it before the jobs are started.
 */
export async function createGovernance(base: WorkBase, options: { readonly secret: Buffer }): Promise<Governance> {
  const { database, environment, audit, identity, notices, texts } = base;
  const law = await loadLaw();
  const { db } = database;
  const system = () => identity.actors.system('governance');
  const processes = [taskProcess, ...inspectionProcesses(environment)];
  const caseWork = createCaseWork({ db, environment, audit, law, processes, notices, texts, systemActor: system });
  defineDeadlines(base, caseWork);
  base.erasures.add(createLearnerErasing(environment));
  const { cases } = caseWork;
  const reminders = defineTrainingReminders({ ...base, db, law, system });
  return {
    base,
    law,
    reminders,
    ...caseWork,
    ...createPlanWork({ ...caseWork, environment, audit, law }),
    ...createProgramme({ db, environment, audit, cases, system, secret: options.secret }),
  };
}

/** Everything of the governance over HTTP. Under `/api/v1`, in the scope of the work's own routes. */
export async function registerGovernance(app: FastifyInstance, governance: Governance): Promise<void> {
  const { base, law, registry } = governance;
  const { environment, database } = base;
  const { requests } = base.identity;
  const deps = { ...governance, ...requests, environment, db: database.db, languageOf: base.settings.languageOf };
  await app.register(caseRoutes(deps));
  await app.register(ruleRoutes({ ...deps, rulePages: createRulePages({ law, registry, environment }) }));
  await app.register(planRoutes(deps));
  await app.register(programmeRoutes(deps));
}
