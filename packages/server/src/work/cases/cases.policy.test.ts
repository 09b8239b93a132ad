import { mayHold, type OrganizationKind, ROLE_IDS, type Role } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, isAllowed } from '../actor.js';
import type { PlaceName } from '../work.fixture.js';
import type { CaseProcess } from './case-process.js';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { RACE_PROCESS, SAMPLE_PROCESS } from './sample.testkit.js';
import { policyItem, type StoredCase } from './stored-case.js';

/** The same steps, but read as tasks are. */
const TASKS: CaseProcess = { ...RACE_PROCESS, permissions: { ...RACE_PROCESS.permissions, read: 'task.read' } };
const PLACES: readonly PlaceName[] = [
  'city',
  'north',
  'south',
  'park',
  'company',
  'other',
  'university',
  'bank',
  'centre',
];
const ROLES = ROLE_IDS.filter((role) => role !== 'visitor' && role !== 'member');

let test: TestWork;
let actors: { place: PlaceName; role: Role; actor: Actor }[];
const stored: StoredCase[] = [];

/** Every role in every place that can have it; each third of them has a case of its own and one given to it. */
beforeAll(async () => {
  test = await openTestWork([SAMPLE_PROCESS, TASKS]);
  const system = await test.city.actors.system('test');
  const open = (place: PlaceName, process: string, more: object = {}) =>
    test.cases.work(system, async (trx) => {
      const organizationId = test.city.organizations[place];
      stored.push(await test.cases.open(trx, system, { process, organizationId, title: place, ...more }));
    });
  for (const place of PLACES) {
    await open(place, 'test-request');
    await open(place, 'test-race');
  }
  await open('south', 'test-request', { isPublic: true });
  actors = [];
  for (const place of [...PLACES, 'agency', 'authority', 'desk', 'fund'] as const) {
    const kind = (await test.city.actors.tree()).kindOf(test.city.organizations[place]) as OrganizationKind;
    for (const role of ROLES) {
      if (!mayHold(role, kind)) continue;
      const actor = await test.city.person(place, role);
      if (actors.length % 3 === 0) {
        const ownerId = actor.userId ?? '';
        await open('other', 'test-request', { ownerId });
        await open('bank', 'test-request', { parties: { handler: [ownerId] } });
      }
      actors.push({ place, role, actor: await test.city.again(actor) });
    }
  }
});
afterAll(() => test.close());

function mayRead(actor: Actor, one: StoredCase): boolean {
  const { permissions } = test.registry.of(one.snapshot.process, 1);
  return isAllowed(actor, permissions.read, policyItem(one));
}

describe('who may read which case', () => {
  it('is one answer everywhere: lists, counts, boards and the case itself, for every role in every place', async () => {
    expect(actors.length).toBeGreaterThan(40);
    let read = 0;
    for (const { place, role, actor } of actors) {
      const expected = stored.filter((one) => mayRead(actor, one)).map(({ id }) => id);
      read += expected.length;
      await test.cases.work(actor, async (trx) => {
        const where = `${role} in ${place}`;
        const list = await test.caseLists.list(trx, actor, { limit: 500 });
        expect(list.cases.map(({ id }) => id).sort(), where).toEqual([...expected].sort());
        expect(list.total, where).toBe(expected.length);
        const boards = [];
        for (const process of ['test-request', 'test-race'])
          boards.push(await test.caseLists.board(trx, actor, process, {}));
        const totals = boards.flatMap(({ columns }) => columns.map(({ total }) => total));
        expect(
          totals.reduce((sum, total) => sum + total, 0),
          where,
        ).toBe(expected.length);
        const mine = await test.caseLists.mine(trx, actor, { limit: 500 });
        for (const task of mine.tasks) expect(expected, where).toContain(task.case.id);
      });
    }
    expect(read).toBeGreaterThan(200);
  });

  it('holds for single cases and for what can be done with them', async () => {
    for (const { place, role, actor } of actors.filter((_, index) => index % 4 === 0)) {
      for (const one of stored.filter((_, index) => index % 5 === 0)) {
        const found = test.cases.work(actor, (trx) => test.caseViews.page(trx, actor, one.id));
        const where = `${role} in ${place}: ${one.title}`;
        if (!mayRead(actor, one)) {
          await expect(found, where).rejects.toMatchObject({ code: 'case.not_found' });
          continue;
        }
        const page = await found;
        const act = isAllowed(actor, 'case.act', policyItem(one));
        for (const action of page.actions) expect(action.allowed, where).toBe(act);
      }
    }
  });
});
