import { type Kysely, type Migration, sql } from 'kysely';
import { appendOnly, protectBy, protectTable, protectThrough } from './protect.js';

async function createLists(db: Kysely<unknown>): Promise<void> {
  await sql`create table inspection_checklist (
    id uuid primary key,
    organization_id uuid not null references organization,
    code text not null,
    title_zh text not null,
    title_en text not null,
    created_at timestamptz not null,
    created_by uuid references person,
    unique (organization_id, code)
  )`.execute(db);
  await sql`create table inspection_checklist_version (
    id uuid primary key,
    checklist_id uuid not null references inspection_checklist,
    organization_id uuid not null references organization,
    version integer not null check (version > 0),
    items jsonb not null,
    published_at timestamptz not null,
    published_by uuid references person,
    unique (checklist_id, version)
  )`.execute(db);
  await sql`create table inspection_plan (
    id uuid primary key,
    organization_id uuid not null references organization,
    title_zh text not null,
    title_en text not null,
    checklist_version_id uuid not null references inspection_checklist_version,
    starts_on date not null,
    ends_on date not null,
    created_at timestamptz not null,
    created_by uuid references person,
    check (starts_on <= ends_on)
  )`.execute(db);
  // Whom a plan names does not reach it: an inspection is announced when it starts.
  await sql`create table inspection_target (
    plan_id uuid not null references inspection_plan,
    target_id uuid not null references organization,
    primary key (plan_id, target_id)
  )`.execute(db);
}

async function createInspections(db: Kysely<unknown>): Promise<void> {
  // An inspection has the id of its case, which keeps its state, clocks, papers and history.
  await sql`create table inspection (
    id uuid primary key,
    organization_id uuid not null references organization,
    plan_id uuid not null references inspection_plan,
    checklist_version_id uuid not null references inspection_checklist_version,
    checklist_code text not null,
    inspector_id uuid not null references person,
    opened_on date not null,
    performed_on date,
    results jsonb,
    unique (plan_id, organization_id)
  )`.execute(db);
  await sql`create table inspection_finding (
    id uuid primary key,
    inspection_id uuid not null references inspection,
    organization_id uuid not null references organization,
    checklist_code text not null,
    item_code text not null,
    text_zh text not null,
    text_en text not null,
    clause text,
    severity text not null check (severity in ('minor','major','critical')),
    description text not null,
    paper_ids uuid[] not null,
    found_on date not null,
    found_by uuid references person,
    recorded_at timestamptz not null,
    state text not null check (state in ('open','ordered','closed','withdrawn')),
    order_id uuid,
    closed_on date,
    repeats uuid references inspection_finding,
    unique (inspection_id, item_code),
    check ((closed_on is null) = (state in ('open','ordered')))
  )`.execute(db);
  await sql`create index inspection_finding_item on inspection_finding (organization_id, checklist_code, item_code)`.execute(
    db,
  );
  await sql`create index inspection_finding_found on inspection_finding (found_on)`.execute(db);
}

/** Inspections: checklists, plans, findings; their states and clocks are those of cases. */
export const inspection: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await createLists(db);
    await createInspections(db);
    await protectTable(db, 'inspection', { assignedAs: 'case' });
    await protectThrough(db, 'inspection_finding', { table: 'inspection', column: 'inspection_id' });
    const mine = 'organization_id = any((select quanlian_organizations())::uuid[])';
    // Whoever reaches an inspection reads the checklist it goes by.
    await protectBy(db, 'inspection_checklist_version', {
      read: `${mine} or exists (select 1 from inspection i where i.checklist_version_id = inspection_checklist_version.id)`,
      write: mine,
    });
    await protectTable(db, 'inspection_checklist');
    await protectTable(db, 'inspection_plan');
    await protectThrough(db, 'inspection_target', { table: 'inspection_plan', column: 'plan_id' });
    await appendOnly(db, 'inspection_checklist_version');
  },
};
