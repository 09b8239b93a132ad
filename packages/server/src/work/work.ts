import type { WorkDatabase } from '@quanlian/db';
import { z } from 'zod';
import type { DataFolder } from '../data-folder.js';
import type { WorkConfig } from '../identity/config.js';
import { createPersonErasing } from '../identity/erasure.js';
import { createIdentity, type Identity } from '../identity/identity.js';
import { createPasswordReset, type PasswordReset } from '../identity/password-reset.js';
import { deriveKey } from '../identity/secret.js';
import { createSettings, type Settings } from '../identity/settings.js';
import { type Audit, createAudit } from './audit/audit.js';
import { type AuditService, createAuditService } from './audit/audit.service.js';
import { createErasures, type Erasures } from './audit/erasures.js';
import { sealDay } from './audit/seal.js';
import type { Environment } from './environment.js';
import { createJobService, type JobService } from './jobs/job.service.js';
import { createJobs, forgetOldJobs, type Jobs } from './jobs/jobs.js';
import { createMailer, type Mailer } from './notices/mail.js';
import { createNotices, type Notices } from './notices/notices.js';
import { createNoticeService, type NoticeService } from './notices/notices.service.js';
import { createNoticeTexts, type NoticeTexts } from './notices/texts.js';
import { createPaperStore } from './papers/paper.store.js';
import { createPapers, type PaperService } from './papers/papers.service.js';

/** What everything that people do stands on, put together once. */
export interface WorkBase {
  readonly database: WorkDatabase;
  readonly environment: Environment;
  readonly config: WorkConfig;
  readonly identity: Identity;
  readonly audit: Audit;
  readonly auditService: AuditService;
  /** Where parts of the program say how they forget a person. */
  readonly erasures: Erasures;
  readonly jobs: Jobs;
  readonly jobService: JobService;
  readonly texts: NoticeTexts;
  readonly notices: Notices;
  readonly noticeService: NoticeService;
  readonly papers: PaperService;
  /** Undefined when no mail is set up. */
  readonly mailer: Mailer | undefined;
  readonly settings: Settings;
  readonly passwordReset: PasswordReset;
  readonly baseUrl: () => string;
  readonly folder: DataFolder;
}

export interface WorkBaseOptions {
  readonly database: WorkDatabase;
  readonly folder: DataFolder;
  readonly environment: Environment;
  readonly config: WorkConfig;
  readonly secret: Buffer;
  readonly token: string;
  readonly baseUrl: () => string;
  readonly onError: (error: unknown) => void;
}

const KEPT_JOB_DAYS = 90;
const DAY_MS = 86_400_000;
const SlotSchema = z.object({ slot: z.string() });

/** What comes again by itself: the seal of the day that ended, and old jobs out of the queue. */
function defineUpkeep(jobs: Jobs, { database, environment }: WorkBaseOptions): void {
  jobs.define({
    name: 'audit.seal',
    payload: SlotSchema,
    schedule: { dailyAt: '23:55' },
    async run() {
      await sealDay(database.db, environment);
    },
  });
  jobs.define({
    name: 'job.forget',
    payload: SlotSchema,
    schedule: { dailyAt: '03:30' },
    run: () => forgetOldJobs(database.system, new Date(environment.now().getTime() - KEPT_JOB_DAYS * DAY_MS)),
  });
}

/** Puts the base together. Jobs do not run before `jobs.start()`, so that other parts can define theirs. */
export function createWorkBase(options: WorkBaseOptions): WorkBase {
  const { database, folder, environment, config, secret, token, baseUrl, onError } = options;
  const audit = createAudit(environment);
  const identity = createIdentity({ work: database, audit, environment, config, secret, token, baseUrl, onError });
  const jobs = createJobs({ system: database.system, environment, onError });
  defineUpkeep(jobs, options);
  const erasures = createErasures();
  erasures.add(createPersonErasing(environment));
  const texts = createNoticeTexts();
  const mailer = config.mail && createMailer(config.mail);
  const { allowPrivateAddress } = config.webhooks;
  const hooks = { webhookKey: deriveKey(secret, 'webhooks'), allowPrivateAddress };
  const base = { db: database.db, audit, environment };
  return {
    database,
    environment,
    config,
    identity,
    audit,
    auditService: createAuditService({ ...base, erasures }),
    erasures,
    jobs,
    jobService: createJobService(base),
    texts,
    notices: createNotices({ system: database.system, environment, jobs, texts, mailer, ...hooks }),
    noticeService: createNoticeService({ ...base, texts, ...hooks }),
    papers: createPapers({ ...base, store: createPaperStore(folder.papers, config.papers.largestBytes) }),
    mailer,
    settings: createSettings({ work: database, audit }),
    passwordReset: createPasswordReset({ ...base, work: database, mailer, baseUrl, onError }),
    baseUrl,
    folder,
  };
}
