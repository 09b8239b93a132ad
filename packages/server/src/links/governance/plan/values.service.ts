import type { DefinitionContent, IndicatorValue, ReportValue, ValueLineage, ValueSource } from '@quanlian/contract';
import type { Actor } from '../../../work/actor.js';
import { isAllowed, requireIn } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { dayOf } from '../../../work/environment.js';
import { standingOf } from './colour.js';
import { computeValue } from './formula.js';
import { planChanged, planNotFound, planRefused, readIndicator, requireUnit } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { note, type PlanStep } from './plan.note.js';
import {
  type CountedSource,
  countSources,
  currentValue,
  insertSources,
  readPaths,
  readSources,
  type ValueRecord,
  valueView,
} from './values.repo.js';

/** The kind under which values stand in the audit log and in uses of rules. */
const VALUE_KIND = 'indicator-value';

/** What is reported for indicators, with what it rests on. */
export interface Values {
  /** Computed from its records, or stated with a paper. A later report for the same day replaces the earlier one. */
  report(trx: WorkTransaction, actor: Actor, indicatorId: string, parts: ReportValue): Promise<IndicatorValue>;
  /** Accepted or sent back by somebody else than who reported it. */
  review(
    trx: WorkTransaction,
    actor: Actor,
    valueId: string,
    parts: { readonly accept: boolean; readonly note?: string | undefined; readonly expectedVersion: number },
  ): Promise<IndicatorValue>;
  series(trx: WorkTransaction, actor: Actor, indicatorId: string, organizationId: string): Promise<IndicatorValue[]>;
  lineage(trx: WorkTransaction, actor: Actor, valueId: string): Promise<ValueLineage>;
}

async function definitionOf(trx: WorkTransaction, indicatorId: string, version: number | null) {
  const row = await trx
    .selectFrom('indicator_definition')
    .select('content')
    .where('indicator_id', '=', indicatorId)
    .where('version', '=', version ?? 0)
    .executeTakeFirst();
  if (!row) throw planRefused('The indicator has no definition in force; the plan has to be adopted first.');
  return row.content as DefinitionContent;
}

/** Papers must exist within reach; their names are those they are stored with. */
async function readPapers(trx: WorkTransaction, sources: readonly ValueSource[]): Promise<ReadonlyMap<string, string>> {
  const ids = [...new Set(sources.filter(({ kind }) => kind === 'paper').map(({ refId }) => refId))];
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('paper')
    .select(['id', 'name'])
    .where((eb) => eb(eb.cast<string>('id', 'text'), 'in', ids))
    .where('removed_at', 'is', null)
    .execute();
  if (rows.length < ids.length)
    throw planRefused('A paper the value rests on is not stored within your reach.', 'sources');
  return new Map(rows.map(({ id, name }) => [id, name]));
}

/** A record counted twice would make the value wrong. */
function refuseDoubles(sources: readonly ValueSource[]): void {
  const seen = new Set<string>();
  for (const { kind, refKind, refId } of sources) {
    const key = `${kind} ${refKind} ${refId}`;
    if (seen.has(key)) throw planRefused(`The source ${refKind} ${refId} is named twice.`, 'sources');
    seen.add(key);
  }
}

function settleValue(content: DefinitionContent, parts: ReportValue, deps: PlanDeps) {
  const computed = computeValue(content.formula, parts.sources, parts.date, deps.law);
  if (content.formula.kind !== 'stated') {
    if (parts.value !== undefined)
      throw planRefused('This indicator is computed from its records; do not state a value.', 'value');
    return computed;
  }
  const value = parts.value ?? null;
  if (value !== null && !parts.sources.some(({ kind }) => kind === 'paper'))
    throw planRefused('A stated value rests on a paper; name it among the sources.', 'sources');
  return { ...computed, value };
}

async function report(deps: PlanDeps, step: PlanStep, id: string, parts: ReportValue): Promise<IndicatorValue> {
  const { trx, actor } = step;
  const { environment } = deps;
  const { indicator, plan } = await readIndicator(trx, actor, id);
  requireIn(actor, 'indicator.report', parts.organizationId);
  requireUnit(actor, plan, parts.organizationId);
  if (plan.state !== 'adopted') throw planRefused('Values are reported while the plan is in force.');
  if (parts.date > dayOf(environment.now())) throw planRefused('A value cannot be of a day to come.', 'date');
  refuseDoubles(parts.sources);
  const content = await definitionOf(trx, id, indicator.definition_version);
  const papers = await readPapers(trx, parts.sources);
  const computed = settleValue(content, parts, deps);
  const replaced = await trx
    .updateTable('indicator_value')
    .set((eb) => ({ state: 'replaced', version: eb('version', '+', 1) }))
    .where('indicator_id', '=', id)
    .where('organization_id', '=', parts.organizationId)
    .where('date', '=', parts.date)
    .where('state', 'in', ['reported', 'accepted'])
    .returning(['id', 'value'])
    .executeTakeFirst();
  const sources = parts.sources.map((source, index): CountedSource => {
    const label = source.kind === 'paper' ? (papers.get(source.refId) ?? source.label) : source.label;
    return { ...source, label, contributes: computed.contributions[index] ?? null };
  });
  const row = await insertValue(deps, step, id, { parts, computed, version: indicator.definition_version ?? 1 });
  await insertSources(trx, row.id, sources);
  if (computed.rule)
    await deps.ruleUses.note(trx, {
      organizationId: parts.organizationId,
      permission: 'plan.read',
      subject: { kind: VALUE_KIND, id: row.id },
      field: 'value',
      reference: computed.rule,
    });
  note(deps, step, {
    organizationId: parts.organizationId,
    action: 'indicator.reported',
    subject: { kind: VALUE_KIND, id: row.id },
    ...(replaced ? { before: replaced } : {}),
    after: { indicator: id, date: parts.date, value: computed.value, sources: sources.length },
  });
  return valueView(row, sources.length);
}

function insertValue(
  { environment }: PlanDeps,
  { trx, actor }: PlanStep,
  indicatorId: string,
  {
    parts,
    computed,
    version,
  }: {
    readonly parts: ReportValue;
    readonly computed: { readonly value: number | null; readonly undecided: number };
    readonly version: number;
  },
): Promise<ValueRecord> {
  return trx
    .insertInto('indicator_value')
    .values({
      id: environment.newId(),
      indicator_id: indicatorId,
      organization_id: parts.organizationId,
      date: parts.date,
      value: computed.value,
      undecided: computed.undecided,
      definition_version: version,
      restated: null,
      restated_version: null,
      state: 'reported',
      note: parts.note ?? null,
      colour: null,
      colour_rule: null,
      reported_by: actor.userId,
      reported_at: environment.now(),
      reviewed_by: null,
      review_note: null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

async function readValue(trx: WorkTransaction, actor: Actor, id: string): Promise<ValueRecord> {
  const row = await trx.selectFrom('indicator_value').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row || !mayRead(actor, row.organization_id)) throw planNotFound();
  return row;
}

/** Whoever reports a unit's values sees them as well. */
function mayRead(actor: Actor, organizationId: string): boolean {
  const unit = { id: organizationId, organization: organizationId };
  return isAllowed(actor, 'plan.read', unit) || isAllowed(actor, 'indicator.report', unit);
}

async function review(
  deps: PlanDeps,
  step: PlanStep,
  id: string,
  parts: { readonly accept: boolean; readonly note?: string | undefined; readonly expectedVersion: number },
): Promise<IndicatorValue> {
  const { trx, actor } = step;
  const { environment, law, ruleUses } = deps;
  const value = await readValue(trx, actor, id);
  requireIn(actor, 'indicator.review', value.organization_id);
  if (value.reported_by === actor.userId)
    throw planRefused('A value is reviewed by somebody else than who reported it.');
  if (value.state !== 'reported') throw planRefused('The value was reviewed or replaced already.');
  const paths = await readPaths(trx, [value.indicator_id]);
  const path = paths(value.indicator_id, value.organization_id, value.date);
  const standing = standingOf(law, { ...path, date: value.date, value: currentValue(value) });
  const row = await trx
    .updateTable('indicator_value')
    .set({
      state: parts.accept ? 'accepted' : 'returned',
      version: parts.expectedVersion + 1,
      reviewed_by: actor.userId,
      reviewed_at: environment.now(),
      review_note: parts.note ?? null,
      ...(parts.accept ? { colour: standing.colour, colour_rule: JSON.stringify(standing.rule) } : {}),
    })
    .where('id', '=', id)
    .where('version', '=', parts.expectedVersion)
    .where('state', '=', 'reported')
    .returningAll()
    .executeTakeFirst();
  if (!row) throw planChanged();
  const subject = { kind: VALUE_KIND, id };
  const organizationId = row.organization_id;
  if (parts.accept && standing.rule)
    await ruleUses.note(trx, {
      organizationId,
      permission: 'plan.read',
      subject,
      field: 'colour',
      reference: standing.rule,
    });
  note(deps, step, {
    organizationId,
    action: parts.accept ? 'indicator.accepted' : 'indicator.returned',
    subject,
    before: { state: 'reported' },
    after: { state: row.state, colour: row.colour },
    why: parts.note ?? null,
  });
  return valueView(row, (await countSources(trx, [id])).get(id) ?? 0);
}

export function createValues(deps: PlanDeps): Values {
  return {
    report: (trx, actor, id, parts) => report(deps, { trx, actor }, id, parts),
    review: (trx, actor, id, parts) => review(deps, { trx, actor }, id, parts),
    async series(trx, actor, indicatorId, organizationId) {
      await readIndicator(trx, actor, indicatorId);
      if (!mayRead(actor, organizationId)) throw planNotFound();
      const rows = await trx
        .selectFrom('indicator_value')
        .selectAll()
        .where('indicator_id', '=', indicatorId)
        .where('organization_id', '=', organizationId)
        .orderBy('date')
        .orderBy('reported_at')
        .execute();
      const counts = await countSources(
        trx,
        rows.map(({ id }) => id),
      );
      return rows.map((row) => valueView(row, counts.get(row.id) ?? 0));
    },
    async lineage(trx, actor, valueId) {
      const row = await readValue(trx, actor, valueId);
      const sources = (await readSources(trx, [valueId])).get(valueId) ?? [];
      return { value: valueView(row, sources.length), sources };
    },
  };
}
