import type { DefinitionContent, Formula, ValueSource } from '@quanlian/contract';
import { addDays } from '@quanlian/kernel';
import { CITY } from '../identity/demo-offices.js';
import { type Stage, YEAR } from './stage.js';

const OBJECTIVES = [
  ['创造质量', 'Quality of creation'],
  ['转化运用', 'Utilization'],
  ['保护水平', 'Protection'],
  ['公共服务', 'Public service'],
  ['人才培养', 'People'],
] as const;

const SUBJECTS = [
  ['高价值发明专利', 'High-value inventions'],
  ['专利许可', 'Licences'],
  ['质押登记', 'Pledges'],
  ['调解案件', 'Mediations'],
  ['服务事项', 'Services given'],
  ['专员人数', 'IP staff'],
] as const;

const UNITS_OF_INDICATOR = 3;
const TASKS_OF_MEASURE = 5;
const QUARTERS = [`${YEAR}-03-31`, `${YEAR}-06-30`, `${YEAR}-09-30`, `${YEAR}-12-15`];
const words = ([zh, en]: readonly [string, string]) => ({ zh, en });

interface IndicatorInPlan {
  readonly id: string;
  readonly code: string;
  readonly stated: boolean;
  /** District key to its target of the year. */
  readonly targets: ReadonlyMap<string, number>;
}

/** Every third indicator is stated with a paper; the others count records. */
function definitionOf(index: number, stated: boolean): DefinitionContent {
  const [zh, en] = SUBJECTS[index % SUBJECTS.length] ?? SUBJECTS[0];
  const formula: Formula = stated ? { kind: 'stated' } : { kind: 'count', test: null, factor: 1, decimals: 0 };
  return {
    title: { zh: `${zh}（${index + 1}）`, en: `${en} (${index + 1})` },
    text: { zh: `${zh}的年度数量`, en: `${en} in the year` },
    unit: { zh: '件', en: 'items' },
    direction: 'up',
    aggregation: 'sum',
    source: { zh: '演示数据', en: 'Generated data' },
    formula,
  };
}

async function writePlan(stage: Stage): Promise<{ planId: string; objectives: string[] }> {
  const { governance, place } = stage;
  return stage.as('officer', async (trx, actor) => {
    const planId = await governance.plans.create(trx, actor, {
      organizationId: place(CITY),
      kind: 'five-year',
      title: { zh: '知识产权五年规划', en: 'Five-year plan' },
      fromYear: YEAR,
      toYear: YEAR + 4,
    });
    const objectives: string[] = [];
    for (const title of OBJECTIVES)
      objectives.push(await governance.plans.addObjective(trx, actor, planId, { title: words(title) }));
    return { planId, objectives };
  });
}

async function addIndicators(stage: Stage, planId: string, objectives: readonly string[]): Promise<IndicatorInPlan[]> {
  const { governance, place, chance, scale, city } = stage;
  const indicators: IndicatorInPlan[] = [];
  for (let index = 0; index < scale.indicators; index += 1) {
    const code = `Z${String(index + 1).padStart(2, '0')}`;
    const stated = index % 3 === 2;
    const targets = new Map<string, number>();
    const units = Math.min(UNITS_OF_INDICATOR, city.districts.length);
    for (let unit = 0; unit < units; unit += 1) {
      const district = city.districts[(index + unit) % city.districts.length];
      if (district) targets.set(district.id, chance.int(10, 40));
    }
    const id = await stage.as('officer', async (trx, actor) => {
      const objectiveId = objectives[index % objectives.length] ?? '';
      const definition = definitionOf(index, stated);
      const parts = { objectiveId, code, ownerId: place(CITY), definition };
      const indicatorId = await governance.plans.addIndicator(trx, actor, planId, parts);
      for (const [district, value] of targets) {
        const organizationId = place(district);
        const date = `${YEAR - 1}-12-31`;
        await governance.plans.setBaseline(trx, actor, indicatorId, { organizationId, date, value: 0 });
        await governance.plans.setTarget(trx, actor, indicatorId, { organizationId, year: YEAR, value });
      }
      return indicatorId;
    });
    indicators.push({ id, code, stated, targets });
  }
  return indicators;
}

async function addMeasures(stage: Stage, planId: string, objectives: readonly string[]) {
  const { governance, place, scale, city } = stage;
  const count = Math.max(1, Math.ceil(scale.tasks / TASKS_OF_MEASURE));
  const measures: { id: string; district: string }[] = [];
  for (let index = 0; index < count; index += 1) {
    const district = city.districts[index % city.districts.length]?.id ?? '';
    const { id } = await stage.as('officer', (trx, actor) =>
      governance.plans.addMeasure(trx, actor, planId, {
        organizationId: place(district),
        objectiveId: objectives[index % objectives.length] ?? '',
        title: { zh: `举措${index + 1}`, en: `Measure ${index + 1}` },
        fromDate: `${YEAR}-01-01`,
        toDate: `${YEAR}-12-31`,
      }),
    );
    measures.push({ id, district });
  }
  return measures;
}

/** What the unit has by the end of a quarter: on the way to its target, a little before or behind. */
function amountOf({ chance }: Stage, target: number, quarter: number): number {
  return Math.max(0, Math.round(((target * (quarter + 1)) / QUARTERS.length) * (0.75 + chance.next() * 0.4)));
}

const recordsOf = (code: string, district: string, count: number): ValueSource[] =>
  Array.from({ length: count }, (_, index) => ({
    kind: 'record',
    refKind: 'publication',
    refId: `${code}-${district}-${index + 1}`,
    label: `${code} ${index + 1}`,
    facts: {},
  }));

/** A clerk reports the value of a quarter; somebody of the city looks at it some days later. */
function planValue(stage: Stage, indicator: IndicatorInPlan, district: string, quarter: number): void {
  const { governance, place, chance, workday, onDay } = stage;
  const date = QUARTERS[quarter] ?? '';
  const clerk = `clerk-${district}`;
  const organizationId = place(district);
  const amount = amountOf(stage, indicator.targets.get(district) ?? 0, quarter);
  const unknown = indicator.stated && chance.happens(0.1);
  const accept = chance.happens(0.93);
  const reviewed = chance.happens(0.95);
  const [reportDays, reviewDays, againDays] = [chance.int(1, 6), chance.int(1, 4), chance.int(1, 3)];

  async function report(): Promise<void> {
    const title = `${indicator.code} ${date} ${district}`;
    const isPaper = indicator.stated && !unknown;
    const refId = isPaper ? await stage.paper(clerk, organizationId, title) : '';
    const sources: ValueSource[] = indicator.stated
      ? isPaper
        ? [{ kind: 'paper', refKind: 'paper', refId, label: title, facts: {} }]
        : []
      : recordsOf(indicator.code, district, amount);
    const value = indicator.stated ? { value: unknown ? null : amount } : {};
    await stage.as(clerk, (trx, actor) =>
      governance.values.report(trx, actor, indicator.id, { organizationId, date, sources, ...value }),
    );
  }

  async function review(accepts: boolean): Promise<void> {
    await stage.as('reviewer', async (trx, actor) => {
      const series = await governance.values.series(trx, actor, indicator.id, organizationId);
      const value = series.find((one) => one.date === date && one.state === 'reported');
      if (!value) return;
      const note = accepts ? {} : { note: '请核对后重报' };
      await governance.values.review(trx, actor, value.id, {
        accept: accepts,
        expectedVersion: value.version,
        ...note,
      });
    });
  }

  const reportDay = workday(date, reportDays);
  const reviewDay = workday(reportDay, reviewDays);
  onDay(reportDay, report);
  if (!reviewed) return;
  onDay(reviewDay, () => review(accept));
  if (accept) return;
  onDay(workday(reviewDay, againDays), report);
  onDay(workday(reviewDay, againDays + 2), () => review(true));
}

/** A task through its life: most are closed in time, some late, some never. */
function planTask(stage: Stage, index: number, measure: { id: string; district: string }): void {
  const { governance, place, chance, workday, onDay } = stage;
  const dispatchDay = workday(`${YEAR}-01-20`, chance.int(0, 170));
  const dueOn = addDays(dispatchDay, chance.int(30, 80));
  const clerk = `clerk-${measure.district}`;
  const organizationId = place(measure.district);
  const fate = chance.next();
  const lateDays = chance.int(-12, 6);
  const [signDays, reviewDays] = [chance.int(0, 2), chance.int(1, 4)];
  const returned = chance.happens(0.12);
  let id = '';

  const hand = async (): Promise<void> => {
    const paper = await stage.paper(clerk, organizationId, `任务${index + 1}完成证明`);
    await stage.step(clerk, id, 'report', {
      fields: { summary: '已按要求完成', progress: 100 },
      papers: [{ id: paper, kind: 'evidence' }],
    });
  };
  const step =
    (key: string, transition: string, more: object = {}) =>
    async (): Promise<void> => {
      await stage.step(key, id, transition, more);
    };

  onDay(dispatchDay, async () => {
    const stored = await stage.as('officer', (trx, actor) =>
      governance.planTasks.create(trx, actor, {
        measureId: measure.id,
        organizationId,
        title: `任务${index + 1}`,
        deliverable: '工作总结一份',
        dueOn,
        dispatch: fate > 0.02,
      }),
    );
    id = stored.id;
  });
  // Some stay drafts, some are never signed for, some are withdrawn.
  if (fate <= 0.06) return;
  const signDay = workday(dispatchDay, signDays + 1);
  if (fate <= 0.09) {
    onDay(signDay, step('officer', 'withdraw', { reason: '任务合并' }));
    return;
  }
  onDay(signDay, step(clerk, 'sign'));
  onDay(workday(signDay, 10), step(clerk, 'progress', { fields: { progress: 40 } }));
  if (fate <= 0.16) return;
  const reportDay = workday(dueOn, lateDays);
  const handDay = reportDay > workday(signDay, 11) ? reportDay : workday(signDay, 12);
  onDay(handDay, hand);
  const closeDay = workday(handDay, reviewDays);
  if (returned) {
    onDay(closeDay, step('reviewer', 'return', { reason: '材料不全' }));
    onDay(workday(closeDay, 3), hand);
  }
  onDay(returned ? workday(closeDay, 5) : closeDay, step('reviewer', 'close'));
}

/** The plan: written and adopted in January, reported every quarter, carried out by tasks. Answers its id. */
export async function playPlan(stage: Stage): Promise<string> {
  const { governance, scale } = stage;
  const { planId, objectives } = await writePlan(stage);
  const indicators = await addIndicators(stage, planId, objectives);
  const measures = await addMeasures(stage, planId, objectives);
  await stage.as('officer', async (trx, actor) => {
    const { plan } = await governance.plans.page(trx, actor, planId);
    await governance.plans.adopt(trx, actor, planId, plan.version);
  });
  for (const indicator of indicators)
    for (const district of indicator.targets.keys())
      for (const quarter of QUARTERS.keys()) planValue(stage, indicator, district, quarter);
  for (let index = 0; index < scale.tasks; index += 1) {
    const measure = measures[index % measures.length];
    if (measure) planTask(stage, index, measure);
  }
  return planId;
}
