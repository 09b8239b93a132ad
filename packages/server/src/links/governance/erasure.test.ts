import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import type { Actor } from '../../work/actor.js';
import { sealDay } from '../../work/audit/seal.js';
import { verifyAudit } from '../../work/audit/verify.js';
import { withWork } from '../../work/context.js';
import { MACHINE } from '../../work/environment.js';
import { createGovernance, type Governance } from './governance.js';

const NAME = '欧阳独一';
const EMAIL = 'ouyang.unique@x.invalid';
const CODE = 'UNIQUE-NUMBER-77';
const PASSWORD = 'Good-password-2026';

let test: TestWork;
let governance: Governance;
let admin: Actor;
let personId: string;

/** Where a text still stands, in any column of any table, as text. */
async function whereIs(text: string): Promise<string[]> {
  const { owner } = test.database.work;
  const { rows } = await sql<{ name: string }>`select relname as name from pg_class
    where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`.execute(owner);
  const found: string[] = [];
  for (const { name } of rows) {
    const hits = await sql`select 1 from ${sql.table(name)} t where t::text like ${`%${text}%`} limit 1`.execute(owner);
    if (hits.rows.length > 0) found.push(name);
  }
  return found;
}

async function learner(id: string, name: string, code: string, person: string | null): Promise<void> {
  const { company } = test.city.organizations;
  await sql`insert into training_learner (id, organization_id, code, name, email, person_id, created_at)
    values (${id}, ${company}, ${code}, ${name}, ${EMAIL}, ${person}, now())`.execute(test.database.work.system);
}

/** A certificate as it is issued, without the course behind it. */
async function certificate(learnerId: string, name: string): Promise<string> {
  const { system } = test.database.work;
  const { company } = test.city.organizations;
  const [curriculum, version, batch, enrolment, id] = Array.from({ length: 5 }, () => MACHINE.newId());
  await sql`insert into training_curriculum (id, organization_id, code, tier, audience, title_zh, title_en, is_public, created_at)
    values (${curriculum}, ${company}, ${id}, 'unit', 'everyone', '课', 'Course', false, now())`.execute(system);
  await sql`insert into training_curriculum_version (id, curriculum_id, organization_id, version, topics, minutes,
    attendance_percent, pass_percent, attempts, questions, published_at)
    values (${version}, ${curriculum}, ${company}, 1, '[]', 60, 0, 60, 1, '[]', now())`.execute(system);
  await sql`insert into training_batch (id, organization_id, curriculum_id, version_id, code, title_zh, title_en, mode,
    place, starts_on, ends_on, enrol_until, state, is_public, created_at) values (${batch}, ${company}, ${curriculum},
    ${version}, ${id}, '班', 'Batch', 'venue', '', '2026-01-01', '2026-01-02', '2026-01-01', 'open', false, now())`.execute(
    system,
  );
  await sql`insert into training_enrolment (id, batch_id, organizer_id, organization_id, learner_id, state, enrolled_at)
    values (${enrolment}, ${batch}, ${company}, ${company}, ${learnerId}, 'enrolled', now())`.execute(system);
  await sql`insert into training_certificate (id, enrolment_id, batch_id, organizer_id, organization_id, learner_id,
    curriculum_id, tier, audience, number, code, name, salt, payload, signature, key_id, issued_on)
    values (${id}, ${enrolment}, ${batch}, ${company}, ${company}, ${learnerId}, ${curriculum}, 'unit', 'everyone',
    ${id}, ${id}, ${name}, '\\x00', '{}', '\\x00', ${id}, '2026-01-02')`.execute(system);
  return id ?? '';
}

beforeAll(async () => {
  test = await openTestWork();
  governance = await createGovernance(test.base, { secret: Buffer.alloc(32, 7) });
  test.base.texts.add({ 'test.notice': { title: { zh: '{who}', en: '{who}' }, text: { zh: '{who}', en: '{who}' } } });
  const { company } = test.city.organizations;
  admin = await test.city.person('city', 'platform-admin');
  const manager = await test.city.person('company', 'ip-manager');
  const { identity, notices } = test.base;
  const invited = await identity.invitations.invite(admin, company, {
    email: EMAIL,
    name: NAME,
    roles: ['trainee'],
    days: 1,
  });
  const browser = openBrowser(test.app);
  const accepted = await browser.ask('POST', '/identity/invitations/accept', {
    secret: invited.secret,
    password: PASSWORD,
    name: NAME,
    language: 'zh',
  });
  expect(accepted.statusCode, accepted.body).toBeLessThan(300);
  const row = await test.database.work.system
    .selectFrom('person')
    .select('id')
    .where('email', '=', EMAIL)
    .executeTakeFirstOrThrow();
  personId = row.id;
  await browser.ask('POST', '/identity/sign-in', { email: EMAIL, password: 'wrong' });
  expect((await browser.ask('POST', '/identity/sign-in', { email: EMAIL, password: PASSWORD })).statusCode).toBe(200);
  await browser.ask('PUT', '/identity/me/settings', { mail: false });
  const self = await identity.actors.ofPerson(personId);
  if (!self) throw new Error('the person of the test is gone');
  await identity.apiKeys.create(self, {
    organizationId: company,
    name: `${NAME} script`,
    permissions: ['notice.read'],
    days: 1,
  });
  await withWork(test.database.work.db, manager, async (trx) => {
    notices.notify(trx, {
      organizationId: company,
      people: [personId],
      kind: 'test.notice',
      parameters: { who: NAME },
    });
  });
  const learnerId = MACHINE.newId();
  await learner(learnerId, NAME, CODE, personId);
  await certificate(learnerId, NAME);
  await sealDay(test.database.work.db, MACHINE);
});
afterAll(() => test.close());

describe('a person who is erased', () => {
  it('was in many tables before, and is in none afterwards; the log verifies and says that it happened', async () => {
    expect(await whereIs(NAME)).toEqual(
      expect.arrayContaining([
        'api_key',
        'audit_personal',
        'invitation',
        'notice',
        'person',
        'training_certificate',
        'training_learner',
      ]),
    );
    expect(await whereIs(EMAIL)).toEqual(expect.arrayContaining(['person', 'invitation', 'training_learner']));
    const { erased, tables } = await test.base.auditService.erase(admin, personId, '本人请求');
    expect(erased).toBeGreaterThan(2);
    expect(tables).toMatchObject({
      person: 1,
      sign_in_account: 1,
      sign_in_session: 1,
      notice: 1,
      notice_choice: 1,
      invitation: 1,
      api_key: 1,
      membership: 1,
      training_learner: 1,
      training_certificate: 1,
    });
    for (const text of [NAME, EMAIL, CODE]) expect([text, await whereIs(text)]).toEqual([text, []]);
    const report = await verifyAudit(test.database.work.db);
    expect(report).toMatchObject({ ok: true, problems: [], sealedDays: 1 });
    expect(report.erased).toBeGreaterThanOrEqual(erased);
    const told = await test.database.work.system
      .selectFrom('audit_entry')
      .select(['action', 'why', 'after', 'actor_id'])
      .where('subject_id', '=', personId)
      .where('action', '=', 'person.erase')
      .execute();
    expect(told).toEqual([{ action: 'person.erase', why: '本人请求', after: tables, actor_id: admin.userId }]);
  });

  it('does not come in any more, and is erased only once', async () => {
    const answer = await openBrowser(test.app).ask('POST', '/identity/sign-in', { email: EMAIL, password: PASSWORD });
    expect(answer.statusCode).toBe(401);
    expect(await test.base.identity.actors.ofPerson(personId)).toBeUndefined();
    const again = await test.base.auditService.erase(admin, personId, '再次');
    expect(again.erased).toBe(0);
  });
});

describe('somebody on a roster without an account', () => {
  it('is forgotten by who may erase there, and goes on counting', async () => {
    const learnerId = MACHINE.newId();
    await learner(learnerId, '慕容独二', 'UNIQUE-NUMBER-78', null);
    const number = await certificate(learnerId, '慕容独二');
    const clerk = await test.city.person('north', 'district-clerk');
    const { erasure } = governance.training;
    await expect(erasure.erase(clerk, learnerId, 'x')).rejects.toMatchObject({ code: 'training.not_found' });
    await expect(erasure.erase(admin, MACHINE.newId(), 'x')).rejects.toMatchObject({ code: 'training.not_found' });
    expect(await erasure.erase(admin, learnerId, '本人请求')).toEqual({ training_learner: 1, training_certificate: 1 });
    for (const text of ['慕容独二', 'UNIQUE-NUMBER-78']) expect([text, await whereIs(text)]).toEqual([text, []]);
    const rows = await test.database.work.system
      .selectFrom('training_certificate')
      .select(['number', 'issued_on'])
      .where('learner_id', '=', learnerId)
      .execute();
    expect(rows).toEqual([{ number, issued_on: '2026-01-02' }]);
    expect(await verifyAudit(test.database.work.db)).toMatchObject({ ok: true });
  });
});
