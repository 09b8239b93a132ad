import { Readable } from 'node:stream';
import type { SearchBackend } from '@quanlian/engine';
import { PERMISSIONS, type Role } from '@quanlian/kernel';
import { sql } from 'kysely';
import { z } from 'zod';
import { createTestServer, type TestServer } from '../../app.fixture.js';
import { openTestWork, type TestWork } from '../../identity/identity.fixture.js';
import type { Actor } from '../../work/actor.js';
import type { WorkTransaction } from '../../work/connection.js';
import { withWork } from '../../work/context.js';
import { dayOf, MACHINE } from '../../work/environment.js';
import type { PlaceName } from '../../work/work.fixture.js';
import { createGovernance, type Governance } from './governance.js';

/** Who is under whom in the city of the walk, written down once more so that no tree of the program is asked. */
const PARENTS: Readonly<Record<PlaceName, PlaceName | null>> = {
  city: null,
  north: 'city',
  south: 'city',
  park: 'north',
  company: 'park',
  other: 'south',
  university: 'city',
  agency: 'city',
  bank: 'city',
  authority: 'city',
  centre: 'city',
  fund: 'city',
  desk: 'north',
};
export const PLACES = Object.keys(PARENTS) as PlaceName[];

export const isUnder = (place: PlaceName, top: PlaceName): boolean => {
  const parent = PARENTS[place];
  return place === top || (parent !== null && isUnder(parent, top));
};

/** One thing of a kind: where it is, and how else it can be reached. */
export interface Thing {
  readonly id: string;
  /** What a failure calls it. */
  readonly label: string;
  readonly place: PlaceName;
  /** Given to everybody of the walk to work on. */
  readonly assigned?: boolean;
  readonly isPublic?: boolean;
  /** Whose own it is. */
  readonly owner?: string;
}

const KINDS = [
  'task',
  'inspection',
  'plan',
  'batch',
  'learner',
  'research',
  'paper',
  'person',
  'organization',
  'audit',
  'job',
  'webhook',
  'invitation',
  'notice',
] as const;
export type Kind = (typeof KINDS)[number];

/** Somebody who walks: one role in one place. */
export interface Walker {
  readonly role: Role;
  readonly place: PlaceName;
  readonly actor: Actor;
  readonly key: string;
}

export interface Walk {
  readonly test: TestWork;
  readonly server: TestServer;
  readonly governance: Governance;
  readonly walkers: readonly Walker[];
  readonly things: Readonly<Record<Kind, Thing[]>>;
  /** The city's plan, adopted, in which every place takes part. */
  readonly planId: string;
  readonly measures: Readonly<Record<PlaceName, string>>;
  /** A fresh actor: what somebody reaches after something was given to them. */
  again(walker: Walker): Promise<Actor>;
  close(): Promise<void>;
}

/** Where things lie that everybody of the walk was given, that are public, that are one's own: far from most. */
export const ASSIGNED_AT: PlaceName = 'fund';
export const PUBLIC_AT: PlaceName = 'bank';

const words = (zh: string, en = zh) => ({ zh, en });
const TODAY = dayOf(MACHINE.now());
const YEAR = Number(TODAY.slice(0, 4));

const silent = {
  refresh: async () => ({ sequence: 0, documents: 0 }),
  capabilities: () => ({ operators: [], facets: [], sorts: [] }),
  close: async () => undefined,
} as unknown as SearchBackend;

type Things = Record<Kind, Thing[]>;

interface Maker {
  readonly test: TestWork;
  readonly governance: Governance;
  readonly officer: Actor;
  readonly inspector: Actor;
  readonly things: Things;
  as<Result>(actor: Actor, work: (trx: WorkTransaction) => Promise<Result>): Promise<Result>;
}

async function makePlan({ test, governance, officer, things, as }: Maker) {
  const { plans } = governance;
  const at = test.city.organizations;
  return as(officer, async (trx) => {
    const planId = await plans.create(trx, officer, {
      organizationId: at.city,
      kind: 'five-year',
      title: words('规划'),
      fromYear: YEAR,
      toYear: YEAR + 4,
    });
    const objectiveId = await plans.addObjective(trx, officer, planId, { title: words('目标') });
    const measures = {} as Record<PlaceName, string>;
    for (const place of PLACES) {
      const parts = { objectiveId, title: words(place), fromDate: `${YEAR}-01-01`, toDate: `${YEAR}-12-31` };
      measures[place] = (await plans.addMeasure(trx, officer, planId, { organizationId: at[place], ...parts })).id;
    }
    const indicatorId = await plans.addIndicator(trx, officer, planId, {
      objectiveId,
      code: 'A1',
      ownerId: at.city,
      definition: {
        title: words('指标'),
        text: words(''),
        unit: words('件'),
        direction: 'up',
        aggregation: 'sum',
        source: words('登记簿'),
        formula: { kind: 'stated' },
      },
    });
    for (const place of PLACES) {
      const unit = { organizationId: at[place] };
      await plans.setBaseline(trx, officer, indicatorId, { ...unit, date: `${YEAR - 1}-12-31`, value: 1 });
      await plans.setTarget(trx, officer, indicatorId, { ...unit, year: YEAR, value: 2 });
    }
    await plans.adopt(trx, officer, planId, 1);
    things.plan.push({ id: planId, label: 'the adopted plan', place: 'city' });
    return { planId, measures };
  });
}

/** Plans that are still drafts, which nobody reads but those of the organization and those above it. */
async function makeDrafts({ test, things }: Maker): Promise<void> {
  for (const place of PLACES) {
    const isPublic = place === PUBLIC_AT;
    const id = MACHINE.newId();
    await sql`insert into plan (id, organization_id, kind, title_zh, title_en, from_year, to_year, state, is_public, created_at)
      values (${id}, ${test.city.organizations[place]}, 'annual', '草案', 'Draft', ${YEAR}, ${YEAR}, 'draft', ${isPublic}, now())`.execute(
      test.database.work.system,
    );
    things.plan.push({ id, label: `draft of ${place}`, place, isPublic });
  }
}

async function makeTasks(
  { test, governance, officer, things, as }: Maker,
  measures: Record<PlaceName, string>,
): Promise<void> {
  const { planTasks, cases } = governance;
  for (const [place, assigned] of [...PLACES.map((name) => [name, false] as const), [ASSIGNED_AT, true] as const]) {
    const id = await as(officer, async (trx) => {
      const stored = await planTasks.create(trx, officer, {
        measureId: measures[place],
        organizationId: test.city.organizations[place],
        title: `任务 ${assigned ? 'given' : place}`,
        deliverable: '报告一份',
        dueOn: `${YEAR}-12-31`,
        dispatch: true,
      });
      await cases.comment(trx, officer, stored.id, `words about ${place}`);
      return stored.id;
    });
    things.task.push({ id, label: `task of ${assigned ? 'all' : place}`, place, assigned });
  }
}

async function makeInspections({ test, governance, officer, inspector, things, as }: Maker): Promise<void> {
  const { checklists, inspections } = governance.inspection;
  const at = test.city.organizations;
  const list = await as(officer, (trx) =>
    checklists.create(trx, officer, {
      organizationId: at.city,
      code: 'base',
      title: words('检查'),
      items: [{ code: 'A1', text: words('台账'), clause: null }],
    }),
  );
  const plan = await as(officer, (trx) =>
    checklists.plan(trx, officer, {
      organizationId: at.city,
      title: words('年度检查'),
      checklistVersionId: list.versions[0]?.id ?? '',
      startsOn: TODAY,
      endsOn: `${YEAR}-12-31`,
      targets: PLACES.map((place) => at[place]),
    }),
  );
  for (const place of PLACES) {
    const target = { organizationId: at[place], inspectorId: inspector.userId ?? '' };
    const made = await as(officer, (trx) => inspections.start(trx, officer, plan.id, target));
    const me = await test.city.again(inspector);
    const finding = { item: 'A1', severity: 'minor' as const, description: `at ${place}`, papers: [] };
    await as(me, (trx) => inspections.addFinding(trx, me, made.id, { expectedVersion: made.version, ...finding }));
    things.inspection.push({ id: made.id, label: `inspection of ${place}`, place, assigned: place === ASSIGNED_AT });
  }
}

async function makeTraining({ test, governance, officer, things, as }: Maker): Promise<void> {
  const { curricula, batches, rosters, enrolments } = governance.training;
  const at = test.city.organizations;
  const course = await as(officer, async (trx) => {
    const made = await curricula.create(trx, officer, {
      organizationId: at.city,
      code: 'C-1',
      tier: 'unit',
      audience: 'everyone',
      title: words('课程'),
      isPublic: true,
    });
    return curricula.publish(trx, officer, made.id, {
      topics: [words('基础')],
      minutes: 60,
      attendancePercent: 50,
      passPercent: 60,
      attempts: 1,
      validMonths: 12,
      questions: [],
    });
  });
  const versionId = course.versions[0]?.id ?? '';
  for (const [index, place] of PLACES.entries()) {
    const code = `L-${place.toUpperCase()}`;
    const isPublic = place === PUBLIC_AT;
    const batch = await as(officer, (trx) =>
      batches.create(trx, officer, {
        organizationId: at[place],
        versionId,
        code: `B-${index}`,
        title: words(place),
        mode: 'venue',
        place: '101',
        quota: 5,
        startsOn: TODAY,
        endsOn: TODAY,
        enrolUntil: TODAY,
        isPublic,
        sessions: [{ heldOn: TODAY, title: 'One', minutes: 60 }],
      }),
    );
    const cells = { code, name: `Learner ${place}`, organization: '', tier: 'unit', audience: 'ip-staff', email: '' };
    await as(officer, (trx) =>
      rosters.import(trx, officer, {
        organizationId: at[place],
        on: TODAY,
        rows: [{ line: 2, cells }],
        mode: 'all-or-nothing',
        replace: false,
      }),
    );
    await as(officer, (trx) =>
      enrolments.enrol(trx, officer, batch.id, { rows: [{ line: 2, cells: { code } }], mode: 'all-or-nothing' }),
    );
    things.batch.push({ id: batch.id, label: `batch of ${place}`, place, isPublic, assigned: place === ASSIGNED_AT });
    const { id } = await test.database.work.system
      .selectFrom('training_learner')
      .select('id')
      .where('code', '=', code)
      .executeTakeFirstOrThrow();
    things.learner.push({ id, label: `learner of ${place}`, place });
  }
}

async function makeResearch({ test, officer, things }: Maker): Promise<void> {
  for (const place of PLACES) {
    const id = MACHINE.newId();
    await sql`insert into research_project
      (id, organization_id, title_zh, title_en, question, lead_id, starts_on, ends_on, state, created_at)
      values (${id}, ${test.city.organizations[place]}, '调研', 'Study', '为什么？', ${officer.userId},
        ${TODAY}, ${TODAY}, 'running', now())`.execute(test.database.work.system);
    things.research.push({ id, label: `research of ${place}`, place, assigned: place === ASSIGNED_AT });
  }
}

/** What has no case: log entries, jobs, webhooks, invitations. */
async function makeRest({ test, things, as }: Maker): Promise<void> {
  const { base, city, database } = test;
  const system = await base.identity.actors.system('walk');
  base.jobs.define({ name: 'walk.mark', payload: z.object({}), run: async () => undefined });
  for (const place of PLACES) {
    const organizationId = city.organizations[place];
    const id = MACHINE.newId();
    await as(system, async (trx) => {
      base.audit.append(trx, { organizationId, action: 'walk.mark', subject: { kind: 'walk', id } });
      base.jobs.enqueue(trx, { name: 'walk.mark', payload: {}, organizationId, dueAt: new Date('2100-01-01') });
    });
    things.audit.push({ id: organizationId, label: `log of ${place}`, place });
    things.organization.push({ id: organizationId, label: place, place });
    const hook = MACHINE.newId();
    const invitation = MACHINE.newId();
    const at = MACHINE.now();
    await database.work.system
      .insertInto('webhook')
      .values({
        id: hook,
        organization_id: organizationId,
        url: 'https://example.invalid/',
        secret: '-',
        kinds: ['none'],
        created_at: at,
        created_by: null,
        last_result: null,
      })
      .execute();
    things.webhook.push({ id: hook, label: `webhook of ${place}`, place });
    await database.work.system
      .insertInto('invitation')
      .values({
        id: invitation,
        organization_id: organizationId,
        email: `${place}@example.invalid`,
        name: place,
        roles: ['trainee'],
        secret_hash: MACHINE.random(32),
        invited_by: null,
        created_at: at,
        expires_at: new Date('2100-01-01'),
      })
      .execute();
    things.invitation.push({ id: invitation, label: `invitation to ${place}`, place });
  }
  const jobs = await database.work.system.selectFrom('job').select(['id', 'organization_id']).execute();
  for (const place of PLACES)
    for (const { id } of jobs.filter((job) => job.organization_id === city.organizations[place]))
      things.job.push({ id, label: `job of ${place}`, place });
}

const CONTENT = 'words in a file\n';

async function addPaper({ test, things }: Maker, place: PlaceName, more: Partial<Thing>, subject: string | null) {
  const { base, city, database } = test;
  const system = await base.identity.actors.system('walk');
  const parts = { organizationId: city.organizations[place], name: `${place}.txt`, kind: 'evidence' };
  const { id } = await base.papers.add(system, parts, Readable.from([Buffer.from(CONTENT)]));
  await database.work.system
    .updateTable('paper')
    .set({ added_by: more.owner ?? null, subject_kind: subject && 'case', subject_id: subject })
    .where('id', '=', id)
    .execute();
  things.paper.push({ id, label: `paper of ${more.owner ?? (more.assigned ? 'all' : place)}`, place, ...more });
}

/** Everybody: each role in each place in which it may be held, as the test says. */
async function addWalkers(maker: Maker, held: Readonly<Record<string, readonly PlaceName[]>>): Promise<Walker[]> {
  const { test, things } = maker;
  const { city, base, database } = test;
  const given = things.task.find(({ assigned }) => assigned)?.id ?? '';
  await addPaper(maker, ASSIGNED_AT, { assigned: true }, given);
  for (const place of PLACES) await addPaper(maker, place, {}, null);
  const walkers: Walker[] = [];
  for (const [role, places] of Object.entries(held)) {
    for (const place of places) {
      const actor = await city.person(place, role as Role);
      const owner = actor.userId ?? '';
      things.person.push({ id: owner, label: `${role} of ${place}`, place });
      await addPaper(maker, ASSIGNED_AT, { owner }, null);
      const notice = MACHINE.newId();
      await database.work.system
        .insertInto('notice')
        .values({
          id: notice,
          organization_id: city.organizations[place],
          person_id: owner,
          kind: 'walk.mark',
          parameters: '{}',
          subject_kind: null,
          subject_id: null,
          created_at: MACHINE.now(),
        })
        .execute();
      things.notice.push({ id: notice, label: `notice to ${role} of ${place}`, place, owner });
      for (const [kind, list] of [
        ['case', things.task],
        ['case', things.inspection],
        ['training-batch', things.batch],
        ['research-project', things.research],
      ] as const)
        for (const { id, assigned } of list) if (assigned) await city.assign(kind, id, ASSIGNED_AT, actor);
      const organizationId = city.organizations[place];
      const { key } = await base.identity.apiKeys.create(await city.again(actor), {
        organizationId,
        name: 'walk',
        permissions: [...PERMISSIONS],
        days: 1,
      });
      walkers.push({ role: role as Role, place, actor: await city.again(actor), key });
    }
  }
  return walkers;
}

/** A city with one thing of every kind in every place, and somebody of every role wherever it can be held. */
export async function openWalk(held: Readonly<Record<string, readonly PlaceName[]>>): Promise<Walk> {
  const test = await openTestWork();
  const governance = await createGovernance(test.base, { secret: Buffer.alloc(32, 7) });
  test.base.texts.add({ 'walk.mark': { title: words('通知', 'Notice'), text: words('内容', 'Words') } });
  const server = await createTestServer({
    openBackend: async () => silent,
    work: test.base,
    governance,
    limits: { requestsPerMinute: 1_000_000 },
  });
  const things = Object.fromEntries(KINDS.map((kind) => [kind, []])) as unknown as Things;
  const maker: Maker = {
    test,
    governance,
    officer: await test.city.person('city', 'city-officer'),
    inspector: await test.city.person('authority', 'inspector'),
    things,
    as: (actor, work) => withWork(test.database.work.db, actor, work),
  };
  things.person.push({ id: maker.officer.userId ?? '', label: 'the officer who made it all', place: 'city' });
  things.person.push({ id: maker.inspector.userId ?? '', label: 'the inspector', place: 'authority' });
  const { planId, measures } = await makePlan(maker);
  await makeDrafts(maker);
  await makeTasks(maker, measures);
  await makeInspections(maker);
  await makeTraining(maker);
  await makeResearch(maker);
  await makeRest(maker);
  const walkers = await addWalkers(maker, held);
  return {
    test,
    server,
    governance,
    walkers,
    things,
    planId,
    measures,
    again: ({ actor }) => test.city.again(actor),
    async close() {
      await server.close();
      await test.close();
    },
  };
}
