import type { CaseEvent, CaseOutcome, CaseSnapshot, StateDefinition } from '@quanlian/kernel';
import type { WorkConnection, WorkTransaction } from '../connection.js';
import { CASE_KIND, type StoredCase } from './stored-case.js';

/** What stands in the row of a case besides the snapshot. */
interface CaseColumns {
  readonly stateKind: StateDefinition['kind'];
  readonly nextDue: string | null;
}

async function readAssignees(db: WorkConnection, id: string): Promise<string[]> {
  const rows = await db
    .selectFrom('assignment')
    .select('person_id')
    .where('subject_kind', '=', CASE_KIND)
    .where('subject_id', '=', id)
    .orderBy('person_id')
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** The case, if row-level security reaches it. `lock` keeps others from changing it until the transaction ends. */
export async function readCase(db: WorkConnection, id: string, lock = false): Promise<StoredCase | undefined> {
  const query = db
    .selectFrom('work_case')
    .select(['id', 'organization_id', 'owner_id', 'is_public', 'title', 'subject_kind', 'subject_id', 'snapshot'])
    .where('id', '=', id);
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) return undefined;
  const { subject_kind, subject_id } = row;
  return {
    id: row.id,
    organizationId: row.organization_id,
    ownerId: row.owner_id,
    isPublic: row.is_public,
    title: row.title,
    subject: subject_kind === null || subject_id === null ? null : { kind: subject_kind, id: subject_id },
    snapshot: row.snapshot as CaseSnapshot,
    assignees: await readAssignees(db, id),
  };
}

const partyIds = ({ parties }: CaseSnapshot): string[] => [...new Set(Object.values(parties).flat())].sort();

const changing = (snapshot: CaseSnapshot, { stateKind, nextDue }: CaseColumns) => ({
  state: snapshot.state,
  state_kind: stateKind,
  version: snapshot.version,
  party_ids: partyIds(snapshot),
  snapshot: JSON.stringify(snapshot),
  next_due: nextDue,
  changed_at: new Date(snapshot.changedAt),
  ended_at: stateKind === 'final' ? new Date(snapshot.changedAt) : null,
});

export async function insertCase(trx: WorkTransaction, stored: StoredCase, columns: CaseColumns): Promise<void> {
  const { snapshot, subject } = stored;
  await trx
    .insertInto('work_case')
    .values({
      id: stored.id,
      organization_id: stored.organizationId,
      owner_id: stored.ownerId,
      is_public: stored.isPublic,
      title: stored.title,
      process: snapshot.process,
      process_version: snapshot.processVersion,
      subject_kind: subject?.kind ?? null,
      subject_id: subject?.id ?? null,
      opened_at: new Date(snapshot.openedAt),
      ...changing(snapshot, columns),
    })
    .execute();
}

/** Compare and set: true when the case still had the version before this snapshot, and now has this one. */
export async function updateCase(trx: WorkTransaction, snapshot: CaseSnapshot, columns: CaseColumns): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('work_case')
    .set(changing(snapshot, columns))
    .where('id', '=', snapshot.id)
    .where('version', '=', snapshot.version - 1)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Adds the event and what it did to tasks and papers. */
export async function insertEvent(trx: WorkTransaction, { snapshot, event, tasks }: CaseOutcome): Promise<void> {
  const at = new Date(event.at);
  await trx
    .insertInto('case_event')
    .values({
      case_id: snapshot.id,
      sequence: event.sequence,
      type: event.type,
      at,
      actor_id: event.by.id,
      event: JSON.stringify(event),
    })
    .execute();
  for (const change of tasks) {
    if (change.type === 'opened') {
      const { id, group, task, round } = change.run;
      await trx
        .insertInto('case_task')
        .values({
          case_id: snapshot.id,
          run_id: id,
          task_group: group,
          task,
          round,
          status: 'open',
          opened_at: at,
          closed_by: null,
        })
        .execute();
    } else {
      await trx
        .updateTable('case_task')
        .set({ status: change.type, closed_at: at, closed_by: event.by.id })
        .where('case_id', '=', snapshot.id)
        .where('run_id', '=', change.id)
        .execute();
    }
  }
  if (event.papers.length === 0) return;
  await trx
    .insertInto('case_paper')
    .values(
      event.papers.map(({ id, kind, hash }) => ({
        case_id: snapshot.id,
        paper_id: id,
        kind,
        sha256: hash,
        sequence: event.sequence,
      })),
    )
    .execute();
}

export async function readEvents(db: WorkConnection, id: string): Promise<CaseEvent[]> {
  const rows = await db
    .selectFrom('case_event')
    .select('event')
    .where('case_id', '=', id)
    .orderBy('sequence')
    .execute();
  return rows.map(({ event }) => event as CaseEvent);
}

/** Makes the assignments of a case those people. Reached as the program. */
export async function writeAssignees(
  trx: WorkTransaction,
  stored: StoredCase,
  next: readonly string[],
  by: { readonly personId: string | null; readonly at: Date },
): Promise<void> {
  const gone = stored.assignees.filter((id) => !next.includes(id));
  const come = next.filter((id) => !stored.assignees.includes(id));
  if (gone.length > 0) {
    await trx
      .deleteFrom('assignment')
      .where('subject_kind', '=', CASE_KIND)
      .where('subject_id', '=', stored.id)
      .where('person_id', 'in', gone)
      .execute();
  }
  if (come.length === 0) return;
  await trx
    .insertInto('assignment')
    .values(
      come.map((person) => ({
        subject_kind: CASE_KIND,
        subject_id: stored.id,
        person_id: person,
        organization_id: stored.organizationId,
        assigned_at: by.at,
        assigned_by: by.personId,
      })),
    )
    .execute();
}

/** Which of the ids are people. Reached as the program, for ids of an allowed request. */
export async function peopleAmong(trx: WorkTransaction, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await trx.selectFrom('person').select('id').where('id', 'in', ids).orderBy('id').execute();
  return rows.map(({ id }) => id);
}
