import type { JobTable } from '@quanlian/db';
import { type Selectable, sql } from 'kysely';
import type { WorkConnection } from '../connection.js';

export type JobRow = Selectable<JobTable>;

/** A job to be put into the queue. */
export interface NewJob {
  readonly id: string;
  readonly name: string;
  readonly payload: object;
  readonly organizationId: string | null;
  readonly requestedBy: string | null;
  readonly key: string | null;
  readonly dueAt: Date;
  readonly mostAttempts: number;
  readonly createdAt: Date;
}

/** Adds a job unless its key is taken; tells whether it was added. */
export async function insertJob(db: WorkConnection, job: NewJob): Promise<boolean> {
  const row = await db
    .insertInto('job')
    .values({
      id: job.id,
      name: job.name,
      organization_id: job.organizationId,
      requested_by: job.requestedBy,
      key: job.key,
      payload: JSON.stringify(job.payload),
      state: 'waiting',
      due_at: job.dueAt,
      most_attempts: job.mostAttempts,
      created_at: job.createdAt,
    })
    .onConflict((conflict) => conflict.column('key').doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/** Who takes a job, and until when it is the worker's unless renewed. */
export interface Lease {
  readonly worker: string;
  readonly now: Date;
  readonly until: Date;
}

/**
 * Takes the job that is due longest, or one whose worker is gone. Workers never wait for each other: a row another
 * one looks at is skipped.
 */
export async function claimJob(
  db: WorkConnection,
  names: readonly string[],
  lease: Lease,
): Promise<JobRow | undefined> {
  return db
    .updateTable('job')
    .set({
      state: 'running',
      worker: lease.worker,
      lease_until: lease.until,
      attempts: sql`attempts + 1`,
      started_at: sql`coalesce(started_at, ${lease.now})`,
      error: null,
    })
    .where('id', '=', (eb) =>
      eb
        .selectFrom('job as due')
        .select('due.id')
        .where('due.name', 'in', names)
        .where((or) =>
          or.or([
            or.and([or('due.state', '=', 'waiting'), or('due.due_at', '<=', lease.now)]),
            or.and([or('due.state', '=', 'running'), or('due.lease_until', '<', lease.now)]),
          ]),
        )
        .orderBy('due.due_at')
        .limit(1)
        .forUpdate()
        .skipLocked(),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Keeps a job; undefined when it is no longer this worker's. */
export async function renewLease(
  db: WorkConnection,
  id: string,
  { worker, until }: Lease,
): Promise<{ cancelAsked: boolean } | undefined> {
  const row = await db
    .updateTable('job')
    .set({ lease_until: until })
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'running')
    .returning('cancel_asked')
    .executeTakeFirst();
  return row && { cancelAsked: row.cancel_asked };
}

/** How a run ended. */
export type JobEnd =
  | { readonly state: 'done' | 'cancelled' }
  | { readonly state: 'failed'; readonly error: string }
  | { readonly state: 'waiting'; readonly error: string; readonly dueAt: Date };

/** Ends a run, unless the job is another worker's by now: then false. */
export async function endRun(db: WorkConnection, id: string, worker: string, end: JobEnd, now: Date): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('job')
    .set({
      state: end.state,
      worker: null,
      lease_until: null,
      error: 'error' in end ? end.error : null,
      ...(end.state === 'waiting' ? { due_at: end.dueAt } : { ended_at: now }),
    })
    .where('id', '=', id)
    .where('worker', '=', worker)
    .where('state', '=', 'running')
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}
