import { QuanlianError } from '@quanlian/contract';
import type { RowScope } from '@quanlian/db';
import {
  type AccessScope,
  ANONYMOUS,
  can,
  createOrganizationTree,
  type OrganizationTree,
  type Permission,
  type Actor as PolicyActor,
  type PolicyItem,
  type Role,
  scopeOf,
} from '@quanlian/kernel';

/** Roles somebody has in one organization today. */
export interface ActorMembership {
  readonly organizationId: string;
  readonly roles: readonly Role[];
  /** Whose roles these are when they are lent. */
  readonly delegatedFrom?: string;
}

/** Who asks, as it was found for one request or one job. */
export interface Actor {
  /** Null for the program itself. */
  readonly userId: string | null;
  readonly name: string;
  readonly kind: 'user' | 'apiKey' | 'system';
  readonly memberships: readonly ActorMembership[];
  readonly policy: PolicyActor;
  readonly tree: OrganizationTree;
  readonly rowScope: RowScope;
}

/** A permission's reach, or everything for the program itself. */
export type Reach = AccessScope | 'everything';

/** The program itself: jobs, deadlines that pass, the owner of the data folder at the command line. */
export function systemActor(name: string, tree: OrganizationTree = createOrganizationTree([])): Actor {
  const rowScope: RowScope = { organizations: [], people: [], known: [], system: true };
  return { userId: null, name, kind: 'system', memberships: [], policy: ANONYMOUS, tree, rowScope };
}

/** The ids of the things on which the actor has the permission; what nothing allows is denied. */
export function allowedIds(actor: Actor, permission: Permission, items: readonly PolicyItem[]): string[] {
  if (actor.kind === 'system') return items.map(({ id }) => id);
  return can(actor.policy, permission, items, actor.tree);
}

/** How far the permission reaches, for {@link inReach}. */
export function reachOf(actor: Actor, permission: Permission): Reach {
  return actor.kind === 'system' ? 'everything' : scopeOf(actor.policy, permission, actor.tree);
}

/** Whether the actor has the permission on the thing. */
export function isAllowed(actor: Actor, permission: Permission, item: PolicyItem): boolean {
  return allowedIds(actor, permission, [item]).length > 0;
}

/** Throws `access.denied` unless the actor has the permission on the thing. */
export function requireAllowed(actor: Actor, permission: Permission, item: PolicyItem): void {
  if (isAllowed(actor, permission, item)) return;
  throw new QuanlianError(
    'access.denied',
    `Your roles do not include “${permission}” here. Ask whoever administers the organization for a role that does.`,
  );
}

/** Throws `access.denied` unless the actor has the permission on whatever belongs to the organization. */
export function requireIn(actor: Actor, permission: Permission, organizationId: string): void {
  requireAllowed(actor, permission, { id: organizationId, organization: organizationId });
}

/**
 * Throws `access.denied` unless the permission reaches the whole installation: every organization that stands at the
 * top of the tree. For what cannot be done to a part, such as a backup.
 */
export function requireEverywhere(actor: Actor, permission: Permission): void {
  if (actor.kind === 'system') return;
  const { ids, isWithin } = actor.tree;
  const tops = ids.filter((id) => !ids.some((other) => other !== id && isWithin(id, other)));
  for (const top of tops) requireIn(actor, permission, top);
}
