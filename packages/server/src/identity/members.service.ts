import {
  type DelegationRecord,
  type Member,
  type NewDelegation,
  type NewMember,
  QuanlianError,
} from '@quanlian/contract';
import type { DelegationTable, WorkSchema } from '@quanlian/db';
import { mayHold, ROLES, type Role, type RoleDefinition } from '@quanlian/kernel';
import type { Kysely, Selectable } from 'kysely';
import { type Actor, isAllowed, reachOf, requireAllowed, requireIn } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import type { WorkConnection, WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import { dayOf, type Environment } from '../work/environment.js';
import { inReach } from '../work/reach.js';

const refuse = (sentence: string) => new QuanlianError('membership.refused', sentence);

/** Roles that come by themselves and are never given. */
const IMPLIED: readonly string[] = ['visitor', 'member'];

/** Throws `membership.refused` unless the role exists and can be held in the organization. */
export function requireRole(actor: Actor, role: string, organizationId: string): Role {
  if (!(role in ROLES) || IMPLIED.includes(role)) throw refuse(`There is no role “${role}” that can be given.`);
  const known = role as Role;
  if (!mayHold(known, actor.tree.kindOf(organizationId)))
    throw refuse(`The role “${ROLES[known].title.en}” cannot be held in an organization of this kind.`);
  return known;
}

/** Adds a role in a transaction; a role already held is left as it is. */
export async function addMembership(
  trx: WorkTransaction,
  { newId, now }: Environment,
  parts: {
    organizationId: string;
    personId: string;
    role: Role;
    from?: string | null;
    to?: string | null;
    by: string | null;
  },
): Promise<string | undefined> {
  const row = await trx
    .insertInto('membership')
    .values({
      id: newId(),
      organization_id: parts.organizationId,
      person_id: parts.personId,
      role: parts.role,
      starts_on: parts.from ?? null,
      ends_on: parts.to ?? null,
      created_at: now(),
      created_by: parts.by,
    })
    .onConflict((conflict) =>
      conflict.columns(['organization_id', 'person_id', 'role']).where('ended_at', 'is', null).doNothing(),
    )
    .returning('id')
    .executeTakeFirst();
  return row?.id;
}

function selectMembers(db: WorkConnection, actor: Actor) {
  return db
    .selectFrom('membership')
    .innerJoin('person', 'person.id', 'membership.person_id')
    .select([
      'membership.id',
      'person.id as personId',
      'person.name',
      'person.email',
      'membership.organization_id as organizationId',
      'membership.role',
      'membership.starts_on as from',
      'membership.ends_on as to',
    ])
    .where('membership.ended_at', 'is', null)
    .where(inReach(reachOf(actor, 'person.read'), { organization: 'membership.organization_id', owner: 'person.id' }));
}

const shownDelegation = (row: Selectable<DelegationTable>): DelegationRecord => ({
  id: row.id,
  organizationId: row.organization_id,
  role: row.role,
  delegatorId: row.delegator_id,
  delegateId: row.delegate_id,
  from: row.starts_on,
  to: row.ends_on,
  reason: row.reason,
  revokedAt: row.revoked_at?.toISOString() ?? null,
});

/** Roles of people in organizations, given, ended and lent. */
export interface MemberService {
  list(actor: Actor, organizationId: string): Promise<Member[]>;
  add(actor: Actor, organizationId: string, parts: NewMember): Promise<Member>;
  end(actor: Actor, membershipId: string, why: string): Promise<void>;
  delegations(actor: Actor): Promise<DelegationRecord[]>;
  delegate(actor: Actor, parts: NewDelegation): Promise<DelegationRecord>;
  endDelegation(actor: Actor, id: string): Promise<void>;
}

interface Deps {
  readonly work: { readonly db: Kysely<WorkSchema>; readonly system: Kysely<WorkSchema> };
  readonly audit: Audit;
  readonly environment: Environment;
}

function memberships({ work, audit, environment }: Deps): Pick<MemberService, 'list' | 'add' | 'end'> {
  return {
    list: (actor, organizationId) =>
      withWork(work.db, actor, (trx) =>
        selectMembers(trx, actor)
          .where('membership.organization_id', '=', organizationId)
          .orderBy('person.name')
          .orderBy('membership.role')
          .execute(),
      ),
    add(actor, organizationId, parts) {
      requireIn(actor, 'role.grant', organizationId);
      const role = requireRole(actor, parts.role, organizationId);
      return withWork(work.db, actor, async (trx) => {
        const person = await trx.selectFrom('person').select('id').where('id', '=', parts.personId).executeTakeFirst();
        if (!person) throw new QuanlianError('person.not_found', 'There is no such person within your reach.');
        const { personId, from, to } = parts;
        const id = await addMembership(trx, environment, {
          organizationId,
          personId,
          role,
          from,
          to,
          by: actor.userId,
        });
        if (!id) throw refuse('The person holds this role here already.');
        const subject = { kind: 'membership', id };
        const after = { personId, role, from, to };
        audit.append(trx, { organizationId, action: 'role.grant', subject, after, why: parts.why ?? null });
        return selectMembers(trx, actor).where('membership.id', '=', id).executeTakeFirstOrThrow();
      });
    },
    end: (actor, membershipId, why) =>
      withWork(work.db, actor, async (trx) => {
        const row = await trx
          .selectFrom('membership')
          .select(['organization_id', 'person_id', 'role'])
          .where('id', '=', membershipId)
          .where('ended_at', 'is', null)
          .forUpdate()
          .executeTakeFirst();
        if (!row) throw refuse('There is no such role to end.');
        requireIn(actor, 'role.grant', row.organization_id);
        await trx
          .updateTable('membership')
          .set({ ended_at: environment.now() })
          .where('id', '=', membershipId)
          .execute();
        audit.append(trx, {
          organizationId: row.organization_id,
          action: 'role.end',
          subject: { kind: 'membership', id: membershipId },
          before: { personId: row.person_id, role: row.role },
          why,
        });
      }),
  };
}

/** A role is lent by who holds it, to somebody who can be reached, from today on. */
function requireLendable(actor: Actor, parts: NewDelegation, today: string): void {
  const role = requireRole(actor, parts.role, parts.organizationId);
  const definition: RoleDefinition = ROLES[role];
  if (!definition.delegable) throw refuse(`The role “${definition.title.en}” cannot be lent.`);
  const held = actor.policy.grants.some(
    (grant) => !grant.delegated && grant.role === role && grant.organization === parts.organizationId,
  );
  if (!held) throw refuse('Only a role you hold yourself can be lent.');
  if (parts.from > parts.to || parts.to < today) throw refuse('The last day lies before the first or before today.');
  if (parts.delegateId === actor.userId) throw refuse('A role is lent to somebody else.');
}

function delegations(deps: Deps): Pick<MemberService, 'delegations' | 'delegate' | 'endDelegation'> {
  const { work, audit, environment } = deps;
  return {
    delegations: (actor) =>
      withWork(work.db, actor, async (trx) => {
        const rows = await trx
          .selectFrom('delegation')
          .selectAll()
          .where((eb) => eb.or([eb('delegator_id', '=', actor.userId), eb('delegate_id', '=', actor.userId)]))
          .orderBy('starts_on', 'desc')
          .execute();
        return rows.map(shownDelegation);
      }),
    async delegate(actor, parts) {
      const { organizationId } = parts;
      requireAllowed(actor, 'delegation.create', {
        id: organizationId,
        organization: organizationId,
        owner: actor.userId,
      });
      requireLendable(actor, parts, dayOf(environment.now()));
      return withWork(work.db, actor, async (trx) => {
        const delegate = await trx
          .selectFrom('person')
          .select('id')
          .where('id', '=', parts.delegateId)
          .executeTakeFirst();
        if (!delegate) throw new QuanlianError('person.not_found', 'There is no such person within your reach.');
        const row = await trx
          .insertInto('delegation')
          .values({
            id: environment.newId(),
            organization_id: organizationId,
            role: parts.role,
            delegator_id: actor.userId ?? '',
            delegate_id: parts.delegateId,
            starts_on: parts.from,
            ends_on: parts.to,
            reason: parts.reason,
            created_at: environment.now(),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const { reason, ...after } = shownDelegation(row);
        const subject = { kind: 'delegation', id: row.id };
        audit.append(trx, { organizationId, action: 'delegation.create', subject, after, why: reason });
        return shownDelegation(row);
      });
    },
    endDelegation: (actor, id) =>
      withWork(work.db, actor, async (trx) => {
        const row = await trx.selectFrom('delegation').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
        const organization = row?.organization_id ?? '';
        const own = row?.delegator_id === actor.userId;
        if (!row || row.revoked_at || !(own || isAllowed(actor, 'role.grant', { id, organization })))
          throw refuse('There is no such lent role to end.');
        await trx.updateTable('delegation').set({ revoked_at: environment.now() }).where('id', '=', id).execute();
        const subject = { kind: 'delegation', id };
        audit.append(trx, { organizationId: organization, action: 'delegation.end', subject });
      }),
  };
}

export function createMembers(deps: Deps): MemberService {
  return { ...memberships(deps), ...delegations(deps) };
}
