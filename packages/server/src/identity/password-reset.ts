import { createHash } from 'node:crypto';
import { QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import { systemActor } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import type { WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import type { Mailer } from '../work/notices/mail.js';
import { fill, type Language } from '../work/text.js';
import { requireStrong } from './passwords.js';
import { passwordHashOf, resetPassword } from './people.js';

const VALID_MS = 3_600_000;
/** Mails somebody gets within that time, however often they are asked for. */
const MOST_AT_ONCE = 3;
const PURPOSE = 'password-reset:';

const MAIL: Readonly<Record<Language, { title: string; text: string }>> = {
  zh: {
    title: '全链平台：重设密码',
    text: '{name}：\n\n有人（应是您本人）要求重设密码。请在一小时内打开下面的地址设置新密码：\n\n{address}\n\n若非本人操作，请忽略此信，密码不会改变。\n',
  },
  en: {
    title: 'Quanlian: set a new password',
    text: '{name},\n\nsomebody, presumably you, asked for a new password. Open this address within an hour to set one:\n\n{address}\n\nIf it was not you, do nothing: the password stays as it is.\n',
  },
};

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A forgotten password is set anew by whoever reads the person's e-mail. */
export interface PasswordReset {
  /** False when no mail is set up: then there is no such way. */
  readonly available: boolean;
  /** Sends a mail if somebody has the address; whether anybody does is not told. Throws `sign_in.unavailable`. */
  ask(email: string): Promise<void>;
  /** Sets the password and ends every session. Throws `sign_in.refused` for a secret that does not count (any more). */
  set(secret: string, password: string): Promise<void>;
}

interface Deps {
  readonly work: WorkDatabase;
  readonly audit: Audit;
  readonly environment: Environment;
  readonly mailer: Mailer | undefined;
  readonly baseUrl: () => string;
  readonly onError: (error: unknown) => void;
}

interface Asking {
  readonly name: string;
  readonly email: string;
  readonly language: Language;
  readonly secret: string;
}

/** Notes a secret for the person, if there is one who signs in with a password and has not asked too often. */
async function noteSecret(
  { environment, audit }: Deps,
  trx: WorkTransaction,
  email: string,
): Promise<Asking | undefined> {
  const now = environment.now();
  const person = await trx
    .selectFrom('person')
    .select(['id', 'name', 'email', 'language'])
    .where('email', '=', email.toLowerCase())
    .where('disabled_at', 'is', null)
    .where('demo', '=', false)
    .forUpdate()
    .executeTakeFirst();
  if (!person || (await passwordHashOf(trx, person.id)) === undefined) return undefined;
  const open = await trx
    .selectFrom('sign_in_verification')
    .select('id')
    .where('identifier', 'like', `${PURPOSE}%`)
    .where('value', '=', person.id)
    .where('expires_at', '>', now)
    .execute();
  if (open.length >= MOST_AT_ONCE) return undefined;
  const secret = environment.random(24).toString('base64url');
  await trx
    .insertInto('sign_in_verification')
    .values({
      id: environment.newId(),
      identifier: PURPOSE + hashOf(secret),
      value: person.id,
      expires_at: new Date(now.getTime() + VALID_MS),
      created_at: now,
      updated_at: now,
    })
    .execute();
  const subject = { kind: 'person', id: person.id };
  audit.append(trx, { organizationId: INSTALLATION_CHAIN, action: 'person.ask-password', subject });
  return { ...person, secret };
}

/** Takes the secret out, so that it counts once; tells whose it was. */
async function takeSecret(trx: WorkTransaction, secret: string, now: Date): Promise<string> {
  const row = await trx
    .deleteFrom('sign_in_verification')
    .where('identifier', '=', PURPOSE + hashOf(secret))
    .where('expires_at', '>', now)
    .returning('value')
    .executeTakeFirst();
  if (row) return row.value;
  throw new QuanlianError(
    'sign_in.refused',
    'This address for a new password was used or is too old. Ask for another.',
  );
}

export function createPasswordReset(deps: Deps): PasswordReset {
  const { work, audit, environment, mailer, baseUrl, onError } = deps;
  const actor = systemActor('password reset');
  return {
    available: mailer !== undefined,
    async ask(email) {
      if (!mailer)
        throw new QuanlianError(
          'sign_in.unavailable',
          'No mail is set up here. Ask the administrator for a new password.',
        );
      const asking = await withWork(work.db, actor, (trx) => noteSecret(deps, trx, email));
      if (!asking) return;
      const { title, text } = MAIL[asking.language];
      // Behind the mark, so that the secret is not in any server's log.
      const address = `${baseUrl()}/password#${asking.secret}`;
      // Not waited for: how long it takes would tell whether somebody has the address.
      mailer
        .send({ to: asking.email, subject: title, text: fill(text, { name: asking.name, address }) })
        .catch(onError);
    },
    set: (secret, password) =>
      withWork(work.db, actor, async (trx) => {
        const personId = await takeSecret(trx, secret, environment.now());
        const person = await trx
          .selectFrom('person')
          .select('email')
          .where('id', '=', personId)
          .where('disabled_at', 'is', null)
          .executeTakeFirst();
        if (!person) throw new QuanlianError('sign_in.refused', 'This account is not in use any more.');
        // A password that is refused leaves the secret as it was: the transaction ends with nothing done.
        requireStrong(password, person.email);
        await resetPassword(trx, environment, personId, password);
        await trx
          .deleteFrom('sign_in_verification')
          .where('identifier', 'like', `${PURPOSE}%`)
          .where('value', '=', personId)
          .execute();
        const subject = { kind: 'person', id: personId };
        audit.append(trx, { organizationId: INSTALLATION_CHAIN, action: 'person.reset-password', subject });
      }),
  };
}
