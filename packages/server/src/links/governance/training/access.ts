import { QuanlianError } from '@quanlian/contract';
import type { Permission, PolicyItem } from '@quanlian/kernel';
import type { RawBuilder } from 'kysely';
import { sql } from 'kysely';
import { type Actor, isAllowed, type Reach, reachOf, requireAllowed } from '../../../work/actor.js';
import type { WorkConnection } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';

/** The kind under which trainers are given a batch to work on. */
export const BATCH_KIND = 'training-batch';

/** The courses and batches are for everybody to read; what people did in them is for these. */
const ABOUT_PEOPLE: readonly Permission[] = ['training.enrol', 'training.manage', 'audit.read'];

const unite = (lists: readonly (readonly string[])[]): string[] => [...new Set(lists.flat())].sort();

/** How far somebody may see who is on the roster, in a batch, or certified. */
export function peopleReach(actor: Actor): Reach {
  const scopes = [];
  for (const permission of ABOUT_PEOPLE) {
    const reach = reachOf(actor, permission);
    if (reach === 'everything') return reach;
    scopes.push(reach);
  }
  return {
    organizations: unite(scopes.map(({ organizations }) => organizations)),
    own: unite([...scopes.map(({ own }) => own), ...ownReach(actor)]),
    assigned: unite(scopes.map(({ assigned }) => assigned)),
    public: false,
  };
}

function ownReach(actor: Actor): (readonly string[])[] {
  const reach = reachOf(actor, 'training.attend');
  return reach === 'everything' ? [] : [reach.own];
}

/** Rows about somebody in a batch, under the alias: by whose staff it is, by who gives the course, and one's own. */
export function reachesPeople(actor: Actor, alias: string): RawBuilder<boolean> {
  const reach = peopleReach(actor);
  const byStaff = inReach(reach, { organization: `${alias}.organization_id`, owner: `${alias}.person_id` });
  const byOrganizer = inReach(reach, {
    organization: `${alias}.organizer_id`,
    assigned: { kind: BATCH_KIND, id: `${alias}.batch_id` },
  });
  return sql<boolean>`(${byStaff} or ${byOrganizer})`;
}

/** What a use case has to know of a batch before anything is done with it. */
export interface BatchFacts {
  readonly id: string;
  readonly organizationId: string;
  readonly curriculumId: string;
  readonly versionId: string;
  readonly code: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly enrolUntil: string;
  readonly state: string;
  readonly version: number;
  readonly item: PolicyItem;
}

const missing = (): QuanlianError =>
  new QuanlianError('training.not_found', 'There is no such batch, or your roles do not reach it.');

/** A batch that the actor may read; `training.not_found` otherwise. */
export async function readBatch(db: WorkConnection, actor: Actor, batchId: string): Promise<BatchFacts> {
  const row = await db.selectFrom('training_batch').selectAll().where('id', '=', batchId).executeTakeFirst();
  if (!row) throw missing();
  const assigned = await db
    .selectFrom('assignment')
    .select('person_id')
    .where('subject_kind', '=', BATCH_KIND)
    .where('subject_id', '=', batchId)
    .execute();
  const item: PolicyItem = {
    id: row.id,
    organization: row.organization_id,
    assignees: assigned.map(({ person_id }) => person_id),
    public: row.is_public,
  };
  if (!isAllowed(actor, 'training.read', item) && !isAllowed(actor, 'training.manage', item)) throw missing();
  return {
    id: row.id,
    organizationId: row.organization_id,
    curriculumId: row.curriculum_id,
    versionId: row.version_id,
    code: row.code,
    startsOn: row.starts_on,
    endsOn: row.ends_on,
    enrolUntil: row.enrol_until,
    state: row.state,
    version: row.version,
    item,
  };
}

/** A batch on which the actor has the permission; `access.denied` when it may only be read. */
export async function batchFor(
  db: WorkConnection,
  actor: Actor,
  batchId: string,
  permission: Permission,
): Promise<BatchFacts> {
  const batch = await readBatch(db, actor, batchId);
  requireAllowed(actor, permission, batch.item);
  return batch;
}
