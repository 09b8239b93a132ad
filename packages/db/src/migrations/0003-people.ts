import { type Kysely, type Migration, sql } from 'kysely';
import { protectBy, protectForSystem, protectTable } from './protect.js';

const ORGANIZATION_KINDS =
  "'city-office','district-office','carrier','service-point','company','university','bank','agency','fund','authority','examination-centre'";

async function createOrganizations(db: Kysely<unknown>): Promise<void> {
  await sql`create table organization (
    id uuid primary key,
    parent_id uuid references organization,
    path uuid[] not null,
    kind text not null check (kind in (${sql.raw(ORGANIZATION_KINDS)})),
    service_level text check (service_level in ('city','district','carrier')),
    name_zh text not null check (length(name_zh) between 1 and 200),
    name_en text not null check (length(name_en) between 1 and 200),
    code text unique,
    is_public boolean not null default false,
    demo boolean not null default false,
    created_at timestamptz not null,
    closed_at timestamptz,
    version integer not null default 1,
    check (path[array_upper(path, 1)] = id),
    check ((parent_id is null) = (array_length(path, 1) = 1))
  )`.execute(db);
  await sql`create index organization_path on organization using gin (path)`.execute(db);
  await sql`create index organization_parent on organization (parent_id)`.execute(db);
}

async function createPeople(db: Kysely<unknown>): Promise<void> {
  await sql`create table person (
    id uuid primary key,
    name text not null,
    email text not null unique check (email = lower(email)),
    email_verified boolean not null default false,
    image text,
    two_factor_enabled boolean default false,
    language text not null default 'zh' check (language in ('zh','en')),
    demo boolean not null default false,
    disabled_at timestamptz,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`create table membership (
    id uuid primary key,
    organization_id uuid not null references organization,
    person_id uuid not null references person,
    role text not null,
    starts_on date,
    ends_on date,
    created_at timestamptz not null,
    created_by uuid,
    ended_at timestamptz,
    check (starts_on is null or ends_on is null or starts_on <= ends_on)
  )`.execute(db);
  await sql`create unique index membership_once on membership (organization_id, person_id, role) where ended_at is null`.execute(
    db,
  );
  await sql`create index membership_person on membership (person_id)`.execute(db);
  await sql`create table delegation (
    id uuid primary key,
    organization_id uuid not null references organization,
    role text not null,
    delegator_id uuid not null references person,
    delegate_id uuid not null references person,
    starts_on date not null,
    ends_on date not null,
    reason text not null,
    created_at timestamptz not null,
    revoked_at timestamptz,
    check (starts_on <= ends_on),
    check (delegator_id <> delegate_id)
  )`.execute(db);
  await sql`create index delegation_delegate on delegation (delegate_id)`.execute(db);
  await sql`create table assignment (
    subject_kind text not null,
    subject_id uuid not null,
    person_id uuid not null references person,
    organization_id uuid not null references organization,
    assigned_at timestamptz not null,
    assigned_by uuid,
    primary key (subject_kind, subject_id, person_id)
  )`.execute(db);
  await sql`create index assignment_person on assignment (person_id, subject_kind)`.execute(db);
}

async function createSignIn(db: Kysely<unknown>): Promise<void> {
  await sql`create table sign_in_session (
    id uuid primary key,
    person_id uuid not null references person on delete cascade,
    token text not null unique,
    expires_at timestamptz not null,
    ip_address text,
    user_agent text,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`create index sign_in_session_person on sign_in_session (person_id)`.execute(db);
  await sql`create table sign_in_account (
    id uuid primary key,
    person_id uuid not null references person on delete cascade,
    account_id text not null,
    provider_id text not null,
    access_token text,
    refresh_token text,
    id_token text,
    access_token_expires_at timestamptz,
    refresh_token_expires_at timestamptz,
    scope text,
    password text,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (provider_id, account_id)
  )`.execute(db);
  await sql`create index sign_in_account_person on sign_in_account (person_id)`.execute(db);
  await sql`create table sign_in_verification (
    id uuid primary key,
    identifier text not null,
    value text not null,
    expires_at timestamptz not null,
    created_at timestamptz not null,
    updated_at timestamptz not null
  )`.execute(db);
  await sql`create index sign_in_verification_identifier on sign_in_verification (identifier)`.execute(db);
  await sql`create table sign_in_two_factor (
    id uuid primary key,
    person_id uuid not null references person on delete cascade,
    secret text not null,
    backup_codes text not null,
    verified boolean,
    failed_count integer,
    locked_until timestamptz
  )`.execute(db);
  await sql`create index sign_in_two_factor_person on sign_in_two_factor (person_id)`.execute(db);
  await sql`create table sign_in_failure (
    key text primary key,
    failures integer not null,
    last_at timestamptz not null,
    locked_until timestamptz
  )`.execute(db);
}

async function createKeys(db: Kysely<unknown>): Promise<void> {
  await sql`create table invitation (
    id uuid primary key,
    organization_id uuid not null references organization,
    email text not null check (email = lower(email)),
    name text not null,
    roles text[] not null,
    secret_hash bytea not null unique,
    invited_by uuid references person,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    accepted_at timestamptz,
    accepted_by uuid references person,
    revoked_at timestamptz
  )`.execute(db);
  await sql`create index invitation_organization on invitation (organization_id)`.execute(db);
  await sql`create table api_key (
    id uuid primary key,
    organization_id uuid not null references organization,
    person_id uuid not null references person,
    name text not null,
    prefix text not null,
    secret_hash bytea not null unique,
    permissions text[] not null,
    created_at timestamptz not null,
    expires_at timestamptz,
    last_used_at timestamptz,
    revoked_at timestamptz
  )`.execute(db);
  await sql`create index api_key_person on api_key (person_id)`.execute(db);
}

async function guard(db: Kysely<unknown>): Promise<void> {
  await protectBy(db, 'organization', {
    read: 'is_public or id = any((select quanlian_organizations())::uuid[]) or id = any((select quanlian_known())::uuid[])',
    // A new organization is not yet in the actor's reach; its parent is.
    write:
      'id = any((select quanlian_organizations())::uuid[]) or parent_id = any((select quanlian_organizations())::uuid[])',
  });
  await protectTable(db, 'membership', { owner: 'person_id' });
  await protectBy(db, 'person', {
    read: 'id = any((select quanlian_people())::uuid[]) or exists (select 1 from membership m where m.person_id = person.id)',
    write: 'id = any((select quanlian_people())::uuid[])',
  });
  await protectBy(db, 'delegation', {
    read:
      'organization_id = any((select quanlian_organizations())::uuid[]) ' +
      'or delegator_id = any((select quanlian_people())::uuid[]) or delegate_id = any((select quanlian_people())::uuid[])',
    write:
      'organization_id = any((select quanlian_organizations())::uuid[]) or delegator_id = any((select quanlian_people())::uuid[])',
  });
  await protectTable(db, 'assignment', { owner: 'person_id' });
  await protectTable(db, 'invitation');
  await protectTable(db, 'api_key', { owner: 'person_id' });
  for (const table of [
    'sign_in_session',
    'sign_in_account',
    'sign_in_verification',
    'sign_in_two_factor',
    'sign_in_failure',
  ])
    await protectForSystem(db, table);
}

/** Organizations, people, their roles, and what they sign in with. */
export const people: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createOrganizations(db);
    await createPeople(db);
    await createSignIn(db);
    await createKeys(db);
    await guard(db);
  },
};
