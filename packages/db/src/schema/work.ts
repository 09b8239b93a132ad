import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { LaterMoment, Moment } from './people.js';

export interface JobTable {
  id: string;
  name: string;
  organization_id: string | null;
  requested_by: string | null;
  /** At most one job has a key; asking again for the same work finds it. */
  key: string | null;
  payload: JSONColumnType<object>;
  state: 'waiting' | 'running' | 'done' | 'failed' | 'cancelled';
  due_at: Date;
  attempts: Generated<number>;
  most_attempts: number;
  worker: string | null;
  lease_until: ColumnType<Date | null, Date | null | undefined, Date | null>;
  cancel_asked: Generated<boolean>;
  progress: JSONColumnType<object> | null;
  error: string | null;
  created_at: Moment;
  started_at: LaterMoment;
  ended_at: LaterMoment;
}

export interface JobScheduleTable {
  name: string;
  next_at: Date;
}

export interface NoticeTable {
  id: string;
  organization_id: string;
  person_id: string;
  kind: string;
  parameters: JSONColumnType<Record<string, string | number>>;
  subject_kind: string | null;
  subject_id: string | null;
  created_at: Moment;
  read_at: LaterMoment;
}

export interface NoticeChoiceTable {
  person_id: string;
  mail: Generated<boolean>;
}

export interface WebhookTable {
  id: string;
  organization_id: string;
  url: string;
  /** Encrypted with the installation's key. */
  secret: string;
  kinds: string[];
  created_at: Moment;
  created_by: string | null;
  revoked_at: LaterMoment;
  last_at: LaterMoment;
  last_result: string | null;
}

export interface PaperContentTable {
  organization_id: string;
  sha256: string;
  size: bigint;
  media_type: string;
  stored_at: Moment;
}

export interface PaperTable {
  id: string;
  organization_id: string;
  sha256: string;
  name: string;
  kind: string;
  subject_kind: string | null;
  subject_id: string | null;
  added_by: string | null;
  added_at: Moment;
  removed_at: LaterMoment;
}

/** Jobs, notices and papers. */
export interface WorkTables {
  job: JobTable;
  job_schedule: JobScheduleTable;
  notice: NoticeTable;
  notice_choice: NoticeChoiceTable;
  webhook: WebhookTable;
  paper_content: PaperContentTable;
  paper: PaperTable;
}
