import { QuanlianError, type WorkJob } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { type Actor, isAllowed, reachOf, systemActor } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import { INSTALLATION_CHAIN } from '../audit/chain.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import type { Environment } from '../environment.js';
import { inReach } from '../reach.js';
import type { JobRow } from './job.repo.js';

/** Work in the background, as far as somebody may see and steer it. */
export interface JobService {
  /** Newest first. */
  list(
    actor: Actor,
    query: { readonly state?: WorkJob['state'] | undefined; readonly limit: number },
  ): Promise<WorkJob[]>;
  /** Stops a job: at once when it waits, else where it next looks. Throws `job.not_found`. */
  cancel(actor: Actor, id: string): Promise<void>;
  /** Has a job tried again that failed, was stopped, or waits for its next try. Throws `job.not_found`. */
  retry(actor: Actor, id: string): Promise<void>;
}

interface Deps {
  readonly db: Kysely<WorkSchema>;
  readonly audit: Audit;
  readonly environment: Environment;
}

/** The program's own jobs belong to no organization; who may do it at the top of the tree may do it for them. */
function reachesProgram(actor: Actor, permission: 'job.read' | 'job.manage'): boolean {
  const { ids, isWithin } = actor.tree;
  const tops = ids.filter((id) => !ids.some((other) => other !== id && isWithin(id, other)));
  return tops.length > 0 && tops.every((id) => isAllowed(actor, permission, { id, organization: id }));
}

const manages = (actor: Actor, organizationId: string | null): boolean =>
  organizationId === null
    ? reachesProgram(actor, 'job.manage')
    : isAllowed(actor, 'job.manage', { id: organizationId, organization: organizationId });

const shown = (row: JobRow, actor: Actor): WorkJob => ({
  id: row.id,
  name: row.name,
  organizationId: row.organization_id,
  state: row.state,
  attempts: row.attempts,
  mostAttempts: row.most_attempts,
  dueAt: row.due_at.toISOString(),
  createdAt: row.created_at.toISOString(),
  startedAt: row.started_at?.toISOString() ?? null,
  endedAt: row.ended_at?.toISOString() ?? null,
  progress: row.progress ?? null,
  error: row.error,
  mayManage: manages(actor, row.organization_id),
});

/** The jobs an actor may read. The queue is the program's own, so what is reached is asked for here. */
function reached(trx: WorkTransaction, actor: Actor) {
  const own = inReach(reachOf(actor, 'job.read'), { organization: 'job.organization_id', owner: 'job.requested_by' });
  const query = trx.selectFrom('job').selectAll();
  return reachesProgram(actor, 'job.read')
    ? query.where((eb) => eb.or([own, eb('organization_id', 'is', null)]))
    : query.where(own);
}

export function createJobService({ db, audit, environment }: Deps): JobService {
  const asQueue = (actor: Actor): Actor => ({
    ...systemActor('jobs', actor.tree),
    kind: actor.kind,
    userId: actor.userId,
  });
  const change = (
    actor: Actor,
    id: string,
    action: 'job.cancel' | 'job.retry',
    next: (row: JobRow) => Partial<Record<string, unknown>> | undefined,
  ): Promise<void> =>
    withWork(db, asQueue(actor), async (trx) => {
      const row = await reached(trx, actor).where('id', '=', id).forUpdate().executeTakeFirst();
      const changed = row && next(row);
      if (!row || !changed || !manages(actor, row.organization_id))
        throw new QuanlianError('job.not_found', 'There is no such job, or nothing of the kind can be done with it.');
      await trx.updateTable('job').set(changed).where('id', '=', id).execute();
      const organizationId = row.organization_id ?? INSTALLATION_CHAIN;
      audit.append(trx, { organizationId, action, subject: { kind: 'job', id } });
    });
  return {
    list: (actor, { state, limit }) =>
      withWork(db, asQueue(actor), async (trx) => {
        const query = reached(trx, actor).orderBy('created_at', 'desc').orderBy('id').limit(limit);
        const rows = await (state === undefined ? query : query.where('state', '=', state)).execute();
        return rows.map((row) => shown(row, actor));
      }),
    cancel: (actor, id) =>
      change(actor, id, 'job.cancel', ({ state }) => {
        if (state === 'waiting') return { state: 'cancelled', ended_at: environment.now() };
        return state === 'running' ? { cancel_asked: true } : undefined;
      }),
    retry: (actor, id) =>
      change(actor, id, 'job.retry', ({ state }) => {
        const at = environment.now();
        if (state === 'waiting') return { due_at: at };
        // Counted anew: the tries before were used up, or somebody stopped it.
        const anew = { state: 'waiting', due_at: at, attempts: 0, ended_at: null, cancel_asked: false, error: null };
        return state === 'failed' || state === 'cancelled' ? anew : undefined;
      }),
  };
}
