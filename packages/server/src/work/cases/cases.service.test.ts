import { type CaseEvent, foldHistory } from '@quanlian/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.js';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { RACE_PROCESS, SAMPLE_PROCESS } from './sample.testkit.js';
import type { StoredCase } from './stored-case.js';

let test: TestWork;
let clerk: Actor;
let second: Actor;

beforeAll(async () => {
  test = await openTestWork([SAMPLE_PROCESS, RACE_PROCESS]);
  clerk = await test.city.person('north', 'district-clerk');
  second = await test.city.person('north', 'district-clerk');
});
afterAll(() => test.close());

const open = (actor: Actor, place: 'north' | 'south' | 'park' = 'north'): Promise<StoredCase> =>
  test.cases.work(actor, (trx) =>
    test.cases.open(trx, actor, {
      process: 'test-request',
      organizationId: test.city.organizations[place],
      title: '申请 100% 测试',
    }),
  );

async function submitted(handler: Actor): Promise<StoredCase> {
  const { id } = await open(clerk);
  return test.cases.work(clerk, (trx) =>
    test.cases.transition(trx, clerk, id, {
      transition: 'submit',
      expectedVersion: 1,
      parties: { handler: [handler.userId ?? ''] },
    }),
  );
}

const eventsOf = async (id: string): Promise<CaseEvent[]> => {
  const rows = await test.database.work.system
    .selectFrom('case_event')
    .select('event')
    .where('case_id', '=', id)
    .orderBy('sequence')
    .execute();
  return rows.map(({ event }) => event as CaseEvent);
};

const auditOf = (id: string) =>
  test.database.work.system
    .selectFrom('audit_entry')
    .select(['action', 'actor_id', 'before', 'after', 'why'])
    .where('subject_kind', '=', 'case')
    .where('subject_id', '=', id)
    .orderBy('sequence')
    .execute();

describe('steps', () => {
  it('keep snapshot, history, tasks, clocks, assignment and audit together', async () => {
    const handler = await test.city.person('north', 'district-clerk');
    const stored = await submitted(handler);
    expect(stored.snapshot).toMatchObject({ state: 'submitted', version: 2 });
    expect(stored.assignees).toEqual([handler.userId]);
    expect(foldHistory(await eventsOf(stored.id))).toEqual(stored.snapshot);
    const { system } = test.database.work;
    const clock = await system.selectFrom('case_clock').selectAll().where('case_id', '=', stored.id).execute();
    expect(clock).toMatchObject([
      { deadline: 'handling', due_on: '2026-03-09', look_on: '2026-03-05', rule_id: 'cn.adjudication.acceptance' },
    ]);
    const uses = await system.selectFrom('rule_use').selectAll().where('subject_id', '=', stored.id).execute();
    expect(uses).toMatchObject([{ rule_id: 'cn.adjudication.acceptance', rule_version: 1, field: 'clock:handling#1' }]);
    expect(await auditOf(stored.id)).toMatchObject([
      { action: 'case.opened', after: { state: 'draft', version: 1 } },
      {
        action: 'case.moved',
        actor_id: clerk.userId,
        before: { state: 'draft', version: 1 },
        after: { state: 'submitted', version: 2, step: 'submit', rules: ['cn.adjudication.acceptance@1'] },
      },
    ]);
    expect(test.notices.at(-1)).toMatchObject({ people: [handler.userId], kind: 'test.submitted' });
  });

  it('go on only with everything the process asks for, and say what is missing', async () => {
    const handler = await test.city.person('north', 'district-clerk');
    const { id } = await submitted(handler);
    const decide = (actor: Actor, more: object) =>
      test.cases.work(actor, (trx) =>
        test.cases.transition(trx, actor, id, { transition: 'decide', expectedVersion: 2, ...more }),
      );
    await expect(decide(second, {})).rejects.toMatchObject({ more: { reason: { code: 'case.tasks_open' } } });
    const task = { task: 'opinions/legal#1', expectedVersion: 2, fields: { note: '同意' } };
    await expect(
      test.cases.work(second, (trx) => test.cases.completeTask(trx, second, id, task)),
    ).rejects.toMatchObject({ more: { reason: { code: 'case.task_not_permitted' } } });
    await test.cases.work(handler, (trx) => test.cases.completeTask(trx, handler, id, task));
    const then = { expectedVersion: 3, fields: { decision: 'granted' } };
    await expect(decide(clerk, then)).rejects.toMatchObject({ more: { reason: { code: 'case.same_person' } } });
    await expect(decide(second, then)).rejects.toMatchObject({
      more: { reason: { code: 'case.paper_missing', params: { paper: 'proof' } } },
    });
    await expect(decide(second, { ...then, expectedVersion: 2 })).rejects.toMatchObject({ code: 'case.changed' });
    const paper = await test.paper(second, test.city.organizations.north);
    const done = await decide(second, { ...then, papers: [{ id: paper, kind: 'proof' }] });
    expect(done.snapshot).toMatchObject({ state: 'decided', version: 4 });
    const row = await test.database.work.system
      .selectFrom('paper')
      .select(['subject_kind', 'subject_id'])
      .where('id', '=', paper)
      .executeTakeFirst();
    expect(row).toEqual({ subject_kind: 'case', subject_id: id });
    expect(foldHistory(await eventsOf(id))).toEqual(done.snapshot);
  });

  it('keep nothing when they are refused or fail', async () => {
    const { id } = await open(clerk);
    const failing = test.cases.work(clerk, async (trx) => {
      await test.cases.transition(trx, clerk, id, { transition: 'submit', expectedVersion: 1 });
      throw new Error('something after the step');
    });
    await expect(failing).rejects.toThrow('something after');
    expect(await eventsOf(id)).toHaveLength(1);
    expect(await auditOf(id)).toHaveLength(1);
    const paper = { papers: [{ id: test.environment.newId(), kind: 'proof' }] };
    await expect(
      test.cases.work(clerk, (trx) => test.cases.amend(trx, clerk, id, { expectedVersion: 1, ...paper })),
    ).rejects.toMatchObject({ code: 'paper.not_found' });
  });

  it('cannot rewrite history', async () => {
    const { id } = await open(clerk);
    await expect(
      sql`update case_event set type = 'moved' where case_id = ${id}`.execute(test.database.work.owner),
    ).rejects.toThrow('only ever added');
  });
});

describe('reach', () => {
  it('hides cases of others and refuses to open cases elsewhere', async () => {
    const { id } = await open(clerk);
    const other = await test.city.person('south', 'district-clerk');
    const find = (actor: Actor) => test.cases.work(actor, (trx) => test.cases.find(trx, actor, id));
    await expect(find(other)).rejects.toMatchObject({ code: 'case.not_found' });
    await expect(open(other, 'north')).rejects.toMatchObject({ code: 'access.denied' });
    const officer = await test.city.person('city', 'city-officer');
    expect((await find(officer)).id).toBe(id);
    const park = await test.city.person('park', 'carrier-clerk');
    await expect(find(park)).rejects.toMatchObject({ code: 'case.not_found' });
  });

  it('gives a case to people named in it, and takes it away with the name', async () => {
    const agent = await test.city.person('agency', 'agency-agent');
    const { id } = await submitted(agent);
    const again = await test.city.again(agent);
    const mine = await test.cases.work(again, (trx) => test.caseLists.mine(trx, again, {}));
    expect(mine.tasks).toMatchObject([
      { kind: 'task', case: { id }, actions: [{ id: 'opinions/legal#1' }], due: '2026-03-09' },
    ]);
    const page = await test.cases.work(again, (trx) => test.caseViews.page(trx, again, id));
    expect(page.tasks).toMatchObject([{ mayClose: true }]);
    await test.cases.work(clerk, (trx) =>
      test.cases.amend(trx, clerk, id, { expectedVersion: 2, parties: { handler: [second.userId ?? ''] } }),
    );
    await expect(test.cases.work(again, (trx) => test.cases.find(trx, again, id))).rejects.toMatchObject({
      code: 'case.not_found',
    });
  });

  it('lets the auditor read and not act', async () => {
    const { id } = await open(clerk);
    const auditor = await test.city.person('north', 'auditor');
    const page = await test.cases.work(auditor, (trx) => test.caseViews.page(trx, auditor, id));
    expect(page.actions).toMatchObject([{ id: 'submit', allowed: false, refusals: [{ code: 'case.not_permitted' }] }]);
    expect(page.may).toEqual({ amend: false, comment: false, addPaper: false });
  });
});

describe('pages and lists', () => {
  it('show diagram, clocks with their basis, timeline, comments and next actions', async () => {
    const { id } = await submitted(second);
    await test.cases.work(second, (trx) => test.cases.comment(trx, second, id, ' 请补充材料 '));
    const page = await test.cases.work(second, (trx) => test.caseViews.page(trx, second, id));
    expect(page.diagram.nodes.find(({ current }) => current)?.id).toBe('submitted');
    expect(page.diagram.edges.filter(({ taken }) => taken.length > 0).map(({ transition }) => transition)).toEqual([
      'submit',
    ]);
    expect(page.clocks).toMatchObject([
      { deadline: 'handling', status: 'running', basis: { ruleId: 'cn.adjudication.acceptance', certainty: 'medium' } },
    ]);
    expect(page.clocks[0]?.basisTitle?.zh).toBeTruthy();
    expect(page.timeline.map(({ type, by }) => [type, by.name])).toEqual([
      ['opened', 'district-clerk of north'],
      ['moved', 'district-clerk of north'],
    ]);
    expect(page.comments).toMatchObject([{ text: '请补充材料', personId: second.userId }]);
    expect(page.actions.map(({ id: action, allowed }) => [action, allowed])).toEqual([
      ['ask', true],
      ['decide', false],
    ]);
  });

  it('simulate without storing', async () => {
    const { id } = await submitted(second);
    const at = test.environment.now().toISOString();
    const simulation = await test.cases.work(clerk, (trx) =>
      test.caseViews.simulate(trx, clerk, id, [
        { do: { transition: 'ask' }, at, reason: '材料不全' },
        { do: { transition: 'answer' }, at: '2026-03-05T01:00:00.000Z' },
      ]),
    );
    expect(simulation.outcomes.map(({ ok, state }) => [ok, state])).toEqual([
      [true, 'waiting'],
      [true, 'submitted'],
    ]);
    expect(simulation.outcomes[0]?.clocks[0]).toMatchObject({ status: 'stopped', due: null });
    expect(simulation.outcomes[1]?.clocks[0]).toMatchObject({ due: '2026-03-11', stoppedDays: 2 });
    expect(await eventsOf(id)).toHaveLength(2);
  });

  it('filter, sort, page, and count exactly what is reached', async () => {
    const actor = await test.city.person('south', 'district-clerk');
    for (let index = 0; index < 5; index += 1) await open(actor, 'south');
    const list = (query: object) => test.cases.work(actor, (trx) => test.caseLists.list(trx, actor, query));
    const first = await list({ limit: 2, sort: 'opened' });
    const rest = await list({ limit: 10, offset: 2, sort: 'opened' });
    expect([first.total, first.cases.length, rest.cases.length]).toEqual([5, 2, 3]);
    expect(new Set([...first.cases, ...rest.cases].map(({ id }) => id)).size).toBe(5);
    expect((await list({ text: '100%' })).total).toBe(5);
    expect((await list({ text: '10_%' })).total).toBe(0);
    expect((await list({ state: ['submitted'] })).total).toBe(0);
    expect((await list({ organization: test.city.organizations.north })).total).toBe(0);
    const board = await test.cases.work(actor, (trx) => test.caseLists.board(trx, actor, 'test-request', {}));
    expect(board.columns.map(({ state, total }) => [state, total])).toEqual([
      ['draft', 5],
      ['submitted', 0],
      ['waiting', 0],
      ['decided', 0],
      ['lapsed', 0],
    ]);
  });

  it('put last days into a calendar', async () => {
    const actor = await test.city.person('north', 'district-clerk');
    const stored = await submitted(actor);
    const calendar = await test.cases.work(actor, (trx) =>
      test.caseLists.calendar(trx, actor, { from: '2026-03-01', to: '2026-03-31', involving: actor.userId ?? '' }),
    );
    expect(calendar.days).toMatchObject([
      { date: '2026-03-09', entries: [{ caseId: stored.id, clock: 'handling#1', status: 'running' }] },
    ]);
  });
});
