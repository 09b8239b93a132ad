import {
  type NewResearch,
  type NewResearchFinding,
  QuanlianError,
  type Research,
  type ResearchState,
  type ResearchYield,
} from '@quanlian/contract';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, isAllowed, reachOf, requireAllowed, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';
import type { Deps } from '../deps.js';

/** The kind under which people are given a project to work on. */
const RESEARCH_KIND = 'research-project';
/** The kind under which a measure of a plan names the finding it came from. */
const FINDING_KIND = 'research-finding';

/** Studies whose findings become measures of the plan. */
export interface ResearchService {
  create(trx: WorkTransaction, actor: Actor, input: NewResearch): Promise<Research>;
  /** Moves a project on. Throws `research.refused` for a step that does not lead there or a version that is past. */
  move(trx: WorkTransaction, actor: Actor, id: string, to: ResearchState, expectedVersion: number): Promise<Research>;
  addFinding(trx: WorkTransaction, actor: Actor, id: string, input: NewResearchFinding): Promise<Research>;
  /** Says which measures of the plan came of a finding, besides those that name it as their source. */
  adopt(trx: WorkTransaction, actor: Actor, findingId: string, measureIds: readonly string[]): Promise<Research>;
  reject(trx: WorkTransaction, actor: Actor, findingId: string, reason: string): Promise<Research>;
  list(db: WorkConnection, actor: Actor): Promise<Research[]>;
  get(db: WorkConnection, actor: Actor, id: string): Promise<Research>;
  /** How much of what was found became measures, over all projects within reach. */
  yield(db: WorkConnection, actor: Actor): Promise<ResearchYield>;
}

/** From which state a project moves where: forward step by step, and back from the report when it was too early. */
const MOVES: Readonly<Record<ResearchState, readonly ResearchState[]>> = {
  planned: ['running'],
  running: ['reported'],
  reported: ['running', 'closed'],
  closed: [],
};

const within = (actor: Actor): RawBuilder<boolean> =>
  inReach(reachOf(actor, 'research.read'), {
    organization: 'p.organization_id',
    assigned: { kind: RESEARCH_KIND, id: 'p.id' },
  });

async function readFindings(db: WorkConnection, projects: readonly string[]) {
  if (projects.length === 0) return [];
  return db
    .selectFrom('research_finding as f')
    .selectAll('f')
    .select(
      sql<string[]>`array(select m.measure_id from research_measure m where m.finding_id = f.id
        union select pm.id from plan_measure pm where pm.source_kind = ${FINDING_KIND} and pm.source_id = f.id
        order by 1)`.as('measures'),
    )
    .where('f.project_id', 'in', projects)
    .orderBy('f.found_on')
    .orderBy('f.recorded_at')
    .execute();
}

async function read(db: WorkConnection, actor: Actor, id?: string): Promise<Research[]> {
  const rows = await db
    .selectFrom('research_project as p')
    .selectAll('p')
    .where(within(actor))
    .$if(id !== undefined, (query) => query.where('p.id', '=', id ?? ''))
    .orderBy('p.starts_on', 'desc')
    .orderBy('p.id')
    .execute();
  const findings = await readFindings(
    db,
    rows.map((row) => row.id),
  );
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    title: { zh: row.title_zh, en: row.title_en },
    question: row.question,
    leadId: row.lead_id,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    state: row.state as ResearchState,
    version: row.version,
    findings: findings
      .filter(({ project_id }) => project_id === row.id)
      .map((finding) => ({
        id: finding.id,
        text: finding.text,
        importance: finding.importance as Research['findings'][number]['importance'],
        foundOn: finding.found_on,
        visitedId: finding.visited_id,
        state: finding.state as Research['findings'][number]['state'],
        reason: finding.reason,
        measures: finding.measures,
      })),
  }));
}

async function get(db: WorkConnection, actor: Actor, id: string): Promise<Research> {
  const [project] = await read(db, actor, id);
  if (project) return project;
  throw new QuanlianError('research.not_found', 'There is no such research project, or your roles do not reach it.');
}

function note(
  { audit }: Deps,
  trx: WorkTransaction,
  project: Pick<Research, 'id' | 'organizationId'>,
  action: string,
  more: object,
): void {
  const subject = { kind: RESEARCH_KIND, id: project.id };
  audit.append(trx, { organizationId: project.organizationId, action, subject, ...more });
}

const refuse = (sentence: string): never => {
  throw new QuanlianError('research.refused', sentence);
};

/** The project, locked, for somebody who may change it. */
async function lock(trx: WorkTransaction, actor: Actor, id: string): Promise<Research> {
  const found = await get(trx, actor, id);
  requireIn(actor, 'research.edit', found.organizationId);
  await trx.selectFrom('research_project').select('id').where('id', '=', id).forUpdate().execute();
  const project = await get(trx, actor, id);
  if (project.state === 'closed') refuse('The project is closed; nothing of it changes.');
  return project;
}

async function lockFinding(trx: WorkTransaction, actor: Actor, findingId: string): Promise<Research> {
  const row = await trx
    .selectFrom('research_finding')
    .select('project_id')
    .where('id', '=', findingId)
    .executeTakeFirst();
  if (!row) throw new QuanlianError('research.not_found', 'There is no such finding, or your roles do not reach it.');
  return lock(trx, actor, row.project_id);
}

async function readMeasures(trx: WorkTransaction, actor: Actor, ids: readonly string[]): Promise<void> {
  const rows = await trx
    .selectFrom('plan_measure')
    .select(['id', 'organization_id'])
    .where('id', 'in', [...ids])
    .execute();
  const seen = new Set(
    rows
      .filter(({ id, organization_id }) => isAllowed(actor, 'plan.read', { id, organization: organization_id }))
      .map(({ id }) => id),
  );
  const unknown = ids.find((id) => !seen.has(id));
  if (unknown) refuse(`There is no measure ${unknown} in a plan you reach.`);
}

async function linkMeasures(deps: Deps, trx: WorkTransaction, actor: Actor, findingId: string, ids: readonly string[]) {
  const { now } = deps.environment;
  if (ids.length === 0) return;
  await readMeasures(trx, actor, ids);
  await trx
    .insertInto('research_measure')
    .values(
      ids.map((measure_id) => ({
        finding_id: findingId,
        measure_id,
        linked_at: now(),
        linked_by: actor.userId,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

const create =
  (deps: Deps): ResearchService['create'] =>
  async (trx, actor, input) => {
    const { now, newId } = deps.environment;
    requireIn(actor, 'research.edit', input.organizationId);
    if (input.endsOn < input.startsOn) refuse(`The project would end on ${input.endsOn}, before it starts.`);
    const lead = await trx.selectFrom('person').select('id').where('id', '=', input.leadId).executeTakeFirst();
    if (!lead)
      throw new QuanlianError('person.not_found', 'There is no such person to lead it, or you do not reach them.');
    const id = newId();
    await trx
      .insertInto('research_project')
      .values({
        id,
        organization_id: input.organizationId,
        title_zh: input.title.zh,
        title_en: input.title.en,
        question: input.question,
        lead_id: input.leadId,
        starts_on: input.startsOn,
        ends_on: input.endsOn,
        state: 'planned',
        created_at: now(),
        created_by: actor.userId,
      })
      .execute();
    await trx
      .insertInto('assignment')
      .values({
        subject_kind: RESEARCH_KIND,
        subject_id: id,
        person_id: input.leadId,
        organization_id: input.organizationId,
        assigned_at: now(),
        assigned_by: actor.userId,
      })
      .execute();
    const { organizationId, ...after } = input;
    note(deps, trx, { id, organizationId }, 'research.create', { after });
    return get(trx, actor, id);
  };

const move =
  (deps: Deps): ResearchService['move'] =>
  async (trx, actor, id, to, expectedVersion) => {
    const project = await lock(trx, actor, id);
    if (project.version !== expectedVersion) refuse('Somebody else changed the project meanwhile. Read it again.');
    if (!MOVES[project.state].includes(to)) refuse(`A project that is ${project.state} cannot become ${to}.`);
    const open = project.findings.filter(({ state }) => state === 'open').length;
    if (to === 'closed' && open > 0) refuse(`${open} findings are neither adopted nor rejected yet.`);
    await trx
      .updateTable('research_project')
      .set({ state: to, version: project.version + 1 })
      .where('id', '=', id)
      .execute();
    note(deps, trx, project, 'research.move', { before: { state: project.state }, after: { state: to } });
    return get(trx, actor, id);
  };

const addFinding =
  (deps: Deps): ResearchService['addFinding'] =>
  async (trx, actor, id, input) => {
    const { now, newId } = deps.environment;
    const project = await lock(trx, actor, id);
    if (project.state === 'planned') refuse('The project has not begun; nothing can have been found.');
    const findingId = newId();
    await trx
      .insertInto('research_finding')
      .values({
        id: findingId,
        project_id: id,
        text: input.text,
        importance: input.importance,
        found_on: input.foundOn,
        visited_id: input.visitedId ?? null,
        state: 'open',
        reason: null,
        recorded_at: now(),
        recorded_by: actor.userId,
      })
      .execute();
    note(deps, trx, project, 'research.finding', { after: { finding: findingId, ...input } });
    return get(trx, actor, id);
  };

const adopt =
  (deps: Deps): ResearchService['adopt'] =>
  async (trx, actor, findingId, measureIds) => {
    const project = await lockFinding(trx, actor, findingId);
    requireAllowed(actor, 'research.edit', { id: project.id, organization: project.organizationId });
    if (project.state === 'planned') refuse('The project has not begun.');
    const finding = project.findings.find(({ id }) => id === findingId);
    if (measureIds.length === 0 && finding?.measures.length === 0) refuse('No measure came of this finding yet.');
    await linkMeasures(deps, trx, actor, findingId, measureIds);
    await trx
      .updateTable('research_finding')
      .set({ state: 'adopted', reason: null })
      .where('id', '=', findingId)
      .execute();
    note(deps, trx, project, 'research.adopt', { after: { finding: findingId, measures: measureIds } });
    return get(trx, actor, project.id);
  };

const reject =
  (deps: Deps): ResearchService['reject'] =>
  async (trx, actor, findingId, reason) => {
    const project = await lockFinding(trx, actor, findingId);
    const finding = project.findings.find(({ id }) => id === findingId);
    if (finding && finding.measures.length > 0)
      refuse('Measures came of this finding; it cannot be rejected any more.');
    await trx.updateTable('research_finding').set({ state: 'rejected', reason }).where('id', '=', findingId).execute();
    note(deps, trx, project, 'research.reject', { after: { finding: findingId }, why: reason });
    return get(trx, actor, project.id);
  };

const yieldOf: ResearchService['yield'] = async (db, actor) => {
  const { rows } = await sql<Omit<ResearchYield, 'share'>>`select
    (select count(*)::int from research_project p where ${within(actor)}) as projects,
    count(*)::int as findings,
    count(*) filter (where f.state = 'adopted')::int as adopted,
    count(*) filter (where f.state = 'rejected')::int as rejected,
    count(*) filter (where f.state = 'open')::int as open
    from research_finding f join research_project p on p.id = f.project_id where ${within(actor)}`.execute(db);
  const [counts = { projects: 0, findings: 0, adopted: 0, rejected: 0, open: 0 }] = rows;
  return { ...counts, share: counts.findings === 0 ? null : counts.adopted / counts.findings };
};

export function createResearch(deps: Deps): ResearchService {
  return {
    get,
    list: (db, actor) => read(db, actor),
    create: create(deps),
    move: move(deps),
    addFinding: addFinding(deps),
    adopt: adopt(deps),
    reject: reject(deps),
    yield: yieldOf,
  };
}
