import { buffer } from 'node:stream/consumers';
import { QuanlianError } from '@quanlian/contract';
import { readTable, writeTable } from '@quanlian/formats/tables';
import fastify, { type FastifyInstance, type InjectOptions } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { handleErrors } from '../../http/errors.js';
import type { Actor } from '../../work/actor.js';
import { openTestWork, type TestWork } from '../../work/cases/cases.fixture.js';
import { inspectionProcesses } from './inspection/inspection.js';
import { createProgramme, programmeRoutes } from './programme.js';

let test: TestWork;
let app: FastifyInstance;
let officer: Actor;
const people = new Map<string, Actor>();

beforeAll(async () => {
  test = await openTestWork(inspectionProcesses({ now: () => test.environment.now() }));
  const { db } = test.database.work;
  const system = () => test.city.actors.system('test');
  const programme = createProgramme({ ...test, db, system, secret: Buffer.alloc(32, 7) });
  officer = await test.city.person('city', 'city-officer');
  people.set('officer', officer);
  app = fastify();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  handleErrors(app);
  const requireActor = async ({ headers }: { headers: Record<string, unknown> }) => {
    const actor = people.get(String(headers['x-person']));
    if (!actor) throw new QuanlianError('access.sign_in_required', 'Sign in first.');
    return actor;
  };
  const deps = { ...programme, db, environment: test.environment, requireActor };
  await app.register(programmeRoutes(deps), { prefix: '/api/v1' });
});
afterAll(async () => {
  await app.close();
  await test.close();
});

async function ask(person: string, method: 'GET' | 'POST' | 'PATCH', url: string, more: InjectOptions = {}) {
  const headers = { 'x-person': person, ...more.headers };
  return app.inject({ method, url: `/api/v1${url}`, ...more, headers });
}

const post = async (person: string, url: string, payload: object) => {
  const answer = await ask(person, 'POST', url, { payload });
  expect(answer.statusCode, answer.body).toBeLessThan(300);
  return answer.body === '' ? undefined : answer.json();
};

it('carries a course from its curriculum to a certificate that anybody verifies', async () => {
  const organizationId = test.city.organizations.city;
  const words = { zh: '入门', en: 'Introduction' };
  const curriculum = await post('officer', '/training/curricula', {
    organizationId,
    code: 'intro',
    tier: 'city',
    audience: 'officials',
    title: words,
  });
  const option = (en: string) => ({ zh: en, en });
  const published = await post('officer', `/training/curricula/${curriculum.id}/versions`, {
    topics: [words],
    minutes: 60,
    attendancePercent: 100,
    passPercent: 60,
    attempts: 1,
    validMonths: null,
    questions: [{ kind: 'true-false', text: words, options: [option('yes'), option('no')], points: 5, right: [0] }],
  });
  const rows = [
    ['A1', '张三', '', '市', '公务员', ''],
    ['A2', '李四', '', '市', '公务员', ''],
  ];
  const headings = ['编号', '姓名', '单位', '层级', '人员类别', '邮箱'];
  const roster = await ask('officer', 'POST', `/training/rosters/file?organizationId=${organizationId}`, {
    headers: { 'content-type': 'application/octet-stream' },
    payload: await buffer(writeTable('xlsx', { sheet: '1', headings, rows })),
  });
  expect(roster.json()).toMatchObject({ applied: true, counts: { added: 2 } });
  const batch = await post('officer', '/training/batches', {
    organizationId,
    versionId: published.versions[0].id,
    code: 'one',
    title: words,
    mode: 'venue',
    quota: 10,
    startsOn: '2026-03-02',
    endsOn: '2026-03-06',
    enrolUntil: '2026-03-06',
    sessions: [{ heldOn: '2026-03-02', title: '第一课', minutes: 60 }],
  });
  const enrolled = await post('officer', `/training/batches/${batch.id}/enrolments`, { rows: '编号\na1\nA9' });
  expect(enrolled.rows.map(({ result }: { result: string }) => result)).toEqual(['added', 'unknown-person']);
  const list = await ask('officer', 'GET', `/training/batches/${batch.id}/enrolments`);
  const [enrolment] = list.json().enrolments;
  await post('officer', `/training/sessions/${batch.sessions[0].id}/attendance`, {
    marks: [{ enrolmentId: enrolment.id, state: 'present' }],
  });
  expect(await post('officer', `/training/enrolments/${enrolment.id}/test`, { answers: [[0]] })).toMatchObject({
    passed: true,
  });
  const issued = await post('officer', `/training/batches/${batch.id}/certificates`, {});
  const verified = await ask('nobody', 'GET', `/certificates/${issued.people[0].code}`);
  expect(verified.json()).toMatchObject({ state: 'valid', name: '张三', curriculum: words });
  expect((await ask('nobody', 'GET', '/certificates/UNKNOWN')).statusCode).toBe(404);
  expect((await ask('nobody', 'GET', '/training/coverage')).statusCode).toBe(401);
  const coverage = await ask('officer', 'GET', '/training/coverage');
  expect(coverage.json().total).toEqual({ tier: null, roster: 2, certified: 1, share: 0.5 });
  const gaps = await ask('officer', 'GET', '/training/coverage/people?certified=false');
  expect(gaps.json().people).toMatchObject([{ code: 'A2', missing: 'never' }]);
  const file = await ask(
    'officer',
    'GET',
    `/training/coverage/people/export?organizationId=${organizationId}&format=csv&lang=zh`,
  );
  const read = await readTable(file.rawPayload, [{ key: 'code', names: ['编号'], required: true }]);
  expect(read.map(({ cells }) => cells['code'])).toEqual(['A1', 'A2']);
});

it('says in a sentence what is wrong', async () => {
  const bad = await ask('officer', 'POST', '/training/batches', { payload: { code: '' } });
  expect(bad.json()).toMatchObject({ error: { code: 'request.invalid' } });
  const unknown = '00000000-0000-4000-8000-000000000000';
  const missing = await ask('officer', 'GET', `/training/batches/${unknown}`);
  expect(missing.json()).toMatchObject({ error: { code: 'training.not_found' } });
  const table = await ask('officer', 'POST', `/training/batches/${unknown}/enrolments`, {
    payload: { rows: 'name\nx' },
  });
  expect(table.json()).toMatchObject({ error: { code: 'table.invalid' } });
  expect((await ask('officer', 'GET', `/inspections/${unknown}`)).statusCode).toBe(404);
  expect((await ask('officer', 'GET', `/research/${unknown}`)).statusCode).toBe(404);
});

it('gives the figures and lists of inspections and research', async () => {
  const organizationId = test.city.organizations.city;
  const text = { zh: '有台账', en: 'Has records' };
  await post('officer', '/inspection/checklists', {
    organizationId,
    code: 'c1',
    title: text,
    items: [{ code: 'A1', text, clause: null }],
  });
  const urls = ['/inspection/checklists', '/inspection/plans', '/inspections', '/inspection/findings', '/research'];
  for (const url of urls) expect((await ask('officer', 'GET', url)).statusCode, url).toBe(200);
  const overview = await ask('officer', 'GET', '/inspection/overview');
  expect(overview.json().findings).toEqual({ found: 0, closed: 0, open: 0, overdue: 0, closedShare: null });
  const file = await ask('officer', 'GET', `/inspection/findings/export?organizationId=${organizationId}`);
  expect(file.statusCode).toBe(200);
  const study = await post('officer', '/research', {
    organizationId,
    title: text,
    question: '？',
    leadId: officer.userId,
    startsOn: '2026-03-02',
    endsOn: '2026-04-02',
  });
  expect(study).toMatchObject({ state: 'planned', findings: [] });
});
