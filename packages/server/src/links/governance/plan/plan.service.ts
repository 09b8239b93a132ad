import type {
  IndicatorBaseline,
  NewIndicator,
  NewMeasure,
  NewObjective,
  NewPlan,
  PlanMeasure,
  PlanPage,
  PlanRow,
} from '@quanlian/contract';
import { type Actor, requireIn } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { editablePlan, planChanged, planRefused, readablePlans, readPlan } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { addIndicator, setBaseline, setTarget, type TargetChange } from './plan.indicators.js';
import { addMeasure, measuresFrom, setMeasureState } from './plan.measures.js';
import { note, type PlanStep } from './plan.note.js';
import { addObjective } from './plan.objectives.js';
import { planRow, readPage } from './plan.page.js';

/** The outline and the plans as they are written: objectives, indicators, targets, measures. */
export interface Plans {
  list(trx: WorkTransaction, actor: Actor): Promise<PlanRow[]>;
  page(trx: WorkTransaction, actor: Actor, id: string): Promise<PlanPage>;
  create(trx: WorkTransaction, actor: Actor, parts: NewPlan): Promise<string>;
  addObjective(trx: WorkTransaction, actor: Actor, planId: string, parts: NewObjective): Promise<string>;
  /** The indicator with the first version of its definition, which comes into force with the plan. */
  addIndicator(trx: WorkTransaction, actor: Actor, planId: string, parts: NewIndicator): Promise<string>;
  setBaseline(trx: WorkTransaction, actor: Actor, indicatorId: string, parts: IndicatorBaseline): Promise<void>;
  /** A target of a unit for the end of a year; null takes it away. */
  setTarget(trx: WorkTransaction, actor: Actor, indicatorId: string, parts: TargetChange): Promise<void>;
  addMeasure(trx: WorkTransaction, actor: Actor, planId: string, parts: NewMeasure): Promise<PlanMeasure>;
  /** Measures that came from a thing, such as the findings of research, as far as the actor reaches them. */
  measuresFrom(trx: WorkTransaction, actor: Actor, kind: string, ids: readonly string[]): Promise<PlanMeasure[]>;
  setMeasureState(
    trx: WorkTransaction,
    actor: Actor,
    id: string,
    change: { readonly state: PlanMeasure['state']; readonly expectedVersion: number },
  ): Promise<void>;
  adopt(trx: WorkTransaction, actor: Actor, id: string, expectedVersion: number): Promise<void>;
  close(trx: WorkTransaction, actor: Actor, id: string, expectedVersion: number): Promise<void>;
}

async function create(deps: PlanDeps, step: PlanStep, parts: NewPlan): Promise<string> {
  const { trx, actor } = step;
  const { environment } = deps;
  requireIn(actor, 'plan.edit', parts.organizationId);
  if (parts.fromYear > parts.toYear) throw planRefused('A plan ends after it begins.', 'toYear');
  if (parts.parentId) await readPlan(trx, actor, parts.parentId);
  const id = environment.newId();
  await trx
    .insertInto('plan')
    .values({
      id,
      organization_id: parts.organizationId,
      parent_id: parts.parentId ?? null,
      kind: parts.kind,
      title_zh: parts.title.zh,
      title_en: parts.title.en,
      from_year: parts.fromYear,
      to_year: parts.toYear,
      state: 'draft',
      is_public: parts.isPublic ?? false,
      created_by: actor.userId,
      created_at: environment.now(),
      adopted_by: null,
    })
    .execute();
  note(deps, step, {
    organizationId: parts.organizationId,
    action: 'plan.created',
    subject: { kind: 'plan', id },
    after: parts,
  });
  return id;
}

/** The plan comes into force, with the first definitions of its indicators. */
async function adopt(deps: PlanDeps, step: PlanStep, id: string, expectedVersion: number): Promise<void> {
  const { trx, actor } = step;
  const { environment } = deps;
  const plan = await editablePlan(trx, actor, id, 'plan.adopt');
  if (plan.state !== 'draft') throw planRefused('Only a draft can be adopted.');
  await setState(step, id, {
    state: 'adopted',
    expectedVersion,
    adopted_at: environment.now(),
    adopted_by: actor.userId,
  });
  const indicators = await trx.selectFrom('indicator').select('id').where('plan_id', '=', id).execute();
  if (indicators.length === 0) throw planRefused('A plan without an indicator cannot be adopted.');
  const ids = indicators.map((indicator) => indicator.id);
  await trx
    .updateTable('indicator_definition')
    .set({ state: 'adopted', decided_by: actor.userId, decided_at: environment.now() })
    .where('indicator_id', 'in', ids)
    .where('state', '=', 'proposed')
    .execute();
  await trx.updateTable('indicator').set({ definition_version: 1 }).where('id', 'in', ids).execute();
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'plan.adopted',
    subject: { kind: 'plan', id },
    before: { state: plan.state },
    after: { state: 'adopted', indicators: ids.length },
  });
}

async function close(deps: PlanDeps, step: PlanStep, id: string, expectedVersion: number): Promise<void> {
  const { trx, actor } = step;
  const plan = await editablePlan(trx, actor, id, 'plan.adopt');
  if (plan.state !== 'adopted') throw planRefused('Only an adopted plan can be closed.');
  await setState(step, id, { state: 'closed', expectedVersion });
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'plan.closed',
    subject: { kind: 'plan', id },
    before: { state: plan.state },
    after: { state: 'closed' },
  });
}

async function setState(
  { trx }: PlanStep,
  id: string,
  {
    expectedVersion,
    ...change
  }: {
    readonly state: PlanRow['state'];
    readonly expectedVersion: number;
    readonly adopted_at?: Date;
    readonly adopted_by?: string | null;
  },
): Promise<void> {
  const { numUpdatedRows } = await trx
    .updateTable('plan')
    .set({ ...change, version: expectedVersion + 1 })
    .where('id', '=', id)
    .where('version', '=', expectedVersion)
    .executeTakeFirst();
  if (numUpdatedRows !== 1n) throw planChanged();
}

export function createPlans(deps: PlanDeps): Plans {
  return {
    async list(trx, actor) {
      const rows = await trx
        .selectFrom('plan as p')
        .selectAll('p')
        .where(readablePlans(actor))
        .orderBy('p.from_year')
        .orderBy('p.created_at')
        .orderBy('p.id')
        .execute();
      return rows.map(planRow);
    },
    page: (trx, actor, id) => readPage({ trx, actor }, id),
    create: (trx, actor, parts) => create(deps, { trx, actor }, parts),
    addObjective: (trx, actor, planId, parts) => addObjective(deps, { trx, actor }, planId, parts),
    addIndicator: (trx, actor, planId, parts) => addIndicator(deps, { trx, actor }, planId, parts),
    setBaseline: (trx, actor, id, parts) => setBaseline(deps, { trx, actor }, id, parts),
    setTarget: (trx, actor, id, parts) => setTarget(deps, { trx, actor }, id, parts),
    addMeasure: (trx, actor, planId, parts) => addMeasure(deps, { trx, actor }, planId, parts),
    measuresFrom: (trx, actor, kind, ids) => measuresFrom({ trx, actor }, kind, ids),
    setMeasureState: (trx, actor, id, change) => setMeasureState(deps, { trx, actor }, id, change),
    adopt: (trx, actor, id, version) => adopt(deps, { trx, actor }, id, version),
    close: (trx, actor, id, version) => close(deps, { trx, actor }, id, version),
  };
}
