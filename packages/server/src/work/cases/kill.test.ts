import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { setTimeout as after } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { connect, type WorkDatabase } from '@quanlian/db';
import { type CaseEvent, foldHistory } from '@quanlian/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTestWork, type TestWork } from './cases.fixture.js';
import { RACE_PROCESS } from './sample.testkit.js';

const CHILD = fileURLToPath(new URL('../../../dist/work/cases/kill.testchild.js', import.meta.url));
const TRIALS = process.env['QUANLIAN_FULL'] ? 12 : 4;

let test: TestWork;
let caseId: string;
let personId: string;
let work: WorkDatabase;

beforeAll(async () => {
  test = await openTestWork([RACE_PROCESS]);
  work = test.database.work;
  const clerk = await test.city.person('north', 'district-clerk');
  personId = clerk.userId ?? '';
  const organizationId = test.city.organizations.north;
  const stored = await test.cases.work(clerk, (trx) =>
    test.cases.open(trx, clerk, { process: 'test-race', organizationId, title: '中断' }),
  );
  caseId = stored.id;
});
afterAll(async () => {
  if (work !== test.database.work) await work.close();
  await test.close();
});

/** Lets a child work and kills it without warning; answers the last version it knew to be committed. */
async function workAndKill(delay: number): Promise<number> {
  const { dataDir, url = '' } = test.database;
  const child = spawn(process.execPath, [CHILD, dataDir, url, caseId, personId], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((resolve) => child.once('exit', resolve));
  let last = 0;
  const lines = createInterface({ input: child.stdout });
  const started = new Promise<void>((resolve, reject) => {
    lines.on('line', (line) => {
      last = Number(line);
      resolve();
    });
    child.once('exit', () => reject(new Error('the child ended by itself')));
  });
  await started;
  await after(delay);
  child.kill('SIGKILL');
  await ended;
  return last;
}

async function readAll() {
  const { system } = work;
  const stored = await system.selectFrom('work_case').selectAll().where('id', '=', caseId).executeTakeFirstOrThrow();
  const events = await system
    .selectFrom('case_event')
    .select('event')
    .where('case_id', '=', caseId)
    .orderBy('sequence')
    .execute();
  const audit = await system
    .selectFrom('audit_entry')
    .select(['after', 'sequence'])
    .where('subject_id', '=', caseId)
    .orderBy('sequence')
    .execute();
  return { stored, events: events.map(({ event }) => event as CaseEvent), audit };
}

describe('a kill in the middle of steps', () => {
  it('leaves the old or the new state, with its event and audit entry', { timeout: 300_000 }, async () => {
    const { dataDir, url } = test.database;
    let before = 1;
    for (let trial = 0; trial < TRIALS; trial += 1) {
      // The embedded server belongs to one process at a time.
      if (!url) await work.close();
      const told = await workAndKill(40 + 37 * trial);
      if (!url) work = await connect({ dataDir });
      const { stored, events, audit } = await readAll();
      // What was told to be committed is there; at most one step more was committed and not told any more.
      expect(stored.version).toBeGreaterThanOrEqual(told);
      expect(stored.version).toBeLessThanOrEqual(told + 1);
      expect(stored.version).toBeGreaterThan(before);
      expect(events.map(({ sequence }) => sequence)).toEqual(Array.from({ length: stored.version }, (_, i) => i + 1));
      expect(foldHistory(events)).toEqual(stored.snapshot);
      expect(audit.map(({ after: then }) => (then as { version: number }).version)).toEqual(
        events.map(({ sequence }) => sequence),
      );
      before = stored.version;
    }
  });
});
