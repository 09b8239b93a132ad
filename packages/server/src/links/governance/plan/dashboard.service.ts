import {
  type DefinitionContent,
  type FigureRecords,
  type IndicatorStanding,
  type PlanDashboard,
  QuanlianError,
} from '@quanlian/contract';
import { sql } from 'kysely';
import { type Actor, isAllowed, reachOf } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { dayOf } from '../../../work/environment.js';
import { inReach } from '../../../work/reach.js';
import { standingOf, yearEnd, yearOf } from './colour.js';
import { allFigures, FIGURES, isFigureKey, type PlanYear, unitRows } from './figures.js';
import { type PlanRecord, readPlan } from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { measureRow } from './plan.measures.js';
import type { PlanStep } from './plan.note.js';
import { readTasks } from './tasks.repo.js';
import { currentValue, readPaths, type ValueRecord } from './values.repo.js';
import { wholesOf } from './wholes.js';

/** Figures of a plan's year; each opens into the records it counts. */
export interface Dashboards {
  /** Everything that is counted, as far as the actor reaches it. `date` is today in the running year, else the year's end. */
  year(trx: WorkTransaction, actor: Actor, planId: string, asked: YearAsked): Promise<PlanYear & { plan: PlanRecord }>;
  dashboard(trx: WorkTransaction, actor: Actor, planId: string, asked: YearAsked): Promise<PlanDashboard>;
  records(
    trx: WorkTransaction,
    actor: Actor,
    planId: string,
    asked: YearAsked & { readonly key: string },
  ): Promise<FigureRecords>;
}

interface YearAsked {
  readonly year?: number | undefined;
  readonly date?: string | undefined;
}

/** The day a year is looked at from: today while it runs, its end when it is over. */
function dayIn(year: number, today: string): string {
  return year < yearOf(today) ? yearEnd(year) : today;
}

async function readIndicators(trx: WorkTransaction, planId: string) {
  const rows = await trx
    .selectFrom('indicator as i')
    .innerJoin('indicator_definition as d', (join) =>
      join.onRef('d.indicator_id', '=', 'i.id').onRef('d.version', '=', 'i.definition_version'),
    )
    .select(['i.id', 'i.code', 'i.definition_version', 'd.content'])
    .where('i.plan_id', '=', planId)
    .orderBy('i.position')
    .execute();
  return rows.map((row) => ({ ...row, content: row.content as DefinitionContent }));
}

/** The latest accepted value of each unit up to a day. */
async function latestValues(trx: WorkTransaction, ids: readonly string[], date: string) {
  if (ids.length === 0) return new Map<string, ValueRecord>();
  const rows = await trx
    .selectFrom('indicator_value')
    .selectAll()
    .distinctOn(['indicator_id', 'organization_id'])
    .where('indicator_id', 'in', ids)
    .where('state', '=', 'accepted')
    .where('date', '<=', date)
    .orderBy('indicator_id')
    .orderBy('organization_id')
    .orderBy('date', 'desc')
    .execute();
  return new Map(rows.map((row) => [`${row.indicator_id} ${row.organization_id}`, row]));
}

/** Units with a target for the year, within reach. */
async function readTargets({ trx, actor }: PlanStep, ids: readonly string[], year: number) {
  if (ids.length === 0) return [];
  return trx
    .selectFrom('indicator_target as t')
    .select(['t.indicator_id', 't.organization_id', 't.value'])
    .where('t.indicator_id', 'in', ids)
    .where('t.year', '=', year)
    .where(inReach(reachOf(actor, 'plan.read'), { organization: 't.organization_id' }))
    .orderBy('t.organization_id')
    .execute();
}

async function readStandings(
  { law }: PlanDeps,
  step: PlanStep,
  planId: string,
  { year, date }: { readonly year: number; readonly date: string },
): Promise<Pick<PlanYear, 'standings' | 'wholes'>> {
  const { trx } = step;
  const indicators = await readIndicators(trx, planId);
  const ids = indicators.map(({ id }) => id);
  const targets = await readTargets(step, ids, year);
  const values = await latestValues(trx, ids, date);
  const paths = await readPaths(trx, ids);
  const standings = indicators.flatMap(({ id, code, content, definition_version }): IndicatorStanding[] =>
    targets
      .filter(({ indicator_id }) => indicator_id === id)
      .map(({ organization_id: organizationId }) => {
        const row = values.get(`${id} ${organizationId}`);
        const value = row ? currentValue(row) : null;
        const path = paths(id, organizationId, yearEnd(year));
        const judged = standingOf(law, { ...path, date, value });
        const version = row && (row.restated_version ?? row.definition_version);
        return {
          indicatorId: id,
          code,
          title: content.title,
          unit: content.unit,
          direction: content.direction,
          organizationId,
          year,
          baseline: path.baseline?.value ?? null,
          target: path.target?.value ?? null,
          value,
          valueId: row?.id ?? null,
          valueDate: row?.date ?? null,
          olderDefinition: row !== undefined && version !== definition_version,
          ...judged,
        };
      }),
  );
  return { standings, wholes: wholesOf(law, indicators, standings, { paths, date, until: yearEnd(year) }) };
}

async function readMeasures({ trx, actor }: PlanStep, planId: string, year: number) {
  const rows = await trx
    .selectFrom('plan_measure as m')
    .selectAll('m')
    .where('m.plan_id', '=', planId)
    .where('m.from_date', '<=', yearEnd(year))
    .where('m.to_date', '>=', `${year}-01-01`)
    .where(inReach(reachOf(actor, 'plan.read'), { organization: 'm.organization_id' }))
    .orderBy('m.from_date')
    .orderBy('m.id')
    .execute();
  return rows.map(measureRow);
}

async function readWaiting({ trx, actor }: PlanStep, planId: string, year: number) {
  const rows = await trx
    .selectFrom('indicator_value as v')
    .innerJoin('indicator as i', 'i.id', 'v.indicator_id')
    .select(['v.id', 'v.organization_id', 'v.date', 'i.code'])
    .where('i.plan_id', '=', planId)
    .where('v.state', '=', 'reported')
    .where(sql<boolean>`extract(year from v.date) = ${year}`)
    .where(inReach(reachOf(actor, 'plan.read'), { organization: 'v.organization_id' }))
    .orderBy('v.date')
    .orderBy('v.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    label: `${row.code} ${row.date}`,
  }));
}

export function createDashboards(deps: PlanDeps): Dashboards {
  const { environment, caseLists } = deps;
  const year: Dashboards['year'] = async (trx, actor, planId, asked) => {
    const step = { trx, actor };
    const plan = await readPlan(trx, actor, planId);
    if (
      !isAllowed(actor, 'dashboard.read', { id: planId, organization: plan.organization_id, public: plan.is_public })
    ) {
      // People of a unit see their own part of the figures; the reach of each query keeps to it.
      const reach = reachOf(actor, 'dashboard.read');
      if (reach !== 'everything' && reach.organizations.length === 0)
        throw new QuanlianError('access.denied', 'Your roles do not include “dashboard.read”.');
    }
    const today = dayOf(environment.now());
    const of = asked.year ?? Math.min(Math.max(yearOf(today), plan.from_year), plan.to_year);
    const date = asked.date ?? dayIn(of, today);
    return {
      plan,
      year: of,
      date,
      ...(await readStandings(deps, step, planId, { year: of, date })),
      tasks: await readTasks(trx, { planId, year: of, reached: caseLists.reached(actor) }),
      measures: await readMeasures(step, planId, of),
      waiting: await readWaiting(step, planId, of),
    };
  };
  return {
    year,
    async dashboard(trx, actor, planId, asked) {
      const found = await year(trx, actor, planId, asked);
      return {
        year: found.year,
        date: found.date,
        figures: allFigures(found),
        standings: [...found.standings],
        wholes: [...found.wholes],
        units: unitRows(found),
      };
    },
    async records(trx, actor, planId, { key, ...asked }) {
      if (!isFigureKey(key))
        throw new QuanlianError('request.invalid', `There is no figure "${key}".`, { path: 'key' });
      return { key, records: FIGURES[key].records(await year(trx, actor, planId, asked)) };
    },
  };
}
