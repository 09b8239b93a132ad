import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { systemActor } from '../actor.js';
import { withWork } from '../context.js';
import { MACHINE } from '../environment.js';
import { openTestDatabase, type TestDatabase, testEnvironment } from '../work.fixture.js';
import { createJobs, type Jobs, type JobsOptions } from './jobs.js';
import { nextSlot } from './schedule.js';

const Count = z.object({ n: z.number() });
let database: TestDatabase;
let errors: unknown[] = [];

beforeAll(async () => {
  database = await openTestDatabase();
});
afterEach(async () => {
  errors = [];
  await database.work.system.deleteFrom('job').execute();
  await database.work.system.deleteFrom('job_schedule').execute();
});
afterAll(() => database.close());

const open = (more: Partial<JobsOptions> = {}): Jobs =>
  createJobs({ system: database.work.system, environment: MACHINE, onError: (error) => errors.push(error), ...more });

const order = (jobs: Jobs, count: number, name = 'count', more: object = {}) =>
  withWork(database.work.db, systemActor('test'), async (trx) => {
    for (let n = 0; n < count; n += 1) jobs.enqueue(trx, { name, payload: { n }, ...more });
  });

const states = async () =>
  (await database.work.system.selectFrom('job').select(['state', 'attempts', 'error']).execute()).map(
    ({ state, attempts, error }) => `${state} ${attempts}${error ? ` ${error}` : ''}`,
  );

describe('the queue', () => {
  it('holds a job once its transaction commits, and not when it fails', async () => {
    const jobs = open();
    const ran: number[] = [];
    jobs.define({ name: 'count', payload: Count, run: async ({ n }) => void ran.push(n) });
    const failing = withWork(database.work.db, systemActor('test'), async (trx) => {
      jobs.enqueue(trx, { name: 'count', payload: { n: 1 } });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await jobs.runDue()).toBe(0);
    await order(jobs, 3);
    expect(await jobs.runDue()).toBe(3);
    expect(ran.sort()).toEqual([0, 1, 2]);
    expect(await states()).toEqual(['done 1', 'done 1', 'done 1']);
  });

  it('gives every job to one of twelve workers, once', async () => {
    const ran = new Map<number, number>();
    const queues = Array.from({ length: 12 }, () => {
      const jobs = open();
      jobs.define({ name: 'count', payload: Count, run: async ({ n }) => void ran.set(n, (ran.get(n) ?? 0) + 1) });
      return jobs;
    });
    const [first] = queues;
    if (first) await order(first, 300);
    const runs = await Promise.all(queues.map((jobs) => jobs.runDue()));
    expect(runs.reduce((sum, count) => sum + count, 0)).toBe(300);
    expect(ran.size).toBe(300);
    expect(new Set(ran.values())).toEqual(new Set([1]));
  });

  it('keeps one job for a key', async () => {
    const jobs = open();
    jobs.define({ name: 'count', payload: Count, run: async () => undefined });
    await Promise.all([1, 2, 3, 4].map(() => order(jobs, 1, 'count', { key: 'the same' })));
    expect(await states()).toEqual(['waiting 0']);
  });

  it('tries again later and later, then gives up', async () => {
    const environment = testEnvironment();
    const jobs = open({ environment });
    jobs.define({ name: 'count', payload: Count, mostAttempts: 3, run: () => Promise.reject(new Error('not today')) });
    await order(jobs, 1);
    expect(await jobs.runDue()).toBe(1);
    expect(await states()).toEqual(['waiting 1 not today']);
    expect(await jobs.runDue()).toBe(0);
    environment.advance(5000);
    expect(await jobs.runDue()).toBe(1);
    environment.advance(5000);
    expect(await jobs.runDue()).toBe(0);
    environment.advance(5000);
    expect(await jobs.runDue()).toBe(1);
    expect(await states()).toEqual(['failed 3 not today']);
  });

  it('gives a job whose worker is gone to another, which the first cannot end any more', async () => {
    const environment = testEnvironment();
    const gone = open({ environment, leaseMs: 60_000 });
    let finish: () => void = () => undefined;
    const stuck = new Promise<void>((resolve) => {
      finish = resolve;
    });
    gone.define({ name: 'count', payload: Count, run: () => stuck });
    await order(gone, 1);
    const running = gone.runDue();
    await expect.poll(states).toEqual(['running 1']);
    environment.advance(61_000);
    const other = open({ environment });
    other.define({ name: 'count', payload: Count, run: () => Promise.reject(new Error('by the other')) });
    expect(await other.runDue()).toBe(1);
    finish();
    await running;
    expect(await states()).toEqual(['waiting 2 by the other']);
  });

  it('shows progress, and stops a running job that is cancelled', async () => {
    const jobs = open({ leaseMs: 300 });
    jobs.define({
      name: 'count',
      payload: Count,
      async run(_payload, { progress, signal }) {
        for (let done = 0; ; done += 1) {
          await progress({ done });
          await new Promise((resolve) => setTimeout(resolve, 20));
          signal.throwIfAborted();
        }
      },
    });
    await order(jobs, 1);
    const running = jobs.runDue();
    await expect
      .poll(async () => (await database.work.system.selectFrom('job').select('progress').execute())[0]?.progress)
      .toMatchObject({ done: expect.any(Number) });
    await database.work.system.updateTable('job').set({ cancel_asked: true }).execute();
    await running;
    expect(await states()).toEqual(['cancelled 1']);
  });

  it('goes on after a stop: what was running runs again', async () => {
    const first = open({ pollMs: 10 });
    first.define({
      name: 'count',
      payload: Count,
      run: (_payload, { signal }) =>
        new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    await order(first, 1);
    first.start();
    await expect.poll(states).toEqual(['running 1']);
    await first.stop();
    expect(await states()).toEqual(['waiting 1 the program stops']);
    const second = open();
    second.define({ name: 'count', payload: Count, run: async () => undefined });
    expect(await second.runDue()).toBe(1);
    expect(await states()).toEqual(['done 2']);
  });
});

describe('a schedule', () => {
  it('names its next slot in China', () => {
    expect(nextSlot({ dailyAt: '23:55' }, new Date('2026-03-02T15:54:00Z'))).toEqual(new Date('2026-03-02T15:55:00Z'));
    expect(nextSlot({ dailyAt: '23:55' }, new Date('2026-03-02T15:55:00Z'))).toEqual(new Date('2026-03-03T15:55:00Z'));
    expect(nextSlot({ everyMinutes: 15 }, new Date('2026-03-02T15:15:00Z'))).toEqual(new Date('2026-03-02T15:30:00Z'));
  });

  it('orders each slot once, though several servers watch it', async () => {
    const environment = testEnvironment('2026-03-02T15:00:00Z');
    let ran = 0;
    const run = async () => {
      ran += 1;
    };
    const servers = Array.from({ length: 8 }, () => {
      const jobs = open({ environment });
      const payload = z.object({ slot: z.string() });
      jobs.define({ name: 'daily', payload, schedule: { dailyAt: '23:55' }, run });
      return jobs;
    });
    const turn = () => Promise.all(servers.map((jobs) => jobs.runDue()));
    await turn();
    expect(ran).toBe(0);
    environment.set('2026-03-02T15:55:01Z');
    await turn();
    expect(ran).toBe(1);
    environment.set('2026-03-05T15:55:01Z');
    await turn();
    await turn();
    expect(ran).toBe(2);
  });
});
