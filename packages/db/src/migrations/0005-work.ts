import { type Kysely, type Migration, sql } from 'kysely';
import { protectBy, protectForSystem, protectTable } from './protect.js';

async function createJobs(db: Kysely<unknown>): Promise<void> {
  await sql`create table job (
    id uuid primary key,
    name text not null,
    organization_id uuid references organization,
    requested_by uuid references person,
    key text unique,
    payload jsonb not null,
    state text not null check (state in ('waiting','running','done','failed','cancelled')),
    due_at timestamptz not null,
    attempts integer not null default 0,
    most_attempts integer not null check (most_attempts > 0),
    worker uuid,
    lease_until timestamptz,
    cancel_asked boolean not null default false,
    progress jsonb,
    error text,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz
  )`.execute(db);
  await sql`create index job_due on job (due_at) where state = 'waiting'`.execute(db);
  await sql`create index job_running on job (lease_until) where state = 'running'`.execute(db);
  await sql`create table job_schedule (
    name text primary key,
    next_at timestamptz not null
  )`.execute(db);
  // A job of an organization may be put in the queue by whoever may reach it; running it is the program's business.
  await protectTable(db, 'job', { owner: 'requested_by' });
  await protectForSystem(db, 'job_schedule');
}

async function createNotices(db: Kysely<unknown>): Promise<void> {
  await sql`create table notice (
    id uuid primary key,
    organization_id uuid not null references organization,
    person_id uuid not null references person,
    kind text not null,
    parameters jsonb not null,
    subject_kind text,
    subject_id text,
    created_at timestamptz not null,
    read_at timestamptz
  )`.execute(db);
  await sql`create index notice_person on notice (person_id, created_at desc)`.execute(db);
  await sql`create table notice_choice (
    person_id uuid primary key references person,
    mail boolean not null default true
  )`.execute(db);
  await sql`create table webhook (
    id uuid primary key,
    organization_id uuid not null references organization,
    url text not null,
    secret text not null,
    kinds text[] not null,
    created_at timestamptz not null,
    created_by uuid references person,
    revoked_at timestamptz,
    last_at timestamptz,
    last_result text
  )`.execute(db);
  await protectBy(db, 'notice', {
    read: 'person_id = any((select quanlian_people())::uuid[])',
    write:
      'person_id = any((select quanlian_people())::uuid[]) or organization_id = any((select quanlian_organizations())::uuid[])',
  });
  await protectBy(db, 'notice_choice', {
    read: 'person_id = any((select quanlian_people())::uuid[])',
    write: 'person_id = any((select quanlian_people())::uuid[])',
  });
  await protectTable(db, 'webhook');
}

async function createPapers(db: Kysely<unknown>): Promise<void> {
  await sql`create table paper_content (
    organization_id uuid not null references organization,
    sha256 text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size bigint not null,
    media_type text not null,
    stored_at timestamptz not null,
    primary key (organization_id, sha256)
  )`.execute(db);
  await sql`create table paper (
    id uuid primary key,
    organization_id uuid not null references organization,
    sha256 text not null,
    name text not null check (length(name) between 1 and 255),
    kind text not null,
    subject_kind text,
    subject_id uuid,
    added_by uuid references person,
    added_at timestamptz not null,
    removed_at timestamptz,
    foreign key (organization_id, sha256) references paper_content
  )`.execute(db);
  await sql`create index paper_subject on paper (subject_kind, subject_id)`.execute(db);
  await sql`create index paper_organization on paper (organization_id, added_at desc)`.execute(db);
  // A paper of a case is reached by those the case is assigned to as well.
  const reached =
    'organization_id = any((select quanlian_organizations())::uuid[]) or added_by = any((select quanlian_people())::uuid[]) ' +
    'or exists (select 1 from assignment a where a.subject_kind = paper.subject_kind and a.subject_id = paper.subject_id ' +
    'and a.person_id = any((select quanlian_people())::uuid[]))';
  await protectBy(db, 'paper', { read: reached, write: reached });
  const throughPaper =
    'organization_id = any((select quanlian_organizations())::uuid[]) or exists ' +
    '(select 1 from paper p where p.organization_id = paper_content.organization_id and p.sha256 = paper_content.sha256)';
  // Somebody who works on an assigned case stores a file before the paper that names it.
  const storing = `${throughPaper} or organization_id in (select a.organization_id from assignment a where a.person_id = any((select quanlian_people())::uuid[]))`;
  await protectBy(db, 'paper_content', { read: storing, write: storing });
}

/** Jobs, notices and papers. */
export const work: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createJobs(db);
    await createNotices(db);
    await createPapers(db);
  },
};
