import { sql } from 'kysely';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import { createAudit } from '../../../work/audit/audit.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import {
  createTestCity,
  openTestDatabase,
  type TestCity,
  type TestDatabase,
  testEnvironment,
} from '../../../work/work.fixture.js';
import { createResearch, type ResearchService } from './research.service.js';

const environment = testEnvironment();
let database: TestDatabase;
let city: TestCity;
let research: ResearchService;
let officer: Actor;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await createTestCity(database.work, environment);
  research = createResearch({ environment, audit: createAudit(environment) });
  officer = await city.person('city', 'city-officer');
});
afterAll(() => database.close());

const as = <Result>(actor: Actor, run: (trx: WorkTransaction) => Promise<Result>): Promise<Result> =>
  withWork(database.work.db, actor, run);

/** A measure of a plan, as the plan keeps it. */
async function measure(): Promise<string> {
  const [plan, id] = [environment.newId(), environment.newId()];
  const organization = city.organizations.city;
  await sql`insert into plan (id, organization_id, kind, title_zh, title_en, from_year, to_year, state, created_at)
    values (${plan}, ${organization}, 'annual', '计划', 'Plan', 2026, 2026, 'draft', ${environment.now()})`.execute(
    database.work.system,
  );
  await sql`insert into plan_measure (id, plan_id, organization_id, title_zh, title_en, from_date, to_date, state, created_at)
    values (${id}, ${plan}, ${organization}, '举措', 'Measure', '2026-01-01', '2026-12-31', 'planned', ${environment.now()})`.execute(
    database.work.system,
  );
  return id;
}

const project = (actor: Actor, leadId = actor.userId ?? '') =>
  as(actor, (trx) =>
    research.create(trx, actor, {
      organizationId: city.organizations.city,
      title: { zh: '调研', en: 'Study' },
      question: '企业为什么不做质押？',
      leadId,
      startsOn: '2026-03-01',
      endsOn: '2026-06-30',
    }),
  );

it('leads from findings to measures or to a reason, and closes when nothing is left', async () => {
  let study = await project(officer);
  const add = (text: string) =>
    as(officer, (trx) =>
      research.addFinding(trx, officer, study.id, { text, importance: 'high', foundOn: '2026-03-02' }),
    );
  await expect(add('太早')).rejects.toThrow('not begun');
  const move = (to: 'running' | 'reported' | 'closed') =>
    as(officer, (trx) => research.move(trx, officer, study.id, to, study.version));
  await expect(move('closed')).rejects.toThrow('cannot become');
  study = await move('running');
  await expect(
    as(officer, (trx) => research.move(trx, officer, study.id, 'reported', study.version - 1)),
  ).rejects.toThrow('meanwhile');
  await add('评估费用高');
  study = await add('银行不了解');
  const [first, second] = study.findings.map(({ id }) => id);
  study = await move('reported');
  await expect(move('closed')).rejects.toThrow('2 findings');
  const unknown = environment.newId();
  await expect(as(officer, (trx) => research.adopt(trx, officer, first ?? '', [unknown]))).rejects.toThrow(unknown);
  const id = await measure();
  await as(officer, (trx) => research.adopt(trx, officer, first ?? '', [id]));
  await expect(as(officer, (trx) => research.reject(trx, officer, first ?? '', '不'))).rejects.toThrow(
    'cannot be rejected',
  );
  study = await as(officer, (trx) => research.reject(trx, officer, second ?? '', '已有举措'));
  expect(study.findings.map(({ state, measures, reason }) => ({ state, measures, reason }))).toEqual([
    { state: 'adopted', measures: [id], reason: null },
    { state: 'rejected', measures: [], reason: '已有举措' },
  ]);
  expect((await move('closed')).state).toBe('closed');
  await expect(add('太晚')).rejects.toThrow('closed');
  const total = await as(officer, (trx) => research.yield(trx, officer));
  expect(total).toEqual({ projects: 1, findings: 2, adopted: 1, rejected: 1, open: 0, share: 0.5 });
});

it('is seen by offices above and by those it is given to', async () => {
  const { id } = await project(officer);
  const clerk = await city.person('north', 'district-clerk');
  const authority = await city.person('authority', 'authority-officer');
  for (const actor of [clerk, authority])
    await expect(as(actor, (trx) => research.get(trx, actor, id))).rejects.toMatchObject({
      code: 'research.not_found',
    });
  expect(await as(clerk, (trx) => research.yield(trx, clerk))).toMatchObject({ projects: 0, share: null });
  await city.assign('research-project', id, 'city', authority);
  const given = await city.again(authority);
  expect((await as(given, (trx) => research.get(trx, given, id))).id).toBe(id);
  const add = research.addFinding.bind(research);
  await expect(
    as(given, (trx) => add(trx, given, id, { text: '不', importance: 'low', foundOn: '2026-03-02' })),
  ).rejects.toMatchObject({ code: 'access.denied' });
});
