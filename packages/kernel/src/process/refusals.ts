import { type Refusal, type RefusalParam, refused } from '../rules/refusal.js';

/** Every way a case refuses, with the English sentence; `{name}` is a parameter. Guards add codes of their own. */
export const CASE_REFUSALS = {
  'case.unknown_transition': 'The process has no step "{transition}".',
  'case.version_conflict': 'The case has changed: version {version} now, {expected} was seen. Load it again.',
  'case.wrong_state': 'The step "{transition}" does not start from the state "{state}".',
  'case.not_permitted': 'You may not take the step "{transition}" in this case.',
  'case.reason_missing': 'Give a reason for the step "{transition}".',
  'case.field_missing': 'Fill in the field "{field}".',
  'case.field_unknown': 'The process has no field "{field}".',
  'case.field_invalid': 'The value of the field "{field}" is not of the type {type}.',
  'case.field_not_here': 'The field "{field}" cannot be filled in at this step.',
  'case.party_not_here': 'The relation "{relation}" cannot be filled at this step.',
  'case.paper_missing': 'Add a paper of the kind "{paper}".',
  'case.paper_unknown': 'The process has no kind of paper "{paper}".',
  'case.tasks_open': 'The tasks of "{group}" are not closed: {open}.',
  'case.guard_unknown': 'The guard "{guard}" does not exist.',
  'case.deadline_not_started': 'The deadline "{deadline}" has not started.',
  'case.deadline_passed': 'The deadline "{deadline}" passed on {due}.',
  'case.rule_missing': 'A deadline cannot start because its rule is not in force.',
  'case.task_unknown': 'The case has no task "{task}".',
  'case.task_closed': 'The task "{task}" is already closed.',
  'case.task_not_permitted': 'You may not close the task "{task}".',
  'case.ended': 'The case has ended; nothing can be added.',
} as const;
export type CaseRefusalCode = keyof typeof CASE_REFUSALS;

/** Builds the refusal with its sentence filled in. */
export function caseRefusal(
  code: CaseRefusalCode,
  params: Readonly<Record<string, RefusalParam>> = {},
): Refusal<CaseRefusalCode> {
  const sentence = CASE_REFUSALS[code].replace(/\{(\w+)\}/g, (_, name: string) => String(params[name] ?? ''));
  return refused(code, sentence, params).refusal;
}
