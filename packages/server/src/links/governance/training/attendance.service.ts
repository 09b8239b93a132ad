import { QuanlianError } from '@quanlian/contract';
import { sql } from 'kysely';
import { type Actor, requireAllowed } from '../../../work/actor.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { dayOf } from '../../../work/environment.js';
import type { Deps } from '../deps.js';
import { BATCH_KIND, type BatchFacts, batchFor, readBatch } from './access.js';
import { chunks } from './bulk.js';

/** Who was there. */
interface AttendanceMark {
  readonly enrolmentId: string;
  readonly state: 'present' | 'absent' | 'excused';
}

export interface AttendanceService {
  /** Writes the marks of a session, all or none; a later mark replaces an earlier one. */
  record(trx: WorkTransaction, actor: Actor, sessionId: string, marks: readonly AttendanceMark[]): Promise<void>;
  /** Marks oneself as present at a session that is held online today. */
  checkIn(trx: WorkTransaction, actor: Actor, sessionId: string): Promise<void>;
}

interface Session {
  readonly id: string;
  readonly heldOn: string;
  readonly batchId: string;
  readonly mode: string;
}

interface Enrolled {
  readonly id: string;
  readonly organization_id: string;
  readonly organizer_id: string;
  readonly batch_id: string;
  readonly person_id: string | null;
}

/** By what an attendance is reached: the same as the enrolment. */
const COLUMNS = ['id', 'organization_id', 'organizer_id', 'batch_id', 'person_id'] as const;

async function readSession(trx: WorkTransaction, sessionId: string): Promise<Session> {
  const row = await trx
    .selectFrom('training_session as s')
    .innerJoin('training_batch as b', 'b.id', 's.batch_id')
    .select(['s.id', 's.held_on', 's.batch_id', 'b.mode'])
    .where('s.id', '=', sessionId)
    .executeTakeFirst();
  if (!row) throw new QuanlianError('training.not_found', 'There is no such session, or your roles do not reach it.');
  return { id: row.id, heldOn: row.held_on, batchId: row.batch_id, mode: row.mode };
}

function requireHeld({ state, code }: BatchFacts, { heldOn }: Session, today: string): void {
  if (state === 'cancelled') throw new QuanlianError('training.refused', `The batch “${code}” was cancelled.`);
  if (heldOn > today)
    throw new QuanlianError('training.refused', `The session is held on ${heldOn}; attendance is taken from then on.`);
}

async function write(
  deps: Deps,
  trx: WorkTransaction,
  actor: Actor,
  session: Session,
  marks: readonly (Enrolled & Pick<AttendanceMark, 'state'>)[],
): Promise<void> {
  const { now } = deps.environment;
  for (const part of chunks(marks)) {
    await trx
      .insertInto('training_attendance')
      .values(
        part.map(({ id, ...row }) => ({
          ...row,
          session_id: session.id,
          enrolment_id: id,
          recorded_at: now(),
          recorded_by: actor.userId,
        })),
      )
      .onConflict((conflict) =>
        conflict.columns(['enrolment_id', 'session_id']).doUpdateSet({
          state: sql`excluded.state`,
          recorded_at: sql`excluded.recorded_at`,
          recorded_by: sql`excluded.recorded_by`,
        }),
      )
      .execute();
  }
}

const record =
  (deps: Deps): AttendanceService['record'] =>
  async (trx, actor, sessionId, marks) => {
    const { now } = deps.environment;
    const { audit } = deps;
    const session = await readSession(trx, sessionId);
    const batch = await batchFor(trx, actor, session.batchId, 'training.manage');
    requireHeld(batch, session, dayOf(now()));
    const enrolled = await trx
      .selectFrom('training_enrolment')
      .select(COLUMNS)
      .where('batch_id', '=', batch.id)
      .where('state', '=', 'enrolled')
      .execute();
    const byId = new Map(enrolled.map((row) => [row.id, row]));
    const states = new Map<string, AttendanceMark['state']>();
    for (const { enrolmentId, state } of marks) {
      if (!byId.has(enrolmentId))
        throw new QuanlianError(
          'training.refused',
          `${enrolmentId} is nobody enrolled in this batch; nothing was written.`,
        );
      states.set(enrolmentId, state);
    }
    const rows = enrolled.flatMap((row) => {
      const state = states.get(row.id);
      return state ? [{ ...row, state }] : [];
    });
    await write(deps, trx, actor, session, rows);
    const counts: Record<string, number> = {};
    for (const { state } of rows) counts[state] = (counts[state] ?? 0) + 1;
    audit.append(trx, {
      organizationId: batch.organizationId,
      action: 'training.attendance',
      subject: { kind: BATCH_KIND, id: batch.id },
      after: { session: sessionId, ...counts },
    });
  };

const checkIn =
  (deps: Deps): AttendanceService['checkIn'] =>
  async (trx, actor, sessionId) => {
    const { now } = deps.environment;
    const { audit } = deps;
    const session = await readSession(trx, sessionId);
    const batch = await readBatch(trx, actor, session.batchId);
    const enrolment = await trx
      .selectFrom('training_enrolment')
      .select(COLUMNS)
      .where('batch_id', '=', batch.id)
      .where('person_id', '=', actor.userId)
      .where('state', '=', 'enrolled')
      .executeTakeFirst();
    if (!enrolment) throw new QuanlianError('training.not_found', 'You are not enrolled in this batch.');
    const { id, organization_id, person_id } = enrolment;
    requireAllowed(actor, 'training.attend', { id, organization: organization_id, owner: person_id });
    requireHeld(batch, session, dayOf(now()));
    if (session.mode === 'venue' || session.heldOn !== dayOf(now()))
      throw new QuanlianError('training.refused', 'Only a session held online today takes the attendance by itself.');
    await write(deps, trx, actor, session, [{ ...enrolment, state: 'present' }]);
    audit.append(trx, {
      organizationId: organization_id,
      action: 'training.check-in',
      subject: { kind: 'training-enrolment', id },
      after: { session: sessionId },
    });
  };

export function createAttendance(deps: Deps): AttendanceService {
  return {
    record: record(deps),
    checkIn: checkIn(deps),
  };
}
