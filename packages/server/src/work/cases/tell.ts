import { type Permission, ROLE_IDS, type Role, scopesOf } from '@quanlian/kernel';
import type { WorkTransaction } from '../connection.js';
import { dayOf, type Environment } from '../environment.js';
import type { Notices } from '../notices/notices.js';
import { CASE_KIND, type StoredCase } from './stored-case.js';

/** Tells roles and relations of a case; answers how many people were told. */
export type Tell = (
  trx: WorkTransaction,
  stored: StoredCase,
  message: {
    readonly to: readonly string[];
    readonly kind: string;
    readonly parameters?: Readonly<Record<string, string | number>>;
    /** What somebody of a named organization must be allowed to be told. */
    readonly permission: Permission;
  },
) => Promise<number>;

const isRole = (name: string): name is Role => (ROLE_IDS as readonly string[]).includes(name);

/** Roles whose permission reaches the things of the organization they are held in. */
function rolesWith(permission: Permission): Role[] {
  return ROLE_IDS.filter((role) =>
    scopesOf(role, permission).some((scope) => scope === 'organization' || scope === 'subtree'),
  );
}

async function holders(
  trx: WorkTransaction,
  organizations: readonly string[],
  roles: readonly string[],
  day: string,
): Promise<string[]> {
  if (organizations.length === 0 || roles.length === 0) return [];
  const rows = await trx
    .selectFrom('membership')
    .select('person_id')
    .distinct()
    .where('organization_id', 'in', organizations)
    .where('role', 'in', roles)
    .where('ended_at', 'is', null)
    .where((eb) => eb.or([eb('starts_on', 'is', null), eb('starts_on', '<=', day)]))
    .where((eb) => eb.or([eb('ends_on', 'is', null), eb('ends_on', '>=', day)]))
    .execute();
  return rows.map(({ person_id }) => person_id);
}

/** The people behind a list of roles and relations. A role counts in the case's organization and those above it. */
async function people(
  trx: WorkTransaction,
  stored: StoredCase,
  to: readonly string[],
  permission: Permission,
  day: string,
): Promise<string[]> {
  const named = to.filter((name) => !isRole(name)).flatMap((relation) => stored.snapshot.parties[relation] ?? []);
  const organizations = await trx
    .selectFrom('organization')
    .select(['id', 'path'])
    .where('id', 'in', [stored.organizationId, ...named])
    .execute();
  const known = new Set(organizations.map(({ id }) => id));
  const above = organizations.find(({ id }) => id === stored.organizationId)?.path ?? [];
  const parties = named.filter((id) => known.has(id));
  return [
    ...new Set([
      ...named.filter((id) => !known.has(id)),
      ...(await holders(trx, above, to.filter(isRole), day)),
      ...(await holders(trx, parties, rolesWith(permission), day)),
    ]),
  ];
}

/** Creates the function that finds out whom to tell and hands the notices over. Call it with the program's reach. */
export function createTell({ now }: Pick<Environment, 'now'>, notify: Notices['notify']): Tell {
  return async (trx, stored, { to, kind, parameters = {}, permission }) => {
    const found = await people(trx, stored, to, permission, dayOf(now()));
    notify(trx, {
      organizationId: stored.organizationId,
      people: found,
      kind,
      parameters: { title: stored.title, ...parameters },
      subject: { kind: CASE_KIND, id: stored.id },
    });
    return found.length;
  };
}
