import type { NewMeasure, PlanMeasure } from '@quanlian/contract';
import type { PlanMeasureTable } from '@quanlian/db';
import type { Selectable } from 'kysely';
import { isAllowed, reachOf, requireIn } from '../../../work/actor.js';
import { inReach } from '../../../work/reach.js';
import {
  addUnit,
  editablePlan,
  planChanged,
  planNotFound,
  planRefused,
  readIndicator,
  requireUnit,
} from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { note, type PlanStep } from './plan.note.js';
import { requireObjective } from './plan.objectives.js';

export const measureRow = (row: Selectable<PlanMeasureTable>): PlanMeasure => ({
  id: row.id,
  planId: row.plan_id,
  objectiveId: row.objective_id,
  indicatorId: row.indicator_id,
  organizationId: row.organization_id,
  title: { zh: row.title_zh, en: row.title_en },
  fromDate: row.from_date,
  toDate: row.to_date,
  state: row.state,
  source: row.source_kind && row.source_id ? { kind: row.source_kind, id: row.source_id } : null,
  version: row.version,
});

export async function addMeasure(
  deps: PlanDeps,
  step: PlanStep,
  planId: string,
  parts: NewMeasure,
): Promise<PlanMeasure> {
  const { trx, actor } = step;
  const { environment } = deps;
  const plan = await editablePlan(trx, actor, planId);
  requireUnit(actor, plan, parts.organizationId);
  if (parts.toDate < parts.fromDate) throw planRefused('A measure ends after it begins.', 'toDate');
  if (parts.objectiveId) await requireObjective(trx, planId, parts.objectiveId);
  if (parts.indicatorId) {
    const { indicator } = await readIndicator(trx, actor, parts.indicatorId);
    if (indicator.plan_id !== planId) throw planRefused('The indicator belongs to another plan.', 'indicatorId');
  }
  const row = await trx
    .insertInto('plan_measure')
    .values({
      id: environment.newId(),
      plan_id: planId,
      objective_id: parts.objectiveId ?? null,
      indicator_id: parts.indicatorId ?? null,
      organization_id: parts.organizationId,
      title_zh: parts.title.zh,
      title_en: parts.title.en,
      from_date: parts.fromDate,
      to_date: parts.toDate,
      state: 'planned',
      source_kind: parts.source?.kind ?? null,
      source_id: parts.source?.id ?? null,
      created_by: actor.userId,
      created_at: environment.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await addUnit(trx, planId, parts.organizationId);
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'measure.added',
    subject: { kind: 'measure', id: row.id },
    after: parts,
  });
  return measureRow(row);
}

/** A measure's next state, set by whoever edits the plan or reports for the unit. */
export async function setMeasureState(
  deps: PlanDeps,
  step: PlanStep,
  id: string,
  change: { readonly state: PlanMeasure['state']; readonly expectedVersion: number },
): Promise<void> {
  const { trx, actor } = step;
  const row = await trx.selectFrom('plan_measure').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw planNotFound();
  const unit = { id, organization: row.organization_id };
  if (!isAllowed(actor, 'plan.edit', unit)) requireIn(actor, 'indicator.report', row.organization_id);
  const { state, expectedVersion } = change;
  const { numUpdatedRows } = await trx
    .updateTable('plan_measure')
    .set({ state, version: expectedVersion + 1 })
    .where('id', '=', id)
    .where('version', '=', expectedVersion)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw planChanged();
  note(deps, step, {
    organizationId: row.organization_id,
    action: 'measure.state_set',
    subject: { kind: 'measure', id },
    before: { state: row.state },
    after: { state },
  });
}

/** Measures that came from things of a kind, as far as the actor reaches them. */
export async function measuresFrom(
  { trx, actor }: PlanStep,
  kind: string,
  ids: readonly string[],
): Promise<PlanMeasure[]> {
  if (ids.length === 0) return [];
  const rows = await trx
    .selectFrom('plan_measure as m')
    .selectAll('m')
    .where('m.source_kind', '=', kind)
    .where('m.source_id', 'in', ids)
    .where(inReach(reachOf(actor, 'plan.read'), { organization: 'm.organization_id' }))
    .orderBy('m.created_at')
    .orderBy('m.id')
    .execute();
  return rows.map(measureRow);
}
