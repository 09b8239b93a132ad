import { type NewOrganization, type Organization, type OrganizationChange, QuanlianError } from '@quanlian/contract';
import type { OrganizationTable, WorkSchema } from '@quanlian/db';
import type { Kysely, Selectable } from 'kysely';
import { type Actor, reachOf, requireIn } from '../work/actor.js';
import type { Audit } from '../work/audit/audit.js';
import type { WorkConnection, WorkTransaction } from '../work/connection.js';
import { withWork } from '../work/context.js';
import type { Environment } from '../work/environment.js';
import { inReach } from '../work/reach.js';

type Row = Selectable<OrganizationTable>;

const shown = (row: Row): Organization => ({
  id: row.id,
  parentId: row.parent_id,
  kind: row.kind as Organization['kind'],
  serviceLevel: row.service_level,
  name: { zh: row.name_zh, en: row.name_en },
  code: row.code,
  public: row.is_public,
  demo: row.demo,
  closedAt: row.closed_at?.toISOString() ?? null,
  version: row.version,
});

export const organizationMissing = () =>
  new QuanlianError('organization.not_found', 'There is no such organization, or your roles do not reach it.');

/** The organizations an actor may read, by name. */
function listReached(db: WorkConnection, actor: Actor): Promise<Row[]> {
  const columns = { organization: 'organization.id', public: 'organization.is_public' };
  return db
    .selectFrom('organization')
    .selectAll()
    .where(inReach(reachOf(actor, 'organization.read'), columns))
    .orderBy('path')
    .execute();
}

const findOrganization = (db: WorkConnection, id: string): Promise<Row | undefined> =>
  db.selectFrom('organization').selectAll().where('id', '=', id).executeTakeFirst();

/** What an organization is made of besides its place. */
export interface OrganizationParts extends Omit<NewOrganization, 'parentId'> {
  readonly parentId: string | null;
  readonly demo?: boolean;
}

/** Adds an organization under its parent. In a transaction that reaches the parent. */
export async function addOrganization(
  trx: WorkTransaction,
  { newId, now }: Environment,
  parts: OrganizationParts,
): Promise<Row> {
  const id = newId();
  const parent = parts.parentId === null ? undefined : await findOrganization(trx, parts.parentId);
  if (parts.parentId !== null && !parent) throw organizationMissing();
  return trx
    .insertInto('organization')
    .values({
      id,
      parent_id: parent?.id ?? null,
      path: [...(parent?.path ?? []), id],
      kind: parts.kind,
      service_level: parts.serviceLevel,
      name_zh: parts.name.zh,
      name_en: parts.name.en,
      code: parts.code,
      is_public: parts.public,
      demo: parts.demo ?? parent?.demo ?? false,
      created_at: now(),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

function changeOf(change: OrganizationChange, before: Row, now: Date) {
  const closed_at = change.closed === undefined ? before.closed_at : change.closed ? (before.closed_at ?? now) : null;
  return {
    name_zh: change.name?.zh ?? before.name_zh,
    name_en: change.name?.en ?? before.name_en,
    code: change.code === undefined ? before.code : change.code,
    is_public: change.public ?? before.is_public,
    closed_at,
  };
}

/** The organizations of the installation. */
export interface OrganizationService {
  list(actor: Actor): Promise<Organization[]>;
  get(actor: Actor, id: string): Promise<Organization>;
  add(actor: Actor, parts: NewOrganization): Promise<Organization>;
  change(actor: Actor, id: string, change: OrganizationChange): Promise<Organization>;
}

export function createOrganizations(deps: {
  readonly db: Kysely<WorkSchema>;
  readonly audit: Audit;
  readonly environment: Environment;
}): OrganizationService {
  const { db, audit, environment } = deps;
  return {
    list: (actor) => withWork(db, actor, async (trx) => (await listReached(trx, actor)).map(shown)),
    async get(actor, id) {
      const found = await withWork(db, actor, (trx) => listReached(trx, actor));
      const row = found.find((one) => one.id === id);
      if (!row) throw organizationMissing();
      return shown(row);
    },
    add(actor, parts) {
      requireIn(actor, 'organization.manage', parts.parentId);
      return withWork(db, actor, async (trx) => {
        const row = await addOrganization(trx, environment, parts);
        const subject = { kind: 'organization', id: row.id };
        audit.append(trx, { organizationId: row.id, action: 'organization.add', subject, after: shown(row) });
        return shown(row);
      });
    },
    change(actor, id, change) {
      requireIn(actor, 'organization.manage', id);
      return withWork(db, actor, async (trx) => {
        const before = await trx
          .selectFrom('organization')
          .selectAll()
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (!before) throw organizationMissing();
        if (before.version !== change.version)
          throw new QuanlianError('organization.changed', 'Somebody else changed this organization; read it again.');
        const after = await trx
          .updateTable('organization')
          .set({ ...changeOf(change, before, environment.now()), version: before.version + 1 })
          .where('id', '=', id)
          .returningAll()
          .executeTakeFirstOrThrow();
        audit.append(trx, {
          organizationId: id,
          action: 'organization.change',
          subject: { kind: 'organization', id },
          before: shown(before),
          after: shown(after),
          why: change.why,
        });
        return shown(after);
      });
    },
  };
}
