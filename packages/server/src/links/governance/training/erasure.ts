import { QuanlianError } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { type Actor, isAllowed, systemActor } from '../../../work/actor.js';
import type { Audit } from '../../../work/audit/audit.js';
import { ERASED_NAME, type Erasing } from '../../../work/audit/erasures.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import type { Environment } from '../../../work/environment.js';

/** Learners without what tells who they were. What they did goes on counting; their certificates verify without a name. */
async function eraseLearners(trx: WorkTransaction, ids: readonly string[], now: Date): Promise<Record<string, number>> {
  for (const id of ids)
    await trx
      .updateTable('training_learner')
      .set({ name: ERASED_NAME, email: null, code: `erased-${id}`, erased_at: now })
      .where('id', '=', id)
      .execute();
  if (ids.length === 0) return {};
  const { numUpdatedRows } = await trx
    .updateTable('training_certificate')
    .set({ name: null, salt: null })
    .where('learner_id', 'in', ids)
    .where('name', 'is not', null)
    .executeTakeFirstOrThrow();
  return { training_learner: ids.length, training_certificate: Number(numUpdatedRows) };
}

/** The part of the training in the erasure of a person. */
export function createLearnerErasing({ now }: Pick<Environment, 'now'>): Erasing {
  return async (trx, personId) => {
    const rows = await trx.selectFrom('training_learner').select('id').where('person_id', '=', personId).execute();
    return eraseLearners(
      trx,
      rows.map(({ id }) => id),
      now(),
    );
  };
}

/** Forgets somebody on a roster who has no account. */
export interface LearnerErasure {
  /**
   * Tells how many rows it changed, by table. Throws `training.not_found`, and `training.refused` for somebody with an
   * account, whose data is erased as a person's.
   */
  erase(actor: Actor, learnerId: string, why: string): Promise<Readonly<Record<string, number>>>;
}

export function createLearnerErasure(deps: {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Pick<Environment, 'now'>;
  readonly audit: Audit;
}): LearnerErasure {
  const { db, environment, audit } = deps;
  return {
    erase(actor, learnerId, why) {
      // The rows are the program's own: it erases in the actor's name what the actor's permission reaches.
      const erasing: Actor = { ...systemActor('erasure', actor.tree), kind: actor.kind, userId: actor.userId };
      return withWork(db, erasing, async (trx) => {
        const learner = await trx
          .selectFrom('training_learner')
          .select(['organization_id', 'person_id'])
          .where('id', '=', learnerId)
          .executeTakeFirst();
        const reached =
          learner && isAllowed(actor, 'personal-data.erase', { id: learnerId, organization: learner.organization_id });
        if (!learner || !reached)
          throw new QuanlianError('training.not_found', 'There is no such learner within reach.');
        if (learner.person_id !== null)
          throw new QuanlianError('training.refused', 'The learner has an account. Erase the data of that person.');
        const counts = await eraseLearners(trx, [learnerId], environment.now());
        const subject = { kind: 'training-learner', id: learnerId };
        audit.append(trx, {
          organizationId: learner.organization_id,
          action: 'person.erase',
          subject,
          after: counts,
          why,
        });
        return counts;
      });
    },
  };
}
