import type { CaseFilter, CaseQuery } from '@quanlian/contract';
import type { CaseSnapshot, Permission } from '@quanlian/kernel';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, reachOf } from '../actor.js';
import type { WorkConnection } from '../connection.js';
import { inReach } from '../reach.js';
import { CASE_KIND } from './stored-case.js';

/** Processes by the permission their cases are read with. */
export type ReadableProcesses = ReadonlyMap<Permission, readonly string[]>;

/** A row of a list, before its words are added. */
export interface CaseListRow {
  readonly id: string;
  readonly process: string;
  readonly process_version: number;
  readonly title: string;
  readonly organization_id: string;
  readonly state: string;
  readonly state_kind: 'initial' | 'active' | 'waiting' | 'final';
  readonly version: number;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly next_due: string | null;
  readonly opened_at: Date;
  readonly changed_at: Date;
  readonly ended_at: Date | null;
}

const COLUMNS = [
  'c.id',
  'c.process',
  'c.process_version',
  'c.title',
  'c.organization_id',
  'c.state',
  'c.state_kind',
  'c.version',
  'c.subject_kind',
  'c.subject_id',
  'c.next_due',
  'c.opened_at',
  'c.changed_at',
  'c.ended_at',
] as const;

const both = (parts: readonly RawBuilder<boolean>[]): RawBuilder<boolean> =>
  parts.length === 0 ? sql<boolean>`true` : sql<boolean>`(${sql.join(parts, sql` and `)})`;

/** Cases the actor may read: each process by its own permission. */
export function readable(actor: Actor, processes: ReadableProcesses): RawBuilder<boolean> {
  const parts = [...processes].map(([permission, ids]) => {
    const reached = inReach(reachOf(actor, permission), {
      organization: 'c.organization_id',
      owner: 'c.owner_id',
      assigned: { kind: CASE_KIND, id: 'c.id' },
      public: 'c.is_public',
    });
    return sql`(c.process = any(${ids}::text[]) and ${reached})`;
  });
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`;
}

/** `%` and `_` of what people type are letters, not wildcards. */
const likeText = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;

/** A filter as a condition; `today` decides what is overdue. */
export function matching(filter: CaseFilter, today: string): RawBuilder<boolean> {
  const parts: RawBuilder<boolean>[] = [];
  if (filter.process) parts.push(sql`c.process = any(${filter.process}::text[])`);
  if (filter.state) parts.push(sql`c.state = any(${filter.state}::text[])`);
  if (filter.organization)
    parts.push(
      sql`exists (select 1 from organization o where o.id = c.organization_id and o.path @> ${`{${filter.organization}}`}::uuid[])`,
    );
  if (filter.open !== undefined) parts.push(filter.open ? sql`c.ended_at is null` : sql`c.ended_at is not null`);
  if (filter.overdue !== undefined)
    parts.push(
      filter.overdue
        ? sql`(c.ended_at is null and c.next_due < ${today}::date)`
        : sql`not (c.ended_at is null and coalesce(c.next_due < ${today}::date, false))`,
    );
  if (filter.dueFrom) parts.push(sql`c.next_due >= ${filter.dueFrom}::date`);
  if (filter.dueTo) parts.push(sql`c.next_due <= ${filter.dueTo}::date`);
  if (filter.involving) parts.push(sql`c.party_ids @> ${`{${filter.involving}}`}::uuid[]`);
  if (filter.subjectKind) parts.push(sql`c.subject_kind = ${filter.subjectKind}`);
  if (filter.subjectId) parts.push(sql`c.subject_id = ${filter.subjectId}::uuid`);
  if (filter.text) parts.push(sql`c.title ilike ${likeText(filter.text)}`);
  return both(parts);
}

const SORT_COLUMNS = { due: 'c.next_due', changed: 'c.changed_at', opened: 'c.opened_at', title: 'c.title' } as const;

/** A page of cases; without a last day they come last. */
export async function selectCases(
  db: WorkConnection,
  where: RawBuilder<boolean>,
  { sort = 'changed', descending = sort === 'changed' || sort === 'opened', offset = 0, limit = 50 }: CaseQuery,
): Promise<CaseListRow[]> {
  return db
    .selectFrom('work_case as c')
    .select(COLUMNS)
    .where(where)
    .orderBy(SORT_COLUMNS[sort], (order) => (descending ? order.desc().nullsLast() : order.asc().nullsLast()))
    .orderBy('c.id')
    .offset(offset)
    .limit(limit)
    .execute();
}

export async function countCases(db: WorkConnection, where: RawBuilder<boolean>): Promise<number> {
  const { count } = await db
    .selectFrom('work_case as c')
    .select((eb) => eb.fn.countAll<bigint>().as('count'))
    .where(where)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** How many cases there are in each state. */
export async function countStates(db: WorkConnection, where: RawBuilder<boolean>) {
  const rows = await db
    .selectFrom('work_case as c')
    .select((eb) => ['c.state', eb.fn.countAll<bigint>().as('count')])
    .where(where)
    .groupBy('c.state')
    .execute();
  return new Map(rows.map(({ state, count }) => [state, Number(count)]));
}

/** Clocks by their last day. */
export async function selectClocks(
  db: WorkConnection,
  where: RawBuilder<boolean>,
  span: { readonly from: string; readonly to: string; readonly limit: number },
) {
  return db
    .selectFrom('case_clock as k')
    .innerJoin('work_case as c', 'c.id', 'k.case_id')
    .select(['k.due_on', 'k.deadline', 'k.run_id', 'k.ended_on', 'k.ending', 'k.provisional'])
    .select(['c.id', 'c.title', 'c.process', 'c.process_version'])
    .where(where)
    .where('k.due_on', '>=', span.from)
    .where('k.due_on', '<=', span.to)
    .orderBy('k.due_on')
    .orderBy('c.id')
    .orderBy('k.run_id')
    .limit(span.limit)
    .execute();
}

/** Cases that have not ended and may wait for the person: given to them, or to an organization they work in. */
export function concerning(people: readonly string[], organizations: readonly string[]): RawBuilder<boolean> {
  const list = (ids: readonly string[]) => sql`${`{${ids.join(',')}}`}::uuid[]`;
  return sql<boolean>`(c.ended_at is null and (c.party_ids && ${list([...people, ...organizations])}
    or c.organization_id = any(${list(organizations)}) or c.owner_id = any(${list(people)})))`;
}

/** Open cases with what is needed to see whose turn it is. */
export async function selectConcerning(db: WorkConnection, where: RawBuilder<boolean>, limit: number) {
  const rows = await db
    .selectFrom('work_case as c')
    .select(COLUMNS)
    .select(['c.snapshot', 'c.owner_id', 'c.is_public'])
    .where(where)
    .orderBy('c.next_due', (order) => order.asc().nullsLast())
    .orderBy('c.id')
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, snapshot: row.snapshot as CaseSnapshot }));
}
