import { AGE_BANDS, type ChecklistItem, type Inspection, type Severity } from '@quanlian/contract';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import { openTestWork, type TestWork } from '../../../work/cases/cases.fixture.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import type { PlaceName } from '../../../work/work.fixture.js';
import type { CountedFindings } from './counted.js';
import { createInspectionWork, type InspectionWork, inspectionProcesses } from './inspection.js';
import { bandOf } from './overview.service.js';

let test: TestWork;
let work: InspectionWork;
let officer: Actor;
let inspector: Actor;
let manager: Actor;

beforeAll(async () => {
  test = await openTestWork(inspectionProcesses({ now: () => test.environment.now() }), '2026-03-02T01:00:00.000Z');
  work = createInspectionWork(test);
  officer = await test.city.person('city', 'city-officer');
  inspector = await test.city.person('authority', 'inspector');
  manager = await test.city.person('company', 'ip-manager');
});
afterAll(() => test.close());

const at = (place: PlaceName): string => test.city.organizations[place];
const as = <Result>(actor: Actor, run: (trx: WorkTransaction) => Promise<Result>): Promise<Result> =>
  withWork(test.database.work.db, actor, run);

const ITEMS: ChecklistItem[] = ['A1', 'A2', 'B1'].map((code) => ({
  code,
  text: { zh: `检查项${code}`, en: `Item ${code}` },
  clause: null,
}));

let counter = 0;
async function checklistVersion(): Promise<string> {
  const [known] = await as(officer, (trx) => work.checklists.list(trx, officer));
  const made =
    known ??
    (await as(officer, (trx) =>
      work.checklists.create(trx, officer, {
        organizationId: at('city'),
        code: 'base',
        title: { zh: '基本检查', en: 'Basic' },
        items: ITEMS,
      }),
    ));
  return made.versions[0]?.id ?? '';
}

async function started(place: PlaceName, day: string): Promise<Inspection> {
  counter += 1;
  const checklistVersionId = await checklistVersion();
  test.environment.set(`${day}T01:00:00.000Z`);
  const plan = await as(officer, (trx) =>
    work.checklists.plan(trx, officer, {
      organizationId: at('city'),
      title: { zh: `计划${counter}`, en: `Plan ${counter}` },
      checklistVersionId,
      startsOn: day,
      endsOn: '2026-12-31',
      targets: [at(place)],
    }),
  );
  const target = { organizationId: at(place), inspectorId: inspector.userId ?? '' };
  const made = await as(officer, (trx) => work.inspections.start(trx, officer, plan.id, target));
  inspector = await test.city.again(inspector);
  return made;
}

async function found(inspection: Inspection, item: string, severity: Severity, papers: string[] = []) {
  return as(inspector, (trx) =>
    work.inspections.addFinding(trx, inspector, inspection.id, {
      expectedVersion: inspection.version,
      item,
      severity,
      description: '台账不全',
      papers,
    }),
  );
}

const report = (
  inspection: Inspection,
  results: Record<string, 'met' | 'not-applicable'>,
  performedOn = '2026-03-03',
) =>
  as(inspector, (trx) =>
    work.inspections.report(trx, inspector, inspection.id, {
      expectedVersion: inspection.version,
      performedOn,
      results,
      papers: [],
    }),
  );

async function step(actor: Actor, orderId: string, transition: string, more: object = {}) {
  return as(actor, async (trx) => {
    const { snapshot } = await test.cases.find(trx, actor, orderId);
    return test.cases.transition(trx, actor, orderId, { transition, expectedVersion: snapshot.version, ...more });
  });
}

const findingsOf = (actor: Actor, inspectionId: string) =>
  as(actor, (trx) => work.inspections.findings(trx, actor, { inspectionId, limit: 100, offset: 0 }));

describe('an inspection', () => {
  let inspection: Inspection;

  it('is announced when it starts, and seen by its organization from then on', async () => {
    const before = await as(manager, (trx) => work.inspections.list(trx, manager, { limit: 10, offset: 0 }));
    expect(before.total).toBe(0);
    inspection = await started('company', '2026-03-02');
    const seen = await as(manager, (trx) => work.inspections.list(trx, manager, { limit: 10, offset: 0 }));
    expect(seen.inspections.map(({ id, state }) => [id, state])).toEqual([[inspection.id, 'announced']]);
    const stranger = await test.city.person('other', 'ip-manager');
    await expect(as(stranger, (trx) => work.inspections.get(trx, stranger, inspection.id))).rejects.toMatchObject({
      code: 'inspection.not_found',
    });
    const another = await test.city.person('authority', 'inspector');
    await expect(as(another, (trx) => work.inspections.get(trx, another, inspection.id))).rejects.toMatchObject({
      code: 'inspection.not_found',
    });
    const plans = await as(manager, (trx) => sql`select * from inspection_target`.execute(trx));
    expect(plans.rows).toEqual([]);
    await expect(as(manager, (trx) => work.checklists.plans(trx, manager))).resolves.toEqual([]);
  });

  it('takes findings of its checklist with proof, one an item', async () => {
    const paper = await test.paper(inspector, at('company'));
    inspection = await found(inspection, 'A1', 'major', [paper]);
    expect(inspection.findings).toMatchObject([{ item: 'A1', severity: 'major', papers: [paper], state: 'open' }]);
    await expect(found(inspection, 'A1', 'minor')).rejects.toThrow('finding at the item');
    await expect(found(inspection, 'Z9', 'minor')).rejects.toThrow('no item');
    await expect(found({ ...inspection, version: 1 }, 'A2', 'minor')).rejects.toMatchObject({ code: 'case.changed' });
    inspection = await found(inspection, 'A2', 'critical');
    await expect(
      as(manager, (trx) =>
        work.inspections.addFinding(trx, manager, inspection.id, {
          expectedVersion: inspection.version,
          item: 'B1',
          severity: 'minor',
          description: '不',
          papers: [],
        }),
      ),
    ).rejects.toMatchObject({ code: 'access.denied' });
  });

  it('is reported when every item is answered, and cannot be closed with open findings', async () => {
    test.environment.set('2026-03-03T01:00:00.000Z');
    await expect(report(inspection, {})).rejects.toThrow('B1');
    await expect(report(inspection, { A1: 'met', B1: 'met' })).rejects.toThrow('A1');
    await expect(
      step(inspector, inspection.id, 'report', { fields: { performedOn: '2026-03-03' } }),
    ).rejects.toMatchObject({ code: 'case.refused' });
    inspection = await report(inspection, { B1: 'met' });
    expect(inspection).toMatchObject({ state: 'reported', performedOn: '2026-03-03' });
    const close = as(officer, (trx) => work.inspections.close(trx, officer, inspection.id, inspection.version));
    await expect(close).rejects.toMatchObject({ code: 'case.refused' });
  });

  it('orders rectification with a last day by working days', async () => {
    inspection = await as(inspector, (trx) =>
      work.inspections.order(trx, inspector, inspection.id, inspection.version),
    );
    expect(inspection.state).toBe('rectifying');
    const due = Object.fromEntries(inspection.findings.map(({ item, dueOn, state }) => [item, [state, dueOn]]));
    // Fifteen and five working days after Tuesday 3 March 2026.
    expect(due).toEqual({ A1: ['ordered', '2026-03-24'], A2: ['ordered', '2026-03-10'] });
  });

  it('is re-inspected until it is rectified', async () => {
    const { findings } = await findingsOf(manager, inspection.id);
    const order = findings.find(({ item }) => item === 'A2')?.orderId ?? '';
    await expect(step(manager, order, 'submit-proof', { fields: { measures: '已补齐' } })).rejects.toMatchObject({
      code: 'case.refused',
    });
    const proof = async () => [{ id: await test.paper(manager, at('company')), kind: 'proof' }];
    await step(manager, order, 'submit-proof', { fields: { measures: '已补齐' }, papers: await proof() });
    await expect(step(manager, order, 'accept', { fields: { recheckedOn: '2026-03-05' } })).rejects.toMatchObject({
      code: 'case.refused',
    });
    test.environment.set('2026-03-05T01:00:00.000Z');
    await step(inspector, order, 'reject', { fields: { recheckedOn: '2026-03-05' }, reason: '仍缺两份' });
    const again = (await findingsOf(manager, inspection.id)).findings.find(({ item }) => item === 'A2');
    expect(again).toMatchObject({ state: 'ordered', dueOn: '2026-03-19' });
    await step(manager, order, 'submit-proof', { fields: { measures: '已全部补齐' }, papers: await proof() });
    await step(inspector, order, 'accept', { fields: { recheckedOn: '2026-03-06' } });
    const other = findings.find(({ item }) => item === 'A1')?.orderId ?? '';
    await expect(step(manager, other, 'withdraw', { reason: '请求撤销' })).rejects.toMatchObject({
      code: 'case.refused',
    });
    await step(manager, other, 'submit-proof', { fields: { measures: '已改' }, papers: await proof() });
    test.environment.set('2026-03-09T01:00:00.000Z');
    await step(officer, other, 'accept', { fields: { recheckedOn: '2026-03-09' } });
    inspection = await as(officer, (trx) => work.inspections.get(trx, officer, inspection.id));
    expect(inspection.findings.map(({ state, closedOn }) => [state, closedOn])).toEqual([
      ['closed', '2026-03-09'],
      ['closed', '2026-03-05'],
    ]);
    const closed = await as(inspector, (trx) =>
      work.inspections.close(trx, inspector, inspection.id, inspection.version),
    );
    expect(closed.state).toBe('closed');
    expect(test.notices.map(({ kind }) => kind)).toContain('rectification.rejected');
  });
});

describe('the overview', () => {
  it('recounts findings, ageing and recurrence on any day', async () => {
    let second = await started('company', '2026-06-01');
    second = await found(second, 'A1', 'minor');
    second = await found(second, 'B1', 'critical');
    expect(second.findings.find(({ item }) => item === 'A1')?.repeats).not.toBeNull();
    expect(second.findings.find(({ item }) => item === 'B1')?.repeats).toBeNull();
    second = await report(second, { A2: 'not-applicable' }, '2026-06-01');
    await as(inspector, (trx) => work.inspections.order(trx, inspector, second.id, second.version));
    const on = (day: string, actor = officer) => as(actor, (trx) => work.overviews.on(trx, actor, { on: day }));
    const march = await on('2026-03-04');
    expect(march.findings).toEqual({ found: 2, closed: 0, open: 2, overdue: 0, closedShare: 0 });
    const august = await on('2026-08-15');
    expect(august.findings).toEqual({ found: 4, closed: 2, open: 2, overdue: 2, closedShare: 0.5 });
    expect(august.ageing.filter(({ open }) => open > 0)).toEqual([
      { band: '61-90', severity: 'minor', open: 1 },
      { band: '61-90', severity: 'critical', open: 1 },
    ]);
    expect(august.recurrence).toEqual({
      repeats: 1,
      share: 0.25,
      items: [
        {
          organizationId: at('company'),
          checklist: 'base',
          item: 'A1',
          times: 2,
          first: '2026-03-02',
          last: '2026-06-01',
        },
      ],
    });
    expect(august.inspections).toEqual({ closed: 1, rectifying: 1 });
    // Every figure opens into as many records.
    const listed = async (counted: Omit<CountedFindings, 'on'>) =>
      (
        await as(officer, (trx) =>
          work.inspections.findings(trx, officer, { counted: { ...counted, on: '2026-08-15' }, limit: 100, offset: 0 }),
        )
      ).total;
    for (const standing of ['found', 'open', 'overdue', 'closed'] as const)
      expect([standing, await listed({ standing })]).toEqual([standing, august.findings[standing]]);
    expect(await listed({ standing: 'repeated' })).toBe(august.recurrence.repeats);
    for (const age of AGE_BANDS)
      expect([age, await listed({ age })]).toEqual([
        age,
        august.ageing.filter(({ band }) => band === age).reduce((sum, { open }) => sum + open, 0),
      ]);
    const clerk = await test.city.person('south', 'district-clerk');
    expect(await on('2026-08-15', clerk)).toMatchObject({
      findings: { found: 0, closedShare: null },
      recurrence: { share: null, items: [] },
    });
  });

  it('bands ages at their edges', () => {
    expect([0, 30, 31, 60, 61, 90, 91].map(bandOf)).toEqual([
      '0-30',
      '0-30',
      '31-60',
      '31-60',
      '61-90',
      '61-90',
      '91+',
    ]);
  });
});

describe('a race', () => {
  it('starts an inspection of an organization once for a plan', async () => {
    const plan = await as(officer, async (trx) =>
      work.checklists.plan(trx, officer, {
        organizationId: at('city'),
        title: { zh: '竞争', en: 'Race' },
        checklistVersionId: await checklistVersion(),
        startsOn: '2026-06-01',
        endsOn: '2026-12-31',
        targets: [at('university')],
      }),
    );
    const target = { organizationId: at('university'), inspectorId: inspector.userId ?? '' };
    const attempts = await Promise.allSettled(
      Array.from({ length: 8 }, () => as(officer, (trx) => work.inspections.start(trx, officer, plan.id, target))),
    );
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const cases =
      await sql`select 1 from work_case where process = 'inspection' and organization_id = ${at('university')}`.execute(
        test.database.work.system,
      );
    expect(cases.rows).toHaveLength(1);
  });
});
