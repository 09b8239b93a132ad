import { createHash } from 'node:crypto';
import { type Certificate, type IssueReport, QuanlianError, type VerifiedCertificate } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import { addCalendarMonths, addDays, canonicalJson, type IsoDate } from '@quanlian/kernel';
import { type Kysely, sql } from 'kysely';
import { type Actor, requireAllowed } from '../../../work/actor.js';
import type { Audit } from '../../../work/audit/audit.js';
import type { WorkConnection, WorkTransaction } from '../../../work/connection.js';
import { withWork } from '../../../work/context.js';
import { dayOf, type Environment } from '../../../work/environment.js';
import { BATCH_KIND, type BatchFacts, batchFor, reachesPeople } from './access.js';
import { chunks } from './bulk.js';
import type { CertificateSigner } from './certificate.sign.js';
import type { EnrolmentFacts, EnrolmentService } from './enrolment.service.js';
import { attendanceMet, testMet } from './progress.js';

/** Proof of a course completed, which anybody can verify by its code. */
export interface CertificateService {
  /** Issues to everybody of a batch who has done what the course asks and has none yet. */
  issue(trx: WorkTransaction, actor: Actor, batchId: string): Promise<IssueReport>;
  revoke(trx: WorkTransaction, actor: Actor, certificateId: string, reason: string): Promise<Certificate>;
  list(db: WorkConnection, actor: Actor, query: CertificateQuery): Promise<Certificate[]>;
  /** For anybody; throws `certificate.not_found`. */
  verify(code: string): Promise<VerifiedCertificate>;
}

interface CertificateQuery {
  readonly batchId?: string | undefined;
  readonly learnerId?: string | undefined;
  /** Only those of the person who asks. */
  readonly mine?: boolean | undefined;
}

interface Deps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly audit: Audit;
  readonly system: () => Promise<Actor>;
  readonly signer: CertificateSigner;
  readonly enrolments: EnrolmentService;
}

/** Crockford's alphabet: no letters that are taken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_LENGTH = 20;

/** 20 signs of 5 bits each: nobody guesses one. */
function codeFrom(bytes: Buffer): string {
  const signs = [...bytes.subarray(0, CODE_LENGTH)].map((byte) => ALPHABET[byte & 31]).join('');
  return (signs.match(/.{5}/g) ?? []).join('-');
}

/** A code as somebody types it: without case and separators, O for 0, I and L for 1. */
function normalizeCode(typed: string): string {
  const signs = typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');
  return (signs.match(/.{1,5}/g) ?? []).join('-');
}

/** What the signed text says of the holder: without the salt it tells nothing about the name. */
function holderOf(salt: Buffer, name: string): string {
  const text = canonicalJson(['quanlian.certificate.holder', salt.toString('hex'), name]);
  return createHash('sha256').update(text).digest('hex');
}

interface Course {
  readonly curriculumId: string;
  readonly code: string;
  readonly version: number;
  readonly zh: string;
  readonly en: string;
  readonly tier: string;
  readonly audience: string;
  readonly validMonths: number | null;
  readonly issuer: { readonly zh: string; readonly en: string };
}

async function readCourse(trx: WorkTransaction, { versionId, organizationId }: BatchFacts): Promise<Course> {
  const row = await trx
    .selectFrom('training_curriculum_version as v')
    .innerJoin('training_curriculum as c', 'c.id', 'v.curriculum_id')
    .select(['c.id', 'c.code', 'c.title_zh', 'c.title_en', 'c.tier', 'c.audience', 'v.version', 'v.valid_months'])
    .where('v.id', '=', versionId)
    .executeTakeFirstOrThrow();
  const issuer = await trx
    .selectFrom('organization')
    .select(['name_zh', 'name_en'])
    .where('id', '=', organizationId)
    .executeTakeFirstOrThrow();
  return {
    curriculumId: row.id,
    code: row.code,
    version: row.version,
    zh: row.title_zh,
    en: row.title_en,
    tier: row.tier,
    audience: row.audience,
    validMonths: row.valid_months,
    issuer: { zh: issuer.name_zh, en: issuer.name_en },
  };
}

/** The last day a certificate holds. */
const lastDay = (issuedOn: IsoDate, months: number | null): IsoDate | null =>
  months === null ? null : addDays(addCalendarMonths(issuedOn, months), -1);

/** Takes the next numbers of a year; others who want some wait until this transaction ends. */
async function takeNumbers(trx: WorkTransaction, year: number, count: number): Promise<string[]> {
  const { last } = await trx
    .insertInto('training_certificate_counter')
    .values({ year, last: count })
    .onConflict((conflict) =>
      conflict.column('year').doUpdateSet({ last: sql<number>`training_certificate_counter.last + ${count}` }),
    )
    .returning('last')
    .executeTakeFirstOrThrow();
  return Array.from(
    { length: count },
    (_, index) => `QLT-${year}-${String(last - count + index + 1).padStart(6, '0')}`,
  );
}

interface SignedPayload {
  readonly number: string;
  readonly code: string;
  readonly holder: string;
  readonly curriculum: { readonly zh: string; readonly en: string };
  readonly tier: VerifiedCertificate['tier'];
  readonly audience: VerifiedCertificate['audience'];
  readonly issuer: { readonly zh: string; readonly en: string };
  readonly issuedOn: string;
  readonly validUntil: string | null;
}

const certificatesOf = (db: WorkConnection) =>
  db
    .selectFrom('training_certificate as c')
    .innerJoin('training_curriculum as k', 'k.id', 'c.curriculum_id')
    .selectAll('c')
    .select(['k.title_zh', 'k.title_en']);

type CertificateRow = Awaited<ReturnType<ReturnType<typeof certificatesOf>['execute']>>[number];

const asCertificate = (row: CertificateRow): Certificate => ({
  id: row.id,
  number: row.number,
  code: row.code,
  batchId: row.batch_id,
  learnerId: row.learner_id,
  name: row.name,
  organizationId: row.organization_id,
  curriculum: { zh: row.title_zh, en: row.title_en },
  tier: row.tier as Certificate['tier'],
  audience: row.audience as Certificate['audience'],
  issuedOn: row.issued_on,
  validUntil: row.valid_until,
  revokedOn: row.revoked_on,
});

/** Whether the row still says what was signed, and the name what the signed payload commits to. */
function saysTheSame(row: CertificateRow, payload: SignedPayload): boolean {
  const { name, salt } = row;
  const erased = name === null && salt === null;
  const holderFits = erased || (name !== null && salt !== null && holderOf(salt, name) === payload.holder);
  const shown = [row.number, row.code, row.tier, row.audience, row.issued_on, row.valid_until];
  const signed = [payload.number, payload.code, payload.tier, payload.audience, payload.issuedOn, payload.validUntil];
  return holderFits && shown.every((value, index) => value === signed[index]);
}

function stateOf(row: CertificateRow, genuine: boolean, today: string): VerifiedCertificate['state'] {
  if (!genuine) return 'damaged';
  if (row.revoked_on !== null) return 'revoked';
  return row.valid_until !== null && row.valid_until < today ? 'expired' : 'valid';
}

async function certificateOf(
  deps: Deps,
  actor: Actor,
  batch: BatchFacts,
  course: Course,
  enrolment: EnrolmentFacts,
  number: string,
) {
  const { now, newId, random } = deps.environment;
  const { signer } = deps;
  const issued_on = dayOf(now());
  const valid_until = lastDay(issued_on, course.validMonths);
  const salt = Buffer.from(random(16));
  const code = codeFrom(random(CODE_LENGTH));
  const payload = canonicalJson({
    format: 'quanlian-certificate/1',
    number,
    code,
    holder: holderOf(salt, enrolment.learner.name),
    curriculum: { code: course.code, version: course.version, zh: course.zh, en: course.en },
    tier: course.tier,
    audience: course.audience,
    batch: batch.code,
    issuer: { id: batch.organizationId, ...course.issuer },
    issuedOn: issued_on,
    validUntil: valid_until,
  });
  const { keyId, signature } = await signer.sign(payload);
  return {
    id: newId(),
    enrolment_id: enrolment.id,
    batch_id: batch.id,
    organizer_id: batch.organizationId,
    organization_id: enrolment.organizationId,
    person_id: enrolment.personId,
    learner_id: enrolment.learner.id,
    curriculum_id: course.curriculumId,
    tier: course.tier,
    audience: course.audience,
    number,
    code,
    name: enrolment.learner.name,
    salt,
    payload,
    signature,
    key_id: keyId,
    issued_on,
    valid_until,
    issued_by: actor.userId,
  };
}

async function read(db: WorkConnection, actor: Actor, id: string): Promise<Certificate> {
  const row = await certificatesOf(db).where('c.id', '=', id).where(reachesPeople(actor, 'c')).executeTakeFirst();
  if (row) return asCertificate(row);
  throw new QuanlianError('certificate.not_found', 'There is no such certificate, or your roles do not reach it.');
}

const issue =
  (deps: Deps): CertificateService['issue'] =>
  async (trx, actor, batchId) => {
    const { now } = deps.environment;
    const { audit, enrolments } = deps;
    const batch = await batchFor(trx, actor, batchId, 'certificate.issue');
    if (batch.state === 'cancelled')
      throw new QuanlianError('training.refused', `The batch “${batch.code}” was cancelled.`);
    // Two who issue at once would sign twice; the second waits and finds the certificates of the first.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`training certificates ${batchId}`}, 0))`.execute(trx);
    const { demands, enrolments: people } = await enrolments.list(trx, actor, batchId);
    const active = people.filter(({ done }) => !done.withdrawn);
    const earned = active.filter(
      ({ certificate, progress, done }) =>
        certificate === null && progress === 'completed' && attendanceMet(demands, done) && testMet(demands, done),
    );
    const course = await readCourse(trx, batch);
    const numbers = earned.length > 0 ? await takeNumbers(trx, Number(dayOf(now()).slice(0, 4)), earned.length) : [];
    const made = new Map<string, { number: string; code: string }>();
    const rows = [];
    for (const [index, enrolment] of earned.entries()) {
      const row = await certificateOf(deps, actor, batch, course, enrolment, numbers[index] ?? '');
      made.set(enrolment.id, { number: row.number, code: row.code });
      rows.push(row);
    }
    for (const part of chunks(rows)) await trx.insertInto('training_certificate').values(part).execute();
    const counts: Record<string, number> = {};
    const report = active.map(({ id, certificate, done }) => {
      const issued = made.get(id);
      const unmet = attendanceMet(demands, done) && done.attended + done.attempts > 0 ? 'test' : 'attendance';
      const result = issued ? 'issued' : certificate !== null ? 'already-issued' : unmet;
      counts[result] = (counts[result] ?? 0) + 1;
      return {
        enrolmentId: id,
        result: result as IssueReport['people'][number]['result'],
        number: issued?.number ?? certificate,
        code: issued?.code ?? null,
      };
    });
    if (rows.length > 0) {
      audit.append(trx, {
        organizationId: batch.organizationId,
        action: 'certificate.issue',
        subject: { kind: BATCH_KIND, id: batchId },
        after: { counts, numbers },
      });
    }
    return { counts, people: report };
  };

const revoke =
  (deps: Deps): CertificateService['revoke'] =>
  async (trx, actor, certificateId, reason) => {
    const { now } = deps.environment;
    const { audit } = deps;
    const certificate = await read(trx, actor, certificateId);
    const batch = await batchFor(trx, actor, certificate.batchId, 'certificate.issue');
    requireAllowed(actor, 'certificate.issue', batch.item);
    const { numUpdatedRows } = await trx
      .updateTable('training_certificate')
      .set({ revoked_on: dayOf(now()), revocation_reason: reason })
      .where('id', '=', certificateId)
      .where('revoked_on', 'is', null)
      .executeTakeFirst();
    if (numUpdatedRows === 0n)
      throw new QuanlianError('training.refused', `The certificate ${certificate.number} was revoked already.`);
    audit.append(trx, {
      organizationId: batch.organizationId,
      action: 'certificate.revoke',
      subject: { kind: 'training-certificate', id: certificateId },
      before: { revokedOn: null },
      after: { revokedOn: dayOf(now()), number: certificate.number },
      why: reason,
    });
    return read(trx, actor, certificateId);
  };

const list: CertificateService['list'] = async (db, actor, { batchId, learnerId, mine }) => {
  const rows = await certificatesOf(db)
    .where(reachesPeople(actor, 'c'))
    .$if(batchId !== undefined, (query) => query.where('c.batch_id', '=', batchId ?? ''))
    .$if(learnerId !== undefined, (query) => query.where('c.learner_id', '=', learnerId ?? ''))
    .$if(mine === true, (query) => query.where('c.person_id', '=', actor.userId))
    .orderBy('c.number', 'desc')
    .limit(1000)
    .execute();
  return rows.map(asCertificate);
};

const verify =
  (deps: Deps): CertificateService['verify'] =>
  async (typed) => {
    const { now } = deps.environment;
    const { signer, system } = deps;
    const { pool } = { pool: deps.db };
    const code = normalizeCode(typed);
    const row = await withWork(pool, await system(), (trx) =>
      certificatesOf(trx).where('c.code', '=', code).executeTakeFirst(),
    );
    const key = row && (await signer.check(row.key_id, row.payload, row.signature));
    if (!row || !key)
      throw new QuanlianError('certificate.not_found', `No certificate has the code ${code}. Compare it sign by sign.`);
    const payload = JSON.parse(row.payload) as SignedPayload;
    const today = dayOf(now());
    return {
      state: stateOf(row, key.genuine && saysTheSame(row, payload), today),
      checkedOn: today,
      number: row.number,
      name: row.name,
      curriculum: { zh: payload.curriculum.zh, en: payload.curriculum.en },
      tier: payload.tier,
      audience: payload.audience,
      issuer: { zh: payload.issuer.zh, en: payload.issuer.en },
      issuedOn: row.issued_on,
      validUntil: row.valid_until,
      revokedOn: row.revoked_on,
      revocationReason: row.revocation_reason,
      proof: {
        payload: row.payload,
        signature: row.signature.toString('base64url'),
        publicKey: key.publicKey,
        salt: row.salt?.toString('hex') ?? null,
      },
    };
  };

export function createCertificates(deps: Deps): CertificateService {
  return {
    issue: issue(deps),
    revoke: revoke(deps),
    list,
    verify: verify(deps),
  };
}
