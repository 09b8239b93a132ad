import { isIsoDate } from '../calendar/date.js';
import type { Refusal } from '../rules/refusal.js';
import { type CaseInput, mayAct, type ProcessContext } from './actor.js';
import type { CaseSnapshot } from './case.js';
import type { FieldDefinition, ProcessDefinition, Scalar, TransitionDefinition } from './definition.js';
import { caseRefusal } from './refusals.js';
import { isJoined, latestRound } from './tasks.js';

function fits({ type, options }: FieldDefinition, value: Scalar): boolean {
  if (type === 'date') return typeof value === 'string' && isIsoDate(value);
  if (type === 'choice') return typeof value === 'string' && (options?.includes(value) ?? false);
  if (type === 'number') return typeof value === 'number' && Number.isFinite(value);
  return type === 'boolean' ? typeof value === 'boolean' : typeof value === 'string';
}

/** What a step or task lets a request bring along. */
export interface AllowedInput {
  readonly fields?: readonly string[];
  readonly mayFill?: readonly string[];
  readonly mayName?: readonly string[];
}

/**
 * What is wrong with the content of a request: fields of the wrong type, or that this step may not fill (nobody may
 * write a decision while withdrawing), unknown kinds of paper, relations it may not name.
 */
export function inputRefusals(
  definition: ProcessDefinition,
  input: CaseInput,
  allowed: AllowedInput | 'anything',
): Refusal[] {
  const here = allowed === 'anything' ? undefined : [...(allowed.fields ?? []), ...(allowed.mayFill ?? [])];
  const fields = Object.entries(input.fields ?? {}).flatMap(([name, value]) => {
    const field = definition.fields?.find((entry) => entry.name === name);
    if (!field) return [caseRefusal('case.field_unknown', { field: name })];
    if (here && !here.includes(name)) return [caseRefusal('case.field_not_here', { field: name })];
    return fits(field, value) ? [] : [caseRefusal('case.field_invalid', { field: name, type: field.type })];
  });
  const papers = (input.papers ?? [])
    .filter(({ kind }) => !definition.papers?.some((entry) => entry.kind === kind))
    .map(({ kind }) => caseRefusal('case.paper_unknown', { paper: kind }));
  const nameable = allowed === 'anything' ? (definition.relations ?? []) : (allowed.mayName ?? []);
  const parties = Object.keys(input.parties ?? {})
    .filter((relation) => !nameable.includes(relation))
    .map((relation) => caseRefusal('case.party_not_here', { relation }));
  return [...fields, ...papers, ...parties];
}

/** Fields and papers that are asked for and not there. A text of blanks is not there. */
export function missingInput(
  asked: { readonly fields?: readonly string[]; readonly papers?: readonly string[] },
  snapshot: Pick<CaseSnapshot, 'fields' | 'papers'>,
): { readonly fields: string[]; readonly papers: string[] } {
  const empty = (value: Scalar | undefined) =>
    value === undefined || (typeof value === 'string' && value.trim() === '');
  return {
    fields: (asked.fields ?? []).filter((name) => empty(snapshot.fields[name])),
    papers: (asked.papers ?? []).filter((kind) => !snapshot.papers.some((paper) => paper.kind === kind)),
  };
}

/** The missing parts as refusals. */
export function missingRefusals(missing: { readonly fields: string[]; readonly papers: string[] }): Refusal[] {
  return [
    ...missing.fields.map((field) => caseRefusal('case.field_missing', { field })),
    ...missing.papers.map((paper) => caseRefusal('case.paper_missing', { paper })),
  ];
}

/** The case with the content of a request added, as guards see it. */
export function withInput(snapshot: CaseSnapshot, input: CaseInput): CaseSnapshot {
  return {
    ...snapshot,
    fields: { ...snapshot.fields, ...input.fields },
    papers: [...snapshot.papers, ...(input.papers ?? [])],
    parties: { ...snapshot.parties, ...input.parties },
  };
}

/**
 * Why a step cannot be taken, whatever is filled in: state, person, open tasks, guards. The parties that count for
 * "who may" are those of the case before the request, so that nobody makes himself a party by asking.
 */
export function blockers(
  definition: ProcessDefinition,
  transition: TransitionDefinition,
  snapshot: CaseSnapshot,
  input: CaseInput,
  context: ProcessContext,
): Refusal[] {
  const name = { transition: transition.id };
  const found: Refusal[] = [];
  if (!transition.from.includes(snapshot.state))
    found.push(caseRefusal('case.wrong_state', { ...name, state: snapshot.state }));
  if (!mayAct(transition.who, snapshot, context.actor)) found.push(caseRefusal('case.not_permitted', name));
  for (const group of definition.taskGroups ?? []) {
    if (!transition.joins?.includes(group.id) || isJoined(group, snapshot.tasks)) continue;
    const open = latestRound(snapshot.tasks, group.id).filter((run) => run.status !== 'done');
    found.push(caseRefusal('case.tasks_open', { group: group.id, open: open.map((run) => run.task) }));
  }
  // A guard may tell what is in the case, so it is asked only for somebody who may act.
  if (found.length > 0) return found;
  const seen = withInput(snapshot, input);
  for (const use of transition.guards ?? []) {
    const guard = context.guards[use.name];
    const refusal = guard
      ? guard({ snapshot: seen, params: use.params ?? {}, context })
      : caseRefusal('case.guard_unknown', { guard: use.name });
    if (refusal) found.push(refusal);
  }
  return found;
}
