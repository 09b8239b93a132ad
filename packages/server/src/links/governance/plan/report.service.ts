import {
  type Both,
  type FilledReportBlock,
  type NewReport,
  type PlanReport,
  QuanlianError,
  type ReportBlock,
} from '@quanlian/contract';
import type { PlanReportTable } from '@quanlian/db';
import type { Selectable } from 'kysely';
import { type Actor, isAllowed, requireIn } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import type { FilledDocument } from '../../../work/papers/template.js';
import type { Language } from '../../../work/text.js';
import type { Dashboards } from './dashboard.service.js';
import type { PlanYear } from './figures.js';
import {
  editablePlan,
  type PlanRecord,
  planChanged,
  planNotFound,
  planRefused,
  readPlan,
  unitsAllowed,
} from './plan.access.js';
import type { PlanDeps } from './plan.deps.js';
import { note, type PlanStep } from './plan.note.js';
import { checkBlocks, DEFAULT_BLOCKS, fillBlocks, type ReportData } from './report.blocks.js';
import { taskProcess } from './task.process.js';

/** Yearly summaries and next year's plans: blocks bound to queries, filled whenever they are read, until frozen. */
export interface Reports {
  list(trx: WorkTransaction, actor: Actor, planId: string): Promise<Omit<PlanReport, 'blocks' | 'source' | 'date'>[]>;
  create(trx: WorkTransaction, actor: Actor, planId: string, parts: NewReport): Promise<PlanReport>;
  /** A living report shows each reader what he may see; a frozen one is for readers of the whole plan. */
  read(trx: WorkTransaction, actor: Actor, id: string): Promise<PlanReport>;
  edit(
    trx: WorkTransaction,
    actor: Actor,
    id: string,
    blocks: readonly ReportBlock[],
    version: number,
  ): Promise<PlanReport>;
  /** Keeps what the report says now; it does not change any more. */
  freeze(trx: WorkTransaction, actor: Actor, id: string, version: number): Promise<PlanReport>;
}

type Row = Selectable<PlanReportTable>;
interface Frozen {
  readonly date: string;
  readonly blocks: FilledReportBlock[];
}

const summaryOf = (row: Row) => ({
  id: row.id,
  planId: row.plan_id,
  year: row.year,
  kind: row.kind,
  title: { zh: row.title_zh, en: row.title_en },
  state: row.state,
  version: row.version,
});

const TITLES = {
  summary: (year: number): Both => ({ zh: `${year} 年度总结`, en: `Summary of ${year}` }),
  'next-year': (year: number): Both => ({ zh: `${year + 1} 年度计划`, en: `Plan for ${year + 1}` }),
} as const;

async function organizationNames(trx: WorkTransaction, data: PlanYear): Promise<ReadonlyMap<string, Both>> {
  const ids = new Set([...data.standings, ...data.tasks, ...data.measures].map(({ organizationId }) => organizationId));
  if (ids.size === 0) return new Map();
  const rows = await trx
    .selectFrom('organization')
    .select(['id', 'name_zh', 'name_en'])
    .where('id', 'in', [...ids])
    .execute();
  return new Map(rows.map((row) => [row.id, { zh: row.name_zh, en: row.name_en }]));
}

async function readNextTargets(
  trx: WorkTransaction,
  { standings, year }: PlanYear,
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(standings.map(({ indicatorId }) => indicatorId))];
  if (ids.length === 0) return new Map();
  const rows = await trx
    .selectFrom('indicator_target')
    .selectAll()
    .where('indicator_id', 'in', ids)
    .where('year', '=', year + 1)
    .execute();
  return new Map(rows.map((row) => [`${row.indicator_id} ${row.organization_id}`, Number(row.value)]));
}

const STATES: ReadonlyMap<string, Both> = new Map(taskProcess.definition.states.map(({ id, title }) => [id, title]));

/** Everything tables and texts of a plan's year are filled from. */
export async function readReportData(
  dashboards: Dashboards,
  { trx, actor }: PlanStep,
  planId: string,
  year: number | undefined,
): Promise<ReportData> {
  const data = await dashboards.year(trx, actor, planId, { year });
  const names = await organizationNames(trx, data);
  return { data, names, states: STATES, nextTargets: await readNextTargets(trx, data) };
}

/** The same for a file that is taken along: only what the actor may export. Throws `access.denied` for nobody's. */
export async function exportData(
  dashboards: Dashboards,
  step: PlanStep,
  planId: string,
  year: number | undefined,
): Promise<ReportData> {
  const report = await readReportData(dashboards, step, planId, year);
  const { data } = report;
  const units = [...data.standings, ...data.tasks, ...data.measures].map(({ organizationId }) => organizationId);
  const allowed = new Set(unitsAllowed(step.actor, 'export.run', [...new Set(units)]));
  if (units.length > 0 && allowed.size === 0)
    throw new QuanlianError('access.denied', 'Your roles do not include “export.run” here.');
  const mine = <Item extends { readonly organizationId: string }>(items: readonly Item[]): Item[] =>
    items.filter(({ organizationId }) => allowed.has(organizationId));
  const [standings, tasks, measures] = [mine(data.standings), mine(data.tasks), mine(data.measures)];
  return { ...report, data: { ...data, standings, tasks, measures } };
}

async function fillReport(dashboards: Dashboards, step: PlanStep, row: Row): Promise<Frozen> {
  const report = await readReportData(dashboards, step, row.plan_id, row.year);
  return { date: report.data.date, blocks: fillBlocks(row.blocks as ReportBlock[], report) };
}

async function render(dashboards: Dashboards, step: PlanStep, row: Row, plan: PlanRecord): Promise<PlanReport> {
  const whole = isAllowed(step.actor, 'plan.read', { id: plan.id, organization: plan.organization_id });
  if (row.state === 'frozen' && !whole) throw planNotFound();
  const filled = row.frozen === null ? await fillReport(dashboards, step, row) : (row.frozen as unknown as Frozen);
  return { ...summaryOf(row), ...filled, source: row.blocks as ReportBlock[] };
}

async function readReport({ trx, actor }: PlanStep, id: string) {
  const row = await trx.selectFrom('plan_report').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) throw planNotFound();
  return { row, plan: await readPlan(trx, actor, row.plan_id) };
}

async function change(
  step: PlanStep,
  id: string,
  expectedVersion: number,
  set: { readonly blocks?: string; readonly state?: 'frozen'; readonly frozen?: string; readonly frozen_at?: Date },
): Promise<Row> {
  const row = await step.trx
    .updateTable('plan_report')
    .set({ ...set, version: expectedVersion + 1 })
    .where('id', '=', id)
    .where('version', '=', expectedVersion)
    .where('state', '=', 'living')
    .returningAll()
    .executeTakeFirst();
  if (!row) throw planChanged();
  return row;
}

async function create(deps: PlanDeps, dashboards: Dashboards, step: PlanStep, planId: string, parts: NewReport) {
  const { trx, actor } = step;
  const plan = await editablePlan(trx, actor, planId);
  if (parts.year < plan.from_year || parts.year > plan.to_year)
    throw planRefused(`The plan runs from ${plan.from_year} to ${plan.to_year}.`, 'year');
  const blocks = parts.blocks ?? DEFAULT_BLOCKS[parts.kind];
  checkBlocks(blocks);
  const title = parts.title ?? TITLES[parts.kind](parts.year);
  const row = await trx
    .insertInto('plan_report')
    .values({
      id: deps.environment.newId(),
      plan_id: planId,
      year: parts.year,
      kind: parts.kind,
      title_zh: title.zh,
      title_en: title.en,
      blocks: JSON.stringify(blocks),
      state: 'living',
      frozen: null,
      created_by: actor.userId,
      created_at: deps.environment.now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  noteReport(deps, step, plan, row, 'plan.report_created');
  return render(dashboards, step, row, plan);
}

function noteReport(deps: PlanDeps, step: PlanStep, plan: PlanRecord, row: Row, action: string): void {
  note(deps, step, {
    organizationId: plan.organization_id,
    action,
    subject: { kind: 'plan-report', id: row.id },
    after: { year: row.year, kind: row.kind, state: row.state, version: row.version },
  });
}

export function createReports(deps: PlanDeps, dashboards: Dashboards): Reports {
  const forEditing = async (step: PlanStep, id: string) => {
    const found = await readReport(step, id);
    requireIn(step.actor, 'plan.edit', found.plan.organization_id);
    if (found.row.state === 'frozen') throw planRefused('The report is frozen and does not change any more.');
    return found;
  };
  return {
    async list(trx, actor, planId) {
      await readPlan(trx, actor, planId);
      const rows = await trx
        .selectFrom('plan_report')
        .selectAll()
        .where('plan_id', '=', planId)
        .orderBy('year')
        .orderBy('created_at')
        .execute();
      return rows.map(summaryOf);
    },
    create: (trx, actor, planId, parts) => create(deps, dashboards, { trx, actor }, planId, parts),
    async read(trx, actor, id) {
      const { row, plan } = await readReport({ trx, actor }, id);
      return render(dashboards, { trx, actor }, row, plan);
    },
    async edit(trx, actor, id, blocks, version) {
      const step = { trx, actor };
      const { plan } = await forEditing(step, id);
      checkBlocks(blocks);
      const row = await change(step, id, version, { blocks: JSON.stringify(blocks) });
      noteReport(deps, step, plan, row, 'plan.report_edited');
      return render(dashboards, step, row, plan);
    },
    async freeze(trx, actor, id, version) {
      const step = { trx, actor };
      const found = await forEditing(step, id);
      const frozen = JSON.stringify(await fillReport(dashboards, step, found.row));
      const row = await change(step, id, version, { state: 'frozen', frozen, frozen_at: deps.environment.now() });
      noteReport(deps, step, found.plan, row, 'plan.report_frozen');
      return render(dashboards, step, row, found.plan);
    },
  };
}

const FOOTER = {
  zh: '本文件由全链平台按 {date} 的记录生成，是运营单位的内部记录。',
  en: 'Made by Quanlian from its records of {date}; a record of the operator.',
} as const;

/** The report as a document of one language, for DOCX and PDF. */
export function reportDocument({ title, date, blocks }: PlanReport, language: Language): FilledDocument {
  return {
    language,
    title: title[language],
    footer: FOOTER[language].replace('{date}', date),
    blocks: blocks.map((block) => {
      if (block.kind === 'figures')
        return {
          kind: 'fields',
          fields: block.figures.map((figure) => [figure.title[language], String(figure.value)] as const),
        };
      if (block.kind === 'table')
        return {
          kind: 'table',
          columns: block.columns.map((words) => words[language]),
          rows: block.rows.map(({ cells }) => cells.map((words) => words[language])),
        };
      return { kind: block.kind, text: block.text[language] };
    }),
  };
}
