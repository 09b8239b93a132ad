import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { type CaseEvent, foldHistory } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../actor.js';
import { verifyAudit } from '../audit/verify.js';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { RACE_PROCESS } from './sample.testkit.js';

const TRIALS = process.env['QUANLIAN_FULL'] ? 10 : 3;
const WRITERS = 8;

let test: TestWork;
let clerk: Actor;
let caseId: string;

// The server is the embedded one whatever the suite: an operator's own is not ours to kill.
beforeAll(async () => {
  test = await openTestWork([RACE_PROCESS], undefined, { embedded: true });
  clerk = await test.city.person('north', 'district-clerk');
  const organizationId = test.city.organizations.north;
  const stored = await test.cases.work(clerk, (trx) =>
    test.cases.open(trx, clerk, { process: 'test-race', organizationId, title: '中断' }),
  );
  caseId = stored.id;
});
afterAll(() => test.close());

const read = () => test.cases.work(clerk, (trx) => test.cases.find(trx, clerk, caseId));

/** Takes step after step over several connections until the server is gone; tells the last version it was told of. */
async function workUntilGone(from: number): Promise<number> {
  let told = from;
  const writer = async (): Promise<void> => {
    for (;;) {
      const request = { transition: 'go', expectedVersion: told };
      try {
        const stored = await test.cases.work(clerk, (trx) => test.cases.transition(trx, clerk, caseId, request));
        told = Math.max(told, stored.snapshot.version);
      } catch (error) {
        // Another was first; anything else is the server that went away.
        if ((error as { code?: string }).code !== 'case.changed') return;
      }
    }
  };
  await Promise.all(Array.from({ length: WRITERS }, writer));
  return told;
}

async function killServer(): Promise<void> {
  const text = await readFile(join(test.database.dataDir, 'db', 'postmaster.pid'), 'utf8');
  process.kill(Number(text.split('\n')[0]), 'SIGKILL');
}

describe('a kill of the database in the middle of steps', () => {
  it('leaves the old or the new state with its audit entry, and the program goes on', {
    timeout: 300_000,
  }, async () => {
    const { system, db, health } = { ...test.database.work };
    let before = (await read()).snapshot.version;
    for (let trial = 0; trial < TRIALS; trial += 1) {
      const working = workUntilGone(before);
      await after(150 + 83 * trial);
      await killServer();
      const told = await working;
      await expect
        .poll(
          () =>
            health().then(
              () => true,
              () => false,
            ),
          { timeout: 60_000, interval: 100 },
        )
        .toBe(true);
      const stored = await system
        .selectFrom('work_case')
        .selectAll()
        .where('id', '=', caseId)
        .executeTakeFirstOrThrow();
      const rows = await system
        .selectFrom('case_event')
        .select('event')
        .where('case_id', '=', caseId)
        .orderBy('sequence')
        .execute();
      const entries = await system
        .selectFrom('audit_entry')
        .select('after')
        .where('subject_id', '=', caseId)
        .orderBy('sequence')
        .execute();
      const events = rows.map(({ event }) => event as CaseEvent);
      // What was told to be committed is there; at most one step more was committed and not told any more.
      expect(stored.version).toBeGreaterThanOrEqual(told);
      expect(stored.version).toBeLessThanOrEqual(told + 1);
      expect(stored.version).toBeGreaterThan(before);
      expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: stored.version }, (_, i) => i + 1));
      expect(foldHistory(events)).toEqual(stored.snapshot);
      expect(entries.map(({ after: then }) => (then as { version: number }).version)).toEqual(
        events.map(({ sequence }) => sequence),
      );
      expect(await verifyAudit(db)).toMatchObject({ ok: true });
      before = (await read()).snapshot.version;
    }
  });
});
