import { createHash } from 'node:crypto';
import { type ApiKey, type NewApiKey, QuanlianError } from '@quanlian/contract';
import type { ApiKeyTable, WorkDatabase } from '@quanlian/db';
import { PERMISSIONS, type Permission } from '@quanlian/kernel';
import type { Selectable } from 'kysely';
import { type Actor, isAllowed, requireAllowed } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import type { Actors } from './actors.js';
import { type KeyLimits, type ShownKey, utcDayOf } from './key-quotas.js';

/** How every key begins, so that one left in a file is recognized. */
export const KEY_MARK = 'qlk_';
const SHOWN_CHARACTERS = 12;
const DAY_MS = 86_400_000;
/** The last use is written down at most this often. */
const USE_STEP_MS = 60_000;

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();

const shown = (row: Selectable<ApiKeyTable>, usedToday: number): ApiKey => ({
  id: row.id,
  organizationId: row.organization_id,
  name: row.name,
  prefix: row.prefix,
  permissions: row.permissions,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
  perMinute: row.per_minute,
  perDay: row.per_day,
  usedToday,
});

const isPermission = (text: string): text is Permission => (PERMISSIONS as readonly string[]).includes(text);

/** A key to be made; limits left out are the operator's. */
type KeyParts = Omit<NewApiKey, keyof KeyLimits> & Partial<KeyLimits>;

/** Keys for programs: a person's roles in one organization, narrowed to the permissions named. */
export interface ApiKeyService {
  /** The key itself is told once. */
  create(actor: Actor, parts: KeyParts): Promise<{ apiKey: ApiKey; key: string }>;
  list(actor: Actor): Promise<ApiKey[]>;
  revoke(actor: Actor, id: string): Promise<void>;
  /** Who a key acts as, and what it may ask. Throws `access.key_refused`. */
  open(key: string): Promise<{ actor: Actor; key: ShownKey }>;
}

interface Deps {
  readonly work: WorkDatabase;
  readonly actors: Actors;
  readonly audit: Audit;
  readonly environment: Environment;
}

const refused = () =>
  new QuanlianError(
    'access.key_refused',
    'This API key is unknown, revoked or past its end. Make a new one on your page.',
  );

function requireScopes(actor: Actor, parts: KeyParts): Permission[] {
  const unknown = parts.permissions.filter((name) => !isPermission(name));
  if (unknown.length > 0)
    throw new QuanlianError('request.invalid', `There is no permission named ${unknown.join(', ')}.`, {
      path: 'permissions',
    });
  if (!actor.memberships.some(({ organizationId }) => organizationId === parts.organizationId))
    throw new QuanlianError('access.denied', 'A key is made for an organization you have a role in.');
  return parts.permissions.filter(isPermission);
}

export function createApiKeys({ work, actors, audit, environment }: Deps): ApiKeyService {
  const { now, newId, random } = environment;

  async function usedToday(ids: readonly string[]): Promise<Map<string, number>> {
    if (ids.length === 0) return new Map();
    const day = utcDayOf(now());
    const rows = await work.system
      .selectFrom('api_key_usage')
      .select(['key_id', 'requests'])
      .where('key_id', 'in', ids)
      .where('day', '=', day)
      .execute();
    return new Map(rows.map(({ key_id, requests }) => [key_id, Number(requests)]));
  }

  return {
    async create(actor, parts) {
      const { organizationId, name, days, perMinute = null, perDay = null } = parts;
      if (actor.kind !== 'user' || actor.userId === null)
        throw new QuanlianError('access.denied', 'Only a person who is signed in makes API keys.');
      const personId = actor.userId;
      requireAllowed(actor, 'api-key.manage', { id: personId, organization: organizationId, owner: personId });
      const permissions = requireScopes(actor, parts);
      const key = `${KEY_MARK}${random(32).toString('base64url')}`;
      return withWork(work.db, actor, async (trx) => {
        const row = await trx
          .insertInto('api_key')
          .values({
            id: newId(),
            organization_id: organizationId,
            person_id: personId,
            name,
            prefix: key.slice(0, SHOWN_CHARACTERS),
            secret_hash: hashOf(key),
            permissions,
            per_minute: perMinute,
            per_day: perDay,
            created_at: now(),
            expires_at: days === null ? null : new Date(now().getTime() + days * DAY_MS),
          })
          .returningAll()
          .executeTakeFirstOrThrow();
        const subject = { kind: 'api-key', id: row.id };
        // What somebody calls a key may name somebody.
        const parts = { after: { permissions, perMinute, perDay }, personal: { name }, personId };
        audit.append(trx, { organizationId, action: 'api-key.create', subject, ...parts });
        return { apiKey: shown(row, 0), key };
      });
    },
    list: (actor) =>
      withWork(work.db, actor, async (trx) => {
        const query = trx.selectFrom('api_key').selectAll().where('person_id', '=', actor.userId);
        const rows = await query.orderBy('created_at', 'desc').execute();
        const used = await usedToday(rows.map(({ id }) => id));
        return rows.map((row) => shown(row, used.get(row.id) ?? 0));
      }),
    revoke: (actor, id) =>
      withWork(work.db, actor, async (trx) => {
        const row = await trx.selectFrom('api_key').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
        const item = { id, organization: row?.organization_id ?? '', owner: row?.person_id ?? null };
        if (!row || row.revoked_at || !isAllowed(actor, 'api-key.manage', item)) throw refused();
        await trx.updateTable('api_key').set({ revoked_at: now() }).where('id', '=', id).execute();
        const subject = { kind: 'api-key', id };
        audit.append(trx, { organizationId: row.organization_id, action: 'api-key.revoke', subject });
      }),
    async open(key) {
      const row = await work.system
        .selectFrom('api_key')
        .selectAll()
        .where('secret_hash', '=', hashOf(key))
        .where('revoked_at', 'is', null)
        .executeTakeFirst();
      if (!row || (row.expires_at !== null && row.expires_at <= now())) throw refused();
      const permissions = row.permissions.filter(isPermission);
      const actor = await actors.ofPerson(row.person_id, { organizationId: row.organization_id, permissions });
      if (!actor || actor.memberships.length === 0) throw refused();
      if (!row.last_used_at || now().getTime() - row.last_used_at.getTime() > USE_STEP_MS)
        await work.system.updateTable('api_key').set({ last_used_at: now() }).where('id', '=', row.id).execute();
      return { actor, key: { id: row.id, perMinute: row.per_minute, perDay: row.per_day } };
    },
  };
}
