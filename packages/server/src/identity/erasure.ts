import type { Erasing } from '../work/audit/erasures.js';
import { ERASED_NAME } from '../work/audit/erasures.js';
import type { Environment } from '../work/environment.js';
import { failureKey } from './lockout.js';

const count = ({ numDeletedRows }: { numDeletedRows: bigint }): number => Number(numDeletedRows);
const changed = ({ numUpdatedRows }: { numUpdatedRows: bigint }): number => Number(numUpdatedRows);

/** No mail ever arrives there (RFC 2606); the address has to be unique. */
const erasedMail = (id: string): string => `${id}@erased.invalid`;

/**
 * A person's account without what tells who it was: name, address, ways to sign in, sessions, notices. The row itself
 * stays, because what the person did refers to it, and can never be signed in with again.
 */
export function createPersonErasing({ now }: Pick<Environment, 'now'>): Erasing {
  return async (trx, id) => {
    const person = await trx.selectFrom('person').select('email').where('id', '=', id).executeTakeFirst();
    if (!person) return {};
    const at = now();
    const gone = async (
      table: 'sign_in_session' | 'sign_in_account' | 'sign_in_two_factor' | 'notice' | 'notice_choice',
    ) => count(await trx.deleteFrom(table).where('person_id', '=', id).executeTakeFirstOrThrow());
    const secrets = trx
      .deleteFrom('sign_in_verification')
      .where((eb) =>
        eb.or([eb('value', '=', id), eb('value', 'like', `%${id}%`), eb('identifier', 'like', `%${id}%`)]),
      );
    const invitations = trx
      .updateTable('invitation')
      .set({ email: erasedMail(id), name: ERASED_NAME, revoked_at: at })
      .where((eb) => eb.or([eb('accepted_by', '=', id), eb('email', '=', person.email)]));
    const keys = trx.updateTable('api_key').set({ name: ERASED_NAME, revoked_at: at }).where('person_id', '=', id);
    const roles = trx
      .updateTable('membership')
      .set({ ended_at: at })
      .where('person_id', '=', id)
      .where('ended_at', 'is', null);
    const lent = trx
      .updateTable('delegation')
      .set({ reason: ERASED_NAME, revoked_at: at })
      .where((eb) => eb.or([eb('delegator_id', '=', id), eb('delegate_id', '=', id)]));
    const failures = trx.deleteFrom('sign_in_failure').where('key', '=', failureKey('mail', person.email));
    const counts = {
      sign_in_session: await gone('sign_in_session'),
      sign_in_account: await gone('sign_in_account'),
      sign_in_two_factor: await gone('sign_in_two_factor'),
      sign_in_verification: count(await secrets.executeTakeFirstOrThrow()),
      sign_in_failure: count(await failures.executeTakeFirstOrThrow()),
      notice: await gone('notice'),
      notice_choice: await gone('notice_choice'),
      invitation: changed(await invitations.executeTakeFirstOrThrow()),
      api_key: changed(await keys.executeTakeFirstOrThrow()),
      membership: changed(await roles.executeTakeFirstOrThrow()),
      delegation: changed(await lent.executeTakeFirstOrThrow()),
    };
    await trx
      .updateTable('person')
      .set({
        name: ERASED_NAME,
        email: erasedMail(id),
        email_verified: false,
        image: null,
        two_factor_enabled: false,
        disabled_at: at,
        erased_at: at,
        updated_at: at,
      })
      .where('id', '=', id)
      .execute();
    return { ...counts, person: 1 };
  };
}
