import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { LaterMoment, Moment } from './people.js';

/** A day that comes later, or never. */
type LaterDay = ColumnType<string | null, string | null | undefined, string | null>;

export interface TrainingCurriculumTable {
  id: string;
  organization_id: string;
  code: string;
  tier: string;
  audience: string;
  title_zh: string;
  title_en: string;
  is_public: boolean;
  created_at: Moment;
  created_by: string | null;
  retired_at: LaterMoment;
}

export interface TrainingCurriculumVersionTable {
  id: string;
  curriculum_id: string;
  organization_id: string;
  version: number;
  topics: JSONColumnType<{ zh: string; en: string }[]>;
  minutes: number;
  attendance_percent: number;
  pass_percent: number;
  attempts: number;
  valid_months: number | null;
  /** Without the right answers. */
  questions: JSONColumnType<object[]>;
  published_at: Moment;
  published_by: string | null;
}

export interface TrainingAnswerKeyTable {
  version_id: string;
  organization_id: string;
  /** For each question the places of its right options. */
  answers: JSONColumnType<number[][]>;
}

export interface TrainingLearnerTable {
  id: string;
  /** Where the learner is now. */
  organization_id: string;
  code: string;
  name: string;
  email: string | null;
  person_id: string | null;
  created_at: Moment;
  erased_at: LaterMoment;
}

export interface TrainingRosterImportTable {
  id: string;
  organization_id: string;
  on_day: string;
  replaced: boolean;
  counts: JSONColumnType<Record<string, number>>;
  content_hash: string;
  created_at: Moment;
  created_by: string | null;
}

export interface TrainingRosterEntryTable {
  id: string;
  learner_id: string;
  organization_id: string;
  tier: string;
  audience: string;
  from_day: string;
  /** The last day that counts. */
  to_day: LaterDay;
  import_id: string | null;
}

export interface TrainingBatchTable {
  id: string;
  organization_id: string;
  curriculum_id: string;
  version_id: string;
  code: string;
  title_zh: string;
  title_en: string;
  mode: string;
  place: string;
  starts_on: string;
  ends_on: string;
  enrol_until: string;
  state: string;
  is_public: boolean;
  created_at: Moment;
  created_by: string | null;
  version: Generated<number>;
}

export interface TrainingSeatsTable {
  batch_id: string;
  quota: number;
  taken: Generated<number>;
}

export interface TrainingSessionTable {
  id: string;
  batch_id: string;
  organization_id: string;
  held_on: string;
  title: string;
  minutes: number;
}

/** By what rows about somebody in a batch are reached. */
interface InBatch {
  batch_id: string;
  /** Who gives the course. */
  organizer_id: string;
  /** Whose staff it is. */
  organization_id: string;
  person_id: string | null;
}

export interface TrainingEnrolmentTable extends InBatch {
  id: string;
  learner_id: string;
  state: 'enrolled' | 'withdrawn';
  enrolled_at: Date;
  enrolled_by: string | null;
  withdrawn_at: LaterMoment;
}

export interface TrainingAttendanceTable extends InBatch {
  session_id: string;
  enrolment_id: string;
  state: 'present' | 'absent' | 'excused';
  recorded_at: Date;
  recorded_by: string | null;
}

export interface TrainingAttemptTable extends InBatch {
  id: string;
  enrolment_id: string;
  number: number;
  answers: JSONColumnType<number[][]>;
  points: number;
  of_points: number;
  passed: boolean;
  submitted_at: Moment;
  submitted_by: string | null;
}

export interface TrainingCertificateTable extends InBatch {
  id: string;
  enrolment_id: string;
  learner_id: string;
  curriculum_id: string;
  tier: string;
  audience: string;
  number: string;
  code: string;
  /** The holder; null together with the salt when it was erased. */
  name: string | null;
  salt: Buffer | null;
  /** What is signed, byte by byte. */
  payload: string;
  signature: Buffer;
  key_id: string;
  issued_on: string;
  valid_until: string | null;
  issued_by: string | null;
  revoked_on: LaterDay;
  revocation_reason: LaterDay;
}

export interface TrainingCertificateCounterTable {
  year: number;
  last: number;
}

export interface TrainingSigningKeyTable {
  id: string;
  public_key: string;
  /** Encrypted with the installation's key. */
  private_key: string;
  created_at: Moment;
  retired_at: LaterMoment;
}

/** Training: courses, the roster, batches, what people did in them, certificates. */
export interface TrainingTables {
  training_curriculum: TrainingCurriculumTable;
  training_curriculum_version: TrainingCurriculumVersionTable;
  training_answer_key: TrainingAnswerKeyTable;
  training_learner: TrainingLearnerTable;
  training_roster_import: TrainingRosterImportTable;
  training_roster_entry: TrainingRosterEntryTable;
  training_batch: TrainingBatchTable;
  training_seats: TrainingSeatsTable;
  training_session: TrainingSessionTable;
  training_enrolment: TrainingEnrolmentTable;
  training_attendance: TrainingAttendanceTable;
  training_attempt: TrainingAttemptTable;
  training_certificate: TrainingCertificateTable;
  training_certificate_counter: TrainingCertificateCounterTable;
  training_signing_key: TrainingSigningKeyTable;
}
