import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import type { z } from 'zod';
import { atEnd, pendingAudit } from '../audit/pending.js';
import type { WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';
import { claimJob, endRun, insertJob, type JobEnd, type JobRow, renewLease } from './job.repo.js';
import { nextSlot, type Schedule } from './schedule.js';

/** What a job has at hand while it runs. */
interface JobRun {
  readonly id: string;
  readonly organizationId: string | null;
  /** Fires when somebody cancels the job, the program stops, or the job went to another worker. */
  readonly signal: AbortSignal;
  /** Shown to whoever may read the job. */
  progress(state: object): Promise<void>;
}

/** A kind of job. It may run more than once for one order, so what it does must bear repeating. */
interface JobDefinition<Payload extends z.ZodType = z.ZodType> {
  readonly name: string;
  readonly payload: Payload;
  readonly mostAttempts?: number;
  readonly schedule?: Schedule;
  run(payload: z.infer<Payload>, run: JobRun): Promise<void>;
}

/** An order for a job. */
interface JobOrder {
  readonly name: string;
  readonly payload: object;
  readonly organizationId?: string | null;
  /** At most one job has a key. */
  readonly key?: string;
  readonly dueAt?: Date;
}

/** The durable queue. */
export interface Jobs {
  define<Payload extends z.ZodType>(definition: JobDefinition<Payload>): void;
  /** Orders a job as part of a transaction: it exists when that commits, and only then. Tells its id. */
  enqueue(trx: WorkTransaction, order: JobOrder): string;
  /** Runs all that is due now, one after another; tells how many runs there were. */
  runDue(): Promise<number>;
  /** Works until it is stopped, several jobs at a time. */
  start(): void;
  /** Takes no more jobs, tells the running ones, and waits for them. */
  stop(): Promise<void>;
}

export interface JobsOptions {
  /** Reaches all rows of the queue. */
  readonly system: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly onError: (error: unknown) => void;
  readonly workers?: number;
  readonly pollMs?: number;
  readonly leaseMs?: number;
}

const MOST_ATTEMPTS = 8;
const FIRST_RETRY_MS = 5000;
const LONGEST_RETRY_MS = 3_600_000;

const retryAfter = (attempts: number): number => Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS);

/** Failures stand in the queue for people to read; a stack is of no use there. */
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).slice(0, 2000);

class Stopped extends Error {
  override readonly name = 'Stopped';
}

interface Machine extends JobsOptions {
  readonly definitions: Map<string, JobDefinition>;
  readonly stopping: AbortController;
  readonly leaseMs: number;
}

/** Puts a job into the queue for every slot that has come; two servers find the same key. */
async function orderScheduled({ system, environment, definitions }: Machine): Promise<void> {
  const now = environment.now();
  for (const { name, schedule, mostAttempts = MOST_ATTEMPTS } of definitions.values()) {
    if (!schedule) continue;
    await system
      .insertInto('job_schedule')
      .values({ name, next_at: nextSlot(schedule, now) })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await system.transaction().execute(async (trx) => {
      const due = await trx
        .selectFrom('job_schedule')
        .select('next_at')
        .where('name', '=', name)
        .where('next_at', '<=', now)
        .forUpdate()
        .skipLocked()
        .executeTakeFirst();
      if (!due) return;
      const slot = { key: `${name}@${due.next_at.toISOString()}`, payload: { slot: due.next_at.toISOString() } };
      const base = { id: environment.newId(), name, organizationId: null, requestedBy: null, mostAttempts };
      await insertJob(trx, { ...base, ...slot, dueAt: due.next_at, createdAt: now });
      await trx
        .updateTable('job_schedule')
        .set({ next_at: nextSlot(schedule, now) })
        .where('name', '=', name)
        .execute();
    });
  }
}

/** Renews the lease while a job runs, and aborts it when it was cancelled or is no longer this worker's. */
function keepLease(machine: Machine, job: JobRow, worker: string, abort: AbortController): () => void {
  const { system, environment, leaseMs, onError } = machine;
  const renew = async () => {
    const now = environment.now();
    const kept = await renewLease(system, job.id, { worker, now, until: new Date(now.getTime() + leaseMs) });
    if (!kept) abort.abort(new Stopped('the job went to another worker'));
    else if (kept.cancelAsked) abort.abort(new Stopped('cancelled'));
  };
  const timer = setInterval(() => void renew().catch(onError), Math.max(50, leaseMs / 3));
  return () => clearInterval(timer);
}

async function attempt(machine: Machine, job: JobRow, signal: AbortSignal): Promise<void> {
  const definition = machine.definitions.get(job.name);
  if (!definition) throw new Error(`no part of this program does “${job.name}”`);
  if (job.attempts > job.most_attempts) throw new Error('the program ended in the middle of it too often');
  const payload = definition.payload.parse(job.payload);
  await definition.run(payload, {
    id: job.id,
    organizationId: job.organization_id,
    signal,
    async progress(state) {
      await machine.system
        .updateTable('job')
        .set({ progress: JSON.stringify(state) })
        .where('id', '=', job.id)
        .execute();
      signal.throwIfAborted();
    },
  });
}

function endOf(job: JobRow, error: unknown, abort: AbortSignal, now: Date, stopping: boolean): JobEnd {
  if (error === undefined) return { state: 'done' };
  const retry = (after: number): JobEnd => ({
    state: 'waiting',
    error: reasonOf(error),
    dueAt: new Date(now.getTime() + after),
  });
  if (abort.aborted && !stopping) return { state: 'cancelled' };
  if (stopping && abort.aborted) return retry(0);
  return job.attempts >= job.most_attempts
    ? { state: 'failed', error: reasonOf(error) }
    : retry(retryAfter(job.attempts));
}

/** Takes one job and runs it to its end; false when none was due. */
async function runOne(machine: Machine): Promise<boolean> {
  const { system, environment, definitions, stopping, leaseMs, onError } = machine;
  const worker = environment.newId();
  const now = environment.now();
  const lease = { worker, now, until: new Date(now.getTime() + leaseMs) };
  const names = [...definitions.keys()];
  const job = names.length === 0 ? undefined : await claimJob(system, names, lease);
  if (!job) return false;
  const abort = new AbortController();
  const stop = () => abort.abort(new Stopped('the program stops'));
  stopping.signal.addEventListener('abort', stop);
  if (job.cancel_asked) abort.abort(new Stopped('cancelled'));
  const letGo = keepLease(machine, job, worker, abort);
  let failure: unknown;
  try {
    abort.signal.throwIfAborted();
    await attempt(machine, job, abort.signal);
  } catch (error) {
    failure = error ?? new Error('failed without a reason');
    if (!abort.signal.aborted) onError(error);
  } finally {
    letGo();
    stopping.signal.removeEventListener('abort', stop);
  }
  await endRun(
    system,
    job.id,
    worker,
    endOf(job, failure, abort.signal, environment.now(), stopping.signal.aborted),
    environment.now(),
  );
  return true;
}

async function work(machine: Machine, pollMs: number): Promise<void> {
  const { stopping, onError } = machine;
  while (!stopping.signal.aborted) {
    const ran = await runOne(machine).catch((error: unknown) => {
      onError(error);
      return false;
    });
    if (!ran) await sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

async function watchSchedule(machine: Machine, pollMs: number): Promise<void> {
  const { stopping, onError } = machine;
  while (!stopping.signal.aborted) {
    await orderScheduled(machine).catch(onError);
    await sleep(Math.max(pollMs, 5000), undefined, { signal: stopping.signal }).catch(() => undefined);
  }
}

export function createJobs(options: JobsOptions): Jobs {
  const { environment, workers = 2, pollMs = 500, leaseMs = 60_000 } = options;
  const definitions = new Map<string, JobDefinition>();
  const machine: Machine = { ...options, leaseMs, definitions, stopping: new AbortController() };
  let running: Promise<unknown> = Promise.resolve();
  return {
    define(definition) {
      if (definitions.has(definition.name)) throw new Error(`the job ${definition.name} is defined twice`);
      definitions.set(definition.name, definition as unknown as JobDefinition);
    },
    enqueue(trx, { name, payload, organizationId = null, key = null, dueAt }) {
      const definition = definitions.get(name);
      if (!definition) throw new Error(`there is no job named ${name}`);
      const id = environment.newId();
      const createdAt = environment.now();
      const requestedBy = pendingAudit(trx).actor.userId;
      const mostAttempts = definition.mostAttempts ?? MOST_ATTEMPTS;
      const job = {
        id,
        name,
        payload,
        organizationId,
        requestedBy,
        key,
        dueAt: dueAt ?? createdAt,
        mostAttempts,
        createdAt,
      };
      atEnd(trx, async (last) => {
        await insertJob(last, job);
      });
      return id;
    },
    async runDue() {
      await orderScheduled(machine);
      let runs = 0;
      while (await runOne(machine)) runs += 1;
      return runs;
    },
    start() {
      const loops = Array.from({ length: workers }, () => work(machine, pollMs));
      running = Promise.all([...loops, watchSchedule(machine, pollMs)]);
    },
    async stop() {
      machine.stopping.abort();
      await running;
    },
  };
}

/** Removes jobs that ended long ago. */
export async function forgetOldJobs(system: Kysely<WorkSchema>, before: Date): Promise<void> {
  await system.deleteFrom('job').where('state', 'in', ['done', 'cancelled']).where('ended_at', '<', before).execute();
}
