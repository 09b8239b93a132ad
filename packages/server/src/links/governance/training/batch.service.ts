import { type Batch, type NewBatch, QuanlianError } from '@quanlian/contract';
import { type RawBuilder, sql } from 'kysely';
import { type Actor, isAllowed, reachOf, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';
import type { Deps } from '../deps.js';
import { BATCH_KIND, type BatchFacts, batchFor } from './access.js';

/** Which batches are asked. */
interface BatchQuery {
  readonly state?: string | undefined;
  readonly curriculumId?: string | undefined;
  /** Only batches that run on some day of this span. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly limit: number;
  readonly offset: number;
}

/** Changes of a batch; what is not named stays. */
interface BatchChange {
  readonly expectedVersion: number;
  readonly quota?: number | undefined;
  readonly place?: string | undefined;
  readonly enrolUntil?: string | undefined;
  readonly state?: Batch['state'] | undefined;
  readonly reason?: string | undefined;
}

/** Courses as they are given: when, where, for how many. */
export interface BatchService {
  create(trx: WorkTransaction, actor: Actor, input: NewBatch): Promise<Batch>;
  change(trx: WorkTransaction, actor: Actor, batchId: string, change: BatchChange): Promise<Batch>;
  /** Gives the batch to somebody to run. */
  assign(trx: WorkTransaction, actor: Actor, batchId: string, personId: string): Promise<void>;
  /** Takes the batch from somebody again. */
  unassign(trx: WorkTransaction, actor: Actor, batchId: string, personId: string): Promise<void>;
  /** Who runs the batch. */
  trainers(trx: WorkTransaction, actor: Actor, batchId: string): Promise<{ id: string; name: string | null }[]>;
  list(db: WorkConnection, actor: Actor, query: BatchQuery): Promise<{ total: number; batches: Batch[] }>;
  get(db: WorkConnection, actor: Actor, batchId: string): Promise<Batch>;
}

const readable = (actor: Actor): RawBuilder<boolean> => {
  const columns = {
    organization: 'b.organization_id',
    public: 'b.is_public',
    assigned: { kind: BATCH_KIND, id: 'b.id' },
  };
  return sql<boolean>`(${inReach(reachOf(actor, 'training.read'), columns)})`;
};

/** Batches with their course and their seats. */
function batchesOf(db: WorkConnection, actor: Actor, { state, curriculumId, from, to }: Partial<BatchQuery>) {
  return db
    .selectFrom('training_batch as b')
    .innerJoin('training_curriculum as c', 'c.id', 'b.curriculum_id')
    .innerJoin('training_seats as s', 's.batch_id', 'b.id')
    .where(readable(actor))
    .$if(state !== undefined, (query) => query.where('b.state', '=', state ?? ''))
    .$if(curriculumId !== undefined, (query) => query.where('b.curriculum_id', '=', curriculumId ?? ''))
    .$if(from !== undefined, (query) => query.where('b.ends_on', '>=', from ?? ''))
    .$if(to !== undefined, (query) => query.where('b.starts_on', '<=', to ?? ''));
}

type BatchesQuery = ReturnType<typeof batchesOf>;

async function assembled(db: WorkConnection, actor: Actor, query: BatchesQuery): Promise<Batch[]> {
  const rows = await query.selectAll('b').select(['c.tier', 'c.audience', 's.quota', 's.taken']).execute();
  if (rows.length === 0) return [];
  const ids = rows.map(({ id }) => id);
  const sessions = await db
    .selectFrom('training_session')
    .selectAll()
    .where('batch_id', 'in', ids)
    .orderBy('held_on')
    .orderBy('title')
    .execute();
  const assigned = await db
    .selectFrom('assignment')
    .select(['subject_id', 'person_id'])
    .where('subject_kind', '=', BATCH_KIND)
    .where('subject_id', 'in', ids)
    .execute();
  return rows.map((row) => {
    const assignees = assigned.filter(({ subject_id }) => subject_id === row.id).map(({ person_id }) => person_id);
    const item = { id: row.id, organization: row.organization_id, assignees, public: row.is_public };
    const enrols = reachOf(actor, 'training.enrol');
    const mayEnrol = enrols === 'everything' || enrols.organizations.length > 0;
    return {
      id: row.id,
      organizationId: row.organization_id,
      curriculumId: row.curriculum_id,
      versionId: row.version_id,
      code: row.code,
      title: { zh: row.title_zh, en: row.title_en },
      tier: row.tier as Batch['tier'],
      audience: row.audience as Batch['audience'],
      mode: row.mode as Batch['mode'],
      place: row.place,
      quota: row.quota,
      taken: row.taken,
      startsOn: row.starts_on,
      endsOn: row.ends_on,
      enrolUntil: row.enrol_until,
      state: row.state as Batch['state'],
      isPublic: row.is_public,
      version: row.version,
      sessions: sessions
        .filter(({ batch_id }) => batch_id === row.id)
        .map(({ id, held_on, title, minutes }) => ({ id, heldOn: held_on, title, minutes })),
      actions: [
        ...(isAllowed(actor, 'training.manage', item) ? (['manage'] as const) : []),
        ...(mayEnrol && row.state === 'open' ? (['enrol'] as const) : []),
        ...(isAllowed(actor, 'certificate.issue', item) ? (['issue'] as const) : []),
      ],
    };
  });
}

async function get(db: WorkConnection, actor: Actor, batchId: string): Promise<Batch> {
  const [batch] = await assembled(db, actor, batchesOf(db, actor, {}).where('b.id', '=', batchId));
  if (batch) return batch;
  throw new QuanlianError('training.not_found', 'There is no such batch, or your roles do not reach it.');
}

function note(
  { audit }: Deps,
  trx: WorkTransaction,
  action: string,
  batch: Pick<BatchFacts, 'id' | 'organizationId'>,
  more: object,
): void {
  const subject = { kind: BATCH_KIND, id: batch.id };
  audit.append(trx, { organizationId: batch.organizationId, action, subject, ...more });
}

function checkDays({ startsOn, endsOn, enrolUntil, sessions }: NewBatch): void {
  const refuse = (sentence: string, path: string): never => {
    throw new QuanlianError('training.refused', sentence, { path });
  };
  if (endsOn < startsOn) refuse(`The batch would end on ${endsOn}, before it starts on ${startsOn}.`, 'endsOn');
  if (enrolUntil > endsOn)
    refuse(`Enrolment would go on until ${enrolUntil}, after the batch has ended.`, 'enrolUntil');
  for (const [index, { heldOn }] of sessions.entries())
    if (heldOn < startsOn || heldOn > endsOn)
      refuse(`The session of ${heldOn} is not between ${startsOn} and ${endsOn}.`, `sessions.${index}.heldOn`);
}

/** The version a batch is made of; it must be there, of a course that is not retired. */
async function readVersion(trx: WorkTransaction, actor: Actor, versionId: string) {
  const reach = inReach(reachOf(actor, 'training.read'), { organization: 'c.organization_id', public: 'c.is_public' });
  const version = await trx
    .selectFrom('training_curriculum_version as v')
    .innerJoin('training_curriculum as c', 'c.id', 'v.curriculum_id')
    .select(['v.id', 'c.id as curriculum_id', 'c.retired_at', 'c.code'])
    .where('v.id', '=', versionId)
    .where(reach)
    .executeTakeFirst();
  if (!version)
    throw new QuanlianError(
      'training.not_found',
      'There is no such version of a course, or your roles do not reach it.',
    );
  if (version.retired_at !== null)
    throw new QuanlianError('training.refused', `The course “${version.code}” is retired. Choose another.`);
  return version;
}

async function insert(
  deps: Deps,
  trx: WorkTransaction,
  actor: Actor,
  id: string,
  curriculumId: string,
  input: NewBatch,
) {
  const { now, newId } = deps.environment;
  const made = await trx
    .insertInto('training_batch')
    .values({
      id,
      organization_id: input.organizationId,
      curriculum_id: curriculumId,
      version_id: input.versionId,
      code: input.code,
      title_zh: input.title.zh,
      title_en: input.title.en,
      mode: input.mode,
      place: input.place,
      starts_on: input.startsOn,
      ends_on: input.endsOn,
      enrol_until: input.enrolUntil,
      state: 'open',
      is_public: input.isPublic,
      created_at: now(),
      created_by: actor.userId,
    })
    .onConflict((conflict) => conflict.columns(['organization_id', 'code']).doNothing())
    .executeTakeFirst();
  if (made.numInsertedOrUpdatedRows === 0n)
    throw new QuanlianError(
      'training.refused',
      `The organization has a batch “${input.code}” already. Take another code.`,
    );
  await trx.insertInto('training_seats').values({ batch_id: id, quota: input.quota }).execute();
  const sessions = input.sessions.map(({ heldOn, title, minutes }) => ({
    id: newId(),
    batch_id: id,
    organization_id: input.organizationId,
    held_on: heldOn,
    title,
    minutes,
  }));
  await trx.insertInto('training_session').values(sessions).execute();
}

const create =
  (deps: Deps): BatchService['create'] =>
  async (trx, actor, input) => {
    const { newId } = deps.environment;
    requireIn(actor, 'training.manage', input.organizationId);
    checkDays(input);
    const version = await readVersion(trx, actor, input.versionId);
    const id = newId();
    await insert(deps, trx, actor, id, version.curriculum_id, input);
    const { organizationId, ...after } = input;
    note(deps, trx, 'training.batch.create', { id, organizationId }, { after });
    return get(trx, actor, id);
  };

const change =
  (deps: Deps): BatchService['change'] =>
  async (trx, actor, batchId, { expectedVersion, reason, quota, ...change }) => {
    const batch = await batchFor(trx, actor, batchId, 'training.manage');
    const before = await get(trx, actor, batchId);
    const { numUpdatedRows } = await trx
      .updateTable('training_batch')
      .set({
        version: sql<number>`version + 1`,
        ...(change.place === undefined ? {} : { place: change.place }),
        ...(change.enrolUntil === undefined ? {} : { enrol_until: change.enrolUntil }),
        ...(change.state === undefined ? {} : { state: change.state }),
      })
      .where('id', '=', batchId)
      .where('version', '=', expectedVersion)
      .executeTakeFirst();
    if (numUpdatedRows === 0n)
      throw new QuanlianError('training.changed', 'Somebody else changed the batch meanwhile. Read it again.');
    if ((change.enrolUntil ?? '') > batch.endsOn)
      throw new QuanlianError(
        'training.refused',
        `The batch ends on ${batch.endsOn}; enrolment cannot go on after it.`,
      );
    if (quota !== undefined) {
      const set = trx.updateTable('training_seats').set({ quota }).where('batch_id', '=', batchId);
      const { numUpdatedRows: seats } = await set.where('taken', '<=', quota).executeTakeFirst();
      if (seats === 0n)
        throw new QuanlianError('training.refused', `More than ${quota} seats are taken. Withdraw people first.`);
    }
    const after = await get(trx, actor, batchId);
    const shown = ({ place, enrolUntil, state, quota: seats }: Batch) => ({ place, enrolUntil, state, quota: seats });
    note(deps, trx, 'training.batch.change', batch, {
      before: shown(before),
      after: shown(after),
      why: reason ?? null,
    });
    return after;
  };

const assign =
  (deps: Deps): BatchService['assign'] =>
  async (trx, actor, batchId, personId) => {
    const { now } = deps.environment;
    const batch = await batchFor(trx, actor, batchId, 'training.manage');
    const person = await trx.selectFrom('person').select('id').where('id', '=', personId).executeTakeFirst();
    if (!person)
      throw new QuanlianError('person.not_found', 'There is no such person, or your roles do not reach them.');
    await trx
      .insertInto('assignment')
      .values({
        subject_kind: BATCH_KIND,
        subject_id: batchId,
        person_id: personId,
        organization_id: batch.organizationId,
        assigned_at: now(),
        assigned_by: actor.userId,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    note(deps, trx, 'training.batch.assign', batch, { after: { personId } });
  };

const unassign =
  (deps: Deps): BatchService['unassign'] =>
  async (trx, actor, batchId, personId) => {
    const batch = await batchFor(trx, actor, batchId, 'training.manage');
    const { numDeletedRows } = await trx
      .deleteFrom('assignment')
      .where('subject_kind', '=', BATCH_KIND)
      .where('subject_id', '=', batchId)
      .where('person_id', '=', personId)
      .executeTakeFirst();
    if (numDeletedRows > 0n) note(deps, trx, 'training.batch.unassign', batch, { before: { personId } });
  };

const trainers: BatchService['trainers'] = async (trx, actor, batchId) => {
  await batchFor(trx, actor, batchId, 'training.manage');
  return trx
    .selectFrom('assignment as a')
    .leftJoin('person as p', 'p.id', 'a.person_id')
    .select(['a.person_id as id', 'p.name'])
    .where('a.subject_kind', '=', BATCH_KIND)
    .where('a.subject_id', '=', batchId)
    .orderBy('p.name')
    .orderBy('a.person_id')
    .execute();
};

const list: BatchService['list'] = async (db, actor, query) => {
  const found = batchesOf(db, actor, query);
  const { total } = await found.select((eb) => eb.fn.countAll().as('total')).executeTakeFirstOrThrow();
  const page = found.orderBy('b.starts_on', 'desc').orderBy('b.code').limit(query.limit).offset(query.offset);
  return { total: Number(total), batches: await assembled(db, actor, page) };
};

export function createBatches(deps: Deps): BatchService {
  return {
    get,
    create: create(deps),
    change: change(deps),
    assign: assign(deps),
    unassign: unassign(deps),
    trainers,
    list,
  };
}
