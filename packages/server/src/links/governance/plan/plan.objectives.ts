import type { NewObjective } from '@quanlian/contract';
import type { WorkTransaction } from '../../../work/connection.js';
import { editablePlan, nextPosition, planRefused } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { note, type PlanStep } from './plan.note.js';

/** Throws `plan.refused` unless the objective belongs to the plan. */
export async function requireObjective(trx: WorkTransaction, planId: string, id: string): Promise<void> {
  const row = await trx
    .selectFrom('plan_objective')
    .select('id')
    .where('id', '=', id)
    .where('plan_id', '=', planId)
    .executeTakeFirst();
  if (!row) throw planRefused('The objective does not belong to this plan.', 'objectiveId');
}

export async function addObjective(
  deps: PlanDeps,
  step: PlanStep,
  planId: string,
  parts: NewObjective,
): Promise<string> {
  const { trx, actor } = step;
  const plan = await editablePlan(trx, actor, planId);
  if (parts.parentId) await requireObjective(trx, planId, parts.parentId);
  const id = deps.environment.newId();
  const position = await nextPosition(trx, 'plan_objective', planId);
  const title = { title_zh: parts.title.zh, title_en: parts.title.en };
  await trx
    .insertInto('plan_objective')
    .values({ id, plan_id: planId, parent_id: parts.parentId ?? null, position, ...title })
    .execute();
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'plan.objective_added',
    subject: { kind: 'plan', id: planId },
    after: { id, ...parts },
  });
  return id;
}
