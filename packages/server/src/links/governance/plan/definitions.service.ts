import type { DefinitionContent, DefinitionEffect, IndicatorDefinition, ProposeDefinition } from '@quanlian/contract';
import type { Actor } from '../../../work/actor.js';
import { requireIn } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { standingOf } from './colour.js';
import { checkFormula, computeValue } from './formula.js';
import { planChanged, planNotFound, planRefused, readIndicator } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { note, type PlanStep } from './plan.note.js';
import { definitionView } from './plan.page.js';
import { currentValue, readPaths, readSources } from './values.repo.js';

/** What was seen of the effect; adopting is refused when values have come or gone meanwhile. */
interface SeenEffect {
  readonly total: number;
  readonly changed: number;
}

/** Definitions of indicators by version. A change is proposed, its effect shown, and only then adopted. */
export interface Definitions {
  list(trx: WorkTransaction, actor: Actor, indicatorId: string): Promise<IndicatorDefinition[]>;
  /** Answers the number of the proposed version. */
  propose(trx: WorkTransaction, actor: Actor, indicatorId: string, parts: ProposeDefinition): Promise<number>;
  /** What every past value would become. Nothing is stored. */
  effect(trx: WorkTransaction, actor: Actor, indicatorId: string, version: number): Promise<DefinitionEffect>;
  adopt(trx: WorkTransaction, actor: Actor, indicatorId: string, version: number, seen: SeenEffect): Promise<void>;
  reject(trx: WorkTransaction, actor: Actor, indicatorId: string, version: number): Promise<void>;
}

async function readProposal(trx: WorkTransaction, indicatorId: string, version: number) {
  const row = await trx
    .selectFrom('indicator_definition')
    .selectAll()
    .where('indicator_id', '=', indicatorId)
    .where('version', '=', version)
    .executeTakeFirst();
  if (!row) throw planNotFound();
  if (row.state !== 'proposed') throw planRefused('The proposal was decided already.');
  return row;
}

async function propose(deps: PlanDeps, step: PlanStep, id: string, parts: ProposeDefinition): Promise<number> {
  const { trx, actor } = step;
  const { environment, law } = deps;
  const { indicator, plan } = await readIndicator(trx, actor, id, true);
  requireIn(actor, 'indicator.define', plan.organization_id);
  if (plan.state !== 'adopted' || indicator.definition_version === null)
    throw planRefused('Definitions change by proposal while the plan is in force.');
  checkFormula(parts.content.formula, parts.effectiveFrom, law);
  const rows = await trx
    .selectFrom('indicator_definition')
    .select(['version', 'state'])
    .where('indicator_id', '=', id)
    .execute();
  if (rows.some(({ state }) => state === 'proposed'))
    throw planRefused('Another change of this definition waits for a decision.');
  const version = Math.max(...rows.map((row) => row.version)) + 1;
  await trx
    .insertInto('indicator_definition')
    .values({
      indicator_id: id,
      version,
      state: 'proposed',
      content: JSON.stringify(parts.content),
      effective_from: parts.effectiveFrom,
      why: parts.why,
      proposed_by: actor.userId,
      proposed_at: environment.now(),
      decided_by: null,
      effect: null,
    })
    .execute();
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'indicator.definition_proposed',
    subject: { kind: 'indicator', id },
    after: { version, content: parts.content, effectiveFrom: parts.effectiveFrom },
    why: parts.why,
  });
  return version;
}

/** Every value that counts, computed anew by the content given. */
async function effectOf(
  { law }: PlanDeps,
  { trx }: PlanStep,
  indicatorId: string,
  content: DefinitionContent,
): Promise<DefinitionEffect> {
  const rows = await trx
    .selectFrom('indicator_value')
    .selectAll()
    .where('indicator_id', '=', indicatorId)
    .where('state', 'in', ['reported', 'accepted'])
    .orderBy('date')
    .orderBy('organization_id')
    .execute();
  const sources = await readSources(
    trx,
    rows.map(({ id }) => id),
  );
  const paths = await readPaths(trx, [indicatorId]);
  const values = rows.map((row) => {
    const before = currentValue(row);
    const computed = computeValue(content.formula, sources.get(row.id) ?? [], row.date, law);
    const after = computed.computable ? computed.value : null;
    const path = paths(indicatorId, row.organization_id, row.date);
    const colour = (value: number | null) => standingOf(law, { ...path, date: row.date, value }).colour;
    return {
      valueId: row.id,
      organizationId: row.organization_id,
      date: row.date,
      before,
      after,
      computable: computed.computable,
      undecided: computed.undecided,
      colourBefore: colour(before),
      colourAfter: computed.computable ? colour(after) : null,
    };
  });
  return {
    total: values.length,
    computable: values.filter(({ computable }) => computable).length,
    changed: values.filter(({ computable, before, after }) => computable && before !== after).length,
    values,
  };
}

async function adopt(deps: PlanDeps, step: PlanStep, id: string, version: number, seen: SeenEffect): Promise<void> {
  const { trx, actor } = step;
  const { environment } = deps;
  const { indicator, plan } = await readIndicator(trx, actor, id, true);
  requireIn(actor, 'plan.adopt', plan.organization_id);
  const proposal = await readProposal(trx, id, version);
  const effect = await effectOf(deps, step, id, proposal.content as DefinitionContent);
  if (effect.total !== seen.total || effect.changed !== seen.changed) throw planChanged();
  await trx
    .updateTable('indicator_definition')
    .set({
      state: 'adopted',
      decided_by: actor.userId,
      decided_at: environment.now(),
      effect: JSON.stringify(effect),
    })
    .where('indicator_id', '=', id)
    .where('version', '=', version)
    .execute();
  await trx
    .updateTable('indicator')
    .set({ definition_version: version, version: indicator.version + 1 })
    .where('id', '=', id)
    .execute();
  for (const value of effect.values) {
    if (!value.computable) continue;
    await trx
      .updateTable('indicator_value')
      .set({ restated: value.after, restated_version: version })
      .where('id', '=', value.valueId)
      .execute();
  }
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'indicator.definition_adopted',
    subject: { kind: 'indicator', id },
    before: { version: indicator.definition_version },
    after: { version, total: effect.total, computable: effect.computable, changed: effect.changed },
    why: proposal.why,
  });
}

async function reject(deps: PlanDeps, step: PlanStep, id: string, version: number): Promise<void> {
  const { trx, actor } = step;
  const { plan } = await readIndicator(trx, actor, id, true);
  requireIn(actor, 'plan.adopt', plan.organization_id);
  await readProposal(trx, id, version);
  await trx
    .updateTable('indicator_definition')
    .set({ state: 'rejected', decided_by: actor.userId, decided_at: deps.environment.now() })
    .where('indicator_id', '=', id)
    .where('version', '=', version)
    .execute();
  note(deps, step, {
    organizationId: plan.organization_id,
    action: 'indicator.definition_rejected',
    subject: { kind: 'indicator', id },
    after: { version },
  });
}

export function createDefinitions(deps: PlanDeps): Definitions {
  return {
    async list(trx, actor, id) {
      await readIndicator(trx, actor, id);
      const rows = await trx
        .selectFrom('indicator_definition')
        .selectAll()
        .where('indicator_id', '=', id)
        .orderBy('version')
        .execute();
      return rows.map(definitionView);
    },
    propose: (trx, actor, id, parts) => propose(deps, { trx, actor }, id, parts),
    async effect(trx, actor, id, version) {
      const { plan } = await readIndicator(trx, actor, id);
      requireIn(actor, 'indicator.define', plan.organization_id);
      const proposal = await readProposal(trx, id, version);
      return effectOf(deps, { trx, actor }, id, proposal.content as DefinitionContent);
    },
    adopt: (trx, actor, id, version, seen) => adopt(deps, { trx, actor }, id, version, seen),
    reject: (trx, actor, id, version) => reject(deps, { trx, actor }, id, version),
  };
}
