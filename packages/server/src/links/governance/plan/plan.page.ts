import type { IndicatorDefinition, PlanPage, PlanRow } from '@quanlian/contract';
import type { IndicatorDefinitionTable } from '@quanlian/db';
import { type Selectable, sql } from 'kysely';
import { isAllowed, reachOf } from '../../../work/actor.js';
import { inReach } from '../../../work/reach.js';
import { type PlanRecord, readPlan } from './plan.access.js';
import { measureRow } from './plan.measures.js';
import type { PlanStep } from './plan.note.js';

export const planRow = (row: PlanRecord): PlanRow => ({
  id: row.id,
  organizationId: row.organization_id,
  parentId: row.parent_id,
  kind: row.kind,
  title: { zh: row.title_zh, en: row.title_en },
  fromYear: row.from_year,
  toYear: row.to_year,
  state: row.state,
  version: row.version,
});

export const definitionView = (row: Selectable<IndicatorDefinitionTable>): IndicatorDefinition => ({
  version: row.version,
  state: row.state,
  content: row.content as IndicatorDefinition['content'],
  effectiveFrom: row.effective_from,
  why: row.why,
  proposedAt: row.proposed_at.toISOString(),
  decidedAt: row.decided_at?.toISOString() ?? null,
  effect: row.effect as IndicatorDefinition['effect'],
});

/** Baselines and targets of the units within reach. */
async function readUnits({ trx, actor }: PlanStep, ids: readonly string[]) {
  if (ids.length === 0) return { baselines: [], targets: [] };
  const reach = reachOf(actor, 'plan.read');
  const baselines = await trx
    .selectFrom('indicator_baseline as b')
    .selectAll('b')
    .where('b.indicator_id', 'in', ids)
    .where(inReach(reach, { organization: 'b.organization_id' }))
    .orderBy('b.organization_id')
    .execute();
  const targets = await trx
    .selectFrom('indicator_target as t')
    .selectAll('t')
    .where('t.indicator_id', 'in', ids)
    .where(inReach(reach, { organization: 't.organization_id' }))
    .orderBy('t.organization_id')
    .orderBy('t.year')
    .execute();
  return { baselines, targets };
}

async function readIndicators(step: PlanStep, planId: string): Promise<PlanPage['indicators']> {
  const { trx } = step;
  const rows = await trx
    .selectFrom('indicator')
    .selectAll()
    .where('plan_id', '=', planId)
    .orderBy('position')
    .execute();
  const ids = rows.map(({ id }) => id);
  const definitions =
    ids.length === 0
      ? []
      : await trx.selectFrom('indicator_definition').selectAll().where('indicator_id', 'in', ids).execute();
  const { baselines, targets } = await readUnits(step, ids);
  return rows.map((row) => {
    const own = definitions.filter(({ indicator_id }) => indicator_id === row.id);
    const proposal = own.find(({ state }) => state === 'proposed');
    const shown = own.find(({ version }) => version === row.definition_version) ?? proposal;
    return {
      id: row.id,
      objectiveId: row.objective_id,
      ownerId: row.owner_id,
      code: row.code,
      version: row.version,
      definition: shown ? definitionView(shown) : null,
      proposal: proposal?.version ?? null,
      baselines: baselines
        .filter(({ indicator_id }) => indicator_id === row.id)
        .map(({ organization_id, date, value }) => ({ organizationId: organization_id, date, value: Number(value) })),
      targets: targets
        .filter(({ indicator_id }) => indicator_id === row.id)
        .map(({ organization_id, year, value }) => ({ organizationId: organization_id, year, value: Number(value) })),
    };
  });
}

/** A plan with everything in it that the actor may see. */
export async function readPage(step: PlanStep, id: string): Promise<PlanPage> {
  const { trx, actor } = step;
  const plan = await readPlan(trx, actor, id);
  const objectives = await trx
    .selectFrom('plan_objective')
    .selectAll()
    .where('plan_id', '=', id)
    .orderBy('position')
    .execute();
  const measures = await trx
    .selectFrom('plan_measure as m')
    .selectAll('m')
    .where('m.plan_id', '=', id)
    .where(inReach(reachOf(actor, 'plan.read'), { organization: 'm.organization_id' }))
    .orderBy('m.from_date')
    .orderBy('m.id')
    .execute();
  const units = await trx
    .selectFrom('plan_unit as u')
    .select('u.organization_id')
    .where('u.plan_id', '=', id)
    .where(sql<boolean>`${inReach(reachOf(actor, 'plan.read'), { organization: 'u.organization_id' })}`)
    .orderBy('u.organization_id')
    .execute();
  const item = { id, organization: plan.organization_id };
  return {
    plan: planRow(plan),
    units: units.map(({ organization_id }) => organization_id),
    objectives: objectives.map((row) => ({
      id: row.id,
      parentId: row.parent_id,
      position: row.position,
      title: { zh: row.title_zh, en: row.title_en },
    })),
    indicators: await readIndicators(step, id),
    measures: measures.map(measureRow),
    may: {
      edit: isAllowed(actor, 'plan.edit', item),
      adopt: isAllowed(actor, 'plan.adopt', item),
      define: isAllowed(actor, 'indicator.define', item),
    },
  };
}
