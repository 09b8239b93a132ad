import { QuanlianError } from '@quanlian/contract';
import type { WorkDatabase } from '@quanlian/db';
import { systemActor } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { INSTALLATION_CHAIN } from '../work/audit/chain.js';
import type { WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import { createActors } from './actors.js';
import { disableDemoAccounts } from './demo.js';
import { addMembership, requireRole } from './members.service.js';
import { addOrganization, organizationMissing } from './organizations.service.js';
import { addPerson, resetPassword } from './people.js';

/** An account made by the owner of the data folder. */
export interface NewAccount {
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** The organization's id or code; left out for the only one at the top. */
  readonly organization?: string | undefined;
  /** Makes the city's office first, under this name, when there is no organization at all. */
  readonly city?: string | undefined;
}

export interface MadeAccount {
  readonly email: string;
  /** Told once. */
  readonly password: string;
}

/** What the owner of the data folder does at the command line, where no administrator exists yet or can sign in. */
export interface AccountService {
  add(account: NewAccount): Promise<MadeAccount>;
  /** A new random password; ends the person's sessions. */
  reset(email: string): Promise<MadeAccount>;
  disableDemo(): Promise<number>;
}

interface Deps {
  readonly database: WorkDatabase;
  readonly audit: Audit;
  readonly environment: Environment;
}

const UUID = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/;

async function findPlace(trx: WorkTransaction, environment: Environment, account: NewAccount): Promise<string> {
  const { organization, city } = account;
  if (organization) {
    const column = UUID.test(organization) ? 'id' : 'code';
    const found = await trx.selectFrom('organization').select('id').where(column, '=', organization).executeTakeFirst();
    if (!found) throw organizationMissing();
    return found.id;
  }
  const tops = await trx.selectFrom('organization').select('id').where('parent_id', 'is', null).execute();
  const [top] = tops;
  if (top && tops.length === 1) return top.id;
  if (top)
    throw new QuanlianError(
      'usage.invalid',
      'There are several organizations at the top; name one with --organization.',
    );
  if (!city)
    throw new QuanlianError('usage.invalid', 'There is no organization yet; name the city’s office with --city.');
  const name = { zh: city, en: city };
  const office = { parentId: null, kind: 'city-office', serviceLevel: 'city', name, code: null, public: true } as const;
  return (await addOrganization(trx, environment, office)).id;
}

export function createAccounts({ database, audit, environment }: Deps): AccountService {
  const owner = systemActor('owner of the data folder');
  const newPassword = () => environment.random(15).toString('base64url');
  return {
    add: (account) =>
      withWork(database.db, owner, async (trx) => {
        const organizationId = await findPlace(trx, environment, account);
        // Read in the same transaction: the organization may be a moment old.
        const actor = await createActors(trx, environment).system(owner.name);
        const role = requireRole(actor, account.role, organizationId);
        const { email, name } = account;
        const password = newPassword();
        const personId = await addPerson(trx, environment, { email, name, password });
        await addMembership(trx, environment, { organizationId, personId, role, by: null });
        const subject = { kind: 'person', id: personId };
        const event = { organizationId, action: 'person.join', subject, after: { roles: [role] } };
        audit.append(trx, { ...event, personal: { email, name }, personId });
        return { email, password };
      }),
    reset: (email) =>
      withWork(database.db, owner, async (trx) => {
        const address = email.toLowerCase();
        const person = await trx.selectFrom('person').select('id').where('email', '=', address).executeTakeFirst();
        if (!person) throw new QuanlianError('person.not_found', `Nobody has the e-mail address ${email}.`);
        const password = newPassword();
        await resetPassword(trx, environment, person.id, password);
        const subject = { kind: 'person', id: person.id };
        audit.append(trx, { organizationId: INSTALLATION_CHAIN, action: 'person.reset-password', subject });
        return { email: address, password };
      }),
    disableDemo: () => disableDemoAccounts(database, environment),
  };
}
