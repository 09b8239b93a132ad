import type { ColumnType, Generated } from 'kysely';

/** An instant that is set once. */
export type Moment = ColumnType<Date, Date, never>;
/** An instant that comes later, or never. */
export type LaterMoment = ColumnType<Date | null, Date | null | undefined, Date | null>;

export interface OrganizationTable {
  id: string;
  parent_id: string | null;
  /** From the root down to the organization itself. */
  path: string[];
  kind: string;
  service_level: 'city' | 'district' | 'carrier' | null;
  name_zh: string;
  name_en: string;
  /** The unified social credit code or the installation's own number; unique where given. */
  code: string | null;
  is_public: Generated<boolean>;
  demo: Generated<boolean>;
  created_at: Moment;
  closed_at: LaterMoment;
  version: Generated<number>;
}

export interface PersonTable {
  id: string;
  name: string;
  email: string;
  email_verified: Generated<boolean>;
  image: string | null;
  two_factor_enabled: Generated<boolean | null>;
  language: Generated<'zh' | 'en'>;
  demo: Generated<boolean>;
  disabled_at: LaterMoment;
  /** When the personal data was erased; the row stays for what refers to it. */
  erased_at: LaterMoment;
  created_at: Moment;
  updated_at: Date;
}

export interface MembershipTable {
  id: string;
  organization_id: string;
  person_id: string;
  role: string;
  starts_on: string | null;
  ends_on: string | null;
  created_at: Moment;
  created_by: string | null;
  ended_at: LaterMoment;
}

export interface DelegationTable {
  id: string;
  organization_id: string;
  role: string;
  delegator_id: string;
  delegate_id: string;
  starts_on: string;
  ends_on: string;
  reason: string;
  created_at: Moment;
  revoked_at: LaterMoment;
}

/** Who works on a thing; the policy's scope "assigned" and row-level security read it. */
export interface AssignmentTable {
  subject_kind: string;
  subject_id: string;
  person_id: string;
  organization_id: string;
  assigned_at: Moment;
  assigned_by: string | null;
}

export interface SignInSessionTable {
  id: string;
  person_id: string;
  token: string;
  expires_at: Date;
  ip_address: string | null;
  user_agent: string | null;
  created_at: Moment;
  updated_at: Date;
}

export interface SignInAccountTable {
  id: string;
  person_id: string;
  account_id: string;
  provider_id: string;
  password: string | null;
  created_at: Moment;
  updated_at: Date;
}

/** Secrets that count once and for a short time. */
export interface SignInVerificationTable {
  id: string;
  identifier: string;
  value: string;
  expires_at: Date;
  created_at: Moment;
  updated_at: Date;
}

export interface SignInTwoFactorTable {
  id: string;
  person_id: string;
}

export interface SignInFailureTable {
  key: string;
  failures: number;
  last_at: Date;
  locked_until: Date | null;
}

export interface InvitationTable {
  id: string;
  organization_id: string;
  email: string;
  name: string;
  roles: string[];
  secret_hash: Buffer;
  invited_by: string | null;
  created_at: Moment;
  expires_at: Date;
  accepted_at: LaterMoment;
  accepted_by: string | null;
  revoked_at: LaterMoment;
}

export interface ApiKeyTable {
  id: string;
  organization_id: string;
  person_id: string;
  name: string;
  /** The part of the key that is shown again. */
  prefix: string;
  secret_hash: Buffer;
  permissions: string[];
  created_at: Moment;
  expires_at: Date | null;
  last_used_at: LaterMoment;
  revoked_at: LaterMoment;
  /** Requests allowed in sixty seconds and in a day; null is what the operator set. */
  per_minute: number | null;
  per_day: number | null;
}

/** Requests sent with a key on one day (UTC). */
export interface ApiKeyUsageTable {
  key_id: string;
  day: string;
  requests: ColumnType<bigint, number, number>;
}

/** Organizations, people and what they sign in with. */
export interface PeopleTables {
  organization: OrganizationTable;
  person: PersonTable;
  membership: MembershipTable;
  delegation: DelegationTable;
  assignment: AssignmentTable;
  sign_in_session: SignInSessionTable;
  sign_in_account: SignInAccountTable;
  sign_in_verification: SignInVerificationTable;
  sign_in_two_factor: SignInTwoFactorTable;
  sign_in_failure: SignInFailureTable;
  invitation: InvitationTable;
  api_key: ApiKeyTable;
  api_key_usage: ApiKeyUsageTable;
}
