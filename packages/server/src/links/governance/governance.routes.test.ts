import type { SearchBackend } from '@quanlian/engine';
import type { Permission } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestServer, type TestServer } from '../../app.fixture.js';
import { openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import type { Actor } from '../../work/actor.js';
import { createGovernance } from './governance.js';

const silent = {
  refresh: async () => ({ sequence: 0, documents: 0 }),
  capabilities: () => ({ operators: [], facets: [], sorts: [] }),
  close: async () => undefined,
} as unknown as SearchBackend;

let test: TestWork;
let server: TestServer;
let officer: string;
let clerk: string;
let other: string;
let owned: { readonly city: string; readonly north: string };

async function keyOf(person: Actor, organizationId: string, permissions: readonly Permission[]): Promise<string> {
  const parts = { organizationId, name: 'test', permissions: [...permissions], days: 1 };
  return (await test.base.identity.apiKeys.create(person, parts)).key;
}

const OFFICER = [
  'plan.read',
  'plan.edit',
  'plan.adopt',
  'task.dispatch',
  'task.read',
  'task.review',
  'dashboard.read',
  'export.run',
] as const;

beforeAll(async () => {
  test = await openTestWork();
  const governance = await createGovernance(test.base, { secret: Buffer.alloc(32, 7) });
  server = await createTestServer({ openBackend: async () => silent, work: test.base, governance });
  const { city, north, south } = test.city.organizations;
  owned = { city, north };
  officer = await keyOf(await test.city.person('city', 'city-officer'), city, OFFICER);
  const task = ['task.read', 'task.report', 'plan.read', 'case.comment', 'dashboard.read'] as const;
  clerk = await keyOf(await test.city.person('north', 'district-clerk'), north, task);
  other = await keyOf(await test.city.person('south', 'district-clerk'), south, task);
});
afterAll(async () => {
  await server.close();
  await test.close();
});

const ask = (key: string | undefined, method: 'GET' | 'POST' | 'PUT', url: string, payload?: object) =>
  server.app.inject({
    method,
    url: `/api/v1${url}`,
    headers: { host: '127.0.0.1', ...(key ? { authorization: `Bearer ${key}` } : {}) },
    ...(payload ? { payload } : {}),
  });

async function get(key: string | undefined, url: string, status = 200) {
  const answer = await ask(key, 'GET', url);
  expect(answer.statusCode, answer.body).toBe(status);
  return answer.json();
}

async function send(key: string, method: 'POST' | 'PUT', url: string, payload: object) {
  const answer = await ask(key, method, url, payload);
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.body === '' ? undefined : answer.json();
}

const words = (zh: string, en: string) => ({ zh, en });

async function makePlan(): Promise<{ plan: string; measure: string }> {
  const title = words('规划', 'Plan');
  const { id } = await send(officer, 'POST', '/plans', {
    organizationId: owned.city,
    kind: 'five-year',
    title,
    fromYear: 2026,
    toYear: 2030,
  });
  const objective = await send(officer, 'POST', `/plans/${id}/objectives`, { title });
  const indicator = await send(officer, 'POST', `/plans/${id}/indicators`, {
    objectiveId: objective.id,
    code: 'A1',
    ownerId: owned.city,
    definition: {
      title,
      text: words('', ''),
      unit: words('件', 'patents'),
      direction: 'up',
      aggregation: 'none',
      source: title,
      formula: { kind: 'stated' },
    },
  });
  await send(officer, 'PUT', `/indicators/${indicator.id}/baseline`, {
    organizationId: owned.north,
    date: '2025-12-31',
    value: 1,
  });
  await send(officer, 'PUT', `/indicators/${indicator.id}/target`, {
    organizationId: owned.north,
    year: 2026,
    value: 5,
  });
  const measure = await send(officer, 'POST', `/plans/${id}/measures`, {
    organizationId: owned.north,
    title,
    fromDate: '2026-01-01',
    toDate: '2026-12-31',
  });
  await send(officer, 'POST', `/plans/${id}/adopt`, { expectedVersion: 1 });
  return { plan: id, measure: measure.id };
}

describe('governance over HTTP', () => {
  it('tells rules and the calendar to everybody, and cases to nobody unknown', async () => {
    const { rules } = await get(undefined, '/rules');
    expect(rules.length).toBeGreaterThan(20);
    expect(rules.filter((rule: { testsPassed: boolean }) => !rule.testsPassed)).toEqual([]);
    const rule = await get(undefined, '/rules/house.supervision.sign-for');
    expect(rule.processes).toMatchObject([{ id: 'plan-task', deadline: 'sign-for' }]);
    expect(rule.uses).toEqual([]);
    await get(undefined, '/rules/cn.nothing', 404);
    const days = await get(undefined, '/calendar/days?from=2026-02-14&to=2026-02-15');
    expect(days.days).toMatchObject([{ kind: 'make-up', working: true }, { kind: 'holiday' }]);
    const counted = await get(undefined, '/calendar/deadline?start=2026-03-02&amount=5&unit=working-days');
    expect(counted.due).toBe('2026-03-09');
    for (const url of ['/cases', '/tasks/mine', '/plans', '/processes']) await get(undefined, url, 401);
  });

  it('carries a task from the plan to the district, with the reason of every refusal', async () => {
    const { plan, measure } = await makePlan();
    const task = await send(officer, 'POST', '/plan-tasks', {
      measureId: measure,
      organizationId: owned.north,
      title: '编制目录',
      deliverable: '目录一份',
      dueOn: '2030-06-28',
    });
    expect(task.case.state).toBe('dispatched');
    const mine = await get(clerk, '/tasks/mine');
    expect(mine.tasks).toMatchObject([{ case: { id: task.case.id }, actions: [{ id: 'sign' }] }]);
    expect((await get(other, '/tasks/mine')).total).toBe(0);
    await get(other, `/cases/${task.case.id}`, 404);
    const early = await ask(officer, 'POST', `/cases/${task.case.id}/transitions`, {
      transition: 'close',
      expectedVersion: task.case.version,
    });
    expect(early.statusCode).toBe(422);
    expect(early.json()).toMatchObject({
      error: { code: 'case.refused' },
      reason: { code: 'case.wrong_state', params: { transition: 'close', state: 'dispatched' } },
    });
    const step = { transition: 'sign', expectedVersion: task.case.version };
    const signed = await send(clerk, 'POST', `/cases/${task.case.id}/transitions`, step);
    expect(signed.case.state).toBe('in-progress');
    const again = await ask(clerk, 'POST', `/cases/${task.case.id}/transitions`, step);
    expect([again.statusCode, again.json().error.code]).toEqual([409, 'case.changed']);
    await send(clerk, 'POST', `/cases/${task.case.id}/comments`, { text: '已着手' });
    const page = await get(officer, `/cases/${task.case.id}`);
    expect(page.comments).toMatchObject([{ text: '已着手' }]);
    const board = await get(officer, '/cases/board?process=plan-task');
    expect(board.columns.find((column: { state: string }) => column.state === 'in-progress').total).toBe(1);
    const calendar = await get(officer, '/cases/calendar?from=2030-06-01&to=2030-06-30');
    expect(calendar.days).toMatchObject([{ date: '2030-06-28' }]);
    const uses = (await get(officer, '/rules/house.supervision.sign-for')).uses;
    expect(uses).toMatchObject([{ subjectKind: 'case', subjectId: task.case.id }]);
    expect((await get(other, '/rules/house.supervision.sign-for')).uses).toEqual([]);
    const dashboard = await get(officer, `/plans/${plan}/dashboard?year=2030`);
    expect(dashboard.figures.find((figure: { key: string }) => figure.key === 'tasksOpen').value).toBe(1);
    expect((await get(officer, `/plans/${plan}/figures/tasksOpen?year=2030`)).records).toMatchObject([
      { kind: 'task', id: task.case.id },
    ]);
  });

  it('gives tables and documents as files, to whoever may export', async () => {
    const { plan } = await makePlan();
    const url = `/plans/${plan}/export?table=indicators&year=2026`;
    const csv = await ask(officer, 'GET', `${url}&format=csv&language=zh`);
    expect([csv.statusCode, csv.headers['content-type']]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(csv.body).toContain('指标,单位');
    expect(csv.body.trim().split('\r\n')).toHaveLength(2);
    const xlsx = await ask(officer, 'GET', `${url}&format=xlsx`);
    expect(xlsx.rawPayload.subarray(0, 2).toString()).toBe('PK');
    expect((await ask(clerk, 'GET', `${url}&format=csv`)).statusCode).toBe(403);
    const cases = await ask(officer, 'GET', '/cases/export?format=csv&language=en&process=plan-task');
    expect(cases.body).toContain('编制目录,Task of the plan,In progress,2030-06-28');
    const none = await ask(clerk, 'GET', '/cases/export?format=csv&language=en');
    expect(none.body.trim().split('\r\n')).toHaveLength(1);
    const report = await send(officer, 'POST', `/plans/${plan}/reports`, { year: 2026, kind: 'summary' });
    const docx = await ask(officer, 'GET', `/reports/${report.id}/document?format=docx&language=zh`);
    expect([docx.statusCode, docx.rawPayload.subarray(0, 2).toString()]).toEqual([200, 'PK']);
    const pdf = await ask(officer, 'GET', `/reports/${report.id}/document?format=pdf&language=en`);
    // The fonts of PDF files are an optional package.
    if (pdf.statusCode === 200) expect(pdf.rawPayload.subarray(0, 5).toString()).toBe('%PDF-');
    else expect(pdf.json().error.code).toBe('template.invalid');
  });

  it('describes itself, and looks at deadlines as a job', async () => {
    const answer = await ask(undefined, 'GET', '/openapi.json');
    const { paths } = answer.json();
    for (const path of ['/api/v1/cases/{id}', '/api/v1/rules', '/api/v1/plans/{id}/dashboard', '/api/v1/tasks/mine'])
      expect(Object.keys(paths)).toContain(path);
    await test.base.jobs.runDue();
    const rows = await test.database.work.system.selectFrom('job_schedule').select('name').execute();
    expect(rows.map(({ name }) => name)).toContain('case.deadlines');
    expect(test.errors).toEqual([]);
  });
});
