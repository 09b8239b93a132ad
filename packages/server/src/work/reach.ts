import { type RawBuilder, sql } from 'kysely';
import type { Reach } from './actor.js';

/** Which columns of a query hold what a permission can reach by; names are written by us, never by a request. */
export interface ReachColumns {
  readonly organization: string;
  readonly owner?: string;
  /** The kind under which things stand in `assignment` (or the column with it), and the column with their id. */
  readonly assigned?: { readonly kind: string | { readonly column: string }; readonly id: string };
  readonly public?: string;
}

const listOf = (ids: readonly string[]): RawBuilder<unknown> => sql`${`{${ids.join(',')}}`}::uuid[]`;

/**
 * A permission's reach as a condition for `where`: every list, count, export and suggestion asks with it. Nothing
 * reached is `false`. Row-level security holds besides, for all permissions together.
 */
export function inReach(reach: Reach, columns: ReachColumns): RawBuilder<boolean> {
  if (reach === 'everything') return sql<boolean>`true`;
  const parts: RawBuilder<unknown>[] = [];
  if (reach.organizations.length > 0)
    parts.push(sql`${sql.ref(columns.organization)} = any(${listOf(reach.organizations)})`);
  if (columns.owner && reach.own.length > 0) parts.push(sql`${sql.ref(columns.owner)} = any(${listOf(reach.own)})`);
  if (columns.assigned && reach.assigned.length > 0) {
    const { kind, id } = columns.assigned;
    parts.push(sql`exists (select 1 from assignment reach_a where reach_a.subject_kind = ${typeof kind === 'string' ? kind : sql.ref(kind.column)}
      and reach_a.subject_id = ${sql.ref(id)} and reach_a.person_id = any(${listOf(reach.assigned)}))`);
  }
  if (columns.public && reach.public) parts.push(sql`${sql.ref(columns.public)}`);
  return parts.length === 0 ? sql<boolean>`false` : sql<boolean>`(${sql.join(parts, sql` or `)})`;
}
