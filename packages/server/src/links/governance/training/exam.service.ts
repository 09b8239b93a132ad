import { QuanlianError, type TestQuestion, type TestResult } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import { type Actor, isAllowed } from '../../../work/actor.js';
import type { Audit } from '../../../work/audit/audit.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import { dayOf, type Environment } from '../../../work/environment.js';
import { type BatchFacts, reachesPeople, readBatch } from './access.js';
import { resultOf, scoreOf } from './progress.js';

/** The test of a course: fixed scoring, a limited number of attempts. */
export interface ExamService {
  /** The questions for somebody enrolled or who runs the batch, without the answers. */
  paper(db: WorkConnection, actor: Actor, batchId: string): Promise<{ questions: TestQuestion[]; attempts: number }>;
  /** Takes one's own answers, or those of a paper test by who runs the batch. */
  submit(
    trx: WorkTransaction,
    actor: Actor,
    enrolmentId: string,
    answers: readonly (readonly number[])[],
  ): Promise<TestResult>;
}

export interface ExamDeps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly audit: Audit;
  /** The program itself: nobody who takes a test reaches the right answers. */
  readonly system: () => Promise<Actor>;
}

interface Test {
  readonly questions: readonly TestQuestion[];
  readonly passPercent: number;
  readonly attempts: number;
}

async function readTest(db: WorkConnection, versionId: string): Promise<Test> {
  const row = await db
    .selectFrom('training_curriculum_version')
    .select(['questions', 'pass_percent', 'attempts'])
    .where('id', '=', versionId)
    .executeTakeFirstOrThrow();
  const questions = row.questions as TestQuestion[];
  if (questions.length === 0) throw new QuanlianError('training.refused', 'This course has no test.');
  return { questions, passPercent: row.pass_percent, attempts: row.attempts };
}

function requireFitting(questions: readonly TestQuestion[], answers: readonly (readonly number[])[]): void {
  if (answers.length !== questions.length)
    throw new QuanlianError(
      'request.invalid',
      `The test has ${questions.length} questions; ${answers.length} were answered.`,
    );
  for (const [index, places] of answers.entries()) {
    const { options, kind } = questions[index] ?? { options: [], kind: 'single' };
    if (places.some((place) => place >= options.length) || new Set(places).size !== places.length)
      throw new QuanlianError(
        'request.invalid',
        `The answer to question ${index + 1} names an option that does not exist.`,
      );
    if (kind !== 'multiple' && places.length > 1)
      throw new QuanlianError('request.invalid', `Question ${index + 1} takes one option.`, {
        path: `answers.${index}`,
      });
  }
}

function requireRunning({ state, code, startsOn }: BatchFacts, today: string): void {
  if (state !== 'open')
    throw new QuanlianError('training.refused', `The batch “${code}” is ${state}; its test is over.`);
  if (today < startsOn) throw new QuanlianError('training.refused', `The batch “${code}” starts on ${startsOn}.`);
}

async function lockEnrolment(trx: WorkTransaction, actor: Actor, enrolmentId: string) {
  const row = await trx
    .selectFrom('training_enrolment as e')
    .selectAll('e')
    .where('e.id', '=', enrolmentId)
    .where(reachesPeople(actor, 'e'))
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw new QuanlianError('training.not_found', 'There is no such enrolment, or your roles do not reach it.');
  if (row.state !== 'enrolled') throw new QuanlianError('training.refused', 'The person has withdrawn from the batch.');
  return row;
}

type KeyOf = (versionId: string) => Promise<readonly (readonly number[])[]>;

const submitting =
  ({ environment, audit }: ExamDeps, keyOf: KeyOf): ExamService['submit'] =>
  async (trx, actor, enrolmentId, answers) => {
    const enrolment = await lockEnrolment(trx, actor, enrolmentId);
    const batch = await readBatch(trx, actor, enrolment.batch_id);
    const item = { id: enrolmentId, organization: enrolment.organization_id, owner: enrolment.person_id };
    if (!isAllowed(actor, 'training.attend', item) && !isAllowed(actor, 'training.manage', batch.item))
      throw new QuanlianError(
        'access.denied',
        'Only the person, or who runs the batch, hands in the answers of a test.',
      );
    requireRunning(batch, dayOf(environment.now()));
    const test = await readTest(trx, batch.versionId);
    requireFitting(test.questions, answers);
    const before = await trx
      .selectFrom('training_attempt')
      .select(['number', 'passed'])
      .where('enrolment_id', '=', enrolmentId)
      .orderBy('number')
      .execute();
    if (before.some(({ passed }) => passed))
      throw new QuanlianError('training.refused', 'The test was passed already.');
    if (before.length >= test.attempts)
      throw new QuanlianError('training.refused', `All ${test.attempts} attempts at the test are used up.`);
    const points = test.questions.map((question) => question.points);
    const score = scoreOf(points, await keyOf(batch.versionId), answers);
    const result = resultOf(score, test.passPercent, before.length + 1, test.attempts);
    const { batch_id, organizer_id, organization_id, person_id } = enrolment;
    await trx
      .insertInto('training_attempt')
      .values({
        id: environment.newId(),
        enrolment_id: enrolmentId,
        batch_id,
        organizer_id,
        organization_id,
        person_id,
        number: result.attempt,
        answers: JSON.stringify(answers),
        points: score.points,
        of_points: score.of,
        passed: result.passed,
        submitted_at: environment.now(),
        submitted_by: actor.userId,
      })
      .execute();
    audit.append(trx, {
      organizationId: organization_id,
      action: 'training.test',
      subject: { kind: 'training-enrolment', id: enrolmentId },
      after: { attempt: result.attempt, points: score.points, of: score.of, passed: result.passed },
    });
    return result;
  };

export function createExams(deps: ExamDeps): ExamService {
  const { db: pool, environment, system } = deps;
  const keys = new Map<string, readonly (readonly number[])[]>();

  /** A version never changes, so its key is read once. */
  async function keyOf(versionId: string): Promise<readonly (readonly number[])[]> {
    const known = keys.get(versionId);
    if (known) return known;
    const { answers } = await withWork(pool, await system(), (trx) =>
      trx
        .selectFrom('training_answer_key')
        .select('answers')
        .where('version_id', '=', versionId)
        .executeTakeFirstOrThrow(),
    );
    keys.set(versionId, answers);
    return answers;
  }

  return {
    async paper(db, actor, batchId) {
      const batch = await readBatch(db, actor, batchId);
      if (!isAllowed(actor, 'training.manage', batch.item)) {
        const own = await db
          .selectFrom('training_enrolment')
          .select('id')
          .where('batch_id', '=', batchId)
          .where('person_id', '=', actor.userId)
          .where('state', '=', 'enrolled')
          .executeTakeFirst();
        if (!own) throw new QuanlianError('training.not_found', 'You are not enrolled in this batch.');
        requireRunning(batch, dayOf(environment.now()));
      }
      const { questions, attempts } = await readTest(db, batch.versionId);
      return { questions: [...questions], attempts };
    },
    submit: submitting(deps, keyOf),
  };
}
