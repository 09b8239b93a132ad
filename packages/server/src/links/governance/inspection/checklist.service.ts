import {
  type Checklist,
  type ChecklistItem,
  type InspectionPlan,
  type NewChecklist,
  type NewInspectionPlan,
  QuanlianError,
} from '@quanlian/contract';
import { type Actor, isAllowed, reachOf, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';
import type { Deps } from '../deps.js';

/** What is inspected, and whom: checklists in versions, and plans. */
export interface ChecklistService {
  create(trx: WorkTransaction, actor: Actor, input: NewChecklist): Promise<Checklist>;
  /** The next version; inspections that began go on by theirs. */
  publish(trx: WorkTransaction, actor: Actor, checklistId: string, items: readonly ChecklistItem[]): Promise<Checklist>;
  list(db: WorkConnection, actor: Actor): Promise<Checklist[]>;
  plan(trx: WorkTransaction, actor: Actor, input: NewInspectionPlan): Promise<InspectionPlan>;
  plans(db: WorkConnection, actor: Actor): Promise<InspectionPlan[]>;
  getPlan(db: WorkConnection, actor: Actor, planId: string): Promise<InspectionPlan>;
}

const refuse = (sentence: string, path?: string): never => {
  throw new QuanlianError('inspection.refused', sentence, path === undefined ? {} : { path });
};
const notFound = (what: string): QuanlianError =>
  new QuanlianError('inspection.not_found', `There is no such ${what}, or your roles do not reach it.`);

function requireDistinct(items: readonly ChecklistItem[]): void {
  const seen = new Set<string>();
  for (const [index, { code }] of items.entries()) {
    if (seen.has(code)) refuse(`The item “${code}” is in the checklist twice.`, `items.${index}.code`);
    seen.add(code);
  }
}

async function readChecklists(db: WorkConnection, actor: Actor, id?: string): Promise<Checklist[]> {
  const rows = await db
    .selectFrom('inspection_checklist as c')
    .selectAll('c')
    .where(inReach(reachOf(actor, 'inspection.read'), { organization: 'c.organization_id' }))
    .$if(id !== undefined, (query) => query.where('c.id', '=', id ?? ''))
    .orderBy('c.code')
    .execute();
  if (rows.length === 0) return [];
  const versions = await db
    .selectFrom('inspection_checklist_version')
    .selectAll()
    .where(
      'checklist_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    code: row.code,
    title: { zh: row.title_zh, en: row.title_en },
    versions: versions
      .filter(({ checklist_id }) => checklist_id === row.id)
      .map(({ id: versionId, version, published_at, items }) => ({
        id: versionId,
        version,
        publishedAt: published_at.toISOString(),
        items: items as ChecklistItem[],
      })),
  }));
}

async function readPlans(db: WorkConnection, actor: Actor, id?: string): Promise<InspectionPlan[]> {
  const rows = await db
    .selectFrom('inspection_plan as p')
    .selectAll('p')
    .where(inReach(reachOf(actor, 'inspection.plan'), { organization: 'p.organization_id' }))
    .$if(id !== undefined, (query) => query.where('p.id', '=', id ?? ''))
    .orderBy('p.starts_on', 'desc')
    .orderBy('p.id')
    .execute();
  if (rows.length === 0) return [];
  const targets = await db
    .selectFrom('inspection_target as t')
    .leftJoin('inspection as i', (join) =>
      join.onRef('i.plan_id', '=', 't.plan_id').onRef('i.organization_id', '=', 't.target_id'),
    )
    .select(['t.plan_id', 't.target_id', 'i.id'])
    .where(
      't.plan_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('t.target_id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    title: { zh: row.title_zh, en: row.title_en },
    checklistVersionId: row.checklist_version_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    targets: targets
      .filter(({ plan_id }) => plan_id === row.id)
      .map(({ target_id, id: inspectionId }) => ({ organizationId: target_id, inspectionId })),
  }));
}

async function getChecklist(db: WorkConnection, actor: Actor, id: string): Promise<Checklist> {
  const [checklist] = await readChecklists(db, actor, id);
  if (!checklist) throw notFound('checklist');
  return checklist;
}

async function getPlan(db: WorkConnection, actor: Actor, id: string): Promise<InspectionPlan> {
  const [plan] = await readPlans(db, actor, id);
  if (!plan) throw notFound('plan of inspections');
  return plan;
}

async function addVersion(
  deps: Deps,
  trx: WorkTransaction,
  actor: Actor,
  { id, organizationId }: Pick<Checklist, 'id' | 'organizationId'>,
  version: number,
  items: readonly ChecklistItem[],
): Promise<void> {
  const { now, newId } = deps.environment;
  const { audit } = deps;
  await trx
    .insertInto('inspection_checklist_version')
    .values({
      id: newId(),
      checklist_id: id,
      organization_id: organizationId,
      version,
      items: JSON.stringify(items),
      published_at: now(),
      published_by: actor.userId,
    })
    .execute();
  audit.append(trx, {
    organizationId,
    action: 'inspection.checklist.publish',
    subject: { kind: 'inspection-checklist', id },
    after: { version, items: items.map(({ code }) => code) },
  });
}

const create =
  (deps: Deps): ChecklistService['create'] =>
  async (trx, actor, input) => {
    const { now, newId } = deps.environment;
    requireIn(actor, 'inspection.plan', input.organizationId);
    requireDistinct(input.items);
    const id = newId();
    const made = await trx
      .insertInto('inspection_checklist')
      .values({
        id,
        organization_id: input.organizationId,
        code: input.code,
        title_zh: input.title.zh,
        title_en: input.title.en,
        created_at: now(),
        created_by: actor.userId,
      })
      .onConflict((conflict) => conflict.columns(['organization_id', 'code']).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n)
      refuse(`The organization has a checklist “${input.code}” already. Publish a new version of it.`);
    await addVersion(deps, trx, actor, { id, organizationId: input.organizationId }, 1, input.items);
    return getChecklist(trx, actor, id);
  };

const publish =
  (deps: Deps): ChecklistService['publish'] =>
  async (trx, actor, checklistId, items) => {
    const found = await getChecklist(trx, actor, checklistId);
    requireIn(actor, 'inspection.plan', found.organizationId);
    requireDistinct(items);
    await trx.selectFrom('inspection_checklist').select('id').where('id', '=', checklistId).forUpdate().execute();
    const { versions } = await getChecklist(trx, actor, checklistId);
    await addVersion(deps, trx, actor, found, (versions[0]?.version ?? 0) + 1, items);
    return getChecklist(trx, actor, checklistId);
  };

const plan =
  (deps: Deps): ChecklistService['plan'] =>
  async (trx, actor, input) => {
    const { now, newId } = deps.environment;
    const { audit } = deps;
    const { organizationId, checklistVersionId } = input;
    requireIn(actor, 'inspection.plan', organizationId);
    if (input.endsOn < input.startsOn) refuse(`The plan would end on ${input.endsOn}, before it starts.`, 'endsOn');
    const lists = await readChecklists(trx, actor);
    if (!lists.some(({ versions }) => versions.some(({ id }) => id === checklistVersionId)))
      throw notFound('version of a checklist');
    const targets = [...new Set(input.targets)];
    const beyond = targets.find((id) => !isAllowed(actor, 'inspection.plan', { id, organization: id }));
    if (beyond) refuse(`You may not plan inspections of the organization ${beyond}.`, 'targets');
    const id = newId();
    await trx
      .insertInto('inspection_plan')
      .values({
        id,
        organization_id: organizationId,
        title_zh: input.title.zh,
        title_en: input.title.en,
        checklist_version_id: checklistVersionId,
        starts_on: input.startsOn,
        ends_on: input.endsOn,
        created_at: now(),
        created_by: actor.userId,
      })
      .execute();
    await trx
      .insertInto('inspection_target')
      .values(targets.map((target_id) => ({ plan_id: id, target_id })))
      .execute();
    audit.append(trx, {
      organizationId,
      action: 'inspection.plan',
      subject: { kind: 'inspection-plan', id },
      after: { checklistVersionId, startsOn: input.startsOn, endsOn: input.endsOn, targets },
    });
    return getPlan(trx, actor, id);
  };

export function createChecklists(deps: Deps): ChecklistService {
  return {
    list: (db, actor) => readChecklists(db, actor),
    plans: (db, actor) => readPlans(db, actor),
    getPlan,
    create: create(deps),
    publish: publish(deps),
    plan: plan(deps),
  };
}
