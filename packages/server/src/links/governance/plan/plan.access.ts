import { QuanlianError } from '@quanlian/contract';
import type { PlanTable } from '@quanlian/db';
import type { Permission } from '@quanlian/kernel';
import { type RawBuilder, type Selectable, sql } from 'kysely';
import { type Actor, allowedIds, reachOf, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';

export type PlanRecord = Selectable<PlanTable>;

export const planNotFound = (): QuanlianError =>
  new QuanlianError('plan.not_found', 'There is no such part of a plan, or your roles do not reach it.');

export const planChanged = (): QuanlianError =>
  new QuanlianError('plan.changed', 'Somebody else changed it meanwhile. Load it again.');

export const planRefused = (sentence: string, path?: string): QuanlianError =>
  new QuanlianError('plan.refused', sentence, path === undefined ? {} : { path });

/**
 * Plans the actor may read, as a condition over `plan as p`: one's own organization's, public ones, and adopted ones
 * in which an organization takes part that one may read or report for.
 */
export function readablePlans(actor: Actor): RawBuilder<boolean> {
  const reach = reachOf(actor, 'plan.read');
  const own = inReach(reach, { organization: 'p.organization_id', public: 'p.is_public' });
  const part = inReach(reach, { organization: 'u.organization_id' });
  const reports = inReach(reachOf(actor, 'indicator.report'), { organization: 'u.organization_id' });
  return sql<boolean>`(${own} or (p.state <> 'draft' and exists
    (select 1 from plan_unit u where u.plan_id = p.id and (${part} or ${reports}))))`;
}

/** The plan, if the actor may read it; throws `plan.not_found`. `lock` keeps others from changing it meanwhile. */
export async function readPlan(trx: WorkTransaction, actor: Actor, id: string, lock = false): Promise<PlanRecord> {
  const query = trx.selectFrom('plan as p').selectAll('p').where('p.id', '=', id).where(readablePlans(actor));
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!row) throw planNotFound();
  return row;
}

/** The plan for changing its parts: not one that was closed. */
export async function editablePlan(
  trx: WorkTransaction,
  actor: Actor,
  id: string,
  permission: Permission = 'plan.edit',
): Promise<PlanRecord> {
  const plan = await readPlan(trx, actor, id, true);
  requireIn(actor, permission, plan.organization_id);
  if (plan.state === 'closed') throw planRefused('The plan is closed; nothing in it can be changed.');
  return plan;
}

/** The plan an indicator belongs to, with the indicator; throws `plan.not_found`. */
export async function readIndicator(trx: WorkTransaction, actor: Actor, id: string, lock = false) {
  const query = trx.selectFrom('indicator').selectAll().where('id', '=', id);
  const indicator = await (lock ? query.forUpdate() : query).executeTakeFirst();
  if (!indicator) throw planNotFound();
  return { indicator, plan: await readPlan(trx, actor, indicator.plan_id) };
}

/** Lets an organization take part in a plan, and so read it. */
export async function addUnit(trx: WorkTransaction, planId: string, organizationId: string): Promise<void> {
  await trx
    .insertInto('plan_unit')
    .values({ plan_id: planId, organization_id: organizationId })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A unit must be the plan's own organization or stand under it. */
export function requireUnit(actor: Actor, plan: PlanRecord, organizationId: string): void {
  if (actor.tree.isWithin(organizationId, plan.organization_id)) return;
  throw planRefused('Only the plan’s own organization and those under it take part in it.', 'organizationId');
}

/** The organizations among those given whose things the actor may do this with. */
export function unitsAllowed(actor: Actor, permission: Permission, ids: readonly string[]): string[] {
  return allowedIds(
    actor,
    permission,
    ids.map((id) => ({ id, organization: id })),
  );
}

/** Numbers come from the database as decimal text. */
export const asNumber = (value: string | number | null): number | null => (value === null ? null : Number(value));

export async function nextPosition(
  db: WorkConnection,
  table: 'plan_objective' | 'indicator',
  planId: string,
): Promise<number> {
  const { last } = await db
    .selectFrom(table)
    .select((eb) => eb.fn.max('position').as('last'))
    .where('plan_id', '=', planId)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}
