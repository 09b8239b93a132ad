import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.js';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { createCaseWork } from './compose.js';
import { SAMPLE_PROCESS } from './sample.testkit.js';

let test: TestWork;
let clerk: Actor;
let handler: Actor;

beforeAll(async () => {
  test = await openTestWork([SAMPLE_PROCESS]);
  clerk = await test.city.person('north', 'district-clerk');
  handler = await test.city.person('agency', 'agency-agent');
});
afterAll(() => test.close());

async function submit(): Promise<string> {
  return test.cases.work(clerk, async (trx) => {
    const { id } = await test.cases.open(trx, clerk, {
      process: 'test-request',
      organizationId: test.city.organizations.north,
      title: '有期限的申请',
    });
    const parties = { handler: [handler.userId ?? ''] };
    await test.cases.transition(trx, clerk, id, { transition: 'submit', expectedVersion: 1, parties });
    return id;
  });
}

const told = (id: string) => test.notices.filter(({ subject }) => subject?.id === id).map(({ kind }) => kind);
const actions = async (id: string) =>
  (
    await test.database.work.system.selectFrom('case_clock_action').select('key').where('case_id', '=', id).execute()
  ).map(({ key }) => key);

describe('deadlines', () => {
  it('escalate and expire once by key, whoever looks and how often', async () => {
    test.environment.set('2026-03-02T01:00:00.000Z');
    const id = await submit();
    expect((await test.deadlines.run()).looked).toBe(0);
    test.environment.set('2026-03-05T01:00:00.000Z');
    const reports = await Promise.all(Array.from({ length: 8 }, () => test.deadlines.run()));
    expect(reports.reduce((sum, { escalated }) => sum + escalated, 0)).toBe(1);
    expect(reports.flatMap(({ failed }) => failed)).toEqual([]);
    expect(told(id)).toEqual(['test.submitted', 'case.escalated']);
    test.environment.set('2026-03-10T01:00:00.000Z');
    await test.deadlines.run();
    await test.deadlines.run();
    expect(await actions(id)).toEqual(expect.arrayContaining(['handling#1:0', 'handling#1:1', 'handling#1:expired']));
    expect(await actions(id)).toHaveLength(3);
    const [row] = await test.database.work.system
      .selectFrom('audit_entry')
      .select(['action', 'actor_kind', 'after'])
      .where('subject_id', '=', id)
      .where('action', '=', 'case.expired')
      .execute();
    expect(row).toMatchObject({ actor_kind: 'system', after: { clock: 'handling#1', due: '2026-03-09', step: null } });
  });

  it('take the step on expiry, and leave a resting clock alone', async () => {
    test.environment.set('2026-04-01T01:00:00.000Z');
    const id = await submit();
    await test.cases.work(clerk, (trx) =>
      test.cases.transition(trx, clerk, id, { transition: 'ask', expectedVersion: 2, reason: '材料不全' }),
    );
    const clocks = await test.database.work.system
      .selectFrom('case_clock')
      .select(['deadline', 'due_on', 'look_on'])
      .where('case_id', '=', id)
      .orderBy('deadline')
      .execute();
    expect(clocks).toEqual([
      { deadline: 'answering', due_on: '2026-04-13', look_on: '2026-04-14' },
      { deadline: 'handling', due_on: null, look_on: null },
    ]);
    test.environment.set('2026-04-13T15:59:00.000Z');
    expect((await test.deadlines.run()).expired).toBe(0);
    test.environment.set('2026-04-13T16:00:00.000Z');
    expect(await test.deadlines.run()).toMatchObject({ expired: 1, failed: [] });
    const stored = await test.cases.work(clerk, (trx) => test.cases.find(trx, clerk, id));
    expect(stored.snapshot.state).toBe('lapsed');
    expect(stored.snapshot.path.at(-1)?.by.id).toBe('system');
    expect(told(id)).toEqual(['test.submitted', 'test.lapsed']);
    expect((await test.deadlines.run()).looked).toBe(0);
  });

  it('are computed anew when the calendar learns of a year', async () => {
    test.environment.set('2026-12-28T01:00:00.000Z');
    const id = await submit();
    const clock = () =>
      test.database.work.system
        .selectFrom('case_clock')
        .select(['due_on', 'provisional', 'calendar_until'])
        .where('case_id', '=', id)
        .executeTakeFirstOrThrow();
    expect(await clock()).toMatchObject({ due_on: '2027-01-04', provisional: true });
    const { calendar } = test.law;
    const known: typeof calendar = {
      ...calendar,
      years: [...calendar.years, 2027],
      day: (date) =>
        date === '2027-01-01'
          ? { date, working: false, kind: 'holiday', provisional: false }
          : { ...calendar.day(date), provisional: false },
    };
    const law = { ...test.law, calendar: known, calendarUntil: 2027 };
    const later = createCaseWork({
      db: test.database.work.db,
      environment: test.environment,
      audit: test.audit,
      law,
      processes: [SAMPLE_PROCESS],
      notices: { notify: () => undefined },
      texts: { add: () => undefined },
      systemActor: () => test.city.actors.system('test'),
    });
    await later.deadlines.run();
    expect(await clock()).toEqual({ due_on: '2027-01-05', provisional: false, calendar_until: 2027 });
    const row = await test.database.work.system
      .selectFrom('work_case')
      .select('next_due')
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    expect(row.next_due).toBe('2027-01-05');
  });
});
