import type { IndicatorBaseline, IndicatorTarget, NewIndicator } from '@quanlian/contract';
import { requireIn } from '../../../work/actor.js';
import { dayOf } from '../../../work/environment.js';
import { checkFormula } from './formula.js';
import { addUnit, editablePlan, nextPosition, planRefused, readIndicator, requireUnit } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { note, type PlanStep } from './plan.note.js';
import { requireObjective } from './plan.objectives.js';

/** A unit's target for the end of a year; null takes it away. */
export type TargetChange = Omit<IndicatorTarget, 'value'> & { readonly value: number | null };

/** The indicator with the first version of its definition. In a plan that is adopted it is adopted at once. */
export async function addIndicator(
  deps: PlanDeps,
  step: PlanStep,
  planId: string,
  parts: NewIndicator,
): Promise<string> {
  const { trx, actor } = step;
  const { environment, law } = deps;
  const plan = await editablePlan(trx, actor, planId);
  await requireObjective(trx, planId, parts.objectiveId);
  requireUnit(actor, plan, parts.ownerId);
  const today = dayOf(environment.now());
  checkFormula(parts.definition.formula, today, law);
  const same = await trx
    .selectFrom('indicator')
    .select('id')
    .where('plan_id', '=', planId)
    .where('code', '=', parts.code)
    .executeTakeFirst();
  if (same) throw planRefused(`The plan has an indicator "${parts.code}" already.`, 'code');
  const id = environment.newId();
  const adopted = plan.state === 'adopted';
  if (adopted) requireIn(actor, 'plan.adopt', plan.organization_id);
  await trx
    .insertInto('indicator')
    .values({
      id,
      plan_id: planId,
      objective_id: parts.objectiveId,
      owner_id: parts.ownerId,
      code: parts.code,
      position: await nextPosition(trx, 'indicator', planId),
      definition_version: adopted ? 1 : null,
    })
    .execute();
  await trx
    .insertInto('indicator_definition')
    .values({
      indicator_id: id,
      version: 1,
      state: adopted ? 'adopted' : 'proposed',
      content: JSON.stringify(parts.definition),
      effective_from: `${plan.from_year}-01-01`,
      why: null,
      proposed_by: actor.userId,
      proposed_at: environment.now(),
      decided_by: adopted ? actor.userId : null,
      decided_at: adopted ? environment.now() : null,
      effect: null,
    })
    .execute();
  await addUnit(trx, planId, parts.ownerId);
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'indicator.added',
    subject: { kind: 'indicator', id },
    after: parts,
  });
  return id;
}

/** The value a unit started from. */
export async function setBaseline(deps: PlanDeps, step: PlanStep, id: string, parts: IndicatorBaseline): Promise<void> {
  const { trx, actor } = step;
  const { indicator } = await readIndicator(trx, actor, id);
  const plan = await editablePlan(trx, actor, indicator.plan_id);
  requireUnit(actor, plan, parts.organizationId);
  const { date, value } = parts;
  await trx
    .insertInto('indicator_baseline')
    .values({ indicator_id: id, organization_id: parts.organizationId, date, value })
    .onConflict((conflict) => conflict.columns(['indicator_id', 'organization_id']).doUpdateSet({ date, value }))
    .execute();
  await addUnit(trx, plan.id, parts.organizationId);
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'indicator.baseline_set',
    subject: { kind: 'indicator', id },
    after: parts,
  });
}

export async function setTarget(deps: PlanDeps, step: PlanStep, id: string, parts: TargetChange): Promise<void> {
  const { trx, actor } = step;
  const { indicator } = await readIndicator(trx, actor, id);
  const plan = await editablePlan(trx, actor, indicator.plan_id);
  requireUnit(actor, plan, parts.organizationId);
  const { organizationId, year, value } = parts;
  if (year < plan.from_year || year > plan.to_year)
    throw planRefused(`The plan runs from ${plan.from_year} to ${plan.to_year}.`, 'year');
  const key = { indicator_id: id, organization_id: organizationId, year };
  const before = await trx
    .deleteFrom('indicator_target')
    .where('indicator_id', '=', id)
    .where('organization_id', '=', organizationId)
    .where('year', '=', year)
    .returning('value')
    .executeTakeFirst();
  if (value !== null) {
    await trx
      .insertInto('indicator_target')
      .values({ ...key, value })
      .execute();
    await addUnit(trx, plan.id, organizationId);
  }
  const old = before ? { value: Number(before.value) } : { value: null };
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'indicator.target_set',
    subject: { kind: 'indicator', id },
    after: parts,
    before: old,
  });
}
