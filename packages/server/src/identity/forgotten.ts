import { createHash } from 'node:crypto';
import { ForgottenPasswordSchema, NewPasswordSchema, QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import { systemActor } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import type { Mailer } from '../work/notices/mail.js';
import { requireStrong } from './passwords.js';
import { resetPassword } from './people.js';

export interface ForgottenDeps {
  readonly database: WorkDatabase;
  readonly audit: Audit;
  readonly environment: Environment;
  /** Undefined when no mail is set up: nobody can be asked then whether an address is theirs. */
  readonly mailer: Mailer | undefined;
  readonly baseUrl: () => string;
}

/** How long a sent address can be used, and how soon another one is sent to the same person. */
const OPEN_MS = 3_600_000;
const AGAIN_MS = 120_000;
const SLOW = { rateLimit: { max: 20, timeWindow: '1 minute' } };

const MAIL = {
  zh: (address: string) => ({
    subject: '全链：设置新密码',
    text: `有人请求为您的账户设置新密码。如果是您本人，请在一小时内打开下面的地址：\n\n${address}\n\n如果不是，请忽略这封邮件，密码不会改变。\n`,
  }),
  en: (address: string) => ({
    subject: 'Quanlian: set a new password',
    text: `Somebody asked for a new password of your account. If it was you, open this address within an hour:\n\n${address}\n\nIf it was not, ignore this mail; the password stays as it is.\n`,
  }),
} as const;

const markOf = (secret: string): string => `password:${createHash('sha256').update(secret).digest('hex')}`;

const used = () =>
  new QuanlianError(
    'password.secret_refused',
    'This address for a new password is unknown, used, or older than an hour. Ask for another one.',
  );

/** Makes a secret for the person and sends it; nothing for addresses that nobody signs in with. */
async function send(deps: ForgottenDeps, mailer: Mailer, email: string): Promise<void> {
  const { database, environment, baseUrl } = deps;
  const person = await database.system
    .selectFrom('person')
    .innerJoin('sign_in_account', 'sign_in_account.person_id', 'person.id')
    .select(['person.id', 'person.email', 'person.language'])
    .where('person.email', '=', email.toLowerCase())
    .where('person.disabled_at', 'is', null)
    // A made-up person's address may be somebody's.
    .where('person.demo', '=', false)
    .where('sign_in_account.provider_id', '=', 'credential')
    .executeTakeFirst();
  if (!person) return;
  const now = environment.now();
  const open = database.system
    .selectFrom('sign_in_verification')
    .select('id')
    .where('value', '=', person.id)
    .where('identifier', 'like', 'password:%')
    .where('created_at', '>', new Date(now.getTime() - AGAIN_MS));
  if (await open.executeTakeFirst()) return;
  const secret = environment.random(24).toString('base64url');
  await database.system
    .insertInto('sign_in_verification')
    .values({
      id: environment.newId(),
      identifier: markOf(secret),
      value: person.id,
      expires_at: new Date(now.getTime() + OPEN_MS),
      created_at: now,
      updated_at: now,
    })
    .execute();
  // Behind the mark, so that the secret is not in any server's log.
  await mailer.send({ to: person.email, ...MAIL[person.language](`${baseUrl()}/new-password#${secret}`) });
}

/** Sets the password a secret was sent for; ends every session of the person. Throws `password.secret_refused`. */
async function set({ database, environment, audit }: ForgottenDeps, secret: string, password: string): Promise<void> {
  await withWork(database.db, systemActor('sign-in'), async (trx) => {
    const row = await trx
      .deleteFrom('sign_in_verification')
      .where('identifier', '=', markOf(secret))
      .where('expires_at', '>', environment.now())
      .returning('value')
      .executeTakeFirst();
    if (!row) throw used();
    const personId = row.value;
    const person = await trx.selectFrom('person').select('email').where('id', '=', personId).executeTakeFirst();
    if (!person) throw used();
    requireStrong(password, person.email);
    await resetPassword(trx, environment, personId, password);
    const subject = { kind: 'person', id: personId };
    audit.append(trx, { organizationId: INSTALLATION_CHAIN, action: 'person.set-new-password', subject, personId });
  });
}

/** A forgotten password, set anew by whoever reads the account's e-mail. Under `/identity`. */
export function forgottenRoutes(deps: ForgottenDeps, onError: (error: unknown) => void): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/password/forgotten',
      {
        config: SLOW,
        schema: {
          tags: ['identity'],
          summary: 'Have an address for a new password sent',
          description: 'Answers the same whether or not somebody has the e-mail address.',
          body: ForgottenPasswordSchema,
          response: { 202: z.null(), ...problems('sign_in.unavailable', ...WRITE_PROBLEMS) },
        },
      },
      async (request, reply) => {
        const { mailer } = deps;
        if (!mailer)
          throw new QuanlianError(
            'sign_in.unavailable',
            'No e-mail is set up here. Ask an administrator for a new password.',
          );
        // Not waited for: how long it takes would tell whether somebody has the address.
        send(deps, mailer, request.body.email).catch(onError);
        return reply.status(202).send(null);
      },
    );
    app.post(
      '/password/new',
      {
        config: SLOW,
        schema: {
          tags: ['identity'],
          summary: 'Set a new password with the secret that was sent; every session ends',
          body: NewPasswordSchema,
          response: { 204: z.null(), ...problems('password.secret_refused', 'password.weak', ...WRITE_PROBLEMS) },
        },
      },
      async (request, reply) => {
        await set(deps, request.body.secret, request.body.password);
        return reply.status(204).send(null);
      },
    );
  };
}
