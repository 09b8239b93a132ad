import {
  type BulkMode,
  type BulkReport,
  type Completion,
  type Enrolment,
  QuanlianError,
  type RowMessage,
  type RowResult,
} from '@quanlian/contract';
import type { TableRow } from '@quanlian/formats/tables';
import { sql } from 'kysely';
import { type Actor, isAllowed, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { dayOf } from '../../../work/environment.js';
import type { Deps } from '../deps.js';
import { BATCH_KIND, type BatchFacts, reachesPeople, readBatch } from './access.js';
import { chunks, hashOfRows, inBulk } from './bulk.js';
import { completionOf, type Demands, type Done, progressOf } from './progress.js';
import { readCode } from './roster.rows.js';
import { onRosterAt } from './roster.service.js';

/** One person in a batch with what was done, for reports and certificates. */
export interface EnrolmentFacts extends Enrolment {
  readonly personId: string | null;
  readonly done: Done;
}

/** Who takes part. */
export interface EnrolmentService {
  /** Enrols everybody a table names, at once, with a message for each row. */
  enrol(
    trx: WorkTransaction,
    actor: Actor,
    batchId: string,
    input: { rows: readonly TableRow[]; mode: BulkMode },
  ): Promise<BulkReport>;
  withdraw(trx: WorkTransaction, actor: Actor, enrolmentId: string, why: string): Promise<void>;
  list(
    db: WorkConnection,
    actor: Actor,
    batchId: string,
  ): Promise<{ completion: Completion; demands: Demands; enrolments: EnrolmentFacts[] }>;
  /** One's own, newest first. */
  mine(db: WorkConnection, actor: Actor): Promise<EnrolmentFacts[]>;
}

interface Candidate {
  readonly learnerId: string;
  readonly organizationId: string;
  readonly personId: string | null;
  readonly onRoster: boolean;
  /** Undefined when never enrolled in this batch. */
  readonly enrolment: { readonly id: string; readonly state: string } | undefined;
}

async function readCandidates(
  trx: WorkTransaction,
  batchId: string,
  codes: readonly string[],
  today: string,
): Promise<Map<string, Candidate>> {
  const found = new Map<string, Candidate>();
  for (const part of chunks(codes)) {
    const rows = await trx
      .selectFrom('training_learner as l')
      .leftJoin('training_enrolment as e', (join) =>
        join.onRef('e.learner_id', '=', 'l.id').on('e.batch_id', '=', batchId),
      )
      .select(['l.id', 'l.code', 'l.organization_id', 'l.person_id', 'e.id as enrolment_id', 'e.state'])
      .select(
        sql<boolean>`exists (select 1 from training_roster_entry r where r.learner_id = l.id
          and ${onRosterAt(today)})`.as('on_roster'),
      )
      .where('l.code', 'in', part)
      .execute();
    for (const row of rows) {
      found.set(row.code, {
        learnerId: row.id,
        organizationId: row.organization_id,
        personId: row.person_id,
        onRoster: row.on_roster,
        enrolment: row.enrolment_id === null ? undefined : { id: row.enrolment_id, state: row.state ?? '' },
      });
    }
  }
  return found;
}

interface Sorted {
  readonly messages: RowMessage[];
  readonly added: Candidate[];
  readonly restored: string[];
}

/** Decides about each row in the order of the table; seats go to those who stand first. */
function sortRows(
  actor: Actor,
  rows: readonly TableRow[],
  candidates: ReadonlyMap<string, Candidate>,
  seats: number,
): Sorted {
  const sorted: Sorted = { messages: [], added: [], restored: [] };
  const seen = new Map<string, number>();
  let left = seats;
  for (const { line, cells } of rows) {
    const written = cells['code'] ?? '';
    const code = readCode(written) ?? written;
    const tell = (result: RowResult, message: string) => sorted.messages.push({ line, code, result, message });
    const candidate = candidates.get(code);
    const isOurs =
      candidate && isAllowed(actor, 'training.enrol', { id: code, organization: candidate.organizationId });
    if (readCode(written) === undefined) tell('bad-row', 'The code is missing or has signs a code cannot have.');
    else if (seen.has(code)) tell('repeated', `The table names ${code} on line ${seen.get(code)} too.`);
    else if (!candidate)
      tell('unknown-person', `Nobody you reach has the code ${code}. Enter them on the roster first.`);
    else if (!isOurs) tell('not-yours', `${code} belongs to an organization whose people you may not enrol.`);
    else if (candidate.enrolment?.state === 'enrolled') tell('already-enrolled', 'Was enrolled already.');
    else if (!candidate.onRoster) tell('not-on-roster', `${code} is on no roster today.`);
    else if (left === 0) tell('over-quota', 'All seats are taken. Ask for more seats or another batch.');
    else if (candidate.enrolment) {
      left -= 1;
      sorted.restored.push(candidate.enrolment.id);
      tell('restored', 'Had withdrawn and is enrolled again.');
    } else {
      left -= 1;
      sorted.added.push(candidate);
      tell('added', 'Enrolled.');
    }
    if (!seen.has(code)) seen.set(code, line);
  }
  return sorted;
}

function requireOpen({ state, code, enrolUntil }: BatchFacts, today: string): void {
  if (state !== 'open')
    throw new QuanlianError('training.refused', `The batch “${code}” is ${state}; nobody can be enrolled any more.`);
  if (today > enrolUntil) throw new QuanlianError('training.refused', `Enrolment in “${code}” ended on ${enrolUntil}.`);
}

/** The people of batches with what they did, as far as the actor may see them. */
async function readEnrolments(db: WorkConnection, actor: Actor, by: { batchId: string } | { personId: string }) {
  return db
    .selectFrom('training_enrolment as e')
    .innerJoin('training_learner as l', 'l.id', 'e.learner_id')
    .innerJoin('training_batch as b', 'b.id', 'e.batch_id')
    .innerJoin('training_curriculum_version as v', 'v.id', 'b.version_id')
    .leftJoin('training_certificate as c', 'c.enrolment_id', 'e.id')
    .leftJoinLateral(
      (eb) =>
        eb
          .selectFrom('training_attempt as t')
          .whereRef('t.enrolment_id', '=', 'e.id')
          .select([
            sql<number>`count(*)::int`.as('attempts'),
            sql<boolean>`coalesce(bool_or(t.passed), false)`.as('passed'),
            sql<number | null>`max(round(t.points * 1000.0 / t.of_points))::float8 / 10`.as('best'),
          ])
          .as('t'),
      (join) => join.onTrue(),
    )
    .select(['e.id', 'e.batch_id', 'e.learner_id', 'l.code', 'l.name', 'e.organization_id', 'e.person_id', 'e.state'])
    .select(['v.attendance_percent', 'c.number', 't.attempts', 't.passed', 't.best'])
    .select(sql<number>`jsonb_array_length(v.questions)`.as('questions'))
    .select(sql<number>`(select count(*)::int from training_session s where s.batch_id = b.id)`.as('sessions'))
    .select(
      sql<number>`(select count(*)::int from training_attendance a
        where a.enrolment_id = e.id and a.state = 'present')`.as('attended'),
    )
    .where(reachesPeople(actor, 'e'))
    .where('batchId' in by ? sql<boolean>`e.batch_id = ${by.batchId}` : sql<boolean>`e.person_id = ${by.personId}`)
    .orderBy('b.starts_on', 'desc')
    .orderBy('l.code')
    .execute();
}

type EnrolmentRow = Awaited<ReturnType<typeof readEnrolments>>[number];

function asFacts(row: EnrolmentRow): EnrolmentFacts {
  const attempts = row.attempts ?? 0;
  const withdrawn = row.state === 'withdrawn';
  const done: Done = { withdrawn, attended: row.attended, attempts, passed: row.passed ?? false };
  const demands = { sessions: row.sessions, attendancePercent: row.attendance_percent, questions: row.questions };
  return {
    id: row.id,
    batchId: row.batch_id,
    learner: { id: row.learner_id, code: row.code, name: row.name },
    organizationId: row.organization_id,
    personId: row.person_id,
    progress: progressOf(demands, done),
    attended: row.attended,
    sessions: row.sessions,
    attempts,
    bestPercent: row.best ?? null,
    certificate: row.number,
    done,
  };
}

async function readDemands(db: WorkConnection, { id, versionId }: BatchFacts): Promise<Demands> {
  const row = await db
    .selectFrom('training_curriculum_version as v')
    .select(['v.attendance_percent', sql<number>`jsonb_array_length(v.questions)`.as('questions')])
    .select(sql<number>`(select count(*)::int from training_session s where s.batch_id = ${id})`.as('sessions'))
    .where('v.id', '=', versionId)
    .executeTakeFirstOrThrow();
  return { sessions: row.sessions, attendancePercent: row.attendance_percent, questions: row.questions };
}

async function write(
  deps: Deps,
  trx: WorkTransaction,
  actor: Actor,
  batch: BatchFacts,
  { added, restored }: Sorted,
): Promise<void> {
  const { now, newId } = deps.environment;
  const at = now();
  for (const part of chunks(added)) {
    const values = part.map(({ learnerId, organizationId, personId }) => ({
      id: newId(),
      batch_id: batch.id,
      organizer_id: batch.organizationId,
      organization_id: organizationId,
      person_id: personId,
      learner_id: learnerId,
      state: 'enrolled' as const,
      enrolled_at: at,
      enrolled_by: actor.userId,
    }));
    await trx.insertInto('training_enrolment').values(values).execute();
  }
  for (const part of chunks(restored)) {
    await trx
      .updateTable('training_enrolment')
      .set({ state: 'enrolled', enrolled_at: at, enrolled_by: actor.userId, withdrawn_at: null })
      .where('id', 'in', part)
      .execute();
  }
  await trx
    .updateTable('training_seats')
    .set({ taken: sql<number>`taken + ${added.length + restored.length}` })
    .where('batch_id', '=', batch.id)
    .execute();
}

const enrol =
  (deps: Deps): EnrolmentService['enrol'] =>
  async (trx, actor, batchId, { rows, mode }) => {
    const { now } = deps.environment;
    const { audit } = deps;
    const batch = await readBatch(trx, actor, batchId);
    const today = dayOf(now());
    // The row of the seats is locked first: of two who enrol at once, the second counts what the first took.
    const { quota, taken } = await trx
      .selectFrom('training_seats')
      .select(['quota', 'taken'])
      .where('batch_id', '=', batchId)
      .forUpdate()
      .executeTakeFirstOrThrow();
    requireOpen(await readBatch(trx, actor, batchId), today);
    const work = async (): Promise<RowMessage[]> => {
      const codes = new Set(rows.flatMap(({ cells }) => readCode(cells['code'] ?? '') ?? []));
      const candidates = await readCandidates(trx, batchId, [...codes], today);
      const sorted = sortRows(actor, rows, candidates, quota - taken);
      await write(deps, trx, actor, batch, sorted);
      return sorted.messages;
    };
    return inBulk(trx, mode, work, ({ counts, rows: messages }) =>
      audit.append(trx, {
        organizationId: batch.organizationId,
        action: 'training.enrol',
        subject: { kind: BATCH_KIND, id: batchId },
        after: { counts, rows: hashOfRows(messages) },
      }),
    );
  };

const withdraw =
  (deps: Deps): EnrolmentService['withdraw'] =>
  async (trx, actor, enrolmentId, why) => {
    const { now } = deps.environment;
    const { audit } = deps;
    const row = await trx
      .selectFrom('training_enrolment as e')
      .selectAll('e')
      .where('e.id', '=', enrolmentId)
      .where(reachesPeople(actor, 'e'))
      .forUpdate()
      .executeTakeFirst();
    if (!row)
      throw new QuanlianError('training.not_found', 'There is no such enrolment, or your roles do not reach it.');
    requireIn(actor, 'training.enrol', row.organization_id);
    const refuse = (sentence: string): never => {
      throw new QuanlianError('training.refused', sentence);
    };
    if (row.state === 'withdrawn') refuse('The person has withdrawn already.');
    const certificate = await trx
      .selectFrom('training_certificate')
      .select('number')
      .where('enrolment_id', '=', enrolmentId)
      .executeTakeFirst();
    if (certificate) refuse(`The certificate ${certificate.number} was issued; it must be revoked instead.`);
    await trx
      .updateTable('training_enrolment')
      .set({ state: 'withdrawn', withdrawn_at: now() })
      .where('id', '=', enrolmentId)
      .execute();
    await trx
      .updateTable('training_seats')
      .set({ taken: sql<number>`taken - 1` })
      .where('batch_id', '=', row.batch_id)
      .execute();
    audit.append(trx, {
      organizationId: row.organization_id,
      action: 'training.withdraw',
      subject: { kind: 'training-enrolment', id: enrolmentId },
      before: { state: 'enrolled' },
      after: { state: 'withdrawn', batchId: row.batch_id },
      why,
    });
  };

const list: EnrolmentService['list'] = async (db, actor, batchId) => {
  const batch = await readBatch(db, actor, batchId);
  const enrolments = (await readEnrolments(db, actor, { batchId })).map(asFacts);
  const completion = completionOf(enrolments.map(({ progress }) => progress));
  return { completion, demands: await readDemands(db, batch), enrolments };
};

const mine: EnrolmentService['mine'] = async (db, actor) => {
  if (actor.userId === null) return [];
  return (await readEnrolments(db, actor, { personId: actor.userId })).map(asFacts);
};

export function createEnrolments(deps: Deps): EnrolmentService {
  return {
    enrol: enrol(deps),
    withdraw: withdraw(deps),
    list,
    mine,
  };
}
