import type { WorkDatabase, WorkSchema } from '@quanlian/db';
import type { OrganizationKind, Role } from '@quanlian/kernel';
import type { Kysely } from 'kysely';
import { systemActor } from '../work/actor.js';
import { createAudit } from '../work/audit/audit.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import { addMembership } from './members.service.js';
import { addOrganization } from './organizations.service.js';
import { addPerson } from './people.js';

/** An organization of the generated city; parents come before those under them. */
export interface DemoOrganization {
  readonly key: string;
  readonly parent: string | null;
  readonly kind: OrganizationKind;
  readonly serviceLevel?: 'city' | 'district' | 'carrier';
  readonly name: { readonly zh: string; readonly en: string };
}

/** Somebody who may sign in as a made-up person of the city. */
export interface DemoAccount {
  readonly email: string;
  readonly name: string;
  readonly organization: string;
  readonly roles: readonly Role[];
}

/** Whether anybody of the demo city can sign in. */
export async function hasDemoAccounts(system: Kysely<WorkSchema>): Promise<boolean> {
  const found = await system
    .selectFrom('person')
    .select('id')
    .where('demo', '=', true)
    .where('disabled_at', 'is', null)
    .executeTakeFirst();
  return found !== undefined;
}

/** Takes the accounts of the demo city out of use, with every session of theirs. */
export async function disableDemoAccounts(work: WorkDatabase, environment: Environment): Promise<number> {
  return withWork(work.db, systemActor('demo city'), async (trx) => {
    const people = await trx
      .updateTable('person')
      .set({ disabled_at: environment.now() })
      .where('demo', '=', true)
      .where('disabled_at', 'is', null)
      .returning('id')
      .execute();
    const ids = people.map(({ id }) => id);
    if (ids.length > 0) await trx.deleteFrom('sign_in_session').where('person_id', 'in', ids).execute();
    const subject = { kind: 'installation', id: INSTALLATION_CHAIN };
    const event = {
      organizationId: INSTALLATION_CHAIN,
      action: 'demo.disable',
      subject,
      after: { accounts: ids.length },
    };
    createAudit(environment).append(trx, event);
    return ids.length;
  });
}

/**
 * Sets up the organizations of the demo city and its accounts, with random passwords that are told here and nowhere
 * again. Undefined when there are organizations already.
 */
export async function settleDemo(
  work: WorkDatabase,
  environment: Environment,
  city: { readonly organizations: readonly DemoOrganization[]; readonly accounts: readonly DemoAccount[] },
): Promise<readonly { email: string; password: string; name: string }[] | undefined> {
  return withWork(work.db, systemActor('demo city'), async (trx) => {
    if (await trx.selectFrom('organization').select('id').limit(1).executeTakeFirst()) return undefined;
    const ids = new Map<string, string>();
    for (const { key, parent, kind, serviceLevel = null, name } of city.organizations) {
      const parentId = parent === null ? null : (ids.get(parent) ?? null);
      const parts = { parentId, kind, serviceLevel, name, code: null, public: false, demo: true };
      ids.set(key, (await addOrganization(trx, environment, parts)).id);
    }
    const told = [];
    for (const { email, name, organization, roles } of city.accounts) {
      const password = environment.random(12).toString('base64url');
      const personId = await addPerson(trx, environment, { email, name, password, demo: true });
      const organizationId = ids.get(organization) ?? '';
      for (const role of roles) await addMembership(trx, environment, { organizationId, personId, role, by: null });
      told.push({ email, password, name });
    }
    const subject = { kind: 'installation', id: INSTALLATION_CHAIN };
    const after = { organizations: city.organizations.length, accounts: told.length };
    createAudit(environment).append(trx, { organizationId: INSTALLATION_CHAIN, action: 'demo.settle', subject, after });
    return told;
  });
}
