import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import { counting, definitionOf, openTestPlan, records, type TestPlan } from './plan.fixture.js';

let test: TestPlan;
let high: string;
let stated: string;

beforeAll(async () => {
  test = await openTestPlan();
  high = await test.addIndicator('HV', counting(['overseas', 'strategic']));
  stated = await test.addIndicator('SAT', { kind: 'stated' });
});
afterAll(() => test.close());

const as = <Result>(actor: Actor, work: Parameters<typeof test.cases.work<Result>>[1]) => test.cases.work(actor, work);
const north = () => test.city.organizations.north;

describe('a draft', () => {
  it('is seen by its own organization only, and changed by whoever may', async () => {
    const clerk = test.clerks.north;
    await expect(as(clerk, (trx) => test.plans.page(trx, clerk, test.planId))).rejects.toMatchObject({
      code: 'plan.not_found',
    });
    const auditor = await test.city.person('city', 'auditor');
    const page = await as(auditor, (trx) => test.plans.page(trx, auditor, test.planId));
    expect(page.may).toEqual({ edit: false, adopt: false, define: false });
    await expect(
      as(auditor, (trx) => test.plans.addObjective(trx, auditor, test.planId, { title: { zh: '甲', en: 'A' } })),
    ).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('takes no values and no tasks before it is adopted', async () => {
    const clerk = test.clerks.north;
    const parts = { organizationId: north(), date: '2026-02-28', sources: [] };
    await expect(as(clerk, (trx) => test.values.report(trx, clerk, high, parts))).rejects.toMatchObject({
      code: 'plan.not_found',
    });
    await expect(test.task('north')).rejects.toMatchObject({ code: 'plan.refused' });
  });

  it('refuses formulas that name rules which cannot decide', async () => {
    const add = (rule: string) =>
      as(test.officer, (trx) =>
        test.plans.addIndicator(trx, test.officer, test.planId, {
          objectiveId: test.objectiveId,
          code: 'X',
          ownerId: test.city.organizations.city,
          definition: definitionOf({ kind: 'count', test: { rule }, factor: 1, decimals: 0 }),
        }),
      );
    await expect(add('cn.nothing.there')).rejects.toMatchObject({ code: 'plan.refused' });
    await expect(add('house.supervision.sign-for')).rejects.toThrow('another kind');
  });
});

describe('an adopted plan', () => {
  beforeAll(() => test.adopt());

  it('is seen by units that take part, each with its own targets', async () => {
    const clerk = test.clerks.north;
    const page = await as(clerk, (trx) => test.plans.page(trx, clerk, test.planId));
    expect(page.plan.state).toBe('adopted');
    expect(new Set(page.indicators.flatMap(({ targets }) => targets.map((one) => one.organizationId)))).toEqual(
      new Set([north()]),
    );
    const whole = await as(test.officer, (trx) => test.plans.page(trx, test.officer, test.planId));
    expect(whole.indicators[0]?.targets).toHaveLength(4);
    for (const [place, role] of [
      ['company', 'ip-manager'],
      ['bank', 'bank-officer'],
      ['university', 'tech-transfer-officer'],
      ['park', 'carrier-clerk'],
    ] as const) {
      const other = await test.city.person(place, role);
      expect(await as(other, (trx) => test.plans.list(trx, other))).toEqual([]);
      await expect(as(other, (trx) => test.plans.page(trx, other, test.planId))).rejects.toMatchObject({
        code: 'plan.not_found',
      });
    }
  });

  it('computes values from records, keeps their lineage, and has them reviewed by somebody else', async () => {
    const clerk = test.clerks.north;
    const sources = records('CN10', [
      { granted: true, overseas: true, strategic: false },
      { granted: true, overseas: false, strategic: false },
      { granted: false, overseas: true, strategic: true },
      { granted: true, overseas: null, strategic: null },
      { granted: true, overseas: false, strategic: true },
    ]);
    const parts = { organizationId: north(), date: '2026-02-28', sources };
    await expect(
      as(clerk, (trx) => test.values.report(trx, clerk, high, { ...parts, value: 5 })),
    ).rejects.toMatchObject({ code: 'plan.refused' });
    await expect(
      as(clerk, (trx) =>
        test.values.report(trx, clerk, high, { ...parts, organizationId: test.city.organizations.south }),
      ),
    ).rejects.toMatchObject({ code: 'access.denied' });
    const value = await as(clerk, (trx) => test.values.report(trx, clerk, high, parts));
    expect(value).toMatchObject({ value: 2, undecided: 1, state: 'reported', sources: 5, colour: null });
    const decision = { accept: true, expectedVersion: 1 };
    await expect(as(clerk, (trx) => test.values.review(trx, clerk, value.id, decision))).rejects.toThrow(
      'somebody else',
    );
    const accepted = await as(test.officer, (trx) => test.values.review(trx, test.officer, value.id, decision));
    expect(accepted).toMatchObject({ state: 'accepted', colour: 'green', rule: { ruleId: 'house.indicator-colour' } });
    const lineage = await as(clerk, (trx) => test.values.lineage(trx, clerk, value.id));
    expect(lineage.sources.map(({ contributes }) => contributes)).toEqual([1, 0, 0, null, 1]);
    const uses = await test.database.work.system
      .selectFrom('rule_use')
      .select(['rule_id', 'rule_version', 'field'])
      .where('subject_id', '=', value.id)
      .execute();
    expect(uses).toEqual([{ rule_id: 'house.indicator-colour', rule_version: 1, field: 'colour' }]);
    const south = test.clerks.south;
    await expect(as(south, (trx) => test.values.lineage(trx, south, value.id))).rejects.toMatchObject({
      code: 'plan.not_found',
    });
  });

  it('takes a stated value with a paper only, and unknown as unknown', async () => {
    const clerk = test.clerks.north;
    const parts = { organizationId: north(), date: '2026-02-28', value: 83.5 };
    await expect(as(clerk, (trx) => test.values.report(trx, clerk, stated, { ...parts, sources: [] }))).rejects.toThrow(
      'rests on a paper',
    );
    const paper = await test.paper(clerk, north());
    const source = { kind: 'paper', refKind: 'survey', refId: paper, label: '', facts: {} } as const;
    const value = await as(clerk, (trx) => test.values.report(trx, clerk, stated, { ...parts, sources: [source] }));
    expect(value.value).toBe(83.5);
    const lineage = await as(clerk, (trx) => test.values.lineage(trx, clerk, value.id));
    expect(lineage.sources[0]?.label).toMatch(/^paper-/);
    const elsewhere = { ...source, refId: await test.paper(test.clerks.south, test.city.organizations.south) };
    await expect(
      as(clerk, (trx) => test.values.report(trx, clerk, stated, { ...parts, sources: [elsewhere] })),
    ).rejects.toThrow('not stored within your reach');
    const unknown = await as(clerk, (trx) =>
      test.values.report(trx, clerk, stated, { ...parts, value: null, sources: [] }),
    );
    expect(unknown).toMatchObject({ value: null, state: 'reported' });
    const series = await as(clerk, (trx) => test.values.series(trx, clerk, stated, north()));
    expect(series.map(({ state }) => state)).toEqual(['replaced', 'reported']);
  });
});

describe('a change of definition', () => {
  it('shows what it does to past values before it is adopted, and restates those it can compute', async () => {
    const { officer } = test;
    const clerk = test.clerks.south;
    const organizationId = test.city.organizations.south;
    const sources = records('CN20', [
      { granted: true, overseas: true, strategic: false },
      { granted: true, overseas: false, strategic: true },
      { granted: true, overseas: true, strategic: true },
    ]);
    const value = await as(clerk, (trx) =>
      test.values.report(trx, clerk, high, { organizationId, date: '2026-02-28', sources }),
    );
    await as(officer, (trx) => test.values.review(trx, officer, value.id, { accept: true, expectedVersion: 1 }));
    const proposal = {
      content: definitionOf(counting(['overseas'])),
      effectiveFrom: '2026-04-01',
      why: '口径调整：只计海外同族',
    };
    await expect(as(clerk, (trx) => test.definitions.propose(trx, clerk, high, proposal))).rejects.toMatchObject({
      code: 'access.denied',
    });
    const version = await as(officer, (trx) => test.definitions.propose(trx, officer, high, proposal));
    expect(version).toBe(2);
    const effect = await as(officer, (trx) => test.definitions.effect(trx, officer, high, version));
    expect(effect).toMatchObject({ total: 2, computable: 2, changed: 2 });
    expect(effect.values.map(({ organizationId: unit, before, after }) => [unit, before, after]).sort()).toEqual(
      [
        [north(), 2, 1],
        [organizationId, 3, 2],
      ].sort(),
    );
    const before = await as(clerk, (trx) => test.values.series(trx, clerk, high, organizationId));
    expect(before).toMatchObject([{ value: 3, restated: null }]);
    await expect(
      as(officer, (trx) => test.definitions.adopt(trx, officer, high, version, { total: 2, changed: 1 })),
    ).rejects.toMatchObject({ code: 'plan.changed' });
    await as(officer, (trx) => test.definitions.adopt(trx, officer, high, version, { total: 2, changed: 2 }));
    const after = await as(clerk, (trx) => test.values.series(trx, clerk, high, organizationId));
    expect(after).toMatchObject([{ value: 3, definitionVersion: 1, restated: 2, restatedVersion: 2 }]);
    const versions = await as(officer, (trx) => test.definitions.list(trx, officer, high));
    expect(versions.map(({ state }) => state)).toEqual(['adopted', 'adopted']);
    expect(versions[1]?.effect?.changed).toBe(2);
  });

  it('leaves values without records as they are, and says so', async () => {
    const { officer } = test;
    const paper = await test.paper(test.clerks.south, test.city.organizations.south);
    await as(test.clerks.south, (trx) =>
      test.values.report(trx, test.clerks.south, stated, {
        organizationId: test.city.organizations.south,
        date: '2026-02-28',
        value: 80,
        sources: [{ kind: 'paper', refKind: 'survey', refId: paper, label: '', facts: {} }],
      }),
    );
    const version = await as(officer, (trx) =>
      test.definitions.propose(trx, officer, stated, {
        content: definitionOf(counting(['overseas'])),
        effectiveFrom: '2026-04-01',
        why: '改为按记录计算',
      }),
    );
    const effect = await as(officer, (trx) => test.definitions.effect(trx, officer, stated, version));
    expect(effect).toMatchObject({ total: 2, computable: 0, changed: 0 });
    expect(effect.values.every(({ after, colourAfter }) => after === null && colourAfter === null)).toBe(true);
    await as(officer, (trx) => test.definitions.reject(trx, officer, stated, version));
  });
});
