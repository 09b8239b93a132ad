import { type Kysely, type Migration, sql } from 'kysely';
import { appendOnly, protectBy, protectForSystem, protectTable } from './protect.js';

const TIERS = sql.raw("'city','district','park','unit'");
const AUDIENCES = sql.raw("'officials','managers','ip-staff','researchers','agents','students'");

const MY_ORGANIZATIONS = 'any((select quanlian_organizations())::uuid[])';
const MY_PEOPLE = 'any((select quanlian_people())::uuid[])';

async function createCurricula(db: Kysely<unknown>): Promise<void> {
  await sql`create table training_curriculum (
    id uuid primary key,
    organization_id uuid not null references organization,
    code text not null,
    tier text not null check (tier in (${TIERS})),
    audience text not null check (audience in (${AUDIENCES},'everyone')),
    title_zh text not null,
    title_en text not null,
    is_public boolean not null,
    created_at timestamptz not null,
    created_by uuid references person,
    retired_at timestamptz,
    unique (organization_id, code)
  )`.execute(db);
  await sql`create table training_curriculum_version (
    id uuid primary key,
    curriculum_id uuid not null references training_curriculum,
    organization_id uuid not null references organization,
    version integer not null check (version > 0),
    topics jsonb not null,
    minutes integer not null check (minutes > 0),
    attendance_percent integer not null check (attendance_percent between 0 and 100),
    pass_percent integer not null check (pass_percent between 1 and 100),
    attempts integer not null check (attempts > 0),
    valid_months integer check (valid_months > 0),
    questions jsonb not null,
    published_at timestamptz not null,
    published_by uuid references person,
    unique (curriculum_id, version)
  )`.execute(db);
  // The right answers stand apart, so that nobody who takes a test reaches them.
  await sql`create table training_answer_key (
    version_id uuid primary key references training_curriculum_version,
    organization_id uuid not null references organization,
    answers jsonb not null
  )`.execute(db);
}

async function createRoster(db: Kysely<unknown>): Promise<void> {
  await sql`create table training_learner (
    id uuid primary key,
    organization_id uuid not null references organization,
    code text not null unique,
    name text not null check (length(name) between 1 and 100),
    email text,
    person_id uuid references person,
    created_at timestamptz not null
  )`.execute(db);
  await sql`create index training_learner_organization on training_learner (organization_id)`.execute(db);
  await sql`create index training_learner_person on training_learner (person_id)`.execute(db);
  await sql`create table training_roster_import (
    id uuid primary key,
    organization_id uuid not null references organization,
    on_day date not null,
    replaced boolean not null,
    counts jsonb not null,
    content_hash text not null,
    created_at timestamptz not null,
    created_by uuid references person
  )`.execute(db);
  await sql`create table training_roster_entry (
    id uuid primary key,
    learner_id uuid not null references training_learner,
    organization_id uuid not null references organization,
    tier text not null check (tier in (${TIERS})),
    audience text not null check (audience in (${AUDIENCES})),
    from_day date not null,
    to_day date,
    import_id uuid references training_roster_import,
    check (to_day is null or to_day >= from_day)
  )`.execute(db);
  await sql`create unique index training_roster_entry_open on training_roster_entry (learner_id, organization_id)
    where to_day is null`.execute(db);
  await sql`create index training_roster_entry_days on training_roster_entry (organization_id, from_day, to_day)`.execute(
    db,
  );
  await sql`create index training_roster_entry_learner on training_roster_entry (learner_id)`.execute(db);
}

async function createBatches(db: Kysely<unknown>): Promise<void> {
  await sql`create table training_batch (
    id uuid primary key,
    organization_id uuid not null references organization,
    curriculum_id uuid not null references training_curriculum,
    version_id uuid not null references training_curriculum_version,
    code text not null,
    title_zh text not null,
    title_en text not null,
    mode text not null check (mode in ('venue','online','mixed')),
    place text not null,
    starts_on date not null,
    ends_on date not null,
    enrol_until date not null,
    state text not null check (state in ('open','closed','cancelled')),
    is_public boolean not null,
    created_at timestamptz not null,
    created_by uuid references person,
    version integer not null default 1,
    unique (organization_id, code),
    check (starts_on <= ends_on and enrol_until <= ends_on)
  )`.execute(db);
  await sql`create index training_batch_start on training_batch (starts_on)`.execute(db);
  await sql`create table training_seats (
    batch_id uuid primary key references training_batch,
    quota integer not null check (quota > 0),
    taken integer not null default 0,
    check (taken between 0 and quota)
  )`.execute(db);
  await sql`create table training_session (
    id uuid primary key,
    batch_id uuid not null references training_batch,
    organization_id uuid not null references organization,
    held_on date not null,
    title text not null,
    minutes integer not null check (minutes > 0)
  )`.execute(db);
  await sql`create index training_session_batch on training_session (batch_id, held_on)`.execute(db);
}

async function createEnrolments(db: Kysely<unknown>): Promise<void> {
  // Who gives the course, whose staff somebody is and who it is stand in each row: three ways to reach it.
  const reach = sql.raw(`batch_id uuid not null references training_batch,
    organizer_id uuid not null references organization,
    organization_id uuid not null references organization,
    person_id uuid references person`);
  await sql`create table training_enrolment (
    id uuid primary key,
    ${reach},
    learner_id uuid not null references training_learner,
    state text not null check (state in ('enrolled','withdrawn')),
    enrolled_at timestamptz not null,
    enrolled_by uuid references person,
    withdrawn_at timestamptz,
    unique (batch_id, learner_id)
  )`.execute(db);
  await sql`create index training_enrolment_learner on training_enrolment (learner_id)`.execute(db);
  await sql`create table training_attendance (
    session_id uuid not null references training_session,
    enrolment_id uuid not null references training_enrolment,
    ${reach},
    state text not null check (state in ('present','absent','excused')),
    recorded_at timestamptz not null,
    recorded_by uuid references person,
    primary key (enrolment_id, session_id)
  )`.execute(db);
  await sql`create table training_attempt (
    id uuid primary key,
    enrolment_id uuid not null references training_enrolment,
    ${reach},
    number integer not null check (number > 0),
    answers jsonb not null,
    points integer not null,
    of_points integer not null check (of_points > 0),
    passed boolean not null,
    submitted_at timestamptz not null,
    submitted_by uuid references person,
    unique (enrolment_id, number),
    check (points between 0 and of_points)
  )`.execute(db);
  await sql`create table training_certificate (
    id uuid primary key,
    enrolment_id uuid not null unique references training_enrolment,
    ${reach},
    learner_id uuid not null references training_learner,
    curriculum_id uuid not null references training_curriculum,
    tier text not null check (tier in (${TIERS})),
    audience text not null check (audience in (${AUDIENCES},'everyone')),
    number text not null unique,
    code text not null unique,
    name text,
    salt bytea,
    payload text not null,
    signature bytea not null,
    key_id uuid not null,
    issued_on date not null,
    valid_until date,
    issued_by uuid references person,
    revoked_on date,
    revocation_reason text,
    check ((revoked_on is null) = (revocation_reason is null)),
    check ((name is null) = (salt is null))
  )`.execute(db);
  await sql`create index training_certificate_learner on training_certificate (learner_id, tier)`.execute(db);
  await sql`create index training_certificate_batch on training_certificate (batch_id)`.execute(db);
  await sql`create table training_certificate_counter (year integer primary key, last integer not null)`.execute(db);
  await sql`create table training_signing_key (
    id uuid primary key,
    public_key text not null,
    private_key text not null,
    created_at timestamptz not null,
    retired_at timestamptz
  )`.execute(db);
  await sql`create unique index training_signing_key_current on training_signing_key ((true)) where retired_at is null`.execute(
    db,
  );
}

async function guardCourses(db: Kysely<unknown>): Promise<void> {
  await protectTable(db, 'training_curriculum', { public: 'is_public' });
  await protectBy(db, 'training_curriculum_version', {
    read: 'exists (select 1 from training_curriculum c where c.id = training_curriculum_version.curriculum_id)',
    write: `organization_id = ${MY_ORGANIZATIONS}`,
  });
  await protectTable(db, 'training_answer_key');
  await protectTable(db, 'training_batch', { assignedAs: 'training-batch', public: 'is_public' });
  // Whoever may see a batch may be permitted to enrol in it, and each seat is counted here whoever takes it.
  const throughBatch = 'exists (select 1 from training_batch b where b.id = training_seats.batch_id)';
  await protectBy(db, 'training_seats', { read: throughBatch, write: throughBatch });
  await protectBy(db, 'training_session', {
    read: 'exists (select 1 from training_batch b where b.id = training_session.batch_id)',
    write: `organization_id = ${MY_ORGANIZATIONS}`,
  });
}

async function guardPeople(db: Kysely<unknown>): Promise<void> {
  await protectTable(db, 'training_roster_import');
  await protectTable(db, 'training_roster_entry');
  const reached = (table: string): string =>
    `organization_id = ${MY_ORGANIZATIONS} or organizer_id = ${MY_ORGANIZATIONS} or person_id = ${MY_PEOPLE} ` +
    `or exists (select 1 from assignment a where a.subject_kind = 'training-batch' and a.subject_id = ${table}.batch_id ` +
    `and a.person_id = ${MY_PEOPLE})`;
  for (const table of ['training_enrolment', 'training_attendance', 'training_attempt'])
    await protectBy(db, table, { read: reached(table), write: reached(table) });
  // Certificates go along with somebody who changes to another organization.
  const onRoster = (id: string): string => `exists (select 1 from training_roster_entry r where r.learner_id = ${id})`;
  await protectBy(db, 'training_certificate', {
    read: `${reached('training_certificate')} or ${onRoster('training_certificate.learner_id')}`,
    write: reached('training_certificate'),
  });
  const enrolled = 'exists (select 1 from training_enrolment e where e.learner_id = training_learner.id)';
  await protectBy(db, 'training_learner', {
    read: `organization_id = ${MY_ORGANIZATIONS} or person_id = ${MY_PEOPLE} or ${onRoster('training_learner.id')} or ${enrolled}`,
    write: `organization_id = ${MY_ORGANIZATIONS}`,
  });
  const signedIn = `cardinality((select quanlian_people())::uuid[]) > 0`;
  await protectBy(db, 'training_certificate_counter', { read: signedIn, write: signedIn });
  await protectForSystem(db, 'training_signing_key');
  for (const table of [
    'training_curriculum_version',
    'training_answer_key',
    'training_attempt',
    'training_roster_import',
  ])
    await appendOnly(db, table);
}

/** Training: courses, the roster, batches, what people did in them, certificates. */
export const training: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createCurricula(db);
    await createRoster(db);
    await createBatches(db);
    await createEnrolments(db);
    await guardCourses(db);
    await guardPeople(db);
  },
};
