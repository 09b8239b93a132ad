import { dateAt } from '../calendar/date.js';
import { deadline } from '../calendar/deadline.js';
import type { RuleBook } from '../rules/book.js';
import { periodEvaluator } from '../rules/evaluators/period.js';
import type { Guard } from './actor.js';
import { caseRefusal } from './refusals.js';

/**
 * Guard for acts that are only possible in time: refuses when the deadline named by the parameter `deadline` never
 * started or its last day has passed. A resting clock lets the act pass.
 */
export const withinDeadline: Guard = ({ snapshot, params, context: { now, calendar } }) => {
  const name = String(params['deadline'] ?? '');
  const run = snapshot.clocks.findLast((clock) => clock.deadline === name);
  if (!run) return caseRefusal('case.deadline_not_started', { deadline: name });
  const { due } = deadline(calendar, run);
  const today = dateAt(now, calendar.utcOffsetMinutes);
  return due === null || today <= due ? null : caseRefusal('case.deadline_passed', { deadline: name, due });
};

/** Ids of the rules whose versions all give a length of time: what a deadline of a process may rest on. */
export function rulesOfTime(book: RuleBook): ReadonlySet<string> {
  const givesTime = (id: string) => book.versions(id).every((rule) => rule.evaluator === periodEvaluator.name);
  return new Set(book.ids.filter(givesTime));
}
