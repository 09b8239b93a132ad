import { type NewSavedQuery, QuanlianError, type SavedQuery, SavedQuerySchema } from '@quanlian/contract';
import type { SavedTables } from '@quanlian/db';
import type { Selectable } from 'kysely';
import type { Actor } from '../../../work/actor.js';
import { withWork } from '../../../work/context.js';
import type { WorkBase } from '../../../work/work.js';

/** Queries one person keeps; the list is shown whole. */
const MOST_SAVED = 500;

export type SavedQueries = ReturnType<typeof createSavedQueries>;

/** Saved queries belong to a person; a program acting with a key has none. */
function personOf(actor: Actor): string {
  if (actor.userId !== null) return actor.userId;
  throw new QuanlianError('access.sign_in_required', 'Saved queries belong to a person; sign in as one.');
}

const asQuery = ({ id, name, syntax, text, sets, saved_at }: Selectable<SavedTables['saved_query']>): SavedQuery =>
  SavedQuerySchema.parse({ id, name, syntax, text, sets, savedAt: saved_at.toISOString() });

/** What people keep of their queries. Saving under a name that is there replaces it. */
export function createSavedQueries({ database: { db }, environment }: Pick<WorkBase, 'database' | 'environment'>) {
  return {
    list(actor: Actor): Promise<SavedQuery[]> {
      const person = personOf(actor);
      return withWork(db, actor, async (trx) => {
        const rows = trx.selectFrom('saved_query').selectAll().where('person_id', '=', person);
        return (await rows.orderBy('saved_at', 'desc').execute()).map(asQuery);
      });
    },
    save(actor: Actor, { name, syntax, text, sets }: NewSavedQuery): Promise<SavedQuery> {
      const person = personOf(actor);
      return withWork(db, actor, async (trx) => {
        const { held } = await trx
          .selectFrom('saved_query')
          .select((expression) => expression.fn.countAll<string>().as('held'))
          .where('person_id', '=', person)
          .where('name', '!=', name)
          .executeTakeFirstOrThrow();
        if (Number(held) >= MOST_SAVED) {
          const sentence = `You keep ${MOST_SAVED} queries already; delete one before you save another.`;
          throw new QuanlianError('request.invalid', sentence, { path: 'name' });
        }
        const values = { syntax, text, sets: JSON.stringify(sets), saved_at: environment.now() };
        const row = await trx
          .insertInto('saved_query')
          .values({ id: environment.newId(), person_id: person, name, ...values })
          .onConflict((conflict) => conflict.columns(['person_id', 'name']).doUpdateSet(values))
          .returningAll()
          .executeTakeFirstOrThrow();
        return asQuery(row);
      });
    },
    remove(actor: Actor, id: string): Promise<void> {
      const person = personOf(actor);
      return withWork(db, actor, async (trx) => {
        const { numDeletedRows } = await trx
          .deleteFrom('saved_query')
          .where('id', '=', id)
          .where('person_id', '=', person)
          .executeTakeFirstOrThrow();
        if (numDeletedRows > 0n) return;
        throw new QuanlianError('saved_query.not_found', 'There is no such saved query of yours.', { path: 'id' });
      });
    },
  };
}
