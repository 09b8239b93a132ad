import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import { openTestWork, type TestWork } from '../../../work/cases/cases.fixture.js';
import { createJobs } from '../../../work/jobs/jobs.js';
import { createNotices } from '../../../work/notices/notices.js';
import { createNoticeTexts } from '../../../work/notices/texts.js';
import { inspectionProcesses } from '../inspection/inspection.js';
import { defineTrainingReminders, type TrainingReminders } from './reminders.job.js';

let test: TestWork;
let reminders: TrainingReminders;
let jobs: ReturnType<typeof createJobs>;
let holder: Actor;
let manager: Actor;
const ids = new Map<string, string>();

/** An id for each name, so that rows can name each other. */
function id(name: string): string {
  const known = ids.get(name) ?? test.environment.newId();
  ids.set(name, known);
  return known;
}

const run = (query: ReturnType<typeof sql>) => query.execute(test.database.work.system);

async function batch(name: string, startsOn: string, state = 'open'): Promise<void> {
  const { city } = test.city.organizations;
  await run(sql`insert into training_batch (id, organization_id, curriculum_id, version_id, code, title_zh, title_en, mode,
    place, starts_on, ends_on, enrol_until, state, is_public, created_at) values (${id(name)}, ${city}, ${id('course')},
    ${id('version')}, ${name}, ${name}, ${name}, 'venue', '101室', ${startsOn}, ${startsOn}, ${startsOn}, ${state}, false, now())`);
}

async function enrol(batchName: string, learner: string, person: string | null, state = 'enrolled'): Promise<string> {
  const { city, company } = test.city.organizations;
  const key = `${batchName} ${learner}`;
  await run(sql`insert into training_enrolment (id, batch_id, organizer_id, organization_id, person_id, learner_id, state, enrolled_at)
    values (${id(key)}, ${id(batchName)}, ${city}, ${company}, ${person}, ${id(learner)}, ${state}, now())`);
  return key;
}

async function learner(name: string, person: string | null, onRoster = true): Promise<void> {
  const { company } = test.city.organizations;
  await run(sql`insert into training_learner (id, organization_id, code, name, person_id, created_at)
    values (${id(name)}, ${company}, ${name}, ${name}, ${person}, now())`);
  await run(sql`insert into training_roster_entry (id, learner_id, organization_id, tier, audience, from_day, to_day)
    values (${id(`roster ${name}`)}, ${id(name)}, ${company}, 'unit', 'ip-staff', '2026-01-01', ${onRoster ? null : '2026-02-01'})`);
}

async function certificate(number: string, name: string, until: string | null): Promise<void> {
  const { city, company } = test.city.organizations;
  await batch(`batch of ${number}`, '2025-03-01', 'closed');
  const enrolment = await enrol(`batch of ${number}`, name, null);
  await run(sql`insert into training_certificate (id, enrolment_id, batch_id, organizer_id, organization_id, learner_id,
    curriculum_id, tier, audience, number, code, name, salt, payload, signature, key_id, issued_on, valid_until)
    values (${id(number)}, ${id(enrolment)}, ${id(`batch of ${number}`)}, ${city}, ${company}, ${id(name)}, ${id('course')},
    'unit', 'everyone', ${number}, ${number}, ${name}, '\\x00', '{}', '\\x00', ${id('key')}, '2025-03-01', ${until})`);
}

const told = async (kind: string) => {
  const rows = await test.database.work.system
    .selectFrom('notice')
    .select(['person_id', 'parameters'])
    .where('kind', '=', kind)
    .orderBy('created_at')
    .execute();
  return rows.map(({ person_id, parameters }) => [person_id, parameters]);
};

beforeAll(async () => {
  test = await openTestWork(inspectionProcesses({ now: () => test.environment.now() }), '2026-03-02T01:00:00.000Z');
  const { environment, database, city, law } = test;
  const { system, db } = database.work;
  jobs = createJobs({
    system,
    environment,
    onError: (error) => {
      throw error;
    },
  });
  const texts = createNoticeTexts();
  const notices = createNotices({
    system,
    environment,
    jobs,
    texts,
    mailer: undefined,
    webhookKey: Buffer.alloc(32),
    allowPrivateAddress: false,
  });
  reminders = defineTrainingReminders({
    db,
    environment,
    law,
    notices,
    jobs,
    texts,
    system: () => city.actors.system('test'),
  });
  holder = await city.person('company', 'trainee');
  manager = await city.person('company', 'ip-manager');
  await run(sql`insert into training_curriculum (id, organization_id, code, tier, audience, title_zh, title_en, is_public, created_at)
    values (${id('course')}, ${city.organizations.city}, 'C', 'unit', 'everyone', '课', 'Course', false, now())`);
  await run(sql`insert into training_curriculum_version (id, curriculum_id, organization_id, version, topics, minutes,
    attendance_percent, pass_percent, attempts, questions, published_at)
    values (${id('version')}, ${id('course')}, ${city.organizations.city}, 1, '[]', 60, 0, 60, 1, '[]', now())`);
  await learner('with account', holder.userId);
  await learner('without account', null);
  await learner('has a later one', null);
  await learner('left', null, false);
});
afterAll(() => test.close());

describe('a course that begins soon', () => {
  it('is told to those enrolled, within the days of the rule and once', async () => {
    for (const [name, day] of [
      ['soon', '2026-03-05'],
      ['later', '2026-03-06'],
      ['today', '2026-03-02'],
    ] as const) {
      await batch(name, day);
      await enrol(name, 'with account', holder.userId);
    }
    await batch('cancelled', '2026-03-04', 'cancelled');
    await enrol('cancelled', 'with account', holder.userId);
    await batch('withdrawn', '2026-03-04');
    await enrol('withdrawn', 'with account', holder.userId, 'withdrawn');
    expect(await reminders.remind()).toBe(1);
    expect(await reminders.remind()).toBe(0);
    const first = [holder.userId, { title: 'soon', date: '2026-03-05', place: '101室' }];
    expect(await told('training.starts')).toEqual([first]);
    test.environment.advance(86_400_000);
    expect(await reminders.remind()).toBe(1);
    expect(await told('training.starts')).toEqual([
      first,
      [holder.userId, { title: 'later', date: '2026-03-06', place: '101室' }],
    ]);
  });
});

describe('a certificate that runs out', () => {
  it('is told to its holder and counted for the organization, once each', async () => {
    test.environment.set('2026-03-02T01:00:00.000Z');
    // The rule gives sixty days: until the first of May.
    await certificate('N-1', 'with account', '2026-05-01');
    await certificate('N-2', 'without account', '2026-04-01');
    await certificate('N-3', 'has a later one', '2026-04-01');
    await certificate('N-4', 'has a later one', '2027-04-01');
    await certificate('N-5', 'left', '2026-04-01');
    expect(await reminders.tellOfRefreshers()).toBe(1);
    expect(await reminders.tellOfRefreshers()).toBe(0);
    expect(await told('training.refresher')).toEqual([[holder.userId, { number: 'N-1', date: '2026-05-01' }]]);
    expect(await told('training.refreshers')).toEqual([[manager.userId, { count: 2, date: '2026-05-01' }]]);
  });

  it('comes by schedule', async () => {
    test.environment.set('2026-03-05T01:00:00.000Z');
    await jobs.runDue();
    await batch('by schedule', '2026-03-08');
    await enrol('by schedule', 'with account', holder.userId);
    test.environment.advance(86_400_000);
    await jobs.runDue();
    expect((await told('training.starts')).at(-1)).toEqual([
      holder.userId,
      { title: 'by schedule', date: '2026-03-08', place: '101室' },
    ]);
  });
});
