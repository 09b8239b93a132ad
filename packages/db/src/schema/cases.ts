import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { LaterMoment, Moment } from './people.js';

/** A case as it stands; the snapshot equals the fold of its events. */
export interface WorkCaseTable {
  id: string;
  organization_id: string;
  owner_id: string | null;
  is_public: Generated<boolean>;
  title: string;
  process: string;
  process_version: number;
  state: string;
  state_kind: 'initial' | 'active' | 'waiting' | 'final';
  version: number;
  /** What the case is about, when that is a row of another table. */
  subject_kind: string | null;
  subject_id: string | null;
  /** Everybody named in the parties, people and organizations. */
  party_ids: string[];
  snapshot: JSONColumnType<object>;
  /** The earliest last day of its running clocks. */
  next_due: string | null;
  opened_at: Moment;
  changed_at: Date;
  ended_at: LaterMoment;
}

export interface CaseEventTable {
  case_id: string;
  sequence: number;
  type: string;
  at: Moment;
  actor_id: string;
  event: JSONColumnType<object>;
}

export interface CaseTaskTable {
  case_id: string;
  run_id: string;
  task_group: string;
  task: string;
  round: number;
  status: 'open' | 'done' | 'cancelled';
  opened_at: Moment;
  closed_at: LaterMoment;
  closed_by: string | null;
}

export interface CaseClockTable {
  case_id: string;
  run_id: string;
  deadline: string;
  started_on: string;
  /** Null while the clock rests. */
  due_on: string | null;
  provisional: boolean;
  /** The last year the working calendar knew when the day was computed. */
  calendar_until: number;
  rule_id: string | null;
  rule_version: number | null;
  ended_on: string | null;
  ending: 'met' | 'closed' | 'superseded' | null;
  /** The next day on which something has to be done about it. */
  look_on: string | null;
}

/** What was done because of a clock, once for each key. */
export interface CaseClockActionTable {
  case_id: string;
  key: string;
  at: Moment;
  outcome: JSONColumnType<object>;
}

export interface CasePaperTable {
  case_id: string;
  paper_id: string;
  kind: string;
  sha256: string;
  /** The event it came with. */
  sequence: number;
}

export interface CaseCommentTable {
  id: string;
  case_id: string;
  person_id: string | null;
  at: Moment;
  text: string;
  removed_at: LaterMoment;
  removed_by: ColumnType<string | null, string | null | undefined, string | null>;
}

/** Where a value computed by a rule version is kept. */
export interface RuleUseTable {
  id: string;
  organization_id: string;
  /** What must be allowed to see the use. */
  permission: string;
  subject_kind: string;
  subject_id: string;
  field: string;
  rule_id: string;
  rule_version: number;
  certainty: string;
  used_at: ColumnType<Date, Date, never>;
}

/** Cases and what belongs to them. */
export interface CaseTables {
  work_case: WorkCaseTable;
  case_event: CaseEventTable;
  case_task: CaseTaskTable;
  case_clock: CaseClockTable;
  case_clock_action: CaseClockActionTable;
  case_paper: CasePaperTable;
  case_comment: CaseCommentTable;
  rule_use: RuleUseTable;
}
