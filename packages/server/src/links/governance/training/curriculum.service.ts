import {
  type Curriculum,
  type CurriculumVersion,
  type KeyedQuestion,
  type NewCurriculum,
  type NewCurriculumVersion,
  QuanlianError,
} from '@quanlian/contract';
import { type Actor, reachOf, requireIn } from '../../../work/actor.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { inReach } from '../../../work/reach.js';
import type { Deps } from '../deps.js';

/** Courses and their versions. A version is never changed: what a certificate was given for stays known. */
export interface CurriculumService {
  create(trx: WorkTransaction, actor: Actor, input: NewCurriculum): Promise<Curriculum>;
  /** Publishes the next version. Throws `training.refused` when a question has no fitting answer. */
  publish(trx: WorkTransaction, actor: Actor, curriculumId: string, input: NewCurriculumVersion): Promise<Curriculum>;
  /** No batch can be made of it any more. */
  retire(trx: WorkTransaction, actor: Actor, curriculumId: string): Promise<Curriculum>;
  list(db: WorkConnection, actor: Actor): Promise<Curriculum[]>;
  get(db: WorkConnection, actor: Actor, curriculumId: string): Promise<Curriculum>;
}

/** What is wrong with a question's answers, or undefined. */
function faultOf({ kind, options, right }: KeyedQuestion): string | undefined {
  if (new Set(right).size !== right.length) return 'names a right option twice';
  if (right.some((place) => place >= options.length)) return 'names a right option that does not exist';
  if (kind !== 'multiple' && right.length !== 1) return 'needs exactly one right option';
  return kind === 'true-false' && options.length !== 2 ? 'needs exactly two options' : undefined;
}

const asVersion = (row: {
  id: string;
  version: number;
  topics: CurriculumVersion['topics'];
  minutes: number;
  attendance_percent: number;
  pass_percent: number;
  attempts: number;
  valid_months: number | null;
  questions: object[];
  published_at: Date;
}): CurriculumVersion => ({
  id: row.id,
  version: row.version,
  topics: row.topics,
  minutes: row.minutes,
  attendancePercent: row.attendance_percent,
  passPercent: row.pass_percent,
  attempts: row.attempts,
  validMonths: row.valid_months,
  questionCount: row.questions.length,
  publishedAt: row.published_at.toISOString(),
});

async function read(db: WorkConnection, actor: Actor, id?: string): Promise<Curriculum[]> {
  const reach = inReach(reachOf(actor, 'training.read'), { organization: 'c.organization_id', public: 'c.is_public' });
  const rows = await db
    .selectFrom('training_curriculum as c')
    .selectAll('c')
    .where(reach)
    .$if(id !== undefined, (query) => query.where('c.id', '=', id ?? ''))
    .orderBy('c.code')
    .execute();
  if (rows.length === 0) return [];
  const versions = await db
    .selectFrom('training_curriculum_version')
    .selectAll()
    .where(
      'curriculum_id',
      'in',
      rows.map((row) => row.id),
    )
    .orderBy('version', 'desc')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    organizationId: row.organization_id,
    code: row.code,
    tier: row.tier as Curriculum['tier'],
    audience: row.audience as Curriculum['audience'],
    title: { zh: row.title_zh, en: row.title_en },
    isPublic: row.is_public,
    retiredAt: row.retired_at?.toISOString() ?? null,
    versions: versions.filter(({ curriculum_id }) => curriculum_id === row.id).map(asVersion),
  }));
}

async function get(db: WorkConnection, actor: Actor, id: string): Promise<Curriculum> {
  const [curriculum] = await read(db, actor, id);
  if (curriculum) return curriculum;
  throw new QuanlianError('training.not_found', 'There is no such course, or your roles do not reach it.');
}

function note(
  { audit }: Deps,
  trx: WorkTransaction,
  action: string,
  { id, organizationId }: Curriculum,
  after: unknown,
): void {
  audit.append(trx, { organizationId, action, subject: { kind: 'training-curriculum', id }, after });
}

/** The course, locked so that two versions never get one number. */
async function lock(trx: WorkTransaction, actor: Actor, id: string): Promise<Curriculum> {
  const curriculum = await get(trx, actor, id);
  requireIn(actor, 'training.manage', curriculum.organizationId);
  await trx.selectFrom('training_curriculum').select('id').where('id', '=', id).forUpdate().execute();
  const locked = await get(trx, actor, id);
  if (locked.retiredAt !== null)
    throw new QuanlianError('training.refused', `The course “${locked.code}” is retired; nothing of it changes.`);
  return locked;
}

const create =
  (deps: Deps): CurriculumService['create'] =>
  async (trx, actor, input) => {
    const { now, newId } = deps.environment;
    requireIn(actor, 'training.manage', input.organizationId);
    const { organizationId, code, tier, audience, title, isPublic } = input;
    const id = newId();
    const made = await trx
      .insertInto('training_curriculum')
      .values({
        id,
        organization_id: organizationId,
        code,
        tier,
        audience,
        title_zh: title.zh,
        title_en: title.en,
        is_public: isPublic,
        created_at: now(),
        created_by: actor.userId,
      })
      .onConflict((conflict) => conflict.columns(['organization_id', 'code']).doNothing())
      .executeTakeFirst();
    if (made.numInsertedOrUpdatedRows === 0n)
      throw new QuanlianError(
        'training.refused',
        `The organization has a course “${code}” already. Take another code.`,
      );
    const curriculum: Curriculum = { ...input, id, retiredAt: null, versions: [] };
    note(deps, trx, 'training.curriculum.create', curriculum, { code, tier, audience, title, isPublic });
    return curriculum;
  };

const publish =
  (deps: Deps): CurriculumService['publish'] =>
  async (trx, actor, curriculumId, input) => {
    const { now, newId } = deps.environment;
    for (const [index, question] of input.questions.entries()) {
      const fault = faultOf(question);
      if (fault)
        throw new QuanlianError('training.refused', `Question ${index + 1} ${fault}.`, {
          path: `questions.${index}`,
        });
    }
    const curriculum = await lock(trx, actor, curriculumId);
    const version = (curriculum.versions[0]?.version ?? 0) + 1;
    const { questions, ...demands } = input;
    const id = newId();
    const organization_id = curriculum.organizationId;
    await trx
      .insertInto('training_curriculum_version')
      .values({
        id,
        curriculum_id: curriculumId,
        organization_id,
        version,
        topics: JSON.stringify(demands.topics),
        minutes: demands.minutes,
        attendance_percent: demands.attendancePercent,
        pass_percent: demands.passPercent,
        attempts: demands.attempts,
        valid_months: demands.validMonths,
        questions: JSON.stringify(questions.map(({ right: _, ...question }) => question)),
        published_at: now(),
        published_by: actor.userId,
      })
      .execute();
    const answers = JSON.stringify(questions.map(({ right }) => [...right].sort((a, b) => a - b)));
    await trx.insertInto('training_answer_key').values({ version_id: id, organization_id, answers }).execute();
    note(deps, trx, 'training.curriculum.publish', curriculum, { version, ...demands, questions: questions.length });
    return get(trx, actor, curriculumId);
  };

const retire =
  (deps: Deps): CurriculumService['retire'] =>
  async (trx, actor, curriculumId) => {
    const { now } = deps.environment;
    const curriculum = await lock(trx, actor, curriculumId);
    const retired_at = now();
    await trx.updateTable('training_curriculum').set({ retired_at }).where('id', '=', curriculumId).execute();
    note(deps, trx, 'training.curriculum.retire', curriculum, { retiredAt: retired_at.toISOString() });
    return get(trx, actor, curriculumId);
  };

export function createCurricula(deps: Deps): CurriculumService {
  return {
    list: (db, actor) => read(db, actor),
    get,
    create: create(deps),
    publish: publish(deps),
    retire: retire(deps),
  };
}
