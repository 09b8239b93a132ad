import { QuanlianError } from '@quanlian/contract';
import type { WorkTransaction } from '../work/connection.js';
import type { Environment } from '../work/environment.js';
import { hashPassword } from './passwords.js';

/** A person to be. */
export interface NewPerson {
  readonly email: string;
  readonly name: string;
  readonly password: string;
  readonly language?: 'zh' | 'en';
  readonly demo?: boolean;
}

const CREDENTIAL = 'credential';

/** Makes a person who signs in with a password. In a transaction that reaches everything. Throws `person.exists`. */
export async function addPerson(trx: WorkTransaction, environment: Environment, person: NewPerson): Promise<string> {
  const { email, name, password, language = 'zh', demo = false } = person;
  const id = environment.newId();
  const at = environment.now();
  const made = await trx
    .insertInto('person')
    .values({
      id,
      email: email.toLowerCase(),
      name,
      language,
      demo,
      email_verified: true,
      image: null,
      created_at: at,
      updated_at: at,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (!made) throw new QuanlianError('person.exists', `Somebody has the e-mail address ${email} already.`);
  await trx
    .insertInto('sign_in_account')
    .values({
      id: environment.newId(),
      person_id: id,
      account_id: id,
      provider_id: CREDENTIAL,
      password: await hashPassword(password),
      created_at: at,
      updated_at: at,
    })
    .execute();
  return id;
}

/** The stored hash of a person's password; undefined when the person signs in another way only. */
export async function passwordHashOf(trx: WorkTransaction, personId: string): Promise<string | undefined> {
  const found = await trx
    .selectFrom('sign_in_account')
    .select('password')
    .where('person_id', '=', personId)
    .where('provider_id', '=', CREDENTIAL)
    .executeTakeFirst();
  return found?.password ?? undefined;
}

/** Sets a new password and ends every session of the person. */
export async function resetPassword(
  trx: WorkTransaction,
  environment: Environment,
  personId: string,
  password: string,
): Promise<void> {
  await trx
    .updateTable('sign_in_account')
    .set({ password: await hashPassword(password), updated_at: environment.now() })
    .where('person_id', '=', personId)
    .where('provider_id', '=', CREDENTIAL)
    .execute();
  await trx.deleteFrom('sign_in_session').where('person_id', '=', personId).execute();
}
