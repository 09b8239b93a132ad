import { createHmac } from 'node:crypto';
import { QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { z } from 'zod';
import { callOut } from '../../http/outgoing.js';
import { decrypt } from '../../identity/secret.js';
import { atEnd } from '../audit/pending.js';
import type { WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';
import type { Jobs } from '../jobs/jobs.js';
import { fill, type Language } from '../text.js';
import type { Mailer } from './mail.js';
import type { NoticeTexts } from './texts.js';

/** Something people should know. */
export interface NewNotice {
  readonly organizationId: string;
  readonly people: readonly string[];
  readonly kind: string;
  readonly parameters: Readonly<Record<string, string | number>>;
  readonly subject?: { readonly kind: string; readonly id: string };
}

/** Tells people, in the page and outside it. */
export interface Notices {
  /** As part of a transaction: nobody is told of what did not happen. */
  notify(trx: WorkTransaction, notice: NewNotice): void;
}

export interface NoticesDeps {
  readonly system: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly jobs: Jobs;
  readonly texts: NoticeTexts;
  /** Undefined when no mail is set up. */
  readonly mailer: Mailer | undefined;
  /** The key webhook secrets are hidden with. */
  readonly webhookKey: Buffer;
  readonly allowPrivateAddress: boolean;
}

const MAIL_JOB = 'notice.mail';
/** The job that calls a webhook. */
export const WEBHOOK_JOB = 'notice.webhook';

/** The signature of a call: the time and the body, so that an old call cannot be sent again as a new one. */
export const signatureOf = (secret: string, time: number, body: string): string =>
  `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${body}`).digest('hex')}`;

async function sendMail({ system, texts, mailer }: NoticesDeps, noticeId: string): Promise<void> {
  const row = await system
    .selectFrom('notice')
    .innerJoin('person', 'person.id', 'notice.person_id')
    .leftJoin('notice_choice', 'notice_choice.person_id', 'notice.person_id')
    .select([
      'notice.kind',
      'notice.parameters',
      'person.email',
      'person.language',
      'person.disabled_at',
      'person.demo',
    ])
    .select('notice_choice.mail')
    .where('notice.id', '=', noticeId)
    .executeTakeFirst();
  // A made-up person's address may be somebody's.
  if (!mailer || !row || row.disabled_at || row.demo || row.mail === false) return;
  const { title, text } = texts.of(row.kind);
  const language: Language = row.language;
  await mailer.send({
    to: row.email,
    subject: fill(title[language], row.parameters),
    text: fill(text[language], row.parameters),
  });
}

const HookPayload = z.object({ webhookId: z.uuid(), body: z.string() });

async function callHook(deps: NoticesDeps, { webhookId, body }: z.infer<typeof HookPayload>): Promise<void> {
  const { system, environment, webhookKey, allowPrivateAddress } = deps;
  const hook = await system
    .selectFrom('webhook')
    .select(['url', 'secret'])
    .where('id', '=', webhookId)
    .where('revoked_at', 'is', null)
    .executeTakeFirst();
  if (!hook) return;
  const at = environment.now();
  const note = (result: string) =>
    system.updateTable('webhook').set({ last_at: at, last_result: result }).where('id', '=', webhookId).execute();
  const signature = signatureOf(decrypt(webhookKey, hook.secret), Math.floor(at.getTime() / 1000), body);
  const headers = { 'content-type': 'application/json', 'user-agent': 'Quanlian', 'x-quanlian-signature': signature };
  try {
    const { status } = await callOut(hook.url, { method: 'POST', headers, body, allowPrivateAddress });
    if (status < 200 || status > 299) throw new Error(`the other server answered ${status}`);
    await note('ok');
  } catch (error) {
    await note(error instanceof Error ? error.message.slice(0, 500) : 'failed');
    // An address that may not be called does not become callable by trying again.
    if (error instanceof QuanlianError) return;
    throw error;
  }
}

async function insertNotices(deps: NoticesDeps, trx: WorkTransaction, notice: NewNotice): Promise<string[]> {
  const { environment } = deps;
  const people = [...new Set(notice.people)];
  if (people.length === 0) return [];
  const rows = people.map((personId) => ({
    id: environment.newId(),
    organization_id: notice.organizationId,
    person_id: personId,
    kind: notice.kind,
    parameters: JSON.stringify(notice.parameters),
    subject_kind: notice.subject?.kind ?? null,
    subject_id: notice.subject?.id ?? null,
    created_at: environment.now(),
  }));
  await trx.insertInto('notice').values(rows).execute();
  return rows.map(({ id }) => id);
}

async function hooksFor(trx: WorkTransaction, { organizationId, kind }: NewNotice): Promise<string[]> {
  const hooks = await trx
    .selectFrom('webhook')
    .select(['id', 'kinds'])
    .where('organization_id', '=', organizationId)
    .where('revoked_at', 'is', null)
    .execute();
  return hooks.filter(({ kinds }) => kinds.includes(kind) || kinds.includes('*')).map(({ id }) => id);
}

/** The notices of the server, with the jobs that carry them out of it. */
export function createNotices(deps: NoticesDeps): Notices {
  const { environment, jobs, texts, mailer } = deps;
  jobs.define({
    name: MAIL_JOB,
    payload: z.object({ noticeId: z.uuid() }),
    run: ({ noticeId }) => sendMail(deps, noticeId),
  });
  jobs.define({ name: WEBHOOK_JOB, payload: HookPayload, mostAttempts: 6, run: (payload) => callHook(deps, payload) });
  return {
    notify(trx, notice) {
      const { title, text } = texts.of(notice.kind);
      for (const one of [title.zh, text.zh]) fill(one, notice.parameters);
      const { organizationId, kind, parameters, subject } = notice;
      atEnd(trx, async (last) => {
        const ids = await insertNotices(deps, last, notice);
        if (mailer)
          for (const noticeId of ids) jobs.enqueue(last, { name: MAIL_JOB, payload: { noticeId }, organizationId });
        const at = environment.now().toISOString();
        const body = JSON.stringify({
          id: environment.newId(),
          at,
          kind,
          organizationId,
          parameters,
          subject: subject ?? null,
        });
        for (const webhookId of await hooksFor(last, notice))
          jobs.enqueue(last, { name: WEBHOOK_JOB, payload: { webhookId, body }, organizationId });
      });
    },
  };
}
