import { createHash } from 'node:crypto';
import { QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import { type Kysely, sql } from 'kysely';
import type { Environment } from '../work/environment.js';

/** Failures before the first wait, for one e-mail address and for one client. */
const FREE = { mail: 5, client: 30 } as const;
const FIRST_WAIT_MS = 30_000;
const LONGEST_WAIT_MS = 3_600_000;
/** Failures this old no longer count. */
const FORGOTTEN_MS = 24 * 3_600_000;

/** Counts failed sign-ins; each one past the free ones doubles the wait. */
export interface Lockout {
  /** Throws `sign_in.locked` while the address or the client has to wait. */
  check(email: string, client: string): Promise<void>;
  failed(email: string, client: string): Promise<void>;
  succeeded(email: string): Promise<void>;
}

/** What failures of an e-mail address or a client are kept under. */
export const failureKey = (kind: keyof typeof FREE, text: string): string =>
  `${kind}:${createHash('sha256').update(text.toLowerCase()).digest('hex')}`;

export function createLockout(system: Kysely<WorkSchema>, { now }: Pick<Environment, 'now'>): Lockout {
  const count = async (kind: keyof typeof FREE, text: string): Promise<void> => {
    const at = now();
    const { failures } = await system
      .insertInto('sign_in_failure')
      .values({ key: failureKey(kind, text), failures: 1, last_at: at, locked_until: null })
      .onConflict((conflict) =>
        conflict.column('key').doUpdateSet({
          failures: sql`case when sign_in_failure.last_at < ${new Date(at.getTime() - FORGOTTEN_MS)} then 1 else sign_in_failure.failures + 1 end`,
          last_at: at,
        }),
      )
      .returning('failures')
      .executeTakeFirstOrThrow();
    const over = failures - FREE[kind];
    if (over < 0) return;
    const wait = Math.min(FIRST_WAIT_MS * 2 ** Math.min(over, 20), LONGEST_WAIT_MS);
    await system
      .updateTable('sign_in_failure')
      .set({ locked_until: new Date(at.getTime() + wait) })
      .where('key', '=', failureKey(kind, text))
      .execute();
  };
  return {
    async check(email, client) {
      const locked = await system
        .selectFrom('sign_in_failure')
        .select('locked_until')
        .where('key', 'in', [failureKey('mail', email), failureKey('client', client)])
        .where('locked_until', '>', now())
        .orderBy('locked_until', 'desc')
        .executeTakeFirst();
      if (!locked?.locked_until) return;
      const seconds = Math.ceil((locked.locked_until.getTime() - now().getTime()) / 1000);
      throw new QuanlianError('sign_in.locked', `Too many attempts failed. Try again in ${seconds} seconds.`);
    },
    async failed(email, client) {
      await count('mail', email);
      await count('client', client);
    },
    async succeeded(email) {
      await system.deleteFrom('sign_in_failure').where('key', '=', failureKey('mail', email)).execute();
    },
  };
}
