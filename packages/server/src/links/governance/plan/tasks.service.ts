import type { NewPlanTask } from '@quanlian/contract';
import { addDays } from '@quanlian/kernel';
import type { Actor } from '../../../work/actor.js';
import { requireIn } from '../../../work/actor.js';
import type { StoredCase } from '../../../work/cases/stored-case.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { planNotFound, planRefused, readPlan, requireUnit } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { MEASURE_KIND, TASK_PROCESS } from './task.process.js';

/** Tasks of measures. What happens to them afterwards are steps of their cases. */
export interface PlanTasks {
  /** The dispatching organization is the plan's own, the leading one the unit that does it. */
  create(trx: WorkTransaction, actor: Actor, parts: NewPlanTask): Promise<StoredCase>;
  dispatch(trx: WorkTransaction, actor: Actor, id: string, expectedVersion: number): Promise<StoredCase>;
  postpone(
    trx: WorkTransaction,
    actor: Actor,
    id: string,
    parts: { readonly dueOn: string; readonly reason: string; readonly expectedVersion: number },
  ): Promise<StoredCase>;
}

const dueFields = (dueOn: string) => ({ dueOn, clockFrom: addDays(dueOn, -1) });

async function create({ cases }: PlanDeps, trx: WorkTransaction, actor: Actor, parts: NewPlanTask) {
  const measure = await trx
    .selectFrom('plan_measure')
    .select(['plan_id', 'state'])
    .where('id', '=', parts.measureId)
    .executeTakeFirst();
  if (!measure) throw planNotFound();
  const plan = await readPlan(trx, actor, measure.plan_id);
  requireIn(actor, 'task.dispatch', plan.organization_id);
  requireUnit(actor, plan, parts.organizationId);
  if (plan.state !== 'adopted') throw planRefused('Tasks are given out while the plan is in force.');
  if (measure.state === 'dropped') throw planRefused('The measure was dropped.');
  const stored = await cases.open(trx, actor, {
    process: TASK_PROCESS,
    organizationId: parts.organizationId,
    title: parts.title,
    subject: { kind: MEASURE_KIND, id: parts.measureId },
    fields: { deliverable: parts.deliverable, dueOn: parts.dueOn },
    parties: {
      dispatcher: [plan.organization_id],
      lead: [parts.organizationId],
      ...(parts.handlers ? { handler: parts.handlers } : {}),
    },
  });
  await trx
    .insertInto('plan_task')
    .values({ case_id: stored.id, plan_id: measure.plan_id, measure_id: parts.measureId })
    .execute();
  return parts.dispatch ? dispatch(cases, trx, actor, stored.id, stored.snapshot.version) : stored;
}

async function dispatch(
  cases: PlanDeps['cases'],
  trx: WorkTransaction,
  actor: Actor,
  id: string,
  expectedVersion: number,
): Promise<StoredCase> {
  const { snapshot } = await cases.find(trx, actor, id);
  const dueOn = String(snapshot.fields['dueOn'] ?? '');
  const fields = { deliverable: String(snapshot.fields['deliverable'] ?? ''), ...dueFields(dueOn) };
  return cases.transition(trx, actor, id, { transition: 'dispatch', expectedVersion, fields });
}

export function createPlanTasks(deps: PlanDeps): PlanTasks {
  const { cases } = deps;
  return {
    create: (trx, actor, parts) => create(deps, trx, actor, parts),
    dispatch: (trx, actor, id, version) => dispatch(cases, trx, actor, id, version),
    postpone: (trx, actor, id, { dueOn, reason, expectedVersion }) =>
      cases.transition(trx, actor, id, { transition: 'postpone', expectedVersion, reason, fields: dueFields(dueOn) }),
  };
}
