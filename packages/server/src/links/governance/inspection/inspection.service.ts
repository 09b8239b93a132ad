import {
  type ChecklistItem,
  type Finding,
  type Inspection,
  type NewFinding,
  QuanlianError,
  type ReportInspection,
} from '@quanlian/contract';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, type Reach, reachOf, requireAllowed, systemActor } from '../../../work/actor.js';
import type { Audit } from '../../../work/audit/audit.js';
import type { Cases } from '../../../work/cases/cases.service.js';
import { asProgram } from '../../../work/cases/program.js';
import { CASE_KIND, policyItem, type StoredCase } from '../../../work/cases/stored-case.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { dayOf, type Environment } from '../../../work/environment.js';
import { inReach } from '../../../work/reach.js';
import type { ChecklistService } from './checklist.service.js';
import { type CountedFindings, countedFindings } from './counted.js';
import { clockField, PERFORM } from './inspection.process.js';

/** Which findings are asked. */
interface FindingQuery {
  readonly inspectionId?: string | undefined;
  readonly organizationId?: string | undefined;
  readonly state?: Finding['state'] | undefined;
  readonly severity?: Finding['severity'] | undefined;
  readonly item?: string | undefined;
  /** Only what a figure of the overview counts. */
  readonly counted?: CountedFindings | undefined;
  readonly limit: number;
  readonly offset: number;
}

/**
 * Inspections as cases with the same id: what is found, the orders that follow, until all is closed. Orders to rectify
 * are cases of their own; proof and re-inspection are their steps.
 */
export interface InspectionService {
  /** Announces the inspection of an organization of a plan and gives it to an inspector. */
  start(
    trx: WorkTransaction,
    actor: Actor,
    planId: string,
    input: { organizationId: string; inspectorId: string },
  ): Promise<Inspection>;
  addFinding(trx: WorkTransaction, actor: Actor, inspectionId: string, input: NewFinding): Promise<Inspection>;
  report(trx: WorkTransaction, actor: Actor, inspectionId: string, input: ReportInspection): Promise<Inspection>;
  /** Issues an order to rectify for every open finding. */
  order(trx: WorkTransaction, actor: Actor, inspectionId: string, expectedVersion: number): Promise<Inspection>;
  close(trx: WorkTransaction, actor: Actor, inspectionId: string, expectedVersion: number): Promise<Inspection>;
  get(db: WorkTransaction, actor: Actor, inspectionId: string): Promise<Inspection>;
  list(
    db: WorkConnection,
    actor: Actor,
    page: { limit: number; offset: number },
  ): Promise<{ total: number; inspections: Omit<Inspection, 'findings'>[] }>;
  findings(db: WorkConnection, actor: Actor, query: FindingQuery): Promise<{ total: number; findings: Finding[] }>;
}

const refuse = (sentence: string, path?: string): never => {
  throw new QuanlianError('inspection.refused', sentence, path === undefined ? {} : { path });
};
const notFound = (): QuanlianError =>
  new QuanlianError('inspection.not_found', 'There is no such inspection, or your roles do not reach it.');

/** Inspections an actor may read, as a condition on `i`. */
export const readableInspections = (reach: Reach): RawBuilder<boolean> =>
  inReach(reach, { organization: 'i.organization_id', assigned: { kind: CASE_KIND, id: 'i.id' } });

const inspectionsOf = (db: WorkConnection, actor: Actor) =>
  db
    .selectFrom('inspection as i')
    .innerJoin('work_case as w', 'w.id', 'i.id')
    .where(readableInspections(reachOf(actor, 'inspection.read')));

const rowsOf = (query: ReturnType<typeof inspectionsOf>) => query.selectAll('i').select(['w.state', 'w.version']);

type InspectionRow = Awaited<ReturnType<ReturnType<typeof rowsOf>['execute']>>[number];

const asInspection = (row: InspectionRow): Omit<Inspection, 'findings'> => ({
  id: row.id,
  organizationId: row.organization_id,
  planId: row.plan_id,
  checklistVersionId: row.checklist_version_id,
  inspectorId: row.inspector_id,
  state: row.state,
  version: row.version,
  openedOn: row.opened_on,
  performedOn: row.performed_on,
  results: row.results as Inspection['results'],
});

const findingsOf = (
  db: WorkConnection,
  actor: Actor,
  { inspectionId, organizationId, state, severity, item, counted }: Partial<FindingQuery>,
) =>
  db
    .selectFrom('inspection_finding as f')
    .innerJoin('inspection as i', 'i.id', 'f.inspection_id')
    .where(readableInspections(reachOf(actor, 'inspection.read')))
    .$if(inspectionId !== undefined, (query) => query.where('f.inspection_id', '=', inspectionId ?? ''))
    .$if(organizationId !== undefined, (query) => query.where('f.organization_id', '=', organizationId ?? ''))
    .$if(state !== undefined, (query) => query.where('f.state', '=', state ?? 'open'))
    .$if(severity !== undefined, (query) => query.where('f.severity', '=', severity ?? 'minor'))
    .$if(item !== undefined, (query) => query.where('f.item_code', '=', item ?? ''))
    .where(counted ? countedFindings(counted) : sql<boolean>`true`);

async function readFindings(query: ReturnType<typeof findingsOf>): Promise<Finding[]> {
  const rows = await query
    .selectAll('f')
    .select(
      sql<string | null>`(select min(k.due_on)::text from case_clock k
        where k.case_id = f.order_id and k.ended_on is null)`.as('due_on'),
    )
    .orderBy('f.found_on', 'desc')
    .orderBy('f.item_code')
    .orderBy('f.id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    inspectionId: row.inspection_id,
    organizationId: row.organization_id,
    checklist: row.checklist_code,
    item: row.item_code,
    text: { zh: row.text_zh, en: row.text_en },
    clause: row.clause,
    severity: row.severity,
    description: row.description,
    papers: row.paper_ids,
    foundOn: row.found_on,
    state: row.state,
    orderId: row.order_id,
    dueOn: row.due_on,
    closedOn: row.closed_on,
    repeats: row.repeats,
  }));
}

async function get(db: WorkConnection, actor: Actor, id: string): Promise<Inspection> {
  const row = await rowsOf(inspectionsOf(db, actor).where('i.id', '=', id)).executeTakeFirst();
  if (!row) throw notFound();
  return { ...asInspection(row), findings: await readFindings(findingsOf(db, actor, { inspectionId: id })) };
}

async function readItems(db: WorkConnection, versionId: string): Promise<ChecklistItem[]> {
  const row = await db
    .selectFrom('inspection_checklist_version')
    .select('items')
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow();
  return row.items as ChecklistItem[];
}

/** The checklist's own code, under which findings of all its versions are compared. */
async function readChecklistCode(trx: WorkTransaction, versionId: string): Promise<string> {
  const row = await trx
    .selectFrom('inspection_checklist as c')
    .innerJoin('inspection_checklist_version as v', 'v.checklist_id', 'c.id')
    .select('c.code')
    .where('v.id', '=', versionId)
    .executeTakeFirstOrThrow();
  return row.code;
}

interface Deps {
  readonly environment: Environment;
  readonly audit: Audit;
  readonly cases: Cases;
  readonly checklists: ChecklistService;
}

/** The inspection's case for somebody who performs it. */
async function performed(deps: Deps, trx: WorkTransaction, actor: Actor, id: string): Promise<StoredCase> {
  const { cases } = deps;
  const stored = await cases.find(trx, actor, id).catch((error: unknown) => {
    throw error instanceof QuanlianError && error.code === 'case.not_found' ? notFound() : error;
  });
  requireAllowed(actor, PERFORM, policyItem(stored));
  return stored;
}

async function requireInspector(trx: WorkTransaction, actor: Actor, inspectorId: string): Promise<void> {
  const row = await asProgram(trx, actor, () =>
    trx
      .selectFrom('membership')
      .select('id')
      .where('person_id', '=', inspectorId)
      .where('role', '=', 'inspector')
      .where('ended_at', 'is', null)
      .executeTakeFirst(),
  );
  if (!row) refuse('The person does not have the role of an inspector.', 'inspectorId');
}

/** The newest earlier finding at the same organization and item, whatever the version of the checklist. */
async function earlier(
  trx: WorkTransaction,
  actor: Actor,
  of: { organizationId: string; checklist: string; item: string },
) {
  const row = await asProgram(trx, actor, () =>
    trx
      .selectFrom('inspection_finding')
      .select('id')
      .where('organization_id', '=', of.organizationId)
      .where('checklist_code', '=', of.checklist)
      .where('item_code', '=', of.item)
      .where('state', '<>', 'withdrawn')
      .orderBy('found_on', 'desc')
      .orderBy('recorded_at', 'desc')
      .executeTakeFirst(),
  );
  return row?.id ?? null;
}

/** Opens the case of an order, as the program: the inspector may perform this inspection and nothing beside it. */
async function openOrder(
  deps: Deps,
  trx: WorkTransaction,
  program: Actor,
  inspection: Inspection,
  finding: Finding,
  title: string,
) {
  const { now } = deps.environment;
  const { cases } = deps;
  const order = await cases.open(trx, program, {
    process: 'rectification',
    organizationId: inspection.organizationId,
    title: `${title} · ${finding.item}`,
    ownerId: null,
    subject: { kind: 'inspection-finding', id: finding.id },
    fields: { [clockField(finding.severity)]: dayOf(now()) },
    parties: { inspector: [inspection.inspectorId], unit: [inspection.organizationId] },
  });
  await trx
    .updateTable('inspection_finding')
    .set({ state: 'ordered', order_id: order.id })
    .where('id', '=', finding.id)
    .execute();
}

const start =
  (deps: Deps): InspectionService['start'] =>
  async (trx, actor, planId, { organizationId, inspectorId }) => {
    const { now, newId } = deps.environment;
    const { cases, checklists } = deps;
    const plan = await checklists.getPlan(trx, actor, planId);
    const target = plan.targets.find((entry) => entry.organizationId === organizationId);
    if (!target) refuse('The plan does not name this organization.', 'organizationId');
    if (target?.inspectionId) refuse('The inspection of this organization has begun already.', 'organizationId');
    const today = dayOf(now());
    if (today < plan.startsOn || today > plan.endsOn)
      refuse(`The plan runs from ${plan.startsOn} to ${plan.endsOn}; today is ${today}.`);
    await requireInspector(trx, actor, inspectorId);
    const id = newId();
    await cases.open(trx, actor, {
      id,
      process: 'inspection',
      organizationId,
      title: plan.title.zh,
      ownerId: null,
      subject: { kind: 'inspection-plan', id: planId },
      parties: { inspector: [inspectorId], unit: [organizationId] },
    });
    const made = await trx
      .insertInto('inspection')
      .values({
        id,
        organization_id: organizationId,
        plan_id: planId,
        checklist_version_id: plan.checklistVersionId,
        checklist_code: await readChecklistCode(trx, plan.checklistVersionId),
        inspector_id: inspectorId,
        opened_on: today,
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n) refuse('The inspection of this organization has begun already.');
    return get(trx, actor, id);
  };

const addFinding =
  (deps: Deps): InspectionService['addFinding'] =>
  async (trx, actor, inspectionId, input) => {
    const { now, newId } = deps.environment;
    const { audit, cases } = deps;
    const stored = await performed(deps, trx, actor, inspectionId);
    if (!['announced', 'reported'].includes(stored.snapshot.state))
      refuse(`The inspection is ${stored.snapshot.state}; nothing is found any more.`);
    const inspection = await get(trx, actor, inspectionId);
    const item = (await readItems(trx, inspection.checklistVersionId)).find(({ code }) => code === input.item);
    if (!item) return refuse(`The checklist has no item “${input.item}”.`, 'item');
    if (inspection.findings.some((finding) => finding.item === item.code))
      refuse(`There is a finding at the item “${item.code}” already.`, 'item');
    // A step even without papers: of two who write at once, the second is told.
    await cases.amend(trx, actor, inspectionId, {
      expectedVersion: input.expectedVersion,
      papers: input.papers.map((id) => ({ id, kind: 'evidence' })),
      reason: `${item.code}: ${input.severity}`,
    });
    const { checklist_code: checklist } = await trx
      .selectFrom('inspection')
      .select('checklist_code')
      .where('id', '=', inspectionId)
      .executeTakeFirstOrThrow();
    const id = newId();
    const { organizationId } = inspection;
    const repeats = await earlier(trx, actor, { organizationId, checklist, item: item.code });
    await trx
      .insertInto('inspection_finding')
      .values({
        id,
        inspection_id: inspectionId,
        organization_id: organizationId,
        checklist_code: checklist,
        item_code: item.code,
        text_zh: item.text.zh,
        text_en: item.text.en,
        clause: item.clause,
        severity: input.severity,
        description: input.description,
        paper_ids: input.papers,
        found_on: dayOf(now()),
        found_by: actor.userId,
        recorded_at: now(),
        state: 'open',
        repeats,
      })
      .execute();
    audit.append(trx, {
      organizationId,
      action: 'inspection.finding',
      subject: { kind: 'inspection-finding', id },
      after: { inspectionId, item: item.code, severity: input.severity, papers: input.papers, repeats },
    });
    return get(trx, actor, inspectionId);
  };

const report =
  (deps: Deps): InspectionService['report'] =>
  async (trx, actor, inspectionId, input) => {
    const { now } = deps.environment;
    const { cases } = deps;
    await performed(deps, trx, actor, inspectionId);
    const inspection = await get(trx, actor, inspectionId);
    const today = dayOf(now());
    if (input.performedOn > today || input.performedOn < inspection.openedOn)
      refuse(
        `The inspection was announced on ${inspection.openedOn}; it cannot have been performed on ${input.performedOn}.`,
        'performedOn',
      );
    const items = (await readItems(trx, inspection.checklistVersionId)).map(({ code }) => code);
    const found = new Set(inspection.findings.map(({ item }) => item));
    const unknown = Object.keys(input.results).find((code) => !items.includes(code) || found.has(code));
    if (unknown) refuse(`“${unknown}” is no item of the checklist, or there is a finding at it.`, `results.${unknown}`);
    const open = items.filter((code) => !(code in input.results) && !found.has(code));
    if (open.length > 0) refuse(`These items have neither a result nor a finding: ${open.join(', ')}.`, 'results');
    await trx
      .updateTable('inspection')
      .set({ results: JSON.stringify(input.results), performed_on: input.performedOn })
      .where('id', '=', inspectionId)
      .execute();
    await cases.transition(trx, actor, inspectionId, {
      transition: 'report',
      expectedVersion: input.expectedVersion,
      fields: { performedOn: input.performedOn },
      papers: input.papers.map((id) => ({ id, kind: 'record' })),
    });
    return get(trx, actor, inspectionId);
  };

const order =
  (deps: Deps): InspectionService['order'] =>
  async (trx, actor, inspectionId, expectedVersion) => {
    const { cases } = deps;
    const stored = await performed(deps, trx, actor, inspectionId);
    await cases.transition(trx, actor, inspectionId, { transition: 'order', expectedVersion });
    const inspection = await get(trx, actor, inspectionId);
    const program = systemActor('orders to rectify', actor.tree);
    await asProgram(trx, actor, async () => {
      for (const finding of inspection.findings.filter(({ state }) => state === 'open'))
        await openOrder(deps, trx, program, inspection, finding, stored.title);
    });
    return get(trx, actor, inspectionId);
  };

const close =
  (deps: Deps): InspectionService['close'] =>
  async (trx, actor, inspectionId, expectedVersion) => {
    const { cases } = deps;
    await get(trx, actor, inspectionId);
    await cases.transition(trx, actor, inspectionId, { transition: 'close', expectedVersion });
    return get(trx, actor, inspectionId);
  };

const list: InspectionService['list'] = async (db, actor, { limit, offset }) => {
  const query = inspectionsOf(db, actor);
  const { total } = await query.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow();
  const rows = await rowsOf(query.orderBy('i.opened_on', 'desc').orderBy('i.id').limit(limit).offset(offset)).execute();
  return { total: Number(total), inspections: rows.map(asInspection) };
};

const findings: InspectionService['findings'] = async (db, actor, query) => {
  const found = findingsOf(db, actor, query);
  const { total } = await found.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow();
  return { total: Number(total), findings: await readFindings(found.limit(query.limit).offset(query.offset)) };
};

export function createInspections(deps: Deps): InspectionService {
  return {
    get,
    start: start(deps),
    addFinding: addFinding(deps),
    report: report(deps),
    order: order(deps),
    close: close(deps),
    list,
    findings,
  };
}
