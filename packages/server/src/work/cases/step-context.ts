import { actorInCase, type ProcessActor, type ProcessContext } from '@quanlian/kernel';
import type { Actor } from '../actor.js';
import type { WorkTransaction } from '../connection.js';
import type { Environment } from '../environment.js';
import type { CaseProcess } from './case-process.js';
import { READY_GUARDS } from './guards.js';
import type { Law } from './law.js';
import { type CaseStanding, policyItem, type StoredCase } from './stored-case.js';

const PROGRAM: ProcessActor = {
  id: 'system',
  onBehalfOf: null,
  organizations: [],
  roles: [],
  permissions: [],
  system: true,
};

/** The actor as the process kernel sees it for a case. */
export function processActor(actor: Actor, stored: CaseStanding): ProcessActor {
  return actor.kind === 'system' ? PROGRAM : actorInCase(actor.policy, policyItem(stored), actor.tree);
}

/** Everything the kernel needs for a step of a case; facts are what its guards ask for. */
export function stepContext(input: {
  readonly actor: Actor;
  readonly stored: CaseStanding;
  readonly process: CaseProcess;
  readonly facts: ProcessContext['facts'] & object;
  readonly law: Law;
  readonly environment: Pick<Environment, 'now'>;
}): ProcessContext {
  const { actor, stored, process, facts, law, environment } = input;
  return {
    actor: processActor(actor, stored),
    now: environment.now().toISOString(),
    calendar: law.calendar,
    rules: law.rules,
    guards: { ...READY_GUARDS, ...process.guards },
    facts,
  };
}

/** What guards of the process want to know of the rest of the program. */
export async function readFacts(trx: WorkTransaction, process: CaseProcess, stored: StoredCase) {
  return process.facts ? process.facts({ trx, stored }) : {};
}
