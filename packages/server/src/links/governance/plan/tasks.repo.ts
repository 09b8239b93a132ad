import { type RawBuilder, sql } from 'kysely';
import type { WorkConnection } from '../../../work/connection.js';

/** A task of a plan, as dashboards and reports count it. */
export interface TaskRecord {
  readonly id: string;
  readonly title: string;
  readonly organizationId: string;
  readonly measureId: string;
  readonly state: string;
  readonly dueOn: string;
  readonly progress: number | null;
  readonly endedAt: Date | null;
  /** The last day of its time as the calendar moves it; null while it rests. */
  readonly lastDay: string | null;
  /** The day it was closed, when it was. */
  readonly closedOn: string | null;
}

/** The tasks of a plan that are due in a year, within reach (`reached` is over `work_case as c`). */
export async function readTasks(
  db: WorkConnection,
  asked: { readonly planId: string; readonly year: number; readonly reached: RawBuilder<boolean> },
): Promise<TaskRecord[]> {
  const { planId, year, reached } = asked;
  const dueOn = sql<string>`c.snapshot->'fields'->>'dueOn'`;
  const rows = await db
    .selectFrom('plan_task as t')
    .innerJoin('work_case as c', 'c.id', 't.case_id')
    .leftJoin('case_clock as k', (join) =>
      join
        .onRef('k.case_id', '=', 'c.id')
        .on('k.deadline', '=', 'delivery')
        .on((eb) => eb.or([eb('k.ending', 'is', null), eb('k.ending', '<>', 'superseded')])),
    )
    .select(['c.id', 'c.title', 'c.organization_id', 't.measure_id', 'c.state', 'c.ended_at', 'k.due_on', 'k.ended_on'])
    .select([dueOn.as('due'), sql<string | null>`c.snapshot->'fields'->>'progress'`.as('progress')])
    .where('t.plan_id', '=', planId)
    .where(sql<boolean>`${dueOn} between ${`${year}-01-01`} and ${`${year}-12-31`}`)
    .where(reached)
    .orderBy(dueOn)
    .orderBy('c.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    title: row.title,
    organizationId: row.organization_id,
    measureId: row.measure_id,
    state: row.state,
    dueOn: row.due,
    progress: row.progress === null ? null : Number(row.progress),
    endedAt: row.ended_at,
    lastDay: row.due_on,
    closedOn: row.state === 'closed' ? row.ended_on : null,
  }));
}
