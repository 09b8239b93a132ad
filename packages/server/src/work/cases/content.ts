import { QuanlianError } from '@quanlian/contract';
import type { CaseInput, Paper, Parties, Scalar } from '@quanlian/kernel';
import { type Actor, isAllowed } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import { peopleAmong } from './cases.repo.js';
import { asProgram } from './program.js';
import { CASE_KIND } from './stored-case.js';

/** What comes with a request, papers by their ids alone. */
export interface CaseContent {
  readonly fields?: Readonly<Record<string, Scalar>> | undefined;
  readonly papers?: readonly { readonly id: string; readonly kind: string }[] | undefined;
  readonly parties?: Parties | undefined;
}

interface PaperRow {
  readonly id: string;
  readonly organization_id: string;
  readonly added_by: string | null;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
}

const invalid = (sentence: string, path: string) => new QuanlianError('request.invalid', sentence, { path });

/** One's own papers, those of the case itself, and those one may read. */
function mayUse(actor: Actor, paper: PaperRow, caseId: string): boolean {
  const { id, organization_id: organization, added_by: owner } = paper;
  if (owner === actor.userId || (paper.subject_kind === CASE_KIND && paper.subject_id === caseId)) return true;
  return isAllowed(actor, 'paper.read', { id, organization, owner });
}

/** The papers with their hashes; they must be stored, readable, and not belong to something else. */
async function readPapers(
  trx: WorkTransaction,
  actor: Actor,
  caseId: string,
  asked: NonNullable<CaseContent['papers']>,
): Promise<Paper[]> {
  if (asked.length === 0) return [];
  const ids = asked.map(({ id }) => id);
  if (new Set(ids).size !== ids.length) throw invalid('A paper is named twice.', 'papers');
  const rows = await trx
    .selectFrom('paper')
    .select(['id', 'organization_id', 'sha256', 'added_by', 'subject_kind', 'subject_id'])
    .where('id', 'in', ids)
    .where('removed_at', 'is', null)
    .execute();
  const attached = await trx
    .selectFrom('case_paper')
    .select('paper_id')
    .where('case_id', '=', caseId)
    .where('paper_id', 'in', ids)
    .execute();
  if (attached.length > 0) throw invalid('A paper is in the case already.', 'papers');
  return asked.map(({ id, kind }) => {
    const row = rows.find((one) => one.id === id);
    if (!row || !mayUse(actor, row, caseId))
      throw new QuanlianError('paper.not_found', 'There is no such paper, or your roles do not reach it.', {
        path: 'papers',
      });
    if (row.subject_id !== null && !(row.subject_kind === CASE_KIND && row.subject_id === caseId))
      throw invalid('The paper belongs to something else. Store it again for this case.', 'papers');
    return { id, kind, hash: row.sha256 };
  });
}

async function checkParties(trx: WorkTransaction, actor: Actor, parties: Parties): Promise<void> {
  const unknown = [...new Set(Object.values(parties).flat())].filter((id) => actor.tree.kindOf(id) === undefined);
  const people = new Set(await asProgram(trx, actor, () => peopleAmong(trx, unknown)));
  if (unknown.some((id) => !people.has(id)))
    throw invalid('A party is neither a person nor an organization that exists.', 'parties');
}

/** The content as the kernel takes it. */
export async function readContent(
  trx: WorkTransaction,
  actor: Actor,
  caseId: string,
  { fields, papers, parties }: CaseContent,
): Promise<CaseInput> {
  if (parties) await checkParties(trx, actor, parties);
  return {
    ...(fields ? { fields } : {}),
    ...(papers ? { papers: await readPapers(trx, actor, caseId, papers) } : {}),
    ...(parties ? { parties } : {}),
  };
}

/** Makes papers that had no subject papers of the case. */
export async function claimPapers(trx: WorkTransaction, caseId: string, papers: readonly Paper[]): Promise<void> {
  if (papers.length === 0) return;
  await trx
    .updateTable('paper')
    .set({ subject_kind: CASE_KIND, subject_id: caseId })
    .where(
      'id',
      'in',
      papers.map(({ id }) => id),
    )
    .where('subject_id', 'is', null)
    .execute();
}
