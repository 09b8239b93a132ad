import { type Kysely, type Migration, sql } from 'kysely';
import { protectTable, protectThrough } from './protect.js';

/** Research projects, what they found, and the measures that came of it. */
export const research: Migration = {
  async up(db: Kysely<unknown>): Promise<void> {
    await sql`create table research_project (
      id uuid primary key,
      organization_id uuid not null references organization,
      title_zh text not null,
      title_en text not null,
      question text not null,
      lead_id uuid not null references person,
      starts_on date not null,
      ends_on date not null,
      state text not null check (state in ('planned','running','reported','closed')),
      created_at timestamptz not null,
      created_by uuid references person,
      version integer not null default 1,
      check (starts_on <= ends_on)
    )`.execute(db);
    await sql`create index research_project_organization on research_project (organization_id)`.execute(db);
    await sql`create table research_finding (
      id uuid primary key,
      project_id uuid not null references research_project,
      text text not null,
      importance text not null check (importance in ('low','medium','high')),
      found_on date not null,
      visited_id uuid references organization,
      state text not null check (state in ('open','adopted','rejected')),
      reason text,
      recorded_at timestamptz not null,
      recorded_by uuid references person,
      check ((state = 'rejected') = (reason is not null))
    )`.execute(db);
    await sql`create index research_finding_project on research_finding (project_id)`.execute(db);
    // Measures are kept by the plan; they are named here by their id.
    await sql`create table research_measure (
      finding_id uuid not null references research_finding,
      measure_id uuid not null,
      linked_at timestamptz not null,
      linked_by uuid references person,
      primary key (finding_id, measure_id)
    )`.execute(db);
    await sql`create index research_measure_measure on research_measure (measure_id)`.execute(db);
    await protectTable(db, 'research_project', { assignedAs: 'research-project' });
    await protectThrough(db, 'research_finding', { table: 'research_project', column: 'project_id' });
    await protectThrough(db, 'research_measure', { table: 'research_finding', column: 'finding_id' });
  },
};
