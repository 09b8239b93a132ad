import type { WorkSchema } from '@quanlian/db';
import {
  actorOn,
  createOrganizationTree,
  type Delegation,
  type Membership,
  type OrganizationKind,
  type OrganizationTree,
  PERMISSIONS,
  type Permission,
  type Person,
  type Actor as PolicyActor,
  ROLES,
  type Role,
  scopeOf,
} from '@quanlian/kernel';
import type { Kysely } from 'kysely';
import { type Actor, type ActorMembership, systemActor } from '../work/actor.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import { dayOf, type Environment } from '../work/environment.js';

interface TreeState {
  readonly stamp: string;
  readonly tree: OrganizationTree;
  readonly paths: ReadonlyMap<string, readonly string[]>;
}

/** Finds out who somebody is for one request: roles of today, lent roles, what they reach. */
export interface Actors {
  /** Undefined when the person does not exist or is disabled. */
  ofPerson(personId: string, only?: ActorLimits): Promise<Actor | undefined>;
  system(name: string): Promise<Actor>;
  tree(): Promise<OrganizationTree>;
}

/** The bounds of an API key. */
interface ActorLimits {
  readonly organizationId: string;
  readonly permissions: readonly Permission[];
}

const isRole = (text: string): text is Role => text in ROLES;

async function readTree(system: Kysely<WorkSchema>, known: TreeState | undefined): Promise<TreeState> {
  const { stamp } = await system
    .selectFrom('organization')
    .select((eb) => eb.fn.coalesce(eb.fn.sum('version'), eb.val('0')).as('stamp'))
    .executeTakeFirstOrThrow();
  if (known && known.stamp === String(stamp)) return known;
  const rows = await system.selectFrom('organization').select(['id', 'parent_id', 'kind', 'path']).execute();
  const tree = createOrganizationTree(
    rows.map(({ id, parent_id, kind }) => ({ id, parent: parent_id, kind: kind as OrganizationKind })),
  );
  return { stamp: String(stamp), tree, paths: new Map(rows.map(({ id, path }) => [id, path])) };
}

async function readMemberships(system: Kysely<WorkSchema>, people: readonly string[]) {
  if (people.length === 0) return [];
  return system
    .selectFrom('membership')
    .select(['person_id', 'organization_id', 'role', 'starts_on', 'ends_on'])
    .where('person_id', 'in', people)
    .where('ended_at', 'is', null)
    .execute();
}

const readDelegations = (system: Kysely<WorkSchema>, personId: string, day: string) =>
  system
    .selectFrom('delegation')
    .select(['delegator_id', 'organization_id', 'role', 'starts_on', 'ends_on'])
    .where('delegate_id', '=', personId)
    .where('revoked_at', 'is', null)
    .where('starts_on', '<=', day)
    .where('ends_on', '>=', day)
    .execute();

/** People with the roles ever given; a role this version does not know permits nothing and is left out. */
function personOf(id: string, rows: Awaited<ReturnType<typeof readMemberships>>): Person {
  const memberships: Membership[] = [];
  for (const { person_id, organization_id, role, starts_on, ends_on } of rows) {
    if (person_id === id && isRole(role))
      memberships.push({ organization: organization_id, role, from: starts_on, to: ends_on });
  }
  return { id, memberships };
}

function membershipsOf({ grants, id }: PolicyActor): ActorMembership[] {
  const found = new Map<string, { organizationId: string; roles: Role[]; delegatedFrom?: string }>();
  for (const { organization, role, actsFor, delegated } of grants) {
    if (organization === null) continue;
    const key = `${organization} ${actsFor}`;
    const entry = found.get(key) ?? {
      organizationId: organization,
      roles: [],
      ...(delegated && actsFor !== id ? { delegatedFrom: actsFor } : {}),
    };
    entry.roles.push(role);
    found.set(key, entry);
  }
  return [...found.values()];
}

/** All that any of the actor's permissions reaches: the bound that row-level security keeps. */
function rowReach(policy: PolicyActor, tree: OrganizationTree) {
  const organizations = new Set<string>();
  const people = new Set<string>(policy.id === null ? [] : [policy.id]);
  for (const permission of PERMISSIONS) {
    const scope = scopeOf(policy, permission, tree);
    for (const id of scope.organizations) organizations.add(id);
    for (const id of [...scope.own, ...scope.assigned]) people.add(id);
  }
  // Who may read the log of everything at the top may read that of the installation too.
  const readable = new Set(scopeOf(policy, 'audit.read', tree).organizations);
  if (readable.size > 0 && tree.ids.every((id) => readable.has(id))) organizations.add(INSTALLATION_CHAIN);
  return { organizations: [...organizations], people: [...people] };
}

async function knownTo(
  system: Kysely<WorkSchema>,
  organizations: readonly string[],
  people: readonly string[],
  { paths }: TreeState,
): Promise<string[]> {
  const assigned = await system
    .selectFrom('assignment')
    .select('organization_id')
    .distinct()
    .where('person_id', 'in', people)
    .execute();
  const above = organizations.flatMap((id) => paths.get(id) ?? []);
  return [...new Set([...above, ...assigned.map(({ organization_id }) => organization_id)])];
}

export function createActors(system: Kysely<WorkSchema>, { now }: Pick<Environment, 'now'>): Actors {
  let state: TreeState | undefined;
  const treeState = async (): Promise<TreeState> => {
    state = await readTree(system, state);
    return state;
  };

  return {
    tree: async () => (await treeState()).tree,
    system: async (name) => systemActor(name, (await treeState()).tree),
    async ofPerson(personId, limits) {
      const day = dayOf(now());
      const [found, known, delegated] = await Promise.all([
        system.selectFrom('person').select(['name', 'disabled_at']).where('id', '=', personId).executeTakeFirst(),
        treeState(),
        readDelegations(system, personId, day),
      ]);
      if (!found || found.disabled_at !== null) return undefined;
      const lenders = [...new Set(delegated.map(({ delegator_id }) => delegator_id))];
      const rows = await readMemberships(system, [personId, ...lenders]);
      const delegations: Delegation[] = [];
      for (const { delegator_id, organization_id, role, starts_on, ends_on } of delegated) {
        if (!isRole(role)) continue;
        const delegator = personOf(delegator_id, rows);
        const span = { from: starts_on, to: ends_on };
        delegations.push({ delegator, delegate: personId, organization: organization_id, role, ...span });
      }
      const inBounds = <Item extends { organization: string }>(items: readonly Item[]): Item[] =>
        items.filter(({ organization }) => limits === undefined || organization === limits.organizationId);
      const person = personOf(personId, rows);
      const policy = actorOn(
        { ...person, memberships: inBounds(person.memberships) },
        day,
        known.tree,
        limits ? { delegations: inBounds(delegations), only: limits.permissions } : { delegations },
      );
      const reach = rowReach(policy, known.tree);
      return {
        userId: personId,
        name: found.name,
        kind: limits ? 'apiKey' : 'user',
        memberships: membershipsOf(policy),
        policy,
        tree: known.tree,
        rowScope: { ...reach, known: await knownTo(system, reach.organizations, reach.people, known), system: false },
      };
    },
  };
}
