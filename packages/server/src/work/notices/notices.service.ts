import {
  type NewWebhook,
  type Notice,
  type NoticeKind,
  QuanlianError,
  type Webhook,
  type WebhookDelivery,
} from '@quanlian/contract';
import type { JobTable, NoticeTable, WebhookTable, WorkSchema } from '@quanlian/db';
import { type Kysely, type Selectable, sql } from 'kysely';
import { requireCallable } from '../../http/outgoing.js';
import { encrypt } from '../../identity/secret.js';
import { type Actor, reachOf, requireIn, systemActor } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import { withWork } from '../context.js';
import type { Environment } from '../environment.js';
import { inReach } from '../reach.js';
import { fill } from '../text.js';
import { WEBHOOK_JOB } from './notices.js';
import type { NoticeTexts } from './texts.js';

/** What people see of their notices and their organizations' webhooks. */
export interface NoticeService {
  list(actor: Actor, options: { unread: boolean; limit: number }): Promise<{ unread: number; notices: Notice[] }>;
  /** Marks one notice read, or all of them. */
  read(actor: Actor, id?: string): Promise<void>;
  webhooks(actor: Actor): Promise<Webhook[]>;
  /** The secret to check signatures with is told once. */
  addWebhook(actor: Actor, parts: NewWebhook): Promise<{ webhook: Webhook; secret: string }>;
  removeWebhook(actor: Actor, id: string): Promise<void>;
  /** What was or will be sent to a webhook, newest first. Throws `webhook.refused`. */
  deliveries(actor: Actor, id: string, limit: number): Promise<WebhookDelivery[]>;
  /** The kinds of notice there are. */
  kinds(): NoticeKind[];
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

function shownDelivery(row: Selectable<JobTable>): WebhookDelivery {
  const { body } = row.payload as { body: string };
  return {
    id: row.id,
    kind: (JSON.parse(body) as { kind: string }).kind,
    state: row.state,
    attempts: row.attempts,
    mostAttempts: row.most_attempts,
    createdAt: row.created_at.toISOString(),
    dueAt: row.due_at.toISOString(),
    endedAt: row.ended_at?.toISOString() ?? null,
    error: row.error,
    body,
  };
}

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

function sentPart({ db, texts }: Deps): Pick<NoticeService, 'deliveries' | 'kinds'> {
  return {
    kinds: () => texts.all().map(([kind, { title }]) => ({ kind, title })),
    async deliveries(actor, id, limit) {
      const hook = await withWork(db, actor, (trx) =>
        trx
          .selectFrom('webhook')
          .select('id')
          .where('id', '=', id)
          .where(inReach(reachOf(actor, 'organization.manage'), { organization: 'webhook.organization_id' }))
          .executeTakeFirst(),
      );
      if (!hook) throw new QuanlianError('webhook.refused', 'There is no such webhook within your reach.');
      // The queue is the program's own; what is told of it belongs to a webhook that the actor manages.
      const rows = await withWork(db, systemActor('webhooks', actor.tree), (trx) =>
        trx
          .selectFrom('job')
          .selectAll()
          .where('name', '=', WEBHOOK_JOB)
          .where(sql`payload ->> 'webhookId'`, '=', id)
          .orderBy('created_at', 'desc')
          .orderBy('id')
          .limit(limit)
          .execute(),
      );
      return rows.map(shownDelivery);
    },
  };
}

export function createNoticeService(deps: Deps): NoticeService {
  return { ...noticePart(deps), ...hookPart(deps), ...sentPart(deps) };
}
