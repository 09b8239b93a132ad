import { createHash } from 'node:crypto';
import type { WorkDatabase } from '@quanlian/db';
import type { Actor } from '../actor.js';
import { type Audit, createAudit } from '../audit/audit.js';
import type { Environment } from '../environment.js';
import type { NewNotice } from '../notices/notices.js';
import { createNoticeTexts } from '../notices/texts.js';
import { fill } from '../text.js';
import {
  createTestCity,
  openTestDatabase,
  type TestCity,
  type TestDatabase,
  type TestEnvironment,
  testEnvironment,
} from '../work.fixture.js';
import type { CaseProcess } from './case-process.js';
import { type CaseWork, createCaseWork } from './compose.js';
import { type Law, loadLaw } from './law.js';

/** The case services on a database that exists, with notices caught in a list. */
async function openCaseWork(
  work: WorkDatabase,
  environment: Environment,
  processes: readonly CaseProcess[],
  systemActor: () => Promise<Actor>,
): Promise<CaseWork & { readonly audit: Audit; readonly law: Law; readonly notices: NewNotice[] }> {
  const audit = createAudit(environment);
  const law = await loadLaw();
  const texts = createNoticeTexts();
  const notices: NewNotice[] = [];
  const notify = (_: unknown, notice: NewNotice) => {
    const { title, text } = texts.of(notice.kind);
    for (const words of [title.zh, title.en, text.zh, text.en]) fill(words, notice.parameters);
    notices.push(notice);
  };
  const parts = createCaseWork({
    db: work.db,
    environment,
    audit,
    law,
    processes,
    notices: { notify },
    texts,
    systemActor,
  });
  return { ...parts, audit, law, notices };
}

/** A test's own city with cases. */
export interface TestWork extends CaseWork {
  readonly database: TestDatabase;
  readonly city: TestCity;
  readonly environment: TestEnvironment;
  readonly audit: Audit;
  readonly law: Law;
  /** What was told, in order. */
  readonly notices: NewNotice[];
  /** A stored paper without a subject; its content is a few bytes. */
  paper(actor: Actor, organizationId: string): Promise<string>;
  close(): Promise<void>;
}

export async function openTestWork(
  processes: readonly CaseProcess[],
  start?: string,
  options: { readonly embedded?: boolean } = {},
): Promise<TestWork> {
  const environment = testEnvironment(start);
  const database = await openTestDatabase(options);
  const city = await createTestCity(database.work, environment);
  const parts = await openCaseWork(database.work, environment, processes, () => city.actors.system('test'));
  let papers = 0;
  return {
    ...parts,
    database,
    city,
    environment,
    async paper(actor, organizationId) {
      papers += 1;
      const sha256 = createHash('sha256').update(`paper ${papers}`).digest('hex');
      const { system } = database.work;
      await system
        .insertInto('paper_content')
        .values({
          organization_id: organizationId,
          sha256,
          size: 7n,
          media_type: 'text/plain',
          stored_at: environment.now(),
        })
        .execute();
      const id = environment.newId();
      await system
        .insertInto('paper')
        .values({
          id,
          organization_id: organizationId,
          sha256,
          name: `paper-${papers}.txt`,
          kind: 'proof',
          subject_kind: null,
          subject_id: null,
          added_by: actor.userId,
          added_at: environment.now(),
        })
        .execute();
      return id;
    },
    close: () => database.close(),
  };
}
