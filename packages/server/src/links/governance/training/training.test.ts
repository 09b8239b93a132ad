import { createHash, verify } from 'node:crypto';
import type { NewBatch, NewCurriculum, NewCurriculumVersion } from '@quanlian/contract';
import { readTable } from '@quanlian/formats/tables';
import { canonicalJson } from '@quanlian/kernel';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Actor } from '../../../work/actor.js';
import { createAudit } from '../../../work/audit/audit.js';
import type { WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import {
  createTestCity,
  openTestDatabase,
  type PlaceName,
  type TestCity,
  type TestDatabase,
  testEnvironment,
} from '../../../work/work.fixture.js';
import { ENROLMENT_COLUMNS, ROSTER_COLUMNS } from './roster.rows.js';
import { createTraining, type Training } from './training.js';

const environment = testEnvironment('2026-03-02T01:00:00.000Z');
let database: TestDatabase;
let city: TestCity;
let training: Training;
let officer: Actor;

beforeAll(async () => {
  database = await openTestDatabase();
  city = await createTestCity(database.work, environment);
  training = createTraining({
    db: database.work.db,
    environment,
    audit: createAudit(environment),
    system: () => city.actors.system('training'),
    secret: Buffer.alloc(32, 7),
  });
  officer = await city.person('city', 'city-officer');
});
afterAll(() => database.close());

const as = <Result>(actor: Actor, work: (trx: WorkTransaction) => Promise<Result>): Promise<Result> =>
  withWork(database.work.db, actor, work);

const at = (place: PlaceName): string => city.organizations[place];

const QUESTION = {
  kind: 'single' as const,
  text: { zh: '几年？', en: 'How many years?' },
  options: [
    { zh: '十年', en: 'Ten' },
    { zh: '二十年', en: 'Twenty' },
  ],
  points: 10,
};

const VERSION: NewCurriculumVersion = {
  topics: [{ zh: '基础', en: 'Basics' }],
  minutes: 240,
  attendancePercent: 50,
  passPercent: 60,
  attempts: 2,
  validMonths: 12,
  questions: [
    { ...QUESTION, right: [1] },
    { ...QUESTION, kind: 'multiple', right: [0, 1] },
  ],
};

let counter = 0;
async function course(more: Partial<NewCurriculum> = {}, version: Partial<NewCurriculumVersion> = {}) {
  counter += 1;
  const made = await as(officer, (trx) =>
    training.curricula.create(trx, officer, {
      organizationId: at('city'),
      code: `C-${counter}`,
      tier: 'unit',
      audience: 'everyone',
      title: { zh: '课程', en: 'Course' },
      isPublic: true,
      ...more,
    }),
  );
  return as(officer, (trx) => training.curricula.publish(trx, officer, made.id, { ...VERSION, ...version }));
}

async function batch(versionId: string, more: Partial<NewBatch> = {}) {
  counter += 1;
  const input: NewBatch = {
    organizationId: at('city'),
    versionId,
    code: `B-${counter}`,
    title: { zh: '班', en: 'Batch' },
    mode: 'venue',
    place: '101',
    quota: 100,
    startsOn: '2026-03-02',
    endsOn: '2026-03-20',
    enrolUntil: '2026-03-10',
    isPublic: true,
    sessions: [
      { heldOn: '2026-03-02', title: 'One', minutes: 120 },
      { heldOn: '2026-03-03', title: 'Two', minutes: 120 },
    ],
    ...more,
  };
  return as(officer, (trx) => training.batches.create(trx, officer, input));
}

/** Takes a roster for a place: one line for each person. */
async function roster(actor: Actor, place: PlaceName, lines: string, more: { on?: string; replace?: boolean } = {}) {
  const rows = await readTable(`code,name,organization,tier,audience,email\n${lines}`, ROSTER_COLUMNS);
  return as(actor, (trx) =>
    training.rosters.import(trx, actor, {
      organizationId: at(place),
      on: more.on ?? '2026-03-02',
      rows,
      mode: 'good-rows',
      replace: more.replace ?? false,
    }),
  );
}

async function enrol(
  actor: Actor,
  batchId: string,
  codes: string[],
  mode: 'good-rows' | 'all-or-nothing' | 'check' = 'good-rows',
) {
  const rows = await readTable(`code\n${codes.join('\n')}`, ENROLMENT_COLUMNS);
  return as(actor, (trx) => training.enrolments.enrol(trx, actor, batchId, { rows, mode }));
}

const taken = async (batchId: string) =>
  (await as(officer, (trx) => training.batches.get(trx, officer, batchId))).taken;
const listed = (actor: Actor, batchId: string) => as(actor, (trx) => training.enrolments.list(trx, actor, batchId));

/** Everybody of a batch comes to all sessions and answers everything rightly. */
async function complete(batchId: string) {
  const { sessions } = await as(officer, (trx) => training.batches.get(trx, officer, batchId));
  const { enrolments } = await listed(officer, batchId);
  for (const { id } of sessions.filter(({ heldOn }) => heldOn === '2026-03-02')) {
    const marks = enrolments.map((enrolment) => ({ enrolmentId: enrolment.id, state: 'present' as const }));
    await as(officer, (trx) => training.attendance.record(trx, officer, id, marks));
  }
  for (const { id } of enrolments) await as(officer, (trx) => training.exams.submit(trx, officer, id, [[1], [1, 0]]));
  return as(officer, (trx) => training.certificates.issue(trx, officer, batchId));
}

describe('a roster', () => {
  it('tells each row what became of it and keeps what was', async () => {
    const first = await roster(
      officer,
      'park',
      'p-1,李明,,park,officials,\nP-2,王芳,company,unit,ip-staff,\nP-2,王芳,company,unit,ip-staff,\nP-3,张伟,nowhere,unit,managers,\n,无,,park,officials,\nP-5,赵,,park,kings,',
    );
    expect(first.rows.map(({ line, code, result }) => [line, code, result])).toEqual([
      [2, 'P-1', 'added'],
      [3, 'P-2', 'added'],
      [4, 'P-2', 'repeated'],
      [5, 'P-3', 'unknown-organization'],
      [6, '', 'bad-row'],
      [7, 'P-5', 'bad-row'],
    ]);
    environment.set('2026-03-05T01:00:00.000Z');
    const second = await roster(officer, 'park', 'P-2,王芳,company,unit,managers,\nP-6,钱,,park,officials,', {
      on: '2026-03-05',
      replace: true,
    });
    expect(Object.fromEntries(second.rows.map(({ code, result }) => [code, result]))).toEqual({
      'P-2': 'changed',
      'P-6': 'added',
      'P-1': 'left',
    });
    const codesOn = async (on: string) => {
      const query = { on, organizationId: at('park'), limit: 10, offset: 0 };
      const { entries } = await as(officer, (trx) => training.rosters.at(trx, officer, query));
      return entries.map(({ code, audience }) => `${code} ${audience}`);
    };
    expect(await codesOn('2026-03-01')).toEqual([]);
    expect(await codesOn('2026-03-04')).toEqual(['P-1 officials', 'P-2 ip-staff']);
    expect(await codesOn('2026-03-05')).toEqual(['P-2 managers', 'P-6 officials']);
    await expect(roster(officer, 'park', 'P-9,孙,,park,officials,', { on: '2026-03-04' })).rejects.toThrow(
      '2026-03-05',
    );
    await expect(roster(officer, 'park', 'P-9,孙,,park,officials,', { on: '2026-03-06' })).rejects.toThrow('not come');
  });

  it('does not take people of others', async () => {
    await roster(officer, 'other', 'O-1,周,,unit,managers,', { on: '2026-03-05' });
    const clerk = await city.person('north', 'district-clerk');
    const { rows } = await roster(clerk, 'north', 'O-1,周,,district,officials,', { on: '2026-03-05' });
    expect(rows).toMatchObject([{ code: 'O-1', result: 'not-yours' }]);
    await expect(roster(clerk, 'south', 'X-1,周,,unit,managers,')).rejects.toMatchObject({ code: 'access.denied' });
    environment.set('2026-03-02T01:00:00.000Z');
  });
});

describe('enrolment in bulk', () => {
  it('has a message for each row and gives the seats to those who stand first', async () => {
    await roster(
      officer,
      'university',
      ['U-1', 'U-2', 'U-3'].map((code) => `${code},人,,unit,researchers,`).join('\n'),
    );
    const { versions } = await course();
    const { id } = await batch(versions[0]?.id ?? '', { quota: 2 });
    const codes = ['U-1', 'u-1', 'NOBODY', '??', 'U-2', 'U-3'];
    const checked = await enrol(officer, id, codes, 'check');
    expect(checked).toMatchObject({ applied: false, counts: { added: 2, 'over-quota': 1 } });
    const refused = await enrol(officer, id, codes, 'all-or-nothing');
    expect([refused.applied, await taken(id), (await listed(officer, id)).enrolments]).toEqual([false, 0, []]);
    const report = await enrol(officer, id, codes);
    expect(report.rows.map(({ result }) => result)).toEqual([
      'added',
      'repeated',
      'unknown-person',
      'bad-row',
      'added',
      'over-quota',
    ]);
    expect(report.rows).toEqual(checked.rows);
    expect(await taken(id)).toBe(2);
    const again = await enrol(officer, id, ['U-1', 'U-2'], 'all-or-nothing');
    expect(again).toMatchObject({ applied: true, counts: { 'already-enrolled': 2 } });
    const [first] = (await listed(officer, id)).enrolments;
    await as(officer, (trx) => training.enrolments.withdraw(trx, officer, first?.id ?? '', 'ill'));
    expect(await taken(id)).toBe(1);
    expect((await enrol(officer, id, ['U-1'])).counts).toEqual({ restored: 1 });
  });

  it('never gives more seats than there are, however many enrol at once', async () => {
    const names = Array.from({ length: 40 }, (_, index) => `R-${index}`);
    await roster(officer, 'authority', names.map((code) => `${code},人,,unit,researchers,`).join('\n'));
    const { versions } = await course();
    const { id } = await batch(versions[0]?.id ?? '', { quota: 15 });
    const reports = await Promise.all(
      Array.from({ length: 8 }, (_, part) => enrol(officer, id, names.slice(part * 5, part * 5 + 5))),
    );
    const added = reports.reduce((sum, { counts }) => sum + (counts['added'] ?? 0), 0);
    expect([added, await taken(id), (await listed(officer, id)).enrolments.length]).toEqual([15, 15, 15]);
  });

  it('lets a company enrol its own people in an open batch and see nobody else there', async () => {
    await roster(officer, 'bank', 'K-1,人,,unit,managers,\nK-2,人,,unit,managers,');
    await roster(officer, 'fund', 'F-1,人,,unit,managers,');
    const { versions } = await course();
    const { id } = await batch(versions[0]?.id ?? '');
    await enrol(officer, id, ['F-1']);
    const bank = await city.person('bank', 'bank-officer');
    const { rows } = await enrol(bank, id, ['K-1', 'F-1']);
    expect(rows.map(({ result }) => result)).toEqual(['added', 'unknown-person']);
    expect(await taken(id)).toBe(2);
    expect((await listed(bank, id)).enrolments.map(({ learner }) => learner.code)).toEqual(['K-1']);
    expect((await listed(officer, id)).enrolments).toHaveLength(2);
    const member = await city.person('bank', 'trainee');
    expect((await listed(member, id)).enrolments).toEqual([]);
    const closed = await batch(versions[0]?.id ?? '', { isPublic: false });
    await expect(enrol(bank, closed.id, ['K-2'])).rejects.toMatchObject({ code: 'training.not_found' });
  });

  it('ends with its day', async () => {
    const { versions } = await course();
    const { id } = await batch(versions[0]?.id ?? '');
    environment.set('2026-03-11T01:00:00.000Z');
    await expect(enrol(officer, id, ['U-1'])).rejects.toThrow('ended on 2026-03-10');
    environment.set('2026-03-02T01:00:00.000Z');
  });
});

describe('a test', () => {
  it('counts its attempts, scores by the key and hides it', async () => {
    const trainee = await city.person('university', 'trainee');
    const email = `${trainee.userId}@test.invalid`;
    await roster(officer, 'university', `T-1,学员,,unit,researchers,${email}`);
    const { versions } = await course();
    const { id } = await batch(versions[0]?.id ?? '');
    await enrol(officer, id, ['T-1']);
    const [mine] = await as(trainee, (trx) => training.enrolments.mine(trx, trainee));
    const enrolmentId = mine?.id ?? '';
    const paper = await as(trainee, (trx) => training.exams.paper(trx, trainee, id));
    expect(paper.questions).toHaveLength(2);
    expect(JSON.stringify(paper)).not.toContain('right');
    const keys = await as(trainee, (trx) => sql`select * from training_answer_key`.execute(trx));
    expect(keys.rows).toEqual([]);
    const hand = (answers: number[][]) =>
      as(trainee, (trx) => training.exams.submit(trx, trainee, enrolmentId, answers));
    await expect(hand([[1]])).rejects.toThrow('2 questions');
    await expect(hand([[2], [0]])).rejects.toThrow('question 1');
    expect(await hand([[1], [0]])).toEqual({
      attempt: 1,
      points: 10,
      of: 20,
      percent: 50,
      passed: false,
      attemptsLeft: 1,
    });
    const last = await Promise.allSettled([hand([[0], [0]]), hand([[1], [0, 1]])]);
    expect(last.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expect(hand([[1], [0, 1]])).rejects.toMatchObject({ code: 'training.refused' });
    const stranger = await city.person('university', 'trainee');
    await expect(
      as(stranger, (trx) => training.exams.submit(trx, stranger, enrolmentId, [[1], [0, 1]])),
    ).rejects.toMatchObject({ code: 'training.not_found' });
  });
});

describe('a certificate', () => {
  it('is issued for what was done, verified by anybody, and shows when it was tampered with or revoked', async () => {
    await roster(officer, 'agency', 'G-1,甲,,unit,agents,\nG-2,乙,,unit,agents,\nG-3,丙,,unit,agents,');
    const { versions } = await course();
    const { id, sessions } = await batch(versions[0]?.id ?? '');
    await enrol(officer, id, ['G-1', 'G-2', 'G-3']);
    const { enrolments } = await listed(officer, id);
    const [one, two] = enrolments.map((enrolment) => enrolment.id);
    const marks = [one, two].map((enrolmentId) => ({ enrolmentId: enrolmentId ?? '', state: 'present' as const }));
    await as(officer, (trx) => training.attendance.record(trx, officer, sessions[0]?.id ?? '', marks));
    await as(officer, (trx) => training.exams.submit(trx, officer, one ?? '', [[1], [0, 1]]));
    const reports = await Promise.all(
      [1, 2].map(() => as(officer, (trx) => training.certificates.issue(trx, officer, id))),
    );
    expect(reports.map(({ counts }) => counts).sort((a, b) => (b['issued'] ?? 0) - (a['issued'] ?? 0))).toEqual([
      { issued: 1, test: 1, attendance: 1 },
      { 'already-issued': 1, test: 1, attendance: 1 },
    ]);
    expect((await listed(officer, id)).completion).toEqual({
      enrolled: 3,
      completed: 1,
      inProgress: 1,
      notStarted: 1,
      withdrawn: 0,
    });
    const [certificate] = await as(officer, (trx) => training.certificates.list(trx, officer, { batchId: id }));
    const code = certificate?.code ?? '';
    const shown = await training.certificates.verify(code.toLowerCase().replaceAll('-', ' '));
    expect(shown).toMatchObject({ state: 'valid', name: '甲', issuedOn: '2026-03-02', validUntil: '2027-03-01' });
    const { payload, signature, publicKey, salt } = shown.proof;
    expect(verify(null, Buffer.from(payload), publicKey, Buffer.from(signature, 'base64url'))).toBe(true);
    const holder = createHash('sha256')
      .update(canonicalJson(['quanlian.certificate.holder', salt, '甲']))
      .digest('hex');
    expect(JSON.parse(payload)).toMatchObject({ holder, number: shown.number });
    environment.set('2027-03-02T01:00:00.000Z');
    expect((await training.certificates.verify(code)).state).toBe('expired');
    environment.set('2026-03-02T01:00:00.000Z');
    await sql`update training_certificate set name = '丁' where code = ${code}`.execute(database.work.system);
    expect((await training.certificates.verify(code)).state).toBe('damaged');
    await sql`update training_certificate set name = null, salt = null where code = ${code}`.execute(
      database.work.system,
    );
    expect(await training.certificates.verify(code)).toMatchObject({ state: 'valid', name: null });
    await as(officer, (trx) => training.certificates.revoke(trx, officer, certificate?.id ?? '', 'wrong person'));
    expect(await training.certificates.verify(code)).toMatchObject({
      state: 'revoked',
      revocationReason: 'wrong person',
    });
    await expect(training.certificates.verify('00000-00000-00000-00000')).rejects.toMatchObject({
      code: 'certificate.not_found',
    });
  });
});

describe('coverage', () => {
  it('counts distinct people certified on the day against the roster of the day, and opens into them', async () => {
    const people = ['S-1', 'S-2', 'S-3', 'S-4'];
    await roster(officer, 'desk', people.map((code) => `${code},人,,park,officials,`).join('\n'));
    await roster(officer, 'centre', 'S-1,人,,park,officials,');
    const { versions } = await course({ tier: 'park', audience: 'officials' });
    const { id } = await batch(versions[0]?.id ?? '');
    await enrol(officer, id, ['S-1', 'S-2']);
    await complete(id);
    const again = await batch(versions[0]?.id ?? '');
    await enrol(officer, again.id, ['S-1', 'S-3']);
    const cellOf = async (actor: Actor, place: PlaceName, on = '2026-03-02', tier: string | null = 'park') => {
      const { cells } = await as(actor, (trx) => training.coverage.coverage(trx, actor, { on }));
      return cells.find(({ organizationId, tier: own }) => organizationId === at(place) && own === tier);
    };
    expect(await cellOf(officer, 'desk')).toMatchObject({ roster: 4, certified: 2, share: 0.5 });
    expect(await cellOf(officer, 'centre')).toMatchObject({ roster: 1, certified: 1, share: 1 });
    // S-1 stands on two rosters and counts once in the city; P-1 of the park is the fifth.
    expect(await cellOf(officer, 'city')).toMatchObject({ roster: 5, certified: 2 });
    expect(await cellOf(officer, 'desk', '2026-03-01')).toBeUndefined();
    expect(await cellOf(officer, 'desk', '2027-03-02')).toMatchObject({ roster: 4, certified: 0, share: 0 });
    const clerk = await city.person('north', 'district-clerk');
    const { cells } = await as(clerk, (trx) => training.coverage.coverage(trx, clerk, { on: '2026-03-02' }));
    const ours = ['north', 'park', 'company', 'desk'].map((place) => at(place as PlaceName));
    expect(cells.length).toBeGreaterThan(0);
    expect(cells.filter(({ organizationId }) => !ours.includes(organizationId))).toEqual([]);
    expect(await cellOf(clerk, 'desk')).toMatchObject({ roster: 4, certified: 2 });
    const query = { on: '2026-03-02', organizationId: at('desk'), limit: 10, offset: 0 };
    const gaps = await as(clerk, (trx) => training.coverage.people(trx, clerk, { ...query, certified: false }));
    expect(gaps.people.map(({ code, missing, enrolledIn }) => [code, missing, enrolledIn])).toEqual([
      ['S-3', 'never', again.code],
      ['S-4', 'never', null],
    ]);
    const late = { ...query, on: '2027-02-20', certified: true, endsBy: '2027-03-31' };
    const soon = await as(officer, (trx) => training.coverage.people(trx, officer, late));
    expect(soon.people.map(({ code, validUntil }) => [code, validUntil])).toEqual([
      ['S-1', '2027-03-01'],
      ['S-2', '2027-03-01'],
    ]);
    const after = { ...query, on: '2027-03-02', certified: false };
    const expired = await as(officer, (trx) => training.coverage.people(trx, officer, after));
    expect(expired.people.map(({ code, missing }) => `${code} ${missing}`)).toContain('S-1 expired');
    const outsider = await city.person('south', 'district-clerk');
    expect(await as(outsider, (trx) => training.coverage.people(trx, outsider, query))).toEqual({
      total: 0,
      people: [],
    });
  });

  it('is unknown, not zero, where nobody should be trained', async () => {
    const clerk = await city.person('south', 'district-clerk');
    const query = { on: '2020-01-01', organizationId: at('south') };
    const coverage = await as(clerk, (trx) => training.coverage.coverage(trx, clerk, query));
    expect(coverage).toEqual({
      on: '2020-01-01',
      total: { tier: null, roster: 0, certified: 0, share: null },
      cells: [],
    });
  });
});

describe('evidence', () => {
  it('is written with each step', async () => {
    const { rows } = await sql<{ action: string }>`select distinct action from audit_entry
      where action like 'training.%' or action like 'certificate.%' order by 1`.execute(database.work.system);
    expect(rows.map(({ action }) => action)).toEqual([
      'certificate.issue',
      'certificate.revoke',
      'training.attendance',
      'training.batch.create',
      'training.curriculum.create',
      'training.curriculum.publish',
      'training.enrol',
      'training.roster.import',
      'training.test',
      'training.withdraw',
    ]);
  });
});
