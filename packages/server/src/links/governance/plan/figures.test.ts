import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import type { FIGURES } from './figures.js';
import { planTable } from './plan.export.js';
import { counting, openTestPlan, records, type TestPlan } from './plan.fixture.js';
import { readReportData, reportDocument } from './report.service.js';

let test: TestPlan;

/** The next of a row of numbers that looks like chance and is the same every time. */
function chance(seed: number) {
  let state = seed;
  return (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

const PLACES = ['north', 'south'] as const;

async function reportValues(indicators: readonly string[], random: (below: number) => number): Promise<void> {
  for (const indicator of indicators) {
    for (const place of PLACES) {
      if (random(4) === 0) continue;
      const clerk = test.clerks[place];
      const facts = Array.from({ length: random(12) + 1 }, () => ({ granted: true, overseas: random(3) > 0 }));
      const value = await test.cases.work(clerk, (trx) =>
        test.values.report(trx, clerk, indicator, {
          organizationId: test.city.organizations[place],
          date: '2026-09-30',
          sources: records(`${indicator}${place}`, facts),
        }),
      );
      if (random(3) === 0) continue;
      const decision = { accept: random(5) > 0, expectedVersion: 1 };
      await test.cases.work(test.officer, (trx) => test.values.review(trx, test.officer, value.id, decision));
    }
  }
}

async function moveTask(index: number, random: (below: number) => number): Promise<void> {
  const place = PLACES[index % 2] ?? 'north';
  const clerk = test.clerks[place];
  const dueOn = random(2) === 0 ? '2026-08-31' : '2026-12-15';
  const far = random(6);
  let task = await test.task(place, { title: `任务 ${index}`, dueOn, dispatch: far > 0 });
  if (far < 2) return;
  task = await test.step(clerk, task, 'sign');
  if (far < 3) return;
  if (far === 3) {
    await test.step(test.officer, task, 'withdraw', { reason: '不再需要' });
    return;
  }
  const paper = await test.paper(clerk, task.organizationId);
  const papers = [{ id: paper, kind: 'evidence' }];
  task = await test.step(clerk, task, 'report', { fields: { summary: '完成' }, papers });
  if (far === 5) await test.step(test.officer, task, 'close');
}

beforeAll(async () => {
  test = await openTestPlan();
  const indicators: string[] = [];
  for (let index = 0; index < 6; index += 1)
    indicators.push(await test.addIndicator(`I${index}`, counting(['overseas'])));
  await test.adopt();
  const random = chance(7);
  test.environment.set('2026-08-20T01:00:00.000Z');
  for (let index = 0; index < 20; index += 1) await moveTask(index, random);
  test.environment.set('2026-10-08T01:00:00.000Z');
  for (let index = 20; index < 40; index += 1) await moveTask(index, random);
  await reportValues(indicators, random);
});
afterAll(() => test.close());

const one = async (query: string, organization: string | null): Promise<number> => {
  const scope = organization === null ? 'true' : `o = '${organization}'`;
  const { rows } = await sql.raw<{ n: bigint }>(query.replace('SCOPE', scope)).execute(test.database.work.system);
  return Number(rows[0]?.n);
};

const TODAY = '2026-10-08';
const tasks = (where: string) =>
  `select count(*) as n from (select c.*, c.organization_id as o, k.due_on, k.ended_on from work_case c
    left join case_clock k on k.case_id = c.id and k.deadline = 'delivery') c where process = 'plan-task' and SCOPE and (${where})`;
/** The colours once more, from the tables alone: target 10, baseline 0 on the last day of 2025, tolerances 2 and 10. */
const standings = (where: string) =>
  `select count(*) as n from (
    select t.organization_id as o, v.value, case when v.value is null then null
      else greatest(0, 10.0 * (date '${TODAY}' - date '2025-12-31') / 365 - v.value) * 10 end as behind
    from indicator_target t left join indicator_value v on v.indicator_id = t.indicator_id
      and v.organization_id = t.organization_id and v.state = 'accepted'
    where t.year = 2026) s where SCOPE and (${where})`;
const measures = (where: string) =>
  `select count(*) as n from (select *, organization_id as o from plan_measure) m where SCOPE and (${where})`;

const RECOUNT: Readonly<Record<keyof typeof FIGURES, string>> = {
  indicatorsTotal: standings('true'),
  indicatorsGreen: standings('behind <= 2'),
  indicatorsAmber: standings('behind > 2 and behind <= 10'),
  indicatorsRed: standings('behind > 10'),
  indicatorsGrey: standings('behind is null'),
  tasksTotal: tasks('true'),
  tasksDraft: tasks(`state = 'draft'`),
  tasksOpen: tasks('ended_at is null'),
  tasksUnsigned: tasks(`state = 'dispatched'`),
  tasksInReview: tasks(`state = 'reported'`),
  tasksOverdue: tasks(`ended_at is null and due_on < '${TODAY}'`),
  tasksClosed: tasks(`state = 'closed'`),
  tasksClosedInTime: tasks(`state = 'closed' and ended_on <= due_on`),
  tasksClosedLate: tasks(`state = 'closed' and ended_on > due_on`),
  tasksWithdrawn: tasks(`state = 'withdrawn'`),
  measuresTotal: measures('true'),
  measuresDone: measures(`state = 'done'`),
  measuresRunning: measures(`state = 'running'`),
  valuesWaiting: `select count(*) as n from (select *, organization_id as o from indicator_value) v where SCOPE and state = 'reported'`,
};

describe('every figure', () => {
  const recount = async (actor: Actor, organization: string | null) => {
    const dashboard = await test.cases.work(actor, (trx) =>
      test.dashboards.dashboard(trx, actor, test.planId, { year: 2026 }),
    );
    expect(dashboard.date).toBe(TODAY);
    const shown = Object.fromEntries(dashboard.figures.map(({ key, value }) => [key, value]));
    const counted: Record<string, number> = {};
    for (const [key, query] of Object.entries(RECOUNT)) counted[key] = await one(query, organization);
    expect(shown).toEqual(counted);
    for (const { key, value } of dashboard.figures) {
      const { records: opened } = await test.cases.work(actor, (trx) =>
        test.dashboards.records(trx, actor, test.planId, { year: 2026, key }),
      );
      expect(opened).toHaveLength(value);
    }
    return { shown, dashboard };
  };

  it('equals a recount from the records, for the city', async () => {
    const { shown, dashboard } = await recount(test.officer, null);
    expect(shown['tasksTotal']).toBe(40);
    for (const key of ['tasksOverdue', 'tasksClosed', 'indicatorsRed', 'indicatorsGrey', 'valuesWaiting'])
      expect(shown[key]).toBeGreaterThan(0);
    const sum = (key: 'green' | 'amber' | 'red' | 'grey' | 'tasksOpen' | 'tasksOverdue' | 'tasksClosed') =>
      dashboard.units.reduce((total, unit) => total + unit[key], 0);
    expect([sum('red'), sum('tasksOpen'), sum('tasksClosed')]).toEqual([
      shown['indicatorsRed'],
      shown['tasksOpen'],
      shown['tasksClosed'],
    ]);
  });

  it('equals a recount of the district’s own records, for a district', async () => {
    const { shown } = await recount(test.clerks.south, test.city.organizations.south);
    expect(shown['tasksTotal']).toBe(20);
  });
});

describe('a report', () => {
  it('lives until it is frozen, and becomes a document and tables', async () => {
    const { officer } = test;
    const work = test.cases.work.bind(test.cases);
    const report = await work(officer, (trx) =>
      test.reports.create(trx, officer, test.planId, { year: 2026, kind: 'summary' }),
    );
    const text = report.blocks.find((block) => block.kind === 'text');
    expect(text?.text.zh).toContain('任务 40 项');
    expect(text?.text.en).toContain('Of 40 tasks');
    const closed = report.blocks.find((block) => block.kind === 'table' && block.query === 'tasks-closed');
    const { records: opened } = await work(officer, (trx) =>
      test.dashboards.records(trx, officer, test.planId, { year: 2026, key: 'tasksClosed' }),
    );
    expect(closed?.kind === 'table' && closed.rows.map(({ ref }) => ref.id)).toEqual(opened.map(({ id }) => id));
    const frozen = await work(officer, (trx) => test.reports.freeze(trx, officer, report.id, report.version));
    await moveTask(41, () => 0);
    const again = await work(officer, (trx) => test.reports.read(trx, officer, report.id));
    expect(again.blocks).toEqual(frozen.blocks);
    const clerk = test.clerks.north;
    await expect(work(clerk, (trx) => test.reports.read(trx, clerk, report.id))).rejects.toMatchObject({
      code: 'plan.not_found',
    });
    await expect(
      work(officer, (trx) => test.reports.edit(trx, officer, report.id, report.source, again.version)),
    ).rejects.toThrow('frozen');
    const document = reportDocument(again, 'en');
    expect(document.blocks.map(({ kind }) => kind)).toContain('table');
  });

  it('of next year names targets, what is needed, and what is carried over', async () => {
    const { officer } = test;
    const report = await test.cases.work(officer, (trx) =>
      test.reports.create(trx, officer, test.planId, { year: 2026, kind: 'next-year' }),
    );
    const targets = report.blocks.find((block) => block.kind === 'table' && block.query === 'next-targets');
    const rows = targets?.kind === 'table' ? targets.rows : [];
    expect(rows).toHaveLength(12);
    expect(rows.every(({ cells }) => cells[3]?.en === '20')).toBe(true);
    for (const { cells } of rows)
      expect(cells[4]?.en).toBe(cells[2]?.en === 'unknown' ? 'unknown' : String(20 - Number(cells[2]?.en)));
  });

  it('refuses figures that do not exist', async () => {
    const { officer } = test;
    const blocks = [{ kind: 'text', text: { zh: '{nothing}', en: '{nothing}' } }] as const;
    await expect(
      test.cases.work(officer, (trx) =>
        test.reports.create(trx, officer, test.planId, { year: 2026, kind: 'summary', blocks: [...blocks] }),
      ),
    ).rejects.toThrow('no figure "nothing"');
  });

  it('gives tables with every row', async () => {
    const { officer } = test;
    const data = await test.cases.work(officer, (trx) =>
      readReportData(test.dashboards, { trx, actor: officer }, test.planId, 2026),
    );
    expect([...(planTable('tasks', data, 'zh').rows as string[][])]).toHaveLength(data.data.tasks.length);
    expect(planTable('indicators', data, 'en').headings).toEqual([
      'Indicator',
      'Unit',
      'Baseline',
      'Target',
      'Value',
      'Standing',
    ]);
  });
});
