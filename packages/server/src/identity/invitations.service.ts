import { createHash } from 'node:crypto';
import { type Invitation, type NewInvitation, QuanlianError } from '@quanlian/contract';
import type { InvitationTable, WorkDatabase } from '@quanlian/db';
import type { Role } from '@quanlian/kernel';
import type { Selectable } from 'kysely';
import { type Actor, requireIn, systemActor } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import type { WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import type { Lockout } from './lockout.js';
import { addMembership, requireRole } from './members.service.js';
import { requireStrong, verifyPassword } from './passwords.js';
import { addPerson, passwordHashOf } from './people.js';

const DAY_MS = 86_400_000;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

function shown(row: Selectable<InvitationTable>, now: Date): Invitation {
  const open = row.expires_at > now ? 'open' : 'expired';
  const state = row.accepted_at ? 'accepted' : row.revoked_at ? 'revoked' : open;
  return {
    id: row.id,
    organizationId: row.organization_id,
    email: row.email,
    name: row.name,
    roles: row.roles,
    expiresAt: row.expires_at.toISOString(),
    state,
  };
}

/** What the invited person is shown. */
interface InvitationPreview {
  readonly email: string;
  readonly name: string;
  readonly organization: { readonly zh: string; readonly en: string };
  readonly roles: readonly string[];
  readonly expiresAt: string;
  readonly known: boolean;
}

/** Invitations into an organization: made by its people, taken by who was sent the secret. */
export interface InvitationService {
  /** The secret is told once, to be sent to the invited person. */
  invite(
    actor: Actor,
    organizationId: string,
    parts: NewInvitation,
  ): Promise<{ invitation: Invitation; secret: string }>;
  list(actor: Actor, organizationId: string): Promise<Invitation[]>;
  revoke(actor: Actor, id: string): Promise<void>;
  preview(secret: string): Promise<InvitationPreview>;
  /** Makes the person, or adds the roles to a known one who shows the own password. Tells the e-mail address. */
  accept(secret: string, password: string, client: string, language?: 'zh' | 'en'): Promise<string>;
}

interface Deps {
  readonly work: WorkDatabase;
  readonly audit: Audit;
  readonly environment: Environment;
  readonly lockout: Lockout;
}

const missing = () =>
  new QuanlianError(
    'invitation.not_found',
    'This invitation is unknown, used, revoked or past its end. Ask for a new one.',
  );

async function findOpen(trx: WorkTransaction, secret: string, now: Date) {
  const row = await trx
    .selectFrom('invitation')
    .selectAll()
    .where('secret_hash', '=', hashOf(secret))
    .where('accepted_at', 'is', null)
    .where('revoked_at', 'is', null)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw missing();
  return row;
}

function inviting({ work, audit, environment }: Deps): Pick<InvitationService, 'invite' | 'list' | 'revoke'> {
  const { now, newId, random } = environment;
  return {
    invite(actor, organizationId, parts) {
      requireIn(actor, 'person.invite', organizationId);
      const roles = parts.roles.map((role) => requireRole(actor, role, organizationId));
      // Who may not give roles may only pass on what the own organization's people hold.
      const held = actor.policy.grants.filter(({ organization }) => organization !== null).map(({ role }) => role);
      for (const role of roles) if (!held.includes(role)) requireIn(actor, 'role.grant', organizationId);
      const secret = random(24).toString('base64url');
      return withWork(work.db, actor, async (trx) => {
        const row = await trx
          .insertInto('invitation')
          .values({
            id: newId(),
            organization_id: organizationId,
            email: parts.email.toLowerCase(),
            name: parts.name,
            roles,
            secret_hash: hashOf(secret),
            invited_by: actor.userId,
            created_at: now(),
            expires_at: new Date(now().getTime() + parts.days * DAY_MS),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        audit.append(trx, {
          organizationId,
          action: 'person.invite',
          subject: { kind: 'invitation', id: row.id },
          after: { roles, expiresAt: row.expires_at.toISOString() },
          personal: { email: row.email, name: row.name },
        });
        return { invitation: shown(row, now()), secret };
      });
    },
    list(actor, organizationId) {
      requireIn(actor, 'person.invite', organizationId);
      return withWork(work.db, actor, async (trx) => {
        const query = trx.selectFrom('invitation').selectAll().where('organization_id', '=', organizationId);
        return (await query.orderBy('created_at', 'desc').execute()).map((row) => shown(row, now()));
      });
    },
    revoke: (actor, id) =>
      withWork(work.db, actor, async (trx) => {
        const row = await trx
          .updateTable('invitation')
          .set({ revoked_at: now() })
          .where('id', '=', id)
          .where('accepted_at', 'is', null)
          .where('revoked_at', 'is', null)
          .returning('organization_id')
          .executeTakeFirst();
        if (!row) throw missing();
        requireIn(actor, 'person.invite', row.organization_id);
        const subject = { kind: 'invitation', id };
        audit.append(trx, { organizationId: row.organization_id, action: 'person.uninvite', subject });
      }),
  };
}

function accepting(deps: Deps): Pick<InvitationService, 'preview' | 'accept'> {
  const { work, audit, environment, lockout } = deps;
  const { now } = environment;
  const personBy = (trx: WorkTransaction, email: string) =>
    trx.selectFrom('person').select(['id', 'disabled_at']).where('email', '=', email).executeTakeFirst();

  const personFor = async (
    trx: WorkTransaction,
    row: Selectable<InvitationTable>,
    password: string,
    language: 'zh' | 'en',
  ): Promise<string> => {
    const known = await personBy(trx, row.email);
    if (!known) {
      requireStrong(password, row.email);
      return addPerson(trx, environment, { email: row.email, name: row.name, password, language });
    }
    const stored = await passwordHashOf(trx, known.id);
    if (known.disabled_at || !stored || !(await verifyPassword(stored, password)))
      throw new QuanlianError('sign_in.refused', 'This is not the password of the person with this e-mail address.');
    return known.id;
  };

  return {
    preview: (secret) =>
      withWork(work.db, systemActor('invitation'), async (trx) => {
        const row = await findOpen(trx, secret, now());
        const organization = await trx
          .selectFrom('organization')
          .select(['name_zh as zh', 'name_en as en'])
          .where('id', '=', row.organization_id)
          .executeTakeFirstOrThrow();
        const { email, name, roles, expires_at } = row;
        const known = (await personBy(trx, email)) !== undefined;
        return { email, name, organization, roles, expiresAt: expires_at.toISOString(), known };
      }),
    async accept(secret, password, client, language = 'zh') {
      await lockout.check(`invitation ${secret}`, client);
      const accepting = withWork(work.db, systemActor('invitation'), async (trx) => {
        const row = await findOpen(trx, secret, now());
        const personId = await personFor(trx, row, password, language);
        const organizationId = row.organization_id;
        for (const role of row.roles as Role[])
          await addMembership(trx, environment, { organizationId, personId, role, by: row.invited_by });
        await trx
          .updateTable('invitation')
          .set({ accepted_at: now(), accepted_by: personId })
          .where('id', '=', row.id)
          .execute();
        const { email, name } = row;
        audit.append(trx, {
          organizationId,
          action: 'person.join',
          subject: { kind: 'person', id: personId },
          after: { roles: row.roles, invitation: row.id },
          personal: { email, name },
          personId,
        });
        return email;
      });
      return accepting.catch(async (error: unknown) => {
        const refused = error instanceof QuanlianError && error.code === 'sign_in.refused';
        if (refused || (error instanceof QuanlianError && error.code === 'invitation.not_found'))
          await lockout.failed(`invitation ${secret}`, client);
        throw error;
      });
    },
  };
}

export function createInvitations(deps: Deps): InvitationService {
  return { ...inviting(deps), ...accepting(deps) };
}
