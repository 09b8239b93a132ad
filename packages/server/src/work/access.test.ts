import { can, PERMISSIONS, type PolicyItem, ROLE_IDS, ROLES, type Role, scopeOf } from '@quanlian/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Actor, allowedIds, reachOf } from './actor.js';
import { withWork } from './context.js';
import { inReach } from './reach.js';
import {
  createTestCity,
  openTestDatabase,
  type PlaceName,
  type TestCity,
  type TestDatabase,
  testEnvironment,
} from './work.fixture.js';

const environment = testEnvironment();
let database: TestDatabase;
let city: TestCity;

/** One person for every role in every place where it can be held. */
let people: { role: Role; place: PlaceName; actor: Actor }[] = [];
/** What every paper in the database is to the policy. */
const papers: PolicyItem[] = [];
const places = () => Object.entries(city.organizations) as [PlaceName, string][];

async function addPaper(organization: string, owner: string | null, assignee: Actor | null): Promise<void> {
  const id = environment.newId();
  const subject = environment.newId();
  const at = environment.now();
  const sha256 = 'a'.repeat(64);
  const { system } = database.work;
  await system
    .insertInto('paper_content')
    .values({ organization_id: organization, sha256, size: 1n, media_type: 'text/plain', stored_at: at })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const parts = {
    id,
    organization_id: organization,
    sha256,
    name: id,
    kind: 'evidence',
    added_by: owner,
    added_at: at,
  };
  await system
    .insertInto('paper')
    .values({ ...parts, subject_kind: 'case', subject_id: subject })
    .execute();
  if (assignee?.userId) {
    const assignment = {
      subject_kind: 'case',
      subject_id: subject,
      person_id: assignee.userId,
      organization_id: organization,
    };
    await system
      .insertInto('assignment')
      .values({ ...assignment, assigned_at: at, assigned_by: null })
      .execute();
  }
  papers.push({ id, organization, owner, assignees: assignee?.userId ? [assignee.userId] : [] });
}

beforeAll(async () => {
  database = await openTestDatabase();
  city = await createTestCity(database.work, environment);
  for (const role of ROLE_IDS) {
    for (const [place, id] of places()) {
      const kind = (await city.actors.tree()).kindOf(id);
      const { heldIn }: { heldIn: readonly string[] } = ROLES[role];
      if (role === 'visitor' || role === 'member' || !kind || !heldIn.includes(kind)) continue;
      people.push({ role, place, actor: await city.person(place, role) });
    }
  }
  for (const [, organization] of places()) await addPaper(organization, null, null);
  // Things of one's own and things one was given, in a place far from one's own.
  for (const { actor, place } of people) {
    await addPaper(city.organizations[place], actor.userId, null);
    await addPaper(place === 'other' ? city.organizations.company : city.organizations.other, null, actor);
  }
  people = await Promise.all(people.map(async (one) => ({ ...one, actor: await city.again(one.actor) })));
});
afterAll(() => database.close());

const COLUMNS = {
  organization: 'paper.organization_id',
  owner: 'paper.added_by',
  assigned: { kind: { column: 'paper.subject_kind' }, id: 'paper.subject_id' },
};

describe('every role in every place', () => {
  it('reaches with each permission in SQL exactly what the policy allows, and no row besides', async () => {
    expect(people.length).toBeGreaterThan(50);
    for (const { role, place, actor } of people) {
      const seen = await withWork(database.work.db, actor, async (trx) => {
        const rows = await trx.selectFrom('paper').select('id').execute();
        const reached = new Map<string, string[]>();
        for (const permission of PERMISSIONS) {
          const query = trx
            .selectFrom('paper')
            .select('paper.id')
            .where(inReach(reachOf(actor, permission), COLUMNS));
          reached.set(permission, (await query.execute()).map(({ id }) => id).sort());
        }
        return { rows: rows.map(({ id }) => id), reached };
      });
      for (const permission of PERMISSIONS) {
        const allowed = can(actor.policy, permission, papers, actor.tree).sort();
        expect(seen.reached.get(permission), `${role} in ${place}: ${permission}`).toEqual(allowed);
        expect(allowedIds(actor, permission, papers).sort()).toEqual(allowed);
      }
      const any = new Set(PERMISSIONS.flatMap((permission) => can(actor.policy, permission, papers, actor.tree)));
      expect(new Set(seen.rows), `${role} in ${place}: rows`).toEqual(any);
    }
  }, 60_000);

  it('reads and writes no row of another organization, whatever the table', async () => {
    const tables = await sql<{ name: string }>`select table_name as name from information_schema.columns
      where table_schema = 'public' and column_name = 'organization_id' order by 1`.execute(database.work.system);
    expect(tables.rows.length).toBeGreaterThan(8);
    for (const { role, place, actor } of people.filter(({ place: at }) =>
      ['company', 'north', 'university'].includes(at),
    )) {
      const own = new Set(
        PERMISSIONS.flatMap((permission) => scopeOf(actor.policy, permission, actor.tree).organizations),
      );
      const outside = places().find(([, id]) => !own.has(id))?.[1] ?? '';
      await withWork(database.work.db, actor, async (trx) => {
        for (const { name } of tables.rows.filter(
          (table) => table.name !== 'assignment' && !table.name.startsWith('paper'),
        )) {
          const { rows } = await sql<{ count: bigint }>`select count(*) as count from ${sql.table(name)}
            where organization_id = ${outside}`.execute(trx);
          expect(rows[0]?.count, `${role} in ${place}: ${name}`).toBe(0n);
        }
      });
      const intruding = withWork(database.work.db, actor, (trx) =>
        trx
          .insertInto('membership')
          .values({
            id: environment.newId(),
            organization_id: outside,
            person_id: people[0]?.actor.userId ?? '',
            role: 'platform-admin',
            starts_on: null,
            ends_on: null,
            created_at: environment.now(),
            created_by: null,
          })
          .execute(),
      );
      await expect(intruding, `${role} in ${place}`).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('sees of people only those within reach', async () => {
    const company = people.find(({ role, place }) => role === 'ip-manager' && place === 'company');
    const seen = await withWork(database.work.db, company?.actor as Actor, (trx) =>
      trx.selectFrom('person').select('id').execute(),
    );
    const expected = people.filter(({ place }) => place === 'company').map(({ actor }) => actor.userId);
    expect(seen.map(({ id }) => id).sort()).toEqual(expected.sort());
  });
});

describe('outside a transaction of ours', () => {
  it('nothing guarded is seen, and the application is not above the guard', async () => {
    for (const table of ['organization', 'person', 'membership', 'paper', 'audit_entry', 'job', 'sign_in_account'])
      expect((await sql`select 1 from ${sql.table(table)}`.execute(database.work.db)).rows, table).toEqual([]);
    const { rows } = await sql`select rolsuper, rolbypassrls from pg_roles where rolname = current_user`.execute(
      database.work.db,
    );
    expect(rows).toEqual([{ rolsuper: false, rolbypassrls: false }]);
  });

  it('every table is guarded, or has nothing to guard', async () => {
    const { rows } = await sql<{ name: string }>`select c.relname as name from pg_class c
      join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'public' and c.relkind in ('r', 'p')
      and not (c.relrowsecurity and c.relforcerowsecurity) order by 1`.execute(database.work.system);
    expect(rows.map(({ name }) => name)).toEqual(['installation', 'migration', 'migration_lock']);
  });

  it('a setting lasts no longer than its transaction', async () => {
    const admin = people.find(({ role }) => role === 'platform-admin')?.actor as Actor;
    await Promise.all(
      Array.from({ length: 20 }, () =>
        withWork(database.work.db, admin, (trx) => trx.selectFrom('paper').select('id').execute()),
      ),
    );
    const counts = await Promise.all(
      Array.from({ length: 20 }, () => database.work.db.selectFrom('paper').select('id').execute()),
    );
    expect(counts.flat()).toEqual([]);
  });
});

describe('a lent role', () => {
  it('counts from its first day to its last, while the lender holds it, and is not lent on', async () => {
    const clerk = await city.person('north', 'district-clerk');
    const deputy = await city.person('north', 'trainee');
    await database.work.system
      .insertInto('delegation')
      .values({
        id: environment.newId(),
        organization_id: city.organizations.north,
        role: 'district-clerk',
        delegator_id: clerk.userId ?? '',
        delegate_id: deputy.userId ?? '',
        starts_on: '2026-03-03',
        ends_on: '2026-03-04',
        reason: '出差',
        created_at: environment.now(),
      })
      .execute();
    const item = { id: 'x', organization: city.organizations.park };
    const may = async () => allowedIds(await city.again(deputy), 'task.dispatch', [item]).length === 1;
    // Midnight in China, not in London.
    environment.set('2026-03-02T15:59:00Z');
    expect(await may()).toBe(false);
    environment.set('2026-03-02T16:01:00Z');
    expect(await may()).toBe(true);
    expect((await city.again(deputy)).memberships).toContainEqual({
      organizationId: city.organizations.north,
      roles: ['district-clerk'],
      delegatedFrom: clerk.userId,
    });
    environment.set('2026-03-04T16:01:00Z');
    expect(await may()).toBe(false);
    environment.set('2026-03-04T01:00:00Z');
    await database.work.system
      .updateTable('membership')
      .set({ ended_at: environment.now() })
      .where('person_id', '=', clerk.userId ?? '')
      .execute();
    expect(await may()).toBe(false);
  });
});
