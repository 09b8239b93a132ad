import { type CaseEvent, foldHistory } from '@quanlian/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.js';
import { withWork } from '../context.js';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { RACE_PROCESS } from './sample.testkit.js';

/** Attempts at one step of one case at the same time, over the ten connections of the pool. */
const AT_ONCE = 100;
/** With an operator's PostgreSQL at hand the full number of 10 000 attempts is made, there and on the embedded server. */
const ON_BOTH = process.env['QUANLIAN_TEST_POSTGRES'] !== undefined;
const ROUNDS = ON_BOTH || process.env['QUANLIAN_FULL'] ? 100 : 12;
const SERVERS = ON_BOTH ? ['the operator’s server', 'the embedded server'] : ['the embedded server'];

let test: TestWork;
let people: Actor[];

const person = (index: number): Actor => people[index % people.length] as Actor;

const openRace = () =>
  test.cases.work(person(0), (trx) =>
    test.cases.open(trx, person(0), {
      process: 'test-race',
      organizationId: test.city.organizations.north,
      title: '竞争',
    }),
  );

async function evidence(id: string) {
  const { system } = test.database.work;
  const rows = await system
    .selectFrom('case_event')
    .select('event')
    .where('case_id', '=', id)
    .orderBy('sequence')
    .execute();
  const audit = await system.selectFrom('audit_entry').select('after').where('subject_id', '=', id).execute();
  const stored = await system.selectFrom('work_case').select('snapshot').where('id', '=', id).executeTakeFirstOrThrow();
  const versions = audit.map(({ after }) => (after as { version: number }).version).sort((a, b) => a - b);
  return { events: rows.map(({ event }) => event as CaseEvent), versions, snapshot: stored.snapshot };
}

describe.each(SERVERS)('a race for one step on %s', (server) => {
  beforeAll(async () => {
    test = await openTestWork([RACE_PROCESS], undefined, { embedded: server === 'the embedded server' });
    people = await Promise.all(Array.from({ length: 10 }, () => test.city.person('north', 'district-clerk')));
  });
  afterAll(() => test.close());

  it('is won once, by one of many connections, with one audit entry', { timeout: 600_000 }, async () => {
    const { id } = await openRace();
    const connections = new Set<number>();
    let losers = 0;
    for (let version = 1; version <= ROUNDS; version += 1) {
      const attempts = await Promise.allSettled(
        Array.from({ length: AT_ONCE }, (_, index) =>
          withWork(test.database.work.db, person(index), async (trx) => {
            const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(trx);
            for (const { pid } of rows) connections.add(pid);
            const request = { transition: 'go', expectedVersion: version };
            const stored = await test.cases.transition(trx, person(index), id, request);
            return stored.snapshot.version;
          }),
        ),
      );
      const won = attempts.filter((attempt) => attempt.status === 'fulfilled');
      const codes = new Set(
        attempts.flatMap((attempt) => (attempt.status === 'rejected' ? [String(attempt.reason.code)] : [])),
      );
      expect(won.map(({ value }) => value)).toEqual([version + 1]);
      expect([...codes]).toEqual(['case.changed']);
      losers += attempts.length - won.length;
    }
    expect(losers).toBe(ROUNDS * (AT_ONCE - 1));
    expect(connections.size).toBeGreaterThanOrEqual(8);
    const { events, versions, snapshot } = await evidence(id);
    const expected = Array.from({ length: ROUNDS + 1 }, (_, index) => index + 1);
    expect(events.map(({ sequence }) => sequence)).toEqual(expected);
    expect(versions).toEqual(expected);
    expect(foldHistory(events)).toEqual(snapshot);
  });
});
