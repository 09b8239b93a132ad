import { type NewWebhook, type Notice, QuanlianError, type Webhook, type WorkJob } from '@quanlian/contract';
import type { NoticeTable, WebhookTable, WorkSchema } from '@quanlian/db';
import type { Kysely, Selectable } from 'kysely';
import { requireCallable } from '../../http/outgoing.js';
import { encrypt } from '../../identity/secret.js';
import { type Actor, reachOf, requireIn } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import { withWork } from '../context.js';
import type { Environment } from '../environment.js';
import type { JobRow } from '../jobs/job.repo.js';
import { inReach } from '../reach.js';
import { fill } from '../text.js';
import type { NoticeTexts } from './texts.js';

/** What people see of their notices, their organizations' webhooks and the jobs. */
export interface NoticeService {
  list(actor: Actor, options: { unread: boolean; limit: number }): Promise<{ unread: number; notices: Notice[] }>;
  /** Marks one notice read, or all of them. */
  read(actor: Actor, id?: string): Promise<void>;
  webhooks(actor: Actor): Promise<Webhook[]>;
  /** The secret to check signatures with is told once. */
  addWebhook(actor: Actor, parts: NewWebhook): Promise<{ webhook: Webhook; secret: string }>;
  removeWebhook(actor: Actor, id: string): Promise<void>;
  jobs(actor: Actor, limit: number): Promise<WorkJob[]>;
  cancelJob(actor: Actor, id: string): Promise<void>;
}

interface Deps {
  readonly db: Kysely<WorkSchema>;
  readonly audit: Audit;
  readonly environment: Environment;
  readonly texts: NoticeTexts;
  readonly webhookKey: Buffer;
  readonly allowPrivateAddress: boolean;
}

function shownNotice(row: Selectable<NoticeTable>, texts: NoticeTexts): Notice {
  const { title, text } = texts.of(row.kind);
  const both = ({ zh, en }: { zh: string; en: string }) => ({
    zh: fill(zh, row.parameters),
    en: fill(en, row.parameters),
  });
  return {
    id: row.id,
    organizationId: row.organization_id,
    kind: row.kind,
    title: both(title),
    text: both(text),
    subject: row.subject_kind && row.subject_id ? { kind: row.subject_kind, id: row.subject_id } : null,
    createdAt: row.created_at.toISOString(),
    readAt: row.read_at?.toISOString() ?? null,
  };
}

const shownHook = (row: Selectable<WebhookTable>): Webhook => ({
  id: row.id,
  organizationId: row.organization_id,
  url: row.url,
  kinds: row.kinds,
  createdAt: row.created_at.toISOString(),
  lastAt: row.last_at?.toISOString() ?? null,
  lastResult: row.last_result,
});

const shownJob = (row: JobRow): WorkJob => ({
  id: row.id,
  name: row.name,
  organizationId: row.organization_id,
  state: row.state,
  attempts: row.attempts,
  dueAt: row.due_at.toISOString(),
  createdAt: row.created_at.toISOString(),
  endedAt: row.ended_at?.toISOString() ?? null,
  progress: row.progress ?? null,
  error: row.error,
});

function noticePart({ db, environment, texts }: Deps): Pick<NoticeService, 'list' | 'read'> {
  return {
    list: (actor, { unread, limit }) =>
      withWork(db, actor, async (trx) => {
        const own = trx.selectFrom('notice').where('person_id', '=', actor.userId);
        const { count } = await own
          .where('read_at', 'is', null)
          .select((eb) => eb.fn.countAll<bigint>().as('count'))
          .executeTakeFirstOrThrow();
        const shown = unread ? own.where('read_at', 'is', null) : own;
        const rows = await shown.selectAll().orderBy('created_at', 'desc').orderBy('id').limit(limit).execute();
        return { unread: Number(count), notices: rows.map((row) => shownNotice(row, texts)) };
      }),
    read: (actor, id) =>
      withWork(db, actor, async (trx) => {
        const own = trx.updateTable('notice').set({ read_at: environment.now() }).where('person_id', '=', actor.userId);
        const marked = await (id ? own.where('id', '=', id) : own.where('read_at', 'is', null))
          .returning('id')
          .execute();
        if (id && marked.length === 0) throw new QuanlianError('notice.not_found', 'You have no such notice.');
      }),
  };
}

function hookPart(deps: Deps): Pick<NoticeService, 'webhooks' | 'addWebhook' | 'removeWebhook'> {
  const { db, audit, environment, webhookKey, allowPrivateAddress } = deps;
  return {
    webhooks: (actor) =>
      withWork(db, actor, async (trx) => {
        const rows = await trx
          .selectFrom('webhook')
          .selectAll()
          .where('revoked_at', 'is', null)
          .where(inReach(reachOf(actor, 'organization.manage'), { organization: 'webhook.organization_id' }))
          .orderBy('created_at', 'desc')
          .execute();
        return rows.map(shownHook);
      }),
    async addWebhook(actor, { organizationId, url, kinds }) {
      requireIn(actor, 'organization.manage', organizationId);
      await requireCallable(url, allowPrivateAddress);
      const secret = environment.random(32).toString('base64url');
      return withWork(db, actor, async (trx) => {
        const row = await trx
          .insertInto('webhook')
          .values({
            id: environment.newId(),
            organization_id: organizationId,
            url,
            secret: encrypt(webhookKey, secret),
            kinds,
            created_at: environment.now(),
            created_by: actor.userId,
            last_result: null,
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const subject = { kind: 'webhook', id: row.id };
        audit.append(trx, { organizationId, action: 'webhook.add', subject, after: { url, kinds } });
        return { webhook: shownHook(row), secret };
      });
    },
    removeWebhook: (actor, id) =>
      withWork(db, actor, async (trx) => {
        const row = await trx
          .updateTable('webhook')
          .set({ revoked_at: environment.now() })
          .where('id', '=', id)
          .where('revoked_at', 'is', null)
          .returning('organization_id')
          .executeTakeFirst();
        if (!row) throw new QuanlianError('webhook.refused', 'There is no such webhook within your reach.');
        requireIn(actor, 'organization.manage', row.organization_id);
        audit.append(trx, {
          organizationId: row.organization_id,
          action: 'webhook.remove',
          subject: { kind: 'webhook', id },
        });
      }),
  };
}

function jobPart({ db, audit, environment }: Deps): Pick<NoticeService, 'jobs' | 'cancelJob'> {
  const reached = (actor: Actor) =>
    inReach(reachOf(actor, 'job.read'), { organization: 'job.organization_id', owner: 'job.requested_by' });
  return {
    jobs: (actor, limit) =>
      withWork(db, actor, async (trx) => {
        const query = trx.selectFrom('job').selectAll().where(reached(actor));
        return (await query.orderBy('created_at', 'desc').limit(limit).execute()).map(shownJob);
      }),
    cancelJob: (actor, id) =>
      withWork(db, actor, async (trx) => {
        const row = await trx
          .selectFrom('job')
          .selectAll()
          .where('id', '=', id)
          .where(reached(actor))
          .forUpdate()
          .executeTakeFirst();
        if (!row || row.organization_id === null || !['waiting', 'running'].includes(row.state))
          throw new QuanlianError('job.not_found', 'There is no such job that could be cancelled.');
        requireIn(actor, 'job.manage', row.organization_id);
        await trx
          .updateTable('job')
          .set(row.state === 'waiting' ? { state: 'cancelled', ended_at: environment.now() } : { cancel_asked: true })
          .where('id', '=', id)
          .execute();
        audit.append(trx, { organizationId: row.organization_id, action: 'job.cancel', subject: { kind: 'job', id } });
      }),
  };
}

export function createNoticeService(deps: Deps): NoticeService {
  return { ...noticePart(deps), ...hookPart(deps), ...jobPart(deps) };
}
