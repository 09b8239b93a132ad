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

/**
 * Takes a comment out of the case. Its words go to the log, among what can be erased there; who wrote it and who
 * may amend the case may do so. Throws `case.not_found` when the case has no such comment.
 */
export async function removeComment(
  trx: WorkTransaction,
  { environment, audit }: CommentDeps,
  parts: {
    readonly actor: Actor;
    readonly stored: StoredCase;
    readonly commentId: string;
    readonly mayAmend: boolean;
    readonly why: string;
  },
): Promise<void> {
  const { actor, stored, commentId, mayAmend, why } = parts;
  const row = await trx
    .selectFrom('case_comment')
    .select(['person_id', 'text'])
    .where('id', '=', commentId)
    .where('case_id', '=', stored.id)
    .where('removed_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new QuanlianError('case.not_found', 'The case has no such comment.');
  const isOwn = actor.userId !== null && row.person_id === actor.userId;
  if (!isOwn && !mayAmend)
    throw new QuanlianError('access.denied', 'A comment is removed by who wrote it, or by who may amend the case.');
  await trx
    .updateTable('case_comment')
    .set({ removed_at: environment.now(), removed_by: actor.userId, text: '—' })
    .where('id', '=', commentId)
    .execute();
  audit.append(trx, {
    organizationId: stored.organizationId,
    action: 'case.comment-removed',
    subject: { kind: CASE_KIND, id: stored.id },
    before: { comment: commentId, by: row.person_id },
    personal: { text: row.text },
    personId: row.person_id,
    why,
  });
}
