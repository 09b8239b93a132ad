import type { JSONColumnType } from 'kysely';
import type { Moment } from './people.js';

export interface AuditHeadTable {
  organization_id: string;
  sequence: bigint;
  hash: Buffer;
}

export interface AuditEntryTable {
  organization_id: string;
  sequence: bigint;
  id: string;
  at: Moment;
  actor_kind: string;
  actor_id: string | null;
  on_behalf_of: string | null;
  action: string;
  subject_kind: string;
  subject_id: string;
  before: JSONColumnType<object> | null;
  after: JSONColumnType<object> | null;
  why: string | null;
  /** In the record of an erasure: which row, which fields. */
  erased: JSONColumnType<object> | null;
  /** Field to the salted hash of its personal value, in hexadecimal. */
  commitments: JSONColumnType<Record<string, string>>;
  previous_hash: Buffer;
  hash: Buffer;
}

/** Personal values of an entry; a row that is gone was erased. */
export interface AuditPersonalTable {
  entry_id: string;
  organization_id: string;
  field: string;
  person_id: string | null;
  salt: Buffer;
  value: JSONColumnType<object>;
}

/** The root of an organization's chain on a day. */
export interface AuditSealTable {
  day: string;
  organization_id: string;
  sequence: bigint;
  root: Buffer;
  sealed_at: Moment;
}

/** The root over all organizations' roots of a day. */
export interface AuditDayTable {
  day: string;
  root: Buffer;
  chains: number;
  sealed_at: Moment;
}

/** The evidence of who did what. */
export interface AuditTables {
  audit_head: AuditHeadTable;
  audit_entry: AuditEntryTable;
  audit_personal: AuditPersonalTable;
  audit_seal: AuditSealTable;
  audit_day: AuditDayTable;
}
