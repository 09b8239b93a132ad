import { QuanlianError } from '@quanlian/contract';
import { dateAt, type IsoDate } from '../calendar/date.js';
import { accepted, type Refusal, type Result } from '../rules/refusal.js';
import type { RuleReference } from '../rules/schema.js';
import { type CaseInput, mayAct, type ProcessContext, stampOf } from './actor.js';
import {
  type ActorStamp,
  applyEvent,
  type CaseEvent,
  type CaseSnapshot,
  type ClockChange,
  type TaskChange,
} from './case.js';
import { blockers, inputRefusals, missingInput, missingRefusals, withInput } from './checks.js';
import { clockChanges } from './clocks.js';
import type { NamedUse, ProcessDefinition, Scalar } from './definition.js';
import { caseRefusal } from './refusals.js';
import { tasksCancelled, tasksOpening } from './tasks.js';

/** A request to take a step. */
export interface TransitionRequest extends CaseInput {
  readonly transition: string;
  /** The version of the case the person saw; another version refuses. */
  readonly expectedVersion: number;
  readonly reason?: string;
}

/** What the audit entry of an event says: who, what, before, after, why. */
export interface AuditFacts {
  readonly action: 'case.opened' | 'case.moved' | 'case.task_done' | 'case.amended';
  readonly caseId: string;
  readonly at: string;
  readonly by: ActorStamp;
  /** The step or task, null for an opening or amendment. */
  readonly step: string | null;
  readonly reason: string | null;
  readonly before: { readonly state: string | null; readonly fields: Readonly<Record<string, Scalar | null>> };
  readonly after: { readonly state: string; readonly fields: Readonly<Record<string, Scalar>> };
  readonly papers: readonly string[];
  /** Rule versions the clocks that started rest on. */
  readonly rules: readonly RuleReference[];
}

/** What came of a request. Store event and audit entry in one transaction, and run the effects in it. */
export interface CaseOutcome {
  readonly snapshot: CaseSnapshot;
  readonly event: CaseEvent;
  readonly audit: AuditFacts;
  readonly clocks: readonly ClockChange[];
  readonly tasks: readonly TaskChange[];
  readonly effects: readonly NamedUse[];
}

function refuse(refusal: Refusal): { readonly ok: false; readonly refusal: Refusal } {
  return { ok: false, refusal };
}

function sameProcess(definition: ProcessDefinition, snapshot: CaseSnapshot): void {
  if (definition.id !== snapshot.process || definition.version !== snapshot.processVersion)
    throw new QuanlianError(
      'process.invalid',
      `The case ${snapshot.id} runs by "${snapshot.process}" version ${snapshot.processVersion}, not by "${definition.id}" version ${definition.version}.`,
    );
}

function versionConflict({ version }: CaseSnapshot, expected: number): Refusal | null {
  return version === expected ? null : caseRefusal('case.version_conflict', { version, expected });
}

function isFinal(definition: ProcessDefinition, state: string): boolean {
  return definition.states.some(({ id, kind }) => id === state && kind === 'final');
}

/** When, by whom, and which place in the history the next event has. */
function stamp(
  snapshot: CaseSnapshot | null,
  { now, actor }: ProcessContext,
): Pick<CaseEvent, 'sequence' | 'at' | 'by'> {
  return { sequence: (snapshot?.version ?? 0) + 1, at: now, by: stampOf(actor) };
}

function today({ now, calendar }: ProcessContext): IsoDate {
  return dateAt(now, calendar.utcOffsetMinutes);
}

function finish(
  before: CaseSnapshot | null,
  event: CaseEvent,
  facts: Pick<AuditFacts, 'action' | 'step' | 'reason'>,
  effects: readonly NamedUse[],
): Result<CaseOutcome> {
  const snapshot = applyEvent(before, event);
  const started = event.clocks.flatMap((change) =>
    change.type === 'started' && change.run.rule ? [change.run.rule] : [],
  );
  const changed = Object.keys(event.fields);
  const audit: AuditFacts = {
    ...facts,
    caseId: snapshot.id,
    at: event.at,
    by: event.by,
    before: {
      state: before?.state ?? null,
      fields: Object.fromEntries(changed.map((name) => [name, before?.fields[name] ?? null])),
    },
    after: { state: snapshot.state, fields: event.fields },
    papers: event.papers.map((paper) => paper.id),
    rules: started,
  };
  return accepted({ snapshot, event, audit, clocks: event.clocks, tasks: event.tasks, effects });
}

function contentOf(input: CaseInput): Required<CaseInput> {
  return { fields: input.fields ?? {}, papers: input.papers ?? [], parties: input.parties ?? {} };
}

/**
 * Opens a case in the initial state. Who may open one is for the policy to decide before. Refuses input that does not
 * fit and deadlines whose rule is not in force.
 */
export function openCase(
  definition: ProcessDefinition,
  request: CaseInput & { readonly id: string },
  context: ProcessContext,
): Result<CaseOutcome> {
  const initial = definition.states.find((state) => state.kind === 'initial');
  if (!initial) throw new QuanlianError('process.invalid', `The process "${definition.id}" has no initial state.`);
  const wrong = inputRefusals(definition, request, 'anything')[0];
  if (wrong) return refuse(wrong);
  const content = contentOf(request);
  const trigger = { transition: null, entered: initial.id, fields: content.fields, date: today(context) };
  const clocks = clockChanges(definition, [], trigger, initial.id, context.rules);
  if (!clocks.ok) return clocks;
  const event: CaseEvent = {
    type: 'opened',
    ...stamp(null, context),
    caseId: request.id,
    process: definition.id,
    processVersion: definition.version,
    state: initial.id,
    ...content,
    clocks: clocks.value,
    tasks: tasksOpening(definition, [], initial.id),
  };
  return finish(null, event, { action: 'case.opened', step: null, reason: null }, []);
}

/**
 * Takes a step, or says why not: unknown step, changed case, wrong state, wrong person, open tasks, guards, a missing
 * reason, field or paper, in this order. Pure: the case given is not touched. Throws `process.invalid` only when case
 * and definition do not belong together.
 */
export function transition(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  request: TransitionRequest,
  context: ProcessContext,
): Result<CaseOutcome> {
  sameProcess(definition, snapshot);
  const step = definition.transitions.find(({ id }) => id === request.transition);
  if (!step) return refuse(caseRefusal('case.unknown_transition', { transition: request.transition }));
  const conflict = versionConflict(snapshot, request.expectedVersion);
  if (conflict) return refuse(conflict);
  const reason = request.reason?.trim() || null;
  const refusal = [
    ...inputRefusals(definition, request, step),
    ...blockers(definition, step, snapshot, request, context),
    ...(step.reasonRequired && reason === null ? [caseRefusal('case.reason_missing', { transition: step.id })] : []),
    ...missingRefusals(missingInput(step, withInput(snapshot, request))),
  ][0];
  if (refusal) return refuse(refusal);

  const content = contentOf(request);
  const trigger = { transition: step.id, entered: step.to, fields: content.fields, date: today(context) };
  const clocks = clockChanges(definition, snapshot.clocks, trigger, step.to, context.rules);
  if (!clocks.ok) return clocks;
  const cancelled = tasksCancelled(snapshot.tasks, step, isFinal(definition, step.to));
  const gone = new Set(cancelled.map((change) => change.id));
  const left = snapshot.tasks.filter((run) => !gone.has(run.id));
  const event: CaseEvent = {
    type: 'moved',
    ...stamp(snapshot, context),
    transition: step.id,
    from: snapshot.state,
    to: step.to,
    reason,
    ...content,
    clocks: clocks.value,
    tasks: [...cancelled, ...tasksOpening(definition, left, step.to)],
  };
  return finish(snapshot, event, { action: 'case.moved', step: step.id, reason }, step.effects ?? []);
}

/** A request to close a task. */
export interface TaskRequest extends CaseInput {
  /** The id of the run, such as `review/legal#1`. */
  readonly task: string;
  readonly expectedVersion: number;
}

/** Closes one of the parallel tasks, or says why not. */
export function completeTask(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  request: TaskRequest,
  context: ProcessContext,
): Result<CaseOutcome> {
  sameProcess(definition, snapshot);
  const task = { task: request.task };
  const conflict = versionConflict(snapshot, request.expectedVersion);
  if (conflict) return refuse(conflict);
  const run = snapshot.tasks.find(({ id }) => id === request.task);
  const group = definition.taskGroups?.find(({ id }) => id === run?.group);
  const entry = group?.tasks.find(({ id }) => id === run?.task);
  if (!run || !entry) return refuse(caseRefusal('case.task_unknown', task));
  if (run.status !== 'open') return refuse(caseRefusal('case.task_closed', task));
  if (!mayAct(entry.who, snapshot, context.actor)) return refuse(caseRefusal('case.task_not_permitted', task));
  const wrong = [
    ...inputRefusals(definition, request, entry),
    ...missingRefusals(missingInput(entry, withInput(snapshot, request))),
  ][0];
  if (wrong) return refuse(wrong);
  const content = contentOf(request);
  const clocks = contentClocks(definition, snapshot, content, context);
  if (!clocks.ok) return clocks;
  const event: CaseEvent = {
    type: 'task-done',
    ...stamp(snapshot, context),
    task: run.id,
    ...content,
    clocks: clocks.value,
    tasks: [{ type: 'done', id: run.id }],
  };
  return finish(snapshot, event, { action: 'case.task_done', step: run.id, reason: null }, []);
}

function contentClocks(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  content: Required<CaseInput>,
  context: ProcessContext,
): Result<ClockChange[]> {
  const trigger = { transition: null, entered: null, fields: content.fields, date: today(context) };
  return clockChanges(definition, snapshot.clocks, trigger, snapshot.state, context.rules);
}

/**
 * Adds amendable fields, papers or parties without a step. Who may amend, and who may name parties, is for the policy
 * to decide before; a case that has ended refuses.
 */
export function amendCase(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  request: CaseInput & { readonly expectedVersion: number; readonly reason?: string },
  context: ProcessContext,
): Result<CaseOutcome> {
  sameProcess(definition, snapshot);
  const conflict = versionConflict(snapshot, request.expectedVersion);
  if (conflict) return refuse(conflict);
  if (isFinal(definition, snapshot.state)) return refuse(caseRefusal('case.ended'));
  const amendable = (definition.fields ?? []).filter((field) => field.amendable).map((field) => field.name);
  const allowed = { mayFill: amendable, mayName: definition.relations ?? [] };
  const wrong = inputRefusals(definition, request, allowed)[0];
  if (wrong) return refuse(wrong);
  const content = contentOf(request);
  const clocks = contentClocks(definition, snapshot, content, context);
  if (!clocks.ok) return clocks;
  const reason = request.reason?.trim() || null;
  const event: CaseEvent = {
    type: 'amended',
    ...stamp(snapshot, context),
    reason,
    ...content,
    clocks: clocks.value,
    tasks: [],
  };
  return finish(snapshot, event, { action: 'case.amended', step: null, reason }, []);
}
