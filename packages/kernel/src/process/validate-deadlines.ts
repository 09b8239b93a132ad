import type { DeadlineDefinition, ProcessDefinition } from './definition.js';
import { type KnownNames, namesOf, type Report, reportUnknown } from './findings.js';

function checkStart(definition: ProcessDefinition, entry: DeadlineDefinition, report: Report): void {
  const nothing = (what: string) =>
    report('process.deadline_starts_from_nothing', entry.id, `The deadline "${entry.id}" starts from ${what}.`);
  const { starts } = entry;
  if ('state' in starts) {
    const state = definition.states.find(({ id }) => id === starts.state);
    if (!state) nothing(`the state "${starts.state}", which does not exist`);
    else if (state.kind === 'final') nothing(`the final state "${starts.state}", where every clock is closed`);
  } else if ('transition' in starts) {
    if (!definition.transitions.some(({ id }) => id === starts.transition))
      nothing(`the step "${starts.transition}", which does not exist`);
  } else {
    const field = definition.fields?.find(({ name }) => name === starts.field);
    if (field?.type !== 'date') nothing(`the field "${starts.field}", which is no date field of the process`);
  }
}

/** A step taken on expiry is taken by the program: it must be allowed to, and nothing in it may wait for a person. */
function checkExpiry(
  definition: ProcessDefinition,
  entry: DeadlineDefinition,
  known: KnownNames,
  report: Report,
): void {
  const effects = entry.onExpiry?.effects?.map(({ name }) => name);
  reportUnknown(report, 'process.unknown_effect', entry.id, effects, known.effects);
  const id = entry.onExpiry?.transition;
  if (id === undefined) return;
  const step = definition.transitions.find((candidate) => candidate.id === id);
  const impossible = (why: string) =>
    report('process.expiry_impossible', entry.id, `On expiry "${entry.id}" takes the step "${id}", ${why}.`);
  if (!step) reportUnknown(report, 'process.unknown_transition', entry.id, [id], new Set());
  else if (!step.who.system) impossible('which the program itself may not take');
  else if (step.reasonRequired || step.joins?.length) impossible('which waits for a person');
}

function checkDeadline(
  definition: ProcessDefinition,
  entry: DeadlineDefinition,
  known: KnownNames,
  report: Report,
): void {
  const { id, basis, period, meets, stopsIn, escalation } = entry;
  const states = namesOf(definition.states, (state) => state.id);
  const steps = namesOf(definition.transitions, (step) => step.id);
  checkStart(definition, entry, report);
  if ((basis === null) !== (period !== undefined))
    report('process.deadline_length', id, `The deadline "${id}" needs either a rule or a period of the house.`);
  reportUnknown(report, 'process.unknown_rule', id, basis === null ? [] : [basis], known.rules);
  reportUnknown(report, 'process.unknown_state', id, [...(meets.states ?? []), ...(stopsIn ?? [])], states);
  reportUnknown(report, 'process.unknown_transition', id, meets.transitions, steps);
  if (!meets.states?.length && !meets.transitions?.length)
    report('process.deadline_never_met', id, `Nothing meets the deadline "${id}"; name a state or a step.`);
  const told = escalation?.flatMap((step) => step.tell);
  reportUnknown(report, 'process.unknown_role', id, told, new Set([...known.roles, ...(definition.relations ?? [])]));
  checkExpiry(definition, entry, known, report);
}

/** Everything that is wrong with the deadlines of a process. */
export function checkDeadlines(definition: ProcessDefinition, known: KnownNames, report: Report): void {
  for (const entry of definition.deadlines ?? []) checkDeadline(definition, entry, known, report);
}
