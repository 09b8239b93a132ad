import type { DefinitionContent, Formula, NewPlanTask, ValueSource } from '@quanlian/contract';
import type { Actor } from '../../../work/actor.js';
import { openTestWork, type TestWork } from '../../../work/cases/cases.fixture.js';
import type { StoredCase } from '../../../work/cases/stored-case.js';
import type { PlaceName } from '../../../work/work.fixture.js';
import { createPlanWork, type PlanWork } from './plan.compose.js';
import { taskProcess } from './task.process.js';

const words = (zh: string, en: string) => ({ zh, en });

/** A definition that counts records of patents in force, valid or not by a criterion. */
export const counting = (criteria: readonly string[]): Formula => ({
  kind: 'count',
  test: {
    requires: [{ code: 'granted', title: words('已授权', 'Granted'), when: { fact: 'granted', is: true } }],
    criteria: criteria.map((fact) => ({ code: fact, title: words(fact, fact), when: { fact, is: true } })),
  },
  factor: 1,
  decimals: 0,
});

export const definitionOf = (formula: Formula, direction: 'up' | 'down' = 'up'): DefinitionContent => ({
  title: words('高价值发明专利拥有量', 'High-value invention patents'),
  text: words('符合条件的有效发明专利件数', 'Patents in force that meet a criterion'),
  unit: words('件', 'patents'),
  direction,
  aggregation: 'sum',
  source: words('专利登记簿', 'The register'),
  formula,
});

/** Records of patents by the facts that decide whether they count. */
export const records = (prefix: string, facts: readonly ValueSource['facts'][]): ValueSource[] =>
  facts.map((one, index) => ({
    kind: 'record',
    refKind: 'publication',
    refId: `${prefix}${index}`,
    label: `${prefix}${index}`,
    facts: one,
  }));

/** A city with a five-year plan, its officer, and a clerk in each district. */
export interface TestPlan extends TestWork, PlanWork {
  readonly officer: Actor;
  readonly colleague: Actor;
  readonly clerks: Readonly<Record<'north' | 'south', Actor>>;
  readonly planId: string;
  readonly objectiveId: string;
  readonly measureId: string;
  addIndicator(code: string, formula: Formula): Promise<string>;
  adopt(): Promise<void>;
  task(place: PlaceName, parts?: Partial<NewPlanTask>): Promise<StoredCase>;
  step(actor: Actor, stored: StoredCase, transition: string, more?: object): Promise<StoredCase>;
}

export async function openTestPlan(): Promise<TestPlan> {
  const test = await openTestWork([taskProcess], '2026-03-02T01:00:00.000Z');
  const { city, cases } = test;
  const plan = createPlanWork(test);
  const officer = await city.person('city', 'city-officer');
  const colleague = await city.person('city', 'city-officer');
  const clerks = {
    north: await city.person('north', 'district-clerk'),
    south: await city.person('south', 'district-clerk'),
  };
  const made = await cases.work(officer, async (trx) => {
    const planId = await plan.plans.create(trx, officer, {
      organizationId: city.organizations.city,
      kind: 'five-year',
      title: words('“十五五”知识产权规划', 'Five-year plan'),
      fromYear: 2026,
      toYear: 2030,
    });
    const objectiveId = await plan.plans.addObjective(trx, officer, planId, { title: words('创造', 'Creation') });
    const measure = await plan.plans.addMeasure(trx, officer, planId, {
      organizationId: city.organizations.north,
      objectiveId,
      title: words('培育高价值专利', 'Grow high-value patents'),
      fromDate: '2026-01-01',
      toDate: '2027-12-31',
    });
    return { planId, objectiveId, measureId: measure.id };
  });
  return {
    ...test,
    ...plan,
    ...made,
    officer,
    colleague,
    clerks,
    addIndicator: (code, formula) =>
      cases.work(officer, async (trx) => {
        const id = await plan.plans.addIndicator(trx, officer, made.planId, {
          objectiveId: made.objectiveId,
          code,
          ownerId: city.organizations.city,
          definition: definitionOf(formula),
        });
        for (const place of ['north', 'south'] as const) {
          const organizationId = city.organizations[place];
          await plan.plans.setBaseline(trx, officer, id, { organizationId, date: '2025-12-31', value: 0 });
          await plan.plans.setTarget(trx, officer, id, { organizationId, year: 2026, value: 10 });
          await plan.plans.setTarget(trx, officer, id, { organizationId, year: 2027, value: 20 });
        }
        return id;
      }),
    adopt: () => cases.work(officer, (trx) => plan.plans.adopt(trx, officer, made.planId, 1)),
    task: (place, parts = {}) =>
      cases.work(officer, (trx) =>
        plan.planTasks.create(trx, officer, {
          measureId: made.measureId,
          organizationId: city.organizations[place],
          title: '任务',
          deliverable: '报告一份',
          dueOn: '2026-06-30',
          dispatch: true,
          ...parts,
        }),
      ),
    step: (actor, stored, transition, more = {}) =>
      cases.work(actor, (trx) =>
        cases.transition(trx, actor, stored.id, { transition, expectedVersion: stored.snapshot.version, ...more }),
      ),
  };
}
