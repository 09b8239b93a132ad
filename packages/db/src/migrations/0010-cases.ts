import { type Kysely, type Migration, sql } from 'kysely';
import { appendOnly, protectTable, protectThrough } from './protect.js';

async function createCases(db: Kysely<unknown>): Promise<void> {
  await sql`create table work_case (
    id uuid primary key,
    organization_id uuid not null references organization,
    owner_id uuid references person,
    is_public boolean not null default false,
    title text not null check (length(title) between 1 and 300),
    process text not null,
    process_version integer not null check (process_version > 0),
    state text not null,
    state_kind text not null check (state_kind in ('initial','active','waiting','final')),
    version integer not null check (version > 0),
    subject_kind text,
    subject_id uuid,
    party_ids uuid[] not null,
    snapshot jsonb not null,
    next_due date,
    opened_at timestamptz not null,
    changed_at timestamptz not null,
    ended_at timestamptz,
    check ((subject_kind is null) = (subject_id is null)),
    check ((ended_at is not null) = (state_kind = 'final'))
  )`.execute(db);
  await sql`create index work_case_list on work_case (organization_id, process, state)`.execute(db);
  await sql`create index work_case_subject on work_case (subject_kind, subject_id)`.execute(db);
  await sql`create index work_case_open on work_case (next_due) where ended_at is null`.execute(db);
  await sql`create index work_case_owner on work_case (owner_id)`.execute(db);
  await sql`create index work_case_parties on work_case using gin (party_ids)`.execute(db);
}

async function createHistory(db: Kysely<unknown>): Promise<void> {
  await sql`create table case_event (
    case_id uuid not null references work_case,
    sequence integer not null check (sequence > 0),
    type text not null,
    at timestamptz not null,
    actor_id text not null,
    event jsonb not null,
    primary key (case_id, sequence)
  )`.execute(db);
  await sql`create table case_task (
    case_id uuid not null references work_case,
    run_id text not null,
    task_group text not null,
    task text not null,
    round integer not null,
    status text not null check (status in ('open','done','cancelled')),
    opened_at timestamptz not null,
    closed_at timestamptz,
    closed_by text,
    primary key (case_id, run_id),
    check ((status = 'open') = (closed_at is null))
  )`.execute(db);
  await sql`create index case_task_open on case_task (case_id) where status = 'open'`.execute(db);
  await sql`create table case_clock (
    case_id uuid not null references work_case,
    run_id text not null,
    deadline text not null,
    started_on date not null,
    due_on date,
    provisional boolean not null,
    calendar_until integer not null,
    rule_id text,
    rule_version integer,
    ended_on date,
    ending text check (ending in ('met','closed','superseded')),
    look_on date,
    primary key (case_id, run_id),
    check ((ended_on is null) = (ending is null)),
    check (ended_on is null or look_on is null)
  )`.execute(db);
  await sql`create index case_clock_look on case_clock (look_on) where look_on is not null`.execute(db);
  await sql`create index case_clock_due on case_clock (due_on) where ended_on is null`.execute(db);
  await sql`create index case_clock_provisional on case_clock (calendar_until) where provisional and ended_on is null`.execute(
    db,
  );
  await sql`create table case_clock_action (
    case_id uuid not null references work_case,
    key text not null,
    at timestamptz not null,
    outcome jsonb not null,
    primary key (case_id, key)
  )`.execute(db);
}

async function createContent(db: Kysely<unknown>): Promise<void> {
  await sql`create table case_paper (
    case_id uuid not null references work_case,
    paper_id uuid not null references paper,
    kind text not null,
    sha256 text not null,
    sequence integer not null,
    primary key (case_id, paper_id)
  )`.execute(db);
  await sql`create index case_paper_paper on case_paper (paper_id)`.execute(db);
  await sql`create table case_comment (
    id uuid primary key,
    case_id uuid not null references work_case,
    person_id uuid references person,
    at timestamptz not null,
    text text not null check (length(text) between 1 and 4000),
    removed_at timestamptz
  )`.execute(db);
  await sql`create index case_comment_case on case_comment (case_id, at)`.execute(db);
  await sql`create table rule_use (
    id uuid primary key,
    organization_id uuid not null references organization,
    permission text not null,
    subject_kind text not null,
    subject_id uuid not null,
    field text not null,
    rule_id text not null,
    rule_version integer not null,
    certainty text not null,
    used_at timestamptz not null,
    unique (subject_kind, subject_id, field, rule_id, rule_version)
  )`.execute(db);
  await sql`create index rule_use_rule on rule_use (rule_id, rule_version, used_at desc)`.execute(db);
}

async function guard(db: Kysely<unknown>): Promise<void> {
  await protectTable(db, 'work_case', { owner: 'owner_id', assignedAs: 'case', public: 'is_public' });
  for (const table of ['case_event', 'case_task', 'case_clock', 'case_clock_action', 'case_paper', 'case_comment'])
    await protectThrough(db, table, { table: 'work_case', column: 'case_id' });
  await protectTable(db, 'rule_use');
  for (const table of ['case_event', 'case_clock_action', 'rule_use']) await appendOnly(db, table);
}

/** Cases with their history, tasks, clocks, papers and comments, and where rules were used. */
export const cases: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createCases(db);
    await createHistory(db);
    await createContent(db);
    await guard(db);
  },
};
