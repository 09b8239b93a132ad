import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import type { Actor } from '../../../work/actor.js';
import type { Audit } from '../../../work/audit/audit.js';
import type { Environment } from '../../../work/environment.js';
import { type AttendanceService, createAttendance } from './attendance.service.js';
import { type BatchService, createBatches } from './batch.service.js';
import { type CertificateService, createCertificates } from './certificate.service.js';
import { createCertificateSigner } from './certificate.sign.js';
import { type CoverageService, createCoverage } from './coverage.service.js';
import { type CurriculumService, createCurricula } from './curriculum.service.js';
import { createEnrolments, type EnrolmentService } from './enrolment.service.js';
import { createLearnerErasure, type LearnerErasure } from './erasure.js';
import { createExams, type ExamService } from './exam.service.js';
import { createRosters, type RosterService } from './roster.service.js';

export interface TrainingDeps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly audit: Audit;
  /** The program itself, to score tests and to verify certificates for anybody. */
  readonly system: () => Promise<Actor>;
  /** Derived from the installation's secret, for the key that signs certificates. */
  readonly secret: Buffer;
}

/** Everything of the training. All but `certificates.verify` work in the caller's transaction. */
export interface Training {
  readonly curricula: CurriculumService;
  readonly rosters: RosterService;
  readonly batches: BatchService;
  readonly enrolments: EnrolmentService;
  readonly attendance: AttendanceService;
  readonly exams: ExamService;
  readonly certificates: CertificateService;
  readonly coverage: CoverageService;
  readonly erasure: LearnerErasure;
}

export function createTraining(deps: TrainingDeps): Training {
  const enrolments = createEnrolments(deps);
  return {
    curricula: createCurricula(deps),
    rosters: createRosters(deps),
    batches: createBatches(deps),
    enrolments,
    attendance: createAttendance(deps),
    exams: createExams(deps),
    certificates: createCertificates({ ...deps, enrolments, signer: createCertificateSigner(deps) }),
    coverage: createCoverage(),
    erasure: createLearnerErasure(deps),
  };
}
