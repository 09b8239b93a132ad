import { type Kysely, type Migration, sql } from 'kysely';
import { appendOnly, protectBy, protectTable, protectThrough } from './protect.js';

async function createPlans(db: Kysely<unknown>): Promise<void> {
  await sql`create table plan (
    id uuid primary key,
    organization_id uuid not null references organization,
    parent_id uuid references plan,
    kind text not null check (kind in ('outline','five-year','annual')),
    title_zh text not null,
    title_en text not null,
    from_year integer not null,
    to_year integer not null,
    state text not null check (state in ('draft','adopted','closed')),
    is_public boolean not null default false,
    version integer not null default 1,
    created_by uuid references person,
    created_at timestamptz not null,
    adopted_by uuid references person,
    adopted_at timestamptz,
    check (from_year <= to_year)
  )`.execute(db);
  await sql`create table plan_unit (
    plan_id uuid not null references plan,
    organization_id uuid not null references organization,
    primary key (plan_id, organization_id)
  )`.execute(db);
  await sql`create index plan_unit_organization on plan_unit (organization_id)`.execute(db);
  await sql`create table plan_objective (
    id uuid primary key,
    plan_id uuid not null references plan,
    parent_id uuid references plan_objective,
    position integer not null,
    title_zh text not null,
    title_en text not null
  )`.execute(db);
  await sql`create index plan_objective_plan on plan_objective (plan_id, position)`.execute(db);
  await sql`create table plan_measure (
    id uuid primary key,
    plan_id uuid not null references plan,
    objective_id uuid references plan_objective,
    indicator_id uuid,
    organization_id uuid not null references organization,
    title_zh text not null,
    title_en text not null,
    from_date date not null,
    to_date date not null,
    state text not null check (state in ('planned','running','done','dropped')),
    source_kind text,
    source_id uuid,
    version integer not null default 1,
    created_by uuid references person,
    created_at timestamptz not null,
    check (from_date <= to_date),
    check ((source_kind is null) = (source_id is null))
  )`.execute(db);
  await sql`create table plan_task (
    case_id uuid primary key references work_case,
    plan_id uuid not null references plan,
    measure_id uuid not null references plan_measure
  )`.execute(db);
  await sql`create index plan_task_plan on plan_task (plan_id)`.execute(db);
  await sql`create index plan_measure_plan on plan_measure (plan_id)`.execute(db);
  await sql`create index plan_measure_source on plan_measure (source_kind, source_id)`.execute(db);
}

async function createIndicators(db: Kysely<unknown>): Promise<void> {
  await sql`create table indicator (
    id uuid primary key,
    plan_id uuid not null references plan,
    objective_id uuid not null references plan_objective,
    owner_id uuid not null references organization,
    code text not null,
    position integer not null,
    definition_version integer,
    version integer not null default 1,
    unique (plan_id, code)
  )`.execute(db);
  await sql`alter table plan_measure add foreign key (indicator_id) references indicator`.execute(db);
  await sql`create table indicator_definition (
    indicator_id uuid not null references indicator,
    version integer not null check (version > 0),
    state text not null check (state in ('proposed','adopted','rejected')),
    content jsonb not null,
    effective_from date not null,
    why text,
    proposed_by uuid references person,
    proposed_at timestamptz not null,
    decided_by uuid references person,
    decided_at timestamptz,
    effect jsonb,
    primary key (indicator_id, version)
  )`.execute(db);
  await sql`create unique index indicator_definition_one_proposal on indicator_definition (indicator_id) where state = 'proposed'`.execute(
    db,
  );
  await sql`create table indicator_baseline (
    indicator_id uuid not null references indicator,
    organization_id uuid not null references organization,
    date date not null,
    value numeric not null,
    primary key (indicator_id, organization_id)
  )`.execute(db);
  await sql`create table indicator_target (
    indicator_id uuid not null references indicator,
    organization_id uuid not null references organization,
    year integer not null,
    value numeric not null,
    primary key (indicator_id, organization_id, year)
  )`.execute(db);
}

async function createValues(db: Kysely<unknown>): Promise<void> {
  await sql`create table indicator_value (
    id uuid primary key,
    indicator_id uuid not null references indicator,
    organization_id uuid not null references organization,
    date date not null,
    value numeric,
    undecided integer not null default 0,
    definition_version integer not null,
    restated numeric,
    restated_version integer,
    state text not null check (state in ('reported','accepted','returned','replaced')),
    note text,
    colour text,
    colour_rule jsonb,
    version integer not null default 1,
    reported_by uuid references person,
    reported_at timestamptz not null,
    reviewed_by uuid references person,
    reviewed_at timestamptz,
    review_note text
  )`.execute(db);
  await sql`create index indicator_value_series on indicator_value (indicator_id, organization_id, date)`.execute(db);
  await sql`create unique index indicator_value_one on indicator_value (indicator_id, organization_id, date) where state in ('reported','accepted')`.execute(
    db,
  );
  await sql`create table value_source (
    value_id uuid not null references indicator_value,
    position integer not null,
    kind text not null check (kind in ('record','paper')),
    ref_kind text not null,
    ref_id text not null,
    label text not null,
    facts jsonb not null,
    contributes numeric,
    primary key (value_id, position)
  )`.execute(db);
  await sql`create index value_source_ref on value_source (ref_kind, ref_id)`.execute(db);
  await sql`create table plan_report (
    id uuid primary key,
    plan_id uuid not null references plan,
    year integer not null,
    kind text not null check (kind in ('summary','next-year')),
    title_zh text not null,
    title_en text not null,
    blocks jsonb not null,
    state text not null check (state in ('living','frozen')),
    frozen jsonb,
    version integer not null default 1,
    created_by uuid references person,
    created_at timestamptz not null,
    frozen_at timestamptz,
    check ((state = 'frozen') = (frozen is not null))
  )`.execute(db);
  await sql`create index plan_report_plan on plan_report (plan_id, year)`.execute(db);
}

async function guard(db: Kysely<unknown>): Promise<void> {
  const within = 'organization_id = any((select quanlian_organizations())::uuid[])';
  await protectTable(db, 'plan_unit');
  // Units that take part in a plan read the plan; what others report and are asked for stays out of their reach.
  await protectBy(db, 'plan', {
    read: `is_public or ${within} or exists (select 1 from plan_unit u where u.plan_id = plan.id)`,
    write: within,
  });
  for (const table of ['plan_objective', 'indicator', 'plan_report'])
    await protectThrough(db, table, { table: 'plan', column: 'plan_id' });
  await protectThrough(db, 'indicator_definition', { table: 'indicator', column: 'indicator_id' });
  // A task may belong to a unit that does not reach the measure it serves.
  await protectThrough(db, 'plan_task', { table: 'work_case', column: 'case_id' });
  for (const table of ['plan_measure', 'indicator_baseline', 'indicator_target', 'indicator_value'])
    await protectTable(db, table);
  await protectThrough(db, 'value_source', { table: 'indicator_value', column: 'value_id' });
  await appendOnly(db, 'value_source');
}

/** Plans with objectives, indicators, measures, values and reports. */
export const plan: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createPlans(db);
    await createIndicators(db);
    await createValues(db);
    await guard(db);
  },
};
