import { type CaseComment, QuanlianError } from '@quanlian/contract';
import type { Actor } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import type { WorkConnection, WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';
import { CASE_KIND, type StoredCase } from './stored-case.js';

interface CommentDeps {
  readonly environment: Pick<Environment, 'now' | 'newId'>;
  readonly audit: Audit;
}

/**
 * Adds a comment. Its words stay out of the audit log, which cannot forget; the log says that there was one, and
 * comments can be removed.
 */
export async function addComment(
  trx: WorkTransaction,
  { environment, audit }: CommentDeps,
  { actor, stored, text }: { readonly actor: Actor; readonly stored: StoredCase; readonly text: string },
): Promise<CaseComment> {
  const id = environment.newId();
  const at = environment.now();
  const words = text.trim();
  if (words === '') throw new QuanlianError('request.invalid', 'A comment needs words.', { path: 'text' });
  await trx
    .insertInto('case_comment')
    .values({ id, case_id: stored.id, person_id: actor.userId, at, text: words })
    .execute();
  audit.append(trx, {
    organizationId: stored.organizationId,
    action: 'case.commented',
    subject: { kind: CASE_KIND, id: stored.id },
    after: { comment: id },
  });
  return { id, personId: actor.userId, name: actor.name, at: at.toISOString(), text: words };
}

/** The comments of a case, oldest first, without those removed. */
export async function readComments(db: WorkConnection, caseId: string): Promise<CaseComment[]> {
  const rows = await db
    .selectFrom('case_comment as c')
    .leftJoin('person as p', 'p.id', 'c.person_id')
    .select(['c.id', 'c.person_id', 'c.at', 'c.text', 'p.name'])
    .where('c.case_id', '=', caseId)
    .where('c.removed_at', 'is', null)
    .orderBy('c.at')
    .orderBy('c.id')
    .execute();
  return rows.map(({ id, person_id, at, text, name }) => ({
    id,
    personId: person_id,
    name,
    at: at.toISOString(),
    text,
  }));
}
