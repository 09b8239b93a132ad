import { z } from 'zod';

/** Whose staff a course is for: the city's offices, a district's, a park's or carrier's, or a company's or institute's. */
export const TRAINING_TIERS = ['city', 'district', 'park', 'unit'] as const;
export type TrainingTier = (typeof TRAINING_TIERS)[number];

/** What people on a roster do. A course for `everyone` counts for all of them. */
export const ROSTER_AUDIENCES = ['officials', 'managers', 'ip-staff', 'researchers', 'agents', 'students'] as const;
export type RosterAudience = (typeof ROSTER_AUDIENCES)[number];
export const COURSE_AUDIENCES = [...ROSTER_AUDIENCES, 'everyone'] as const;
export type CourseAudience = (typeof COURSE_AUDIENCES)[number];

const Id = z.uuid();
const Day = z.iso.date().describe('A day, YYYY-MM-DD');
const Title = z.string().trim().min(1).max(200);
const Words = z.object({ zh: Title, en: Title });
const Code = z
  .string()
  .trim()
  .regex(/^[\p{L}\p{N}][\p{L}\p{N}._@/-]{0,63}$/u, 'letters, digits and . _ @ / - only, at most 64')
  .transform((code) => code.normalize('NFKC').toUpperCase());

/** A question of a test. The score is fixed: all of `points` for exactly the right answers, else nothing. */
export const TestQuestionSchema = z
  .object({
    kind: z.enum(['single', 'multiple', 'true-false']),
    text: Words,
    options: z.array(Words).min(2).max(8),
    points: z.number().int().min(1).max(100),
  })
  .meta({ id: 'TestQuestion' });
export type TestQuestion = z.infer<typeof TestQuestionSchema>;

/** A question with the places of its right options, counted from 0; only those who write tests see it. */
export const KeyedQuestionSchema = TestQuestionSchema.extend({
  right: z.array(z.number().int().min(0).max(7)).min(1).max(8),
}).meta({ id: 'KeyedQuestion' });
export type KeyedQuestion = z.infer<typeof KeyedQuestionSchema>;

/** What a version of a curriculum asks of those who complete it. */
const DemandShape = {
  topics: z.array(Words).min(1).max(100),
  minutes: z.number().int().min(1).max(100_000).describe('Length of the course'),
  attendancePercent: z.number().int().min(0).max(100).describe('Share of the sessions that must be attended'),
  passPercent: z.number().int().min(1).max(100).describe('Share of the points that passes the test'),
  attempts: z.number().int().min(1).max(10).describe('How often the test may be taken'),
  validMonths: z
    .number()
    .int()
    .min(1)
    .max(120)
    .nullable()
    .describe('How long a certificate holds before it must be refreshed; null for ever'),
};

export const NewCurriculumSchema = z
  .object({
    organizationId: Id,
    code: Code,
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(COURSE_AUDIENCES),
    title: Words,
    isPublic: z.boolean().default(true),
  })
  .meta({ id: 'NewCurriculum' });
export type NewCurriculum = z.infer<typeof NewCurriculumSchema>;

export const NewCurriculumVersionSchema = z
  .object({ ...DemandShape, questions: z.array(KeyedQuestionSchema).max(200).default([]) })
  .meta({ id: 'NewCurriculumVersion' });
export type NewCurriculumVersion = z.infer<typeof NewCurriculumVersionSchema>;

export const CurriculumVersionSchema = z
  .object({
    id: Id,
    version: z.number().int(),
    ...DemandShape,
    questionCount: z.number().int(),
    publishedAt: z.iso.datetime(),
  })
  .meta({ id: 'CurriculumVersion' });
export type CurriculumVersion = z.infer<typeof CurriculumVersionSchema>;

/** A course that is given: for one tier and audience, in versions that are never changed once published. */
export const CurriculumSchema = z
  .object({
    id: Id,
    organizationId: Id,
    code: z.string(),
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(COURSE_AUDIENCES),
    title: Words,
    isPublic: z.boolean(),
    retiredAt: z.iso.datetime().nullable(),
    versions: z.array(CurriculumVersionSchema).describe('Newest first'),
  })
  .meta({ id: 'Curriculum' });
export type Curriculum = z.infer<typeof CurriculumSchema>;

export const BATCH_MODES = ['venue', 'online', 'mixed'] as const;
export const BATCH_STATES = ['open', 'closed', 'cancelled'] as const;

export const NewSessionSchema = z
  .object({ heldOn: Day, title: Title, minutes: z.number().int().min(1).max(1440) })
  .meta({ id: 'NewTrainingSession' });
export type NewSession = z.infer<typeof NewSessionSchema>;

export const NewBatchSchema = z
  .object({
    organizationId: Id.describe('Who gives the course'),
    versionId: Id,
    code: Code,
    title: Words,
    mode: z.enum(BATCH_MODES),
    place: z.string().trim().max(300).default(''),
    quota: z.number().int().min(1).max(100_000),
    startsOn: Day,
    endsOn: Day,
    enrolUntil: Day,
    isPublic: z.boolean().default(true).describe('Whether other organizations may see it and enrol their people'),
    sessions: z.array(NewSessionSchema).min(1).max(100),
  })
  .meta({ id: 'NewTrainingBatch' });
export type NewBatch = z.infer<typeof NewBatchSchema>;

export const TrainingSessionSchema = z
  .object({ id: Id, heldOn: z.string(), title: z.string(), minutes: z.number().int() })
  .meta({ id: 'TrainingSession' });

/** One giving of a course, with how far its people are. */
export const BatchSchema = z
  .object({
    id: Id,
    organizationId: Id,
    curriculumId: Id,
    versionId: Id,
    code: z.string(),
    title: Words,
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(COURSE_AUDIENCES),
    mode: z.enum(BATCH_MODES),
    place: z.string(),
    quota: z.number().int(),
    taken: z.number().int().describe('Seats taken; all organizations together'),
    startsOn: z.string(),
    endsOn: z.string(),
    enrolUntil: z.string(),
    state: z.enum(BATCH_STATES),
    isPublic: z.boolean(),
    version: z.number().int(),
    sessions: z.array(TrainingSessionSchema),
    actions: z.array(z.enum(['manage', 'enrol', 'issue'])).describe('What the one who asks may do with it'),
  })
  .meta({ id: 'TrainingBatch' });
export type Batch = z.infer<typeof BatchSchema>;

export const BatchListSchema = z.object({ total: z.number().int(), batches: z.array(BatchSchema) });

/** How far somebody is in a batch. */
export const PROGRESS_STATES = ['not-started', 'in-progress', 'completed', 'withdrawn'] as const;
export type ProgressState = (typeof PROGRESS_STATES)[number];

export const EnrolmentSchema = z
  .object({
    id: Id,
    batchId: Id,
    learner: z.object({ id: Id, code: z.string(), name: z.string() }),
    organizationId: Id,
    progress: z.enum(PROGRESS_STATES),
    attended: z.number().int().describe('Sessions attended'),
    sessions: z.number().int(),
    attempts: z.number().int(),
    bestPercent: z.number().nullable().describe('Best test; null when none was taken'),
    certificate: z.string().nullable().describe('Number of the certificate of this batch'),
  })
  .meta({ id: 'TrainingEnrolment' });
export type Enrolment = z.infer<typeof EnrolmentSchema>;

export const CompletionSchema = z
  .object({
    enrolled: z.number().int(),
    completed: z.number().int(),
    inProgress: z.number().int(),
    notStarted: z.number().int(),
    withdrawn: z.number().int(),
  })
  .meta({ id: 'TrainingCompletion' });
export type Completion = z.infer<typeof CompletionSchema>;

export const EnrolmentListSchema = z.object({ completion: CompletionSchema, enrolments: z.array(EnrolmentSchema) });

/** What became of a row of an enrolment or a roster. */
export const ROW_RESULTS = [
  'added',
  'already-enrolled',
  'restored',
  'unchanged',
  'changed',
  'left',
  'unknown-person',
  'over-quota',
  'not-on-roster',
  'unknown-organization',
  'not-yours',
  'repeated',
  'bad-row',
] as const;
export type RowResult = (typeof ROW_RESULTS)[number];

export const RowMessageSchema = z
  .object({
    line: z.number().int().nullable().describe('Line of the table; null for somebody the table does not name'),
    code: z.string(),
    result: z.enum(ROW_RESULTS),
    message: z.string(),
  })
  .meta({ id: 'RowMessage' });
export type RowMessage = z.infer<typeof RowMessageSchema>;

/** What a table did. When `applied` is false nothing was written at all. */
export const BulkReportSchema = z
  .object({
    applied: z.boolean(),
    counts: z.record(z.string(), z.number().int()),
    rows: z.array(RowMessageSchema),
  })
  .meta({ id: 'BulkReport' });
export type BulkReport = z.infer<typeof BulkReportSchema>;

/**
 * How a table is taken. `good-rows`: the rows that fit are taken together, the others are reported; `all-or-nothing`:
 * one bad row and nothing is taken; `check`: nothing is taken, the messages are those that would come.
 */
export const BULK_MODES = ['good-rows', 'all-or-nothing', 'check'] as const;
export type BulkMode = (typeof BULK_MODES)[number];

export const PastedTableSchema = z.object({
  rows: z.string().max(10_000_000).describe('Rows with headings, as pasted from a spreadsheet or as CSV'),
  mode: z.enum(BULK_MODES).default('good-rows'),
});

export const AttendanceMarksSchema = z
  .object({
    marks: z
      .array(z.object({ enrolmentId: Id, state: z.enum(['present', 'absent', 'excused']) }))
      .min(1)
      .max(10_000),
  })
  .meta({ id: 'AttendanceMarks' });

/** For each question in order, the places of the chosen options. */
export const TestAnswersSchema = z
  .object({ answers: z.array(z.array(z.number().int().min(0).max(7)).max(8)).max(200) })
  .meta({ id: 'TestAnswers' });

export const TestResultSchema = z
  .object({
    attempt: z.number().int(),
    points: z.number().int(),
    of: z.number().int(),
    percent: z.number(),
    passed: z.boolean(),
    attemptsLeft: z.number().int(),
  })
  .meta({ id: 'TestResult' });
export type TestResult = z.infer<typeof TestResultSchema>;

export const ISSUE_RESULTS = ['issued', 'already-issued', 'attendance', 'test', 'no-roster'] as const;
export const IssueReportSchema = z
  .object({
    counts: z.record(z.string(), z.number().int()),
    people: z.array(
      z.object({
        enrolmentId: Id,
        result: z.enum(ISSUE_RESULTS),
        number: z.string().nullable(),
        code: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'IssueReport' });
export type IssueReport = z.infer<typeof IssueReportSchema>;

export const CERTIFICATE_STATES = ['valid', 'expired', 'revoked', 'damaged'] as const;

/**
 * What anybody learns who has a certificate's code. The certificate is a record of the operator, not of a national
 * office. `proof` is enough to check it without this server: `signature` is Ed25519 over the bytes of `payload`;
 * `holder` in the payload is SHA-256 over the JSON text `["quanlian.certificate.holder",salt,name]` without blanks.
 */
export const VerifiedCertificateSchema = z
  .object({
    state: z.enum(CERTIFICATE_STATES),
    checkedOn: z.string(),
    number: z.string(),
    name: z.string().nullable().describe('Null when it was erased'),
    curriculum: Words,
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(COURSE_AUDIENCES),
    issuer: Words,
    issuedOn: z.string(),
    validUntil: z.string().nullable(),
    revokedOn: z.string().nullable(),
    revocationReason: z.string().nullable(),
    proof: z.object({
      payload: z.string(),
      signature: z.string().describe('Base64url'),
      publicKey: z.string().describe('PEM'),
      salt: z.string().nullable().describe('Hexadecimal; null when the name was erased'),
    }),
  })
  .meta({ id: 'VerifiedCertificate' });
export type VerifiedCertificate = z.infer<typeof VerifiedCertificateSchema>;

export const CertificateSchema = z
  .object({
    id: Id,
    number: z.string(),
    code: z.string(),
    batchId: Id,
    learnerId: Id,
    name: z.string().nullable(),
    organizationId: Id,
    curriculum: Words,
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(COURSE_AUDIENCES),
    issuedOn: z.string(),
    validUntil: z.string().nullable(),
    revokedOn: z.string().nullable(),
  })
  .meta({ id: 'TrainingCertificate' });
export type Certificate = z.infer<typeof CertificateSchema>;

/**
 * One cell of the coverage: of the distinct people on the roster that day, those who miss nothing. `share` is null when
 * the roster is empty: then nothing is known.
 */
export const CoverageCellSchema = z
  .object({
    organizationId: Id,
    organization: Words,
    tier: z.enum(TRAINING_TIERS).nullable().describe('Null for all tiers together'),
    roster: z.number().int(),
    certified: z.number().int(),
    share: z.number().nullable(),
  })
  .meta({ id: 'CoverageCell' });
export type CoverageCell = z.infer<typeof CoverageCellSchema>;

export const CoverageSchema = z
  .object({
    on: z.string(),
    total: CoverageCellSchema.omit({ organizationId: true, organization: true }),
    cells: z.array(CoverageCellSchema),
  })
  .meta({ id: 'Coverage' });
export type Coverage = z.infer<typeof CoverageSchema>;

export const GAP_REASONS = ['never', 'expired', 'revoked'] as const;

/** Somebody behind a number of the coverage. */
export const CoveragePersonSchema = z
  .object({
    learnerId: Id,
    code: z.string(),
    name: z.string(),
    organizationId: Id,
    organization: Words,
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(ROSTER_AUDIENCES),
    certified: z.boolean(),
    certificate: z.string().nullable().describe('Number of the one that counts'),
    validUntil: z.string().nullable(),
    missing: z.enum(GAP_REASONS).nullable().describe('Why it does not count as certified'),
    enrolledIn: z.string().nullable().describe('Code of a fitting batch that has not ended'),
  })
  .meta({ id: 'CoveragePerson' });
export type CoveragePerson = z.infer<typeof CoveragePersonSchema>;

export const CoveragePeopleSchema = z.object({ total: z.number().int(), people: z.array(CoveragePersonSchema) });

export const RosterEntrySchema = z
  .object({
    learnerId: Id,
    code: z.string(),
    name: z.string(),
    organizationId: Id,
    tier: z.enum(TRAINING_TIERS),
    audience: z.enum(ROSTER_AUDIENCES),
    from: z.string(),
    to: z.string().nullable(),
  })
  .meta({ id: 'RosterEntry' });
export type RosterEntry = z.infer<typeof RosterEntrySchema>;

export const RosterSchema = z.object({ on: z.string(), total: z.number().int(), entries: z.array(RosterEntrySchema) });
