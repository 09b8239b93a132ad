import { type Preferences, PreferencesSchema, QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { problems, WRITE_PROBLEMS } from '../http/answers.js';
import type { Requests } from './requests.js';

const personMissing = () =>
  new QuanlianError('access.sign_in_required', 'Only a person who is signed in has an account to choose for.');

async function read({ system }: WorkDatabase, personId: string): Promise<Preferences> {
  const row = await system
    .selectFrom('person')
    .leftJoin('notice_choice', 'notice_choice.person_id', 'person.id')
    .select(['person.language', 'notice_choice.mail'])
    .where('person.id', '=', personId)
    .executeTakeFirst();
  if (!row) throw personMissing();
  return { language: row.language, mail: row.mail ?? true };
}

async function write({ system }: WorkDatabase, personId: string, { language, mail }: Partial<Preferences>) {
  if (language !== undefined) await system.updateTable('person').set({ language }).where('id', '=', personId).execute();
  if (mail !== undefined)
    await system
      .insertInto('notice_choice')
      .values({ person_id: personId, mail })
      .onConflict((conflict) => conflict.column('person_id').doUpdateSet({ mail }))
      .execute();
}

/** What a person chose for the own account: its language, and whether notices come by e-mail. Under `/identity`. */
export function preferenceRoutes(
  { requireSession }: Pick<Requests, 'requireSession'>,
  work: WorkDatabase,
): FastifyPluginAsyncZod {
  const answers = { 200: PreferencesSchema, ...problems('access.sign_in_required', ...WRITE_PROBLEMS) };
  return async (app) => {
    app.get(
      '/me/preferences',
      { schema: { tags: ['identity'], summary: 'What one chose for the own account', response: answers } },
      async (request) => read(work, (await requireSession(request)).personId),
    );
    app.patch(
      '/me/preferences',
      {
        schema: {
          tags: ['identity'],
          summary: 'Choose the language of pages and e-mail, and whether notices come by e-mail',
          body: PreferencesSchema.partial(),
          response: answers,
        },
      },
      async (request) => {
        const { personId } = await requireSession(request);
        await write(work, personId, request.body);
        return read(work, personId);
      },
    );
  };
}
