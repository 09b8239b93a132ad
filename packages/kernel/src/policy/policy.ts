import type { IsoDate } from '../calendar/date.js';
import { mayHold, PERMISSIONS, type Permission, ROLES, type Role, type RoleDefinition, scopesOf } from './table.js';
import type { OrganizationTree } from './tree.js';

/** A role held in an organization, for a time. Both days count; null is open. */
export interface Membership {
  readonly organization: string;
  readonly role: Role;
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
}

/** A person with the roles ever given. */
export interface Person {
  readonly id: string;
  readonly memberships: readonly Membership[];
}

/** A role lent to somebody else from one day to another, both counted. */
export interface Delegation {
  readonly delegator: Person;
  readonly delegate: string;
  readonly organization: string;
  readonly role: Role;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

/** One role that counts today. `actsFor` is whose own and assigned things it reaches. */
export interface ActorGrant {
  readonly role: Role;
  /** Null for what everybody may. */
  readonly organization: string | null;
  readonly actsFor: string;
  readonly delegated: boolean;
}

/** Who asks, on a day: the answer to "may I" depends on nothing else but the thing and the tree. */
export interface Actor {
  /** Null when nobody has signed in. */
  readonly id: string | null;
  readonly grants: readonly ActorGrant[];
  /** For an API key: the permissions it was given; null for a person. */
  readonly only: ReadonlySet<Permission> | null;
}

/** What the policy has to know of a thing. */
export interface PolicyItem {
  readonly id: string;
  readonly organization: string;
  /** Who made it or whom it is about. */
  readonly owner?: string | null;
  readonly assignees?: readonly string[];
  readonly public?: boolean;
}

/** How far a permission reaches for an actor, in a form that becomes a where-clause. Any one part is enough. */
export interface AccessScope {
  /** Organizations whose things may be touched, sorted. */
  readonly organizations: readonly string[];
  /** People whose own things may be touched. */
  readonly own: readonly string[];
  /** People whose assigned things may be touched. */
  readonly assigned: readonly string[];
  /** Things marked public may be touched. */
  readonly public: boolean;
}

const VISITOR: ActorGrant = { role: 'visitor', organization: null, actsFor: '', delegated: false };

/** Somebody who has not signed in. */
export const ANONYMOUS: Actor = { id: null, grants: [VISITOR], only: null };

function runs(span: { readonly from: IsoDate | null; readonly to: IsoDate | null }, date: IsoDate): boolean {
  return (span.from === null || span.from <= date) && (span.to === null || date <= span.to);
}

function holds(person: Person, role: Role, organization: string, date: IsoDate): boolean {
  return person.memberships.some(
    (membership) => membership.role === role && membership.organization === organization && runs(membership, date),
  );
}

/** What to take into account besides the person's own roles. */
export interface ActorOptions {
  readonly delegations?: readonly Delegation[];
  readonly only?: readonly Permission[];
}

/**
 * The actor a person is on a day. Roles count in the days they were given for and in organizations of a fitting kind;
 * a lent role counts while the lender still holds it, only if it may be lent, and cannot be lent on.
 */
export function actorOn(person: Person, date: IsoDate, tree: OrganizationTree, options: ActorOptions = {}): Actor {
  const held = person.memberships.filter(
    (membership) => runs(membership, date) && mayHold(membership.role, tree.kindOf(membership.organization)),
  );
  const lent = (options.delegations ?? []).filter(({ delegator, delegate, role, organization, from, to }) => {
    const { delegable }: RoleDefinition = ROLES[role];
    const counts = delegate === person.id && delegator.id !== person.id && delegable && runs({ from, to }, date);
    return counts && mayHold(role, tree.kindOf(organization)) && holds(delegator, role, organization, date);
  });
  const own = (role: Role, organization: string | null): ActorGrant => ({
    role,
    organization,
    actsFor: person.id,
    delegated: false,
  });
  return {
    id: person.id,
    grants: [
      own('visitor', null),
      ...[...new Set(held.map(({ organization }) => organization))].map((organization) => own('member', organization)),
      ...held.map(({ role, organization }) => own(role, organization)),
      ...lent.map(({ role, organization, delegator }) => ({
        role,
        organization,
        actsFor: delegator.id,
        delegated: true,
      })),
    ],
    only: options.only ? new Set(options.only) : null,
  };
}

function reaches(grant: ActorGrant, permission: Permission, item: PolicyItem, tree: OrganizationTree): boolean {
  return scopesOf(grant.role, permission).some((scope) => {
    if (scope === 'public') return item.public === true;
    if (grant.organization === null) return false;
    if (scope === 'own') return item.owner === grant.actsFor;
    if (scope === 'assigned') return item.assignees?.includes(grant.actsFor) ?? false;
    if (tree.kindOf(item.organization) === undefined) return false;
    if (scope === 'organization') return item.organization === grant.organization;
    return tree.isWithin(item.organization, grant.organization);
  });
}

/** The ids of the things on which the actor has the permission. What nothing allows is denied. */
export function can(
  actor: Actor,
  permission: Permission,
  items: readonly PolicyItem[],
  tree: OrganizationTree,
): string[] {
  if (actor.only !== null && !actor.only.has(permission)) return [];
  return items
    .filter((item) => actor.grants.some((grant) => reaches(grant, permission, item, tree)))
    .map((item) => item.id);
}

/**
 * How far the permission reaches, for a repository to turn into SQL:
 * `organization in (…) or owner in (…) or assignee in (…) or public`. All parts empty means nothing. Agrees with
 * {@link can} on every thing.
 */
export function scopeOf(actor: Actor, permission: Permission, tree: OrganizationTree): AccessScope {
  const organizations = new Set<string>();
  const own = new Set<string>();
  const assigned = new Set<string>();
  let open = false;
  const grants = actor.only !== null && !actor.only.has(permission) ? [] : actor.grants;
  for (const grant of grants) {
    for (const scope of scopesOf(grant.role, permission)) {
      if (scope === 'public') open = true;
      else if (grant.organization === null) continue;
      else if (scope === 'own') own.add(grant.actsFor);
      else if (scope === 'assigned') assigned.add(grant.actsFor);
      else if (scope === 'organization') organizations.add(grant.organization);
      else for (const id of tree.subtree(grant.organization)) organizations.add(id);
    }
  }
  return {
    organizations: [...organizations].sort(),
    own: [...own].sort(),
    assigned: [...assigned].sort(),
    public: open,
  };
}

/** Every permission the actor has on one thing, for pages that show or hide actions and for the process kernel. */
export function permissionsOn(actor: Actor, item: PolicyItem, tree: OrganizationTree): Permission[] {
  return PERMISSIONS.filter((permission) => can(actor, permission, [item], tree).length > 0);
}

/**
 * The roles that count for one thing: those held in its organization or above, and those of somebody it is assigned
 * to. The process kernel asks "who may" with them.
 */
export function rolesOn(actor: Actor, item: PolicyItem, tree: OrganizationTree): Role[] {
  const counts = actor.grants.filter(
    ({ organization, actsFor }) =>
      organization !== null &&
      (tree.isWithin(item.organization, organization) || (item.assignees?.includes(actsFor) ?? false)),
  );
  return [...new Set(counts.map(({ role }) => role))];
}
