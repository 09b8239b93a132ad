import type { CaseComment } from '@quanlian/contract';
import type { WorkSchema } from '@quanlian/db';
import {
  amendCase,
  type CaseOutcome,
  completeTask,
  openCase,
  type ProcessContext,
  type ProcessDefinition,
  type StateDefinition,
  transition,
} from '@quanlian/kernel';
import type { Kysely } from 'kysely';
import { type Actor, isAllowed, requireAllowed } from '../actor.js';
import type { Audit } from '../audit/audit.js';
import type { WorkTransaction } from '../connection.js';
import { withWork } from '../context.js';
import type { Environment } from '../environment.js';
import type { CaseProcess } from './case-process.js';
import { insertCase, insertEvent, peopleAmong, readCase, updateCase, writeAssignees } from './cases.repo.js';
import { nextDue, readDoneKeys, writeClocks } from './clocks.repo.js';
import { addComment, removeComment } from './comments.js';
import { type CaseContent, claimPapers, readContent } from './content.js';
import { READY_EFFECTS } from './effects.js';
import type { Law } from './law.js';
import type { ProcessRegistry } from './process.registry.js';
import { asProgram } from './program.js';
import { caseChanged, caseNotFound, orRefuse } from './refusal.js';
import type { RuleUses } from './rule-uses.js';
import { readFacts, stepContext } from './step-context.js';
import { CASE_KIND, policyItem, type StoredCase } from './stored-case.js';
import type { Tell } from './tell.js';

/** What cases are made of; built once by the composition. */
export interface CaseDeps {
  readonly db: Kysely<WorkSchema>;
  readonly environment: Environment;
  readonly audit: Audit;
  readonly law: Law;
  readonly registry: ProcessRegistry;
  readonly tell: Tell;
  readonly ruleUses: RuleUses;
}

interface OpenCaseRequest extends CaseContent {
  readonly process: string;
  readonly organizationId: string;
  readonly title: string;
  /** Whom the case is about or who made it; the person who asks by default. */
  readonly ownerId?: string | null;
  readonly isPublic?: boolean;
  readonly subject?: { readonly kind: string; readonly id: string };
  /** An id chosen before, when another row has to name it. */
  readonly id?: string;
}

interface Seen {
  readonly expectedVersion: number;
}
interface StepRequest extends CaseContent, Seen {
  readonly transition: string;
  readonly reason?: string | undefined;
}
interface TaskStepRequest extends Omit<CaseContent, 'parties'>, Seen {
  /** The id of the run, such as `opinions/legal#1`. */
  readonly task: string;
}
interface AmendRequest extends CaseContent, Seen {
  readonly reason?: string | undefined;
}
interface AttachRequest extends Seen {
  readonly paperId: string;
  readonly kind: string;
}

/**
 * What is done with cases, each in the caller's transaction together with its audit entry. Throws `case.not_found`,
 * `access.denied`, `case.refused` with the kernel's reason, and `case.changed` when somebody else was faster; the
 * transaction then keeps nothing.
 */
export interface Cases {
  work<Result>(actor: Actor, work: (trx: WorkTransaction) => Promise<Result>): Promise<Result>;
  open(trx: WorkTransaction, actor: Actor, request: OpenCaseRequest): Promise<StoredCase>;
  transition(trx: WorkTransaction, actor: Actor, id: string, request: StepRequest): Promise<StoredCase>;
  completeTask(trx: WorkTransaction, actor: Actor, id: string, request: TaskStepRequest): Promise<StoredCase>;
  amend(trx: WorkTransaction, actor: Actor, id: string, request: AmendRequest): Promise<StoredCase>;
  attachPaper(trx: WorkTransaction, actor: Actor, id: string, request: AttachRequest): Promise<StoredCase>;
  comment(trx: WorkTransaction, actor: Actor, id: string, text: string): Promise<CaseComment>;
  /** Takes a comment out of the case; its words stay in the log, where they can be erased. */
  removeComment(
    trx: WorkTransaction,
    actor: Actor,
    id: string,
    parts: { readonly commentId: string; readonly why: string },
  ): Promise<void>;
  find(trx: WorkTransaction, actor: Actor, id: string): Promise<StoredCase>;
}

function stateKind(definition: ProcessDefinition, state: string): StateDefinition['kind'] {
  return definition.states.find(({ id }) => id === state)?.kind ?? 'active';
}

/** The case with its process, if the actor may read it. */
export async function findCase(trx: WorkTransaction, actor: Actor, id: string, registry: ProcessRegistry) {
  const stored = await readCase(trx, id);
  if (!stored) throw caseNotFound();
  const process = registry.of(stored.snapshot.process, stored.snapshot.processVersion);
  if (!isAllowed(actor, process.permissions.read, policyItem(stored))) throw caseNotFound();
  return { stored, process };
}

interface Commit {
  readonly actor: Actor;
  readonly process: CaseProcess;
  /** The case before; for a new one, with the snapshot it opens with. */
  readonly stored: StoredCase;
  readonly outcome: CaseOutcome;
}

/** For effects: the case after the step, or without a step when only a deadline expired. */
type Effected = Omit<Commit, 'outcome'> & { readonly outcome: CaseOutcome | null };

function appendEntry({ audit }: CaseDeps, trx: WorkTransaction, { stored, outcome }: Commit): void {
  const { audit: facts, event } = outcome;
  audit.append(trx, {
    organizationId: stored.organizationId,
    action: facts.action,
    subject: { kind: CASE_KIND, id: stored.id },
    before: event.type === 'opened' ? null : { ...facts.before, version: event.sequence - 1 },
    after: {
      ...facts.after,
      process: outcome.snapshot.process,
      version: event.sequence,
      step: facts.step,
      parties: event.parties,
      papers: facts.papers,
      rules: facts.rules.map(({ ruleId, version }) => `${ruleId}@${version}`),
    },
    why: facts.reason,
    onBehalfOf: facts.by.onBehalfOf,
  });
}

/** Rows that follow from the step: who the case is given to, papers, clocks' rules. */
async function writeConsequences(deps: CaseDeps, trx: WorkTransaction, commit: Commit): Promise<StoredCase> {
  const { actor, process, stored, outcome } = commit;
  const { snapshot, event } = outcome;
  const { environment, ruleUses } = deps;
  await claimPapers(trx, stored.id, event.papers);
  let { assignees } = stored;
  if (Object.keys(event.parties).length > 0) {
    const named = [...new Set(Object.values(snapshot.parties).flat())];
    assignees = await peopleAmong(
      trx,
      named.filter((id) => actor.tree.kindOf(id) === undefined),
    );
    await writeAssignees(trx, stored, assignees, { personId: actor.userId, at: environment.now() });
  }
  for (const change of outcome.clocks) {
    if (change.type !== 'started' || !change.run.rule) continue;
    await ruleUses.note(trx, {
      organizationId: stored.organizationId,
      permission: process.permissions.read,
      subject: { kind: CASE_KIND, id: stored.id },
      field: `clock:${change.run.id}`,
      reference: change.run.rule,
    });
  }
  return { ...stored, snapshot, assignees };
}

/** Writes everything a step changes. The compare-and-set comes first: who loses the race has written nothing. */
export async function commitStep(deps: CaseDeps, trx: WorkTransaction, commit: Commit): Promise<StoredCase> {
  const { actor, process, stored, outcome } = commit;
  const { definition } = process;
  const { snapshot, event } = outcome;
  const now = event.at;
  const columns = {
    stateKind: stateKind(definition, snapshot.state),
    nextDue: nextDue(definition, snapshot, deps.law, now),
  };
  if (event.type === 'opened') await insertCase(trx, { ...stored, snapshot }, columns);
  else if (!(await updateCase(trx, snapshot, columns))) throw caseChanged();
  appendEntry(deps, trx, commit);
  await insertEvent(trx, outcome);
  const only = new Set(outcome.clocks.map((change) => (change.type === 'started' ? change.run.id : change.id)));
  if (only.size > 0) {
    const done = await readDoneKeys(trx, stored.id);
    await writeClocks(trx, { definition, snapshot, law: deps.law, now, only, done });
  }
  const after = await asProgram(trx, actor, () => writeConsequences(deps, trx, commit));
  await runEffects(deps, trx, { ...commit, stored: after }, outcome.effects);
  return after;
}

/** Runs effects in the transaction, as the program: the step that names them was allowed. */
export async function runEffects(
  { tell }: Pick<CaseDeps, 'tell'>,
  trx: WorkTransaction,
  { actor, process, stored, outcome }: Effected,
  effects: CaseOutcome['effects'],
): Promise<void> {
  if (effects.length === 0) return;
  await asProgram(trx, actor, async () => {
    for (const { name, params = {} } of effects) {
      const effect = process.effects?.[name] ?? READY_EFFECTS[name];
      await effect?.({ trx, actor, process, stored, outcome, params, tell });
    }
  });
}

type Take<Request> = (
  definition: ProcessDefinition,
  stored: StoredCase,
  request: Request,
  context: ProcessContext,
) => CaseOutcome;

/** One step of a case that exists: find, decide, write. */
async function takeStep<Request extends CaseContent>(
  deps: CaseDeps,
  trx: WorkTransaction,
  asked: { readonly actor: Actor; readonly id: string; readonly request: Request },
  take: Take<Omit<Request, keyof CaseContent> & Awaited<ReturnType<typeof readContent>>>,
  allowed?: (found: { stored: StoredCase; process: CaseProcess }) => void,
): Promise<StoredCase> {
  const { actor, id, request } = asked;
  const found = await findCase(trx, actor, id, deps.registry);
  allowed?.(found);
  const { stored, process } = found;
  const facts = await readFacts(trx, process, stored);
  const context = stepContext({ ...deps, actor, stored, process, facts });
  const { fields, papers, parties, ...rest } = request;
  const content = await readContent(trx, actor, id, { fields, papers, parties });
  const outcome = take(process.definition, stored, { ...rest, ...content }, context);
  return commitStep(deps, trx, { actor, process, stored, outcome });
}

async function open(deps: CaseDeps, trx: WorkTransaction, actor: Actor, request: OpenCaseRequest): Promise<StoredCase> {
  const { environment, registry } = deps;
  const process = registry.newest(request.process);
  const id = request.id ?? environment.newId();
  const base = {
    id,
    organizationId: request.organizationId,
    ownerId: request.ownerId === undefined ? actor.userId : request.ownerId,
    isPublic: request.isPublic ?? false,
    title: request.title,
    subject: request.subject ?? null,
    assignees: [],
  };
  requireAllowed(actor, process.permissions.open, policyItem(base));
  const content = await readContent(trx, actor, id, request);
  const context = stepContext({ ...deps, actor, process, stored: base, facts: {} });
  const outcome = orRefuse(openCase(process.definition, { id, ...content }, context));
  return commitStep(deps, trx, { actor, process, stored: { ...base, snapshot: outcome.snapshot }, outcome });
}

export function createCases(deps: CaseDeps): Cases {
  const { registry } = deps;
  return {
    work: (actor, work) => withWork(deps.db, actor, work),
    find: async (trx, actor, id) => (await findCase(trx, actor, id, registry)).stored,
    open: (trx, actor, request) => open(deps, trx, actor, request),
    transition: (trx, actor, id, request) =>
      takeStep(deps, trx, { actor, id, request }, (definition, { snapshot }, { reason, ...rest }, context) =>
        orRefuse(transition(definition, snapshot, { ...rest, ...(reason ? { reason } : {}) }, context)),
      ),
    completeTask: (trx, actor, id, request) =>
      takeStep(deps, trx, { actor, id, request }, (definition, { snapshot }, input, context) =>
        orRefuse(completeTask(definition, snapshot, input, context)),
      ),
    amend: (trx, actor, id, request) =>
      takeStep(
        deps,
        trx,
        { actor, id, request },
        (definition, { snapshot }, { reason, ...rest }, context) =>
          orRefuse(amendCase(definition, snapshot, { ...rest, ...(reason ? { reason } : {}) }, context)),
        ({ stored, process }) => requireAllowed(actor, process.permissions.amend, policyItem(stored)),
      ),
    attachPaper: (trx, actor, id, { paperId, kind, expectedVersion }) =>
      takeStep(
        deps,
        trx,
        { actor, id, request: { expectedVersion, papers: [{ id: paperId, kind }] } },
        (definition, { snapshot }, input, context) => orRefuse(amendCase(definition, snapshot, input, context)),
        ({ stored, process }) => requireAllowed(actor, process.permissions.addPaper, policyItem(stored)),
      ),
    async comment(trx, actor, id, text) {
      const { stored, process } = await findCase(trx, actor, id, registry);
      requireAllowed(actor, process.permissions.comment, policyItem(stored));
      return addComment(trx, deps, { actor, stored, text });
    },
    async removeComment(trx, actor, id, { commentId, why }) {
      const { stored, process } = await findCase(trx, actor, id, registry);
      const mayAmend = isAllowed(actor, process.permissions.amend, policyItem(stored));
      await removeComment(trx, deps, { actor, stored, commentId, mayAmend, why });
    },
  };
}
