import type { WorkingCalendar } from '../calendar/working.js';
import { type Actor, type PolicyItem, permissionsOn, rolesOn } from '../policy/policy.js';
import type { OrganizationTree } from '../policy/tree.js';
import type { RuleBook } from '../rules/book.js';
import type { Refusal } from '../rules/refusal.js';
import type { ActorStamp, CaseSnapshot, Paper, Parties } from './case.js';
import type { Scalar, WhoMay } from './definition.js';

/** Who asks, with what the policy found for this very case. */
export interface ProcessActor {
  readonly id: string;
  readonly onBehalfOf: string | null;
  /** Organizations the person acts in. */
  readonly organizations: readonly string[];
  /** Roles that count for this case. */
  readonly roles: readonly string[];
  /** Permissions the policy allows on this case. */
  readonly permissions: readonly string[];
  /** The program itself, as when a deadline expires. */
  readonly system?: boolean;
}

/** What comes with a request and is added to the case. */
export interface CaseInput {
  readonly fields?: Readonly<Record<string, Scalar>>;
  readonly papers?: readonly Paper[];
  readonly parties?: Parties;
}

/** What a guard sees. `snapshot` already holds the fields and papers of the request. */
export interface GuardInput {
  readonly snapshot: CaseSnapshot;
  readonly params: Readonly<Record<string, Scalar>>;
  readonly context: ProcessContext;
}

/** A named check; null lets the transition pass. */
export type Guard = (input: GuardInput) => Refusal | null;

/** Everything from outside a transition needs. Nothing is read from the machine. */
export interface ProcessContext {
  readonly actor: ProcessActor;
  /** The instant of the request, ISO 8601 with zone. */
  readonly now: string;
  readonly calendar: WorkingCalendar;
  readonly rules: RuleBook;
  readonly guards: Readonly<Record<string, Guard>>;
  /** Facts from other parts of the program that guards read. */
  readonly facts?: Readonly<Record<string, Scalar | null>>;
}

/**
 * The actor of the policy as the process kernel needs it for one case, which is given as the thing the policy judges.
 * Somebody acts on behalf of another when nothing but a lent role counts for the case.
 */
export function actorInCase(actor: Actor, item: PolicyItem, tree: OrganizationTree): ProcessActor {
  const grants = actor.grants.filter((grant) => grant.organization !== null);
  const counting = grants.filter(({ role }) => role !== 'member' && rolesOn(actor, item, tree).includes(role));
  const lent = counting.every((grant) => grant.delegated) ? counting[0] : undefined;
  return {
    id: actor.id ?? 'anonymous',
    onBehalfOf: lent?.actsFor ?? null,
    organizations: [...new Set(grants.flatMap(({ organization }) => organization ?? []))],
    roles: rolesOn(actor, item, tree),
    permissions: permissionsOn(actor, item, tree),
  };
}

/** The stamp of the actor for the history. */
export function stampOf(actor: ProcessActor): ActorStamp {
  return { id: actor.id, onBehalfOf: actor.onBehalfOf };
}

/** Whether the actor may do something in this case. */
export function mayAct(who: WhoMay, snapshot: Pick<CaseSnapshot, 'parties'>, actor: ProcessActor): boolean {
  if (actor.system) return who.system === true;
  const { permission, roles = [], relations = [] } = who;
  if (permission === undefined && roles.length === 0 && relations.length === 0) return false;
  if (permission !== undefined && !actor.permissions.includes(permission)) return false;
  if (roles.length === 0 && relations.length === 0) return true;
  if (roles.some((role) => actor.roles.includes(role))) return true;
  const names = [actor.id, ...(actor.onBehalfOf === null ? [] : [actor.onBehalfOf]), ...actor.organizations];
  return relations.some((relation) => snapshot.parties[relation]?.some((party) => names.includes(party)) ?? false);
}
