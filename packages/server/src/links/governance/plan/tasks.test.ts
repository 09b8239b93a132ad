import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import { counting, openTestPlan, type TestPlan } from './plan.fixture.js';

let test: TestPlan;

beforeAll(async () => {
  test = await openTestPlan();
  await test.addIndicator('HV', counting(['overseas']));
  await test.adopt();
});
afterAll(() => test.close());

const code = (refused: Promise<unknown>) =>
  refused.then(
    () => 'done',
    (error: { more?: { reason?: { code: string } }; code: string }) => error.more?.reason?.code ?? error.code,
  );
const mine = async (actor: Actor, id: string) => {
  const { tasks } = await test.cases.work(actor, (trx) => test.caseLists.mine(trx, actor, { limit: 500 }));
  return tasks.find((task) => task.case.id === id)?.actions.map((action) => action.id);
};

describe('a task', () => {
  it('is dispatched, signed for, reported, reviewed, and closed only with proof by somebody else', async () => {
    const { officer, colleague, clerks } = test;
    let task = await test.task('north');
    expect(await mine(clerks.north, task.id)).toEqual(['sign']);
    expect(await mine(officer, task.id)).toBeUndefined();
    expect(await code(test.step(officer, task, 'sign'))).toBe('case.not_permitted');
    expect(await code(test.step(clerks.south, task, 'sign'))).toBe('case.not_found');
    task = await test.step(clerks.north, task, 'sign');
    expect(await mine(clerks.north, task.id)).toEqual(['report']);
    task = await test.step(clerks.north, task, 'progress', { fields: { progress: 60 } });
    expect(await code(test.step(clerks.north, task, 'report'))).toBe('case.field_missing');
    task = await test.step(clerks.north, task, 'report', { fields: { summary: '已完成初稿' } });
    expect(await mine(colleague, task.id)).toEqual(['close']);
    expect(await code(test.step(clerks.north, task, 'close'))).toBe('case.not_permitted');
    expect(await code(test.step(officer, task, 'close'))).toBe('case.paper_missing');
    expect(await code(test.step(officer, task, 'return'))).toBe('case.reason_missing');
    task = await test.step(officer, task, 'return', { reason: '缺少证明材料' });
    const paper = await test.paper(clerks.north, test.city.organizations.north);
    const papers = [{ id: paper, kind: 'evidence' }];
    task = await test.step(clerks.north, task, 'report', { fields: { summary: '附证明' }, papers });
    task = await test.step(officer, task, 'close');
    expect(task.snapshot.state).toBe('closed');
    expect(test.notices.filter(({ subject }) => subject?.id === task.id).map(({ kind }) => kind)).toEqual([
      'task.dispatched',
      'task.reported',
      'task.returned',
      'task.reported',
    ]);
  });

  it('cannot be closed by whoever reported it, even where both are of one office', async () => {
    const { officer, colleague } = test;
    let task = await test.task('city');
    task = await test.step(officer, task, 'sign');
    const paper = await test.paper(officer, test.city.organizations.city);
    const papers = [{ id: paper, kind: 'evidence' }];
    task = await test.step(officer, task, 'report', { fields: { summary: '完成' }, papers });
    expect(await code(test.step(officer, task, 'close'))).toBe('case.same_person');
    expect(await code(test.step(colleague, task, 'close'))).toBe('done');
  });

  it('has its due date as its last day, moved by reason only, and escalates', async () => {
    const { officer, clerks } = test;
    let task = await test.task('south', { dueOn: '2026-06-30' });
    const last = () =>
      test.database.work.system
        .selectFrom('case_clock')
        .select(['deadline', 'due_on'])
        .where('case_id', '=', task.id)
        .where('ending', 'is', null)
        .orderBy('deadline')
        .execute();
    expect(await last()).toEqual([
      { deadline: 'delivery', due_on: '2026-06-30' },
      { deadline: 'sign-for', due_on: '2026-03-03' },
    ]);
    task = await test.step(clerks.south, task, 'sign');
    const wrong = { reason: '延期', fields: { dueOn: '2026-07-31', clockFrom: '2026-07-31' } };
    expect(await code(test.step(officer, task, 'postpone', wrong))).toBe('task.clock_differs');
    task = await test.cases.work(officer, (trx) =>
      test.planTasks.postpone(trx, officer, task.id, {
        dueOn: '2026-07-31',
        reason: '数据尚未公布',
        expectedVersion: task.snapshot.version,
      }),
    );
    expect(await last()).toEqual([{ deadline: 'delivery', due_on: '2026-07-31' }]);
    test.environment.set('2026-08-10T01:00:00.000Z');
    expect((await test.deadlines.run()).failed).toEqual([]);
    const told = test.notices.filter(({ subject, kind }) => subject?.id === task.id && kind === 'case.escalated');
    expect(told).toHaveLength(3);
    expect(told.at(-1)?.people).toEqual(expect.arrayContaining([officer.userId]));
    const row = await test.cases.work(officer, (trx) =>
      test.caseLists.list(trx, officer, { overdue: true, process: ['plan-task'], organization: task.organizationId }),
    );
    expect(row.cases.map(({ id }) => id)).toEqual([task.id]);
  });
});
