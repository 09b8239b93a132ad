import type { Permission } from '@quanlian/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TOKEN } from '../../app.fixture.js';
import type { WorkTransaction } from '../../work/connection.js';
import { withWork } from '../../work/context.js';
import { dayOf, MACHINE } from '../../work/environment.js';
import type { PlaceName } from '../../work/work.fixture.js';
import {
  ASSIGNED_AT,
  isUnder,
  type Kind,
  openWalk,
  PLACES,
  PUBLIC_AT,
  type Walk,
  type Walker,
} from './walk.fixture.js';
import { idsOf, openSteps } from './walk.steps.fixture.js';
import { EXPECTED, HELD, reachedBy } from './walk.table.fixture.js';

let walk: Walk;
let steps: ReturnType<typeof openSteps>;
beforeAll(async () => {
  walk = await openWalk(HELD);
  steps = openSteps(walk);
}, 120_000);
afterAll(() => walk.close());

describe('exports', () => {
  const both = (walker: Walker, kind: Kind): string[] => {
    const { role, place } = walker;
    const { export: may = '' } = EXPECTED[role] ?? {};
    const allowed = new Set(
      walk.things[kind]
        .filter((thing) => reachedBy(may, place, { ...thing, assigned: false }))
        .map(({ label }) => label),
    );
    return steps.expected(walker, kind).filter((label) => allowed.has(label));
  };

  it('take along what one may both read and export', () =>
    steps.everybody(async (walker, who) => {
      const cases = await steps.exported(walker, '/cases/export?process=plan-task&format=csv&language=en');
      expect([who, (cases as string[]).length]).toEqual([who, both(walker, 'task').length]);
      for (const place of ['north', 'company', 'south'] as const) {
        const { export: may = '' } = EXPECTED[walker.role] ?? {};
        const mayHere = reachedBy(may, walker.place, { place });
        const findings = await steps.exported(
          walker,
          `/inspection/findings/export?organizationId=${steps.at(place)}&format=csv&lang=en`,
        );
        const seen = both(walker, 'inspection').includes(`inspection of ${place}`) ? 1 : 0;
        expect([who, place, Array.isArray(findings) ? findings.length : findings]).toEqual([
          who,
          place,
          mayHere ? seen : 403,
        ]);
        const people = await steps.exported(
          walker,
          `/training/coverage/people/export?organizationId=${steps.at(place)}&format=csv&lang=en`,
        );
        const under = both(walker, 'learner').filter((label) =>
          walk.things.learner.some((one) => one.label === label && isUnder(one.place, place)),
        );
        expect([who, place, Array.isArray(people) ? people.length : people]).toEqual([
          who,
          place,
          mayHere ? under.length : 403,
        ]);
      }
    }));

  it('of who is in a batch and of a plan ask for the right to export as well', () =>
    steps.everybody(async (walker, who) => {
      const { role } = walker;
      const { export: may = '' } = EXPECTED[role] ?? {};
      const places: readonly PlaceName[] = ['city', 'north', 'south', 'company', ASSIGNED_AT, PUBLIC_AT];
      for (const { id, label, place: where } of walk.things.batch.filter(({ place }) => places.includes(place))) {
        const rows = await steps.exported(walker, `/training/batches/${id}/enrolments/export?format=csv&lang=en`);
        const reads = steps.expected(walker, 'batch').includes(label);

        const wanted = !reads
          ? 404
          : may === ''
            ? 403
            : both(walker, 'learner').filter((one) => one === `learner of ${where}`).length;
        expect([who, label, Array.isArray(rows) ? rows.length : rows]).toEqual([who, label, wanted]);
      }
      const { dashboard = '' } = EXPECTED[role] ?? {};
      const table = await steps.exported(walker, `/plans/${walk.planId}/export?table=tasks&format=csv&language=en`);
      const reads = steps.expectedPlans(walker).includes('the adopted plan');
      const wanted = !reads ? 404 : !/[SH]/.test(dashboard) || may === '' ? 403 : both(walker, 'task').length;
      expect([who, Array.isArray(table) ? table.length : table]).toEqual([who, wanted]);
    }));
});

describe('backups', () => {
  it('are made by who administers the whole installation, and by nobody else', () =>
    steps.everybody(async (walker, who) => {
      const { statusCode } = await steps.ask(walker.key, '/backup');
      expect([who, statusCode]).toEqual([who, walker.role === 'platform-admin' ? 200 : 403]);
    }));
});

describe('somebody who has not signed in', () => {
  it('reaches nothing of all this', async () => {
    const urls = [
      '/cases',
      '/cases/board?process=plan-task',
      '/cases/export?format=csv',
      '/inspections',
      '/inspection/findings',
      '/inspection/overview',
      '/plans',
      `/plans/${walk.planId}/dashboard`,
      `/plans/${walk.planId}/export?table=tasks&format=csv`,
      '/training/batches',
      '/training/roster',
      '/training/coverage',
      '/training/coverage/people',
      '/research',
      '/papers',
      `/papers/${walk.things.paper[0]?.id}/content`,
      `/cases/${walk.things.task[0]?.id}`,
      '/identity/organizations',
      `/identity/organizations/${steps.at('city')}/members`,
      '/audit',
      '/audit/verification',
      '/jobs',
      '/webhooks',
      '/notices',
      '/backup',
    ];
    for (const url of urls) expect([url, (await steps.ask(undefined, url)).statusCode]).toEqual([url, 401]);
    const owner = await steps.ask(TOKEN, '/cases?process=plan-task');
    expect((owner.json() as { total: number }).total).toBe(walk.things.task.length);
  });
});

/** What each role may begin, worked out by hand in the same letters. */
const WRITES: Readonly<Record<string, Partial<Record<Permission, string>>>> = {
  'platform-admin': { 'role.grant': 'S', 'organization.manage': 'S' },
  'city-officer': {
    'organization.manage': 'S',
    'plan.edit': 'S',
    'training.manage': 'S',
    'inspection.plan': 'S',
    'research.edit': 'H',
    'training.enrol': 'S',
  },
  'district-clerk': {
    'plan.edit': 'H',
    'training.manage': 'S',
    'inspection.plan': 'S',
    'research.edit': 'H',
    'training.enrol': 'S',
  },
  'carrier-clerk': { 'training.enrol': 'S' },
  'service-staff': { 'training.enrol': 'H' },
  'ip-manager': { 'training.enrol': 'H' },
  'tech-transfer-officer': { 'training.enrol': 'H' },
  'bank-officer': { 'training.enrol': 'H' },
  'fund-manager': { 'training.enrol': 'H' },
  'centre-head': { 'plan.edit': 'H', 'training.manage': 'H', 'training.enrol': 'S' },
};

class Undone extends Error {}

const title = { zh: '甲', en: 'A' };

/** One thing that each permission lets somebody begin. */
const BEGIN: Readonly<
  Partial<Record<Permission, (trx: WorkTransaction, walker: Walker, id: string) => Promise<unknown>>>
> = {
  'plan.edit': (trx, { actor }, organizationId) =>
    walk.governance.plans.create(trx, actor, { organizationId, kind: 'annual', title, fromYear: 2030, toYear: 2030 }),
  'training.manage': (trx, { actor }, organizationId) =>
    walk.governance.training.curricula.create(trx, actor, {
      organizationId,
      code: 'C-9',
      tier: 'unit',
      audience: 'everyone',
      title,
      isPublic: false,
    }),
  'inspection.plan': (trx, { actor }, organizationId) =>
    walk.governance.inspection.checklists.create(trx, actor, {
      organizationId,
      code: 'other',
      title,
      items: [{ code: 'A1', text: title, clause: null }],
    }),
  'research.edit': (trx, { actor }, organizationId) =>
    walk.governance.research.create(trx, actor, {
      organizationId,
      title,
      question: '？',
      leadId: actor.userId ?? '',
      startsOn: '2030-01-01',
      endsOn: '2030-01-02',
    }),
  'training.enrol': (trx, { actor }, organizationId) =>
    walk.governance.training.rosters.import(trx, actor, {
      organizationId,
      on: dayOf(MACHINE.now()),
      rows: [],
      mode: 'all-or-nothing',
      replace: false,
    }),
};

/** `done` or the code of the refusal; what was done is undone. */
async function attempt(walker: Walker, begin: (trx: WorkTransaction) => Promise<unknown>): Promise<string> {
  try {
    return await withWork(walk.test.database.work.db, walker.actor, async (trx) => {
      await begin(trx);
      throw new Undone();
    });
  } catch (error) {
    if (error instanceof Undone) return 'done';
    return String((error as { code?: string }).code ?? error);
  }
}

describe('what somebody may begin', () => {
  it('is what the table gives, in every place', () =>
    steps.everybody(async (walker, who) => {
      for (const [permission, begin] of Object.entries(BEGIN)) {
        const letters = WRITES[walker.role]?.[permission as Permission] ?? '';
        for (const place of PLACES) {
          const may = reachedBy(letters, walker.place, { place });
          const outcome = await attempt(walker, (trx) => begin(trx, walker, steps.at(place)));
          expect([who, permission, place, outcome]).toEqual([who, permission, place, may ? 'done' : 'access.denied']);
        }
      }
    }));

  it('is refused where roles are given and organizations are made', () =>
    steps.everybody(async (walker, who) => {
      const { members, organizations } = walk.test.base.identity;
      for (const place of PLACES) {
        const may = (permission: Permission) =>
          reachedBy(WRITES[walker.role]?.[permission] ?? '', walker.place, { place });
        const person = { personId: MACHINE.newId(), role: 'trainee', from: null, to: null };
        // The person does not exist, so that nothing is given to anybody.
        await expect(
          (async () => members.add(walker.actor, steps.at(place), person))(),
          `${who}, ${place}`,
        ).rejects.toMatchObject({
          code: may('role.grant') ? 'person.not_found' : 'access.denied',
        });
        if (may('organization.manage')) continue;
        const parts = {
          parentId: steps.at(place),
          kind: 'company',
          serviceLevel: null,
          name: title,
          code: null,
          public: false,
        };
        await expect(
          (async () => organizations.add(walker.actor, parts as never))(),
          `${who}, ${place}`,
        ).rejects.toMatchObject({
          code: 'access.denied',
        });
      }
    }));
});

describe('row-level security without any condition of ours', () => {
  /** Reached besides by what is public, given or one's own. */
  const BESIDES: readonly PlaceName[] = [ASSIGNED_AT, PUBLIC_AT];
  /** A plan is read by the units that take part in it, a checklist by those inspected by it, a public course by all. */
  const AT_THE_TOP = ['plan', 'inspection_checklist_version', 'training_curriculum', 'training_curriculum_version'];

  it('shows in every table nothing of an organization beyond reach', async () => {
    const { rows: tables } = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'organization_id' order by 1`.execute(
      walk.test.database.work.system,
    );
    expect(tables.length).toBeGreaterThan(25);
    await steps.everybody(async (walker, who) => {
      const { wide = '' } = EXPECTED[walker.role] ?? {};
      const beyond = PLACES.filter(
        (place) => !BESIDES.includes(place) && !reachedBy(wide, walker.place, { place }),
      ).map((place) => steps.at(place));
      const actor = await walk.again(walker);
      await withWork(walk.test.database.work.db, actor, async (trx) => {
        for (const { name } of tables) {
          const outside = AT_THE_TOP.includes(name) ? beyond.filter((id) => id !== steps.at('city')) : beyond;
          const { rows } = await sql<{
            organization_id: string;
          }>`select distinct organization_id from ${sql.table(name)}
            where organization_id = any(${outside}::uuid[])`.execute(trx);
          const found = rows.map(({ organization_id }) => PLACES.find((place) => steps.at(place) === organization_id));
          expect([who, name, found]).toEqual([who, name, []]);
        }
      });
    });
  });

  it('shows of far things those that were given, are public or one’s own', () =>
    steps.everybody(async (walker, who) => {
      const { wide = '' } = EXPECTED[walker.role] ?? {};
      const actor = await walk.again(walker);
      const kinds = {
        task: 'plan_task',
        paper: 'paper',
        batch: 'training_batch',
        learner: 'training_learner',
      } as const;
      await withWork(walk.test.database.work.db, actor, async (trx) => {
        for (const [kind, table] of Object.entries(kinds) as [keyof typeof kinds, string][]) {
          const id = table === 'plan_task' ? 'case_id' : 'id';
          const { rows } = await sql<{ id: string }>`select ${sql.ref(id)} as id from ${sql.table(table)}`.execute(trx);
          const bound = steps.expected(walker, kind, `${wide}aop`);
          // People of a batch one was given, and of a public one, stand on its list.
          const rest = steps.labels(kind, idsOf(rows)).filter((label) => !bound.includes(label));
          expect([
            who,
            kind,
            kind === 'learner' ? rest.filter((label) => label !== `learner of ${ASSIGNED_AT}`) : rest,
          ]).toEqual([who, kind, []]);
        }
      });
    }));

  it('lets nobody write a row into an organization beyond reach', () =>
    steps.everybody(async (walker, who) => {
      const { wide = '' } = EXPECTED[walker.role] ?? {};
      const place = PLACES.find(
        (name) => ![ASSIGNED_AT, PUBLIC_AT].includes(name) && !reachedBy(wide, walker.place, { place: name }),
      );
      if (!place) return;
      const outcome = await attempt(walker, (trx) =>
        trx
          .insertInto('webhook')
          .values({
            id: MACHINE.newId(),
            organization_id: steps.at(place),
            url: 'https://example.invalid/',
            secret: '-',
            kinds: [],
            created_at: MACHINE.now(),
            created_by: null,
            last_result: null,
          })
          .execute(),
      );
      expect([who, place, outcome]).toEqual([who, place, '42501']);
    }));
});
