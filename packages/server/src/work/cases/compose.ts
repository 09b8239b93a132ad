import type { WorkSchema } from '@quanlian/db';
import type { Kysely } from 'kysely';
import type { Actor } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import type { Environment } from '../environment.js';
import type { Notices } from '../notices/notices.js';
import type { NoticeTexts } from '../notices/texts.js';
import type { CaseProcess } from './case-process.js';
import { type CaseLists, createCaseLists } from './cases.list.service.js';
import { type CaseDeps, type Cases, createCases } from './cases.service.js';
import { type CaseViews, createCaseViews } from './cases.view.service.js';
import { createDeadlines, type Deadlines } from './deadlines.js';
import type { Law } from './law.js';
import { CASE_NOTICES } from './notices.js';
import { createProcessRegistry, type ProcessRegistry } from './process.registry.js';
import { createRuleUses, type RuleUses } from './rule-uses.js';
import { createTell } from './tell.js';

/** The services of cases. */
export interface CaseWork {
  readonly registry: ProcessRegistry;
  readonly cases: Cases;
  readonly caseLists: CaseLists;
  readonly caseViews: CaseViews;
  readonly deadlines: Deadlines;
  readonly ruleUses: RuleUses;
}

/** Puts the services together. Throws `process.invalid` when a process cannot be run. */
export function createCaseWork(parts: {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly audit: Audit;
  readonly law: Law;
  readonly processes: readonly CaseProcess[];
  readonly notices: Pick<Notices, 'notify'>;
  readonly texts: Pick<NoticeTexts, 'add'>;
  readonly systemActor: () => Promise<Actor>;
}): CaseWork {
  const { db, environment, audit, law, processes, notices, texts, systemActor } = parts;
  const registry = createProcessRegistry({ processes, rules: law.rules });
  for (const words of [CASE_NOTICES, ...registry.current.map(({ notices: own = {} }) => own)]) texts.add(words);
  const ruleUses = createRuleUses(environment);
  const deps: CaseDeps = {
    db,
    environment,
    audit,
    law,
    registry,
    ruleUses,
    tell: createTell(environment, notices.notify),
  };
  return {
    registry,
    ruleUses,
    cases: createCases(deps),
    caseLists: createCaseLists(deps),
    caseViews: createCaseViews(deps),
    deadlines: createDeadlines(deps, systemActor),
  };
}
