import type { PersonalSettings } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import type { Actor } from '../work/actor.js';
import { systemActor } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import { withWork } from '../work/context.js';
import type { Language } from '../work/text.js';

/** What people choose about what comes to them. */
export interface Settings {
  of(personId: string): Promise<PersonalSettings>;
  change(personId: string, change: Partial<PersonalSettings>): Promise<PersonalSettings>;
  /** The language of what is made for somebody; Chinese for the program itself. */
  languageOf(actor: Actor): Promise<Language>;
}

export function createSettings({ work, audit }: { readonly work: WorkDatabase; readonly audit: Audit }): Settings {
  const of = async (personId: string): Promise<PersonalSettings> => {
    const { language, mail } = await work.system
      .selectFrom('person as p')
      .leftJoin('notice_choice as c', 'c.person_id', 'p.id')
      .select(['p.language', 'c.mail'])
      .where('p.id', '=', personId)
      .executeTakeFirstOrThrow();
    return { language, mail: mail ?? true };
  };
  return {
    of,
    async change(personId, { language, mail }) {
      const before = await of(personId);
      await withWork(work.db, { ...systemActor('settings'), kind: 'user', userId: personId }, async (trx) => {
        if (language !== undefined)
          await trx.updateTable('person').set({ language }).where('id', '=', personId).execute();
        if (mail !== undefined)
          await trx
            .insertInto('notice_choice')
            .values({ person_id: personId, mail })
            .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ mail }))
            .execute();
        const after = { language: language ?? before.language, mail: mail ?? before.mail };
        const subject = { kind: 'person', id: personId };
        audit.append(trx, {
          organizationId: INSTALLATION_CHAIN,
          action: 'person.change-settings',
          subject,
          before,
          after,
        });
      });
      return of(personId);
    },
    languageOf: async ({ userId }) => (userId === null ? 'zh' : (await of(userId)).language),
  };
}
