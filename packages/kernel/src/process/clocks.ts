import { addDays, dateAt, daysBetween, type IsoDate } from '../calendar/date.js';
import { type DeadlineStep, deadline, type Period } from '../calendar/deadline.js';
import { addWorkingDays, type WorkingCalendar, workingDaysBetween } from '../calendar/working.js';
import type { RuleBook } from '../rules/book.js';
import type { Words } from '../rules/certainty.js';
import { PeriodParametersSchema } from '../rules/evaluators/period.js';
import { accepted, type Result, refused } from '../rules/refusal.js';
import { type RuleReference, referenceTo } from '../rules/schema.js';
import type { CaseSnapshot, ClockChange, ClockRun } from './case.js';
import type { DeadlineDefinition, EscalationStep, NamedUse, ProcessDefinition, Scalar } from './definition.js';

/** What happened, as far as clocks care. `from` is null when the case opens or only its content changed. */
export interface ClockTrigger {
  readonly transition: string | null;
  /** The state entered, or null when the case stays where it is. */
  readonly entered: string | null;
  readonly fields: Readonly<Record<string, Scalar>>;
  readonly date: IsoDate;
}

interface Length {
  readonly period: Period;
  readonly moveToWorkingDay: boolean;
  readonly rule: RuleReference | null;
}

function lengthOf(definition: DeadlineDefinition, start: IsoDate, rules: RuleBook): Result<Length> {
  if (definition.basis === null) {
    const period = definition.period as Period;
    return accepted({ period, moveToWorkingDay: true, rule: null });
  }
  const rule = rules.at(definition.basis, start);
  if (!rule.ok)
    return refused('case.rule_missing', `The deadline "${definition.id}" cannot start: ${rule.refusal.message}`, {
      deadline: definition.id,
      rule: definition.basis,
      date: start,
    });
  const { amount, unit, moveToWorkingDay = true } = PeriodParametersSchema.parse(rule.value.parameters);
  return accepted({ period: { amount, unit }, moveToWorkingDay, rule: referenceTo(rule.value) });
}

/** The day a deadline starts because of this trigger, or undefined. */
function startDay({ starts }: DeadlineDefinition, trigger: ClockTrigger): IsoDate | undefined {
  if ('state' in starts) return trigger.entered === starts.state ? trigger.date : undefined;
  if ('transition' in starts) return trigger.transition === starts.transition ? trigger.date : undefined;
  const value = trigger.fields[starts.field];
  return typeof value === 'string' ? value : undefined;
}

function isMet({ meets }: DeadlineDefinition, trigger: ClockTrigger): boolean {
  return (
    (trigger.entered !== null && (meets.states?.includes(trigger.entered) ?? false)) ||
    (trigger.transition !== null && (meets.transitions?.includes(trigger.transition) ?? false))
  );
}

/** The changes of one deadline: met or closed, stopped or resumed, started. */
function changesOf(
  deadlineDefinition: DeadlineDefinition,
  runs: readonly ClockRun[],
  trigger: ClockTrigger,
  stateAfter: { readonly id: string; readonly final: boolean },
  rules: RuleBook,
): Result<ClockChange[]> {
  const changes: ClockChange[] = [];
  const { date: on } = trigger;
  let open = runs.find((run) => run.endedOn === null);
  const end = (ending: 'met' | 'closed' | 'superseded') => {
    if (open) changes.push({ type: 'ended', id: open.id, on, ending });
    open = undefined;
  };
  const start = startDay(deadlineDefinition, trigger);
  if (open && isMet(deadlineDefinition, trigger)) end('met');
  if (open && stateAfter.final) end('closed');
  if (open && start !== undefined && 'field' in deadlineDefinition.starts && start !== open.start) end('superseded');
  const rests = deadlineDefinition.stopsIn?.includes(stateAfter.id) ?? false;
  if (open) {
    const resting = open.stops.some((stop) => stop.to === null);
    if (rests !== resting) changes.push({ type: rests ? 'stopped' : 'resumed', id: open.id, on });
  } else if (start !== undefined && !stateAfter.final && !hasRunFrom(deadlineDefinition, runs, start)) {
    const length = lengthOf(deadlineDefinition, start, rules);
    if (!length.ok) return length;
    const id = `${deadlineDefinition.id}#${runs.length + 1}`;
    const run: ClockRun = {
      id,
      deadline: deadlineDefinition.id,
      start,
      ...length.value,
      stops: [],
      endedOn: null,
      ending: null,
    };
    changes.push({ type: 'started', run });
    if (rests) changes.push({ type: 'stopped', id, on });
  }
  return accepted(changes);
}

/** A date field given again with the same date does not start a clock that has already been met. */
function hasRunFrom({ starts }: DeadlineDefinition, runs: readonly ClockRun[], start: IsoDate): boolean {
  return 'field' in starts && runs.some((run) => run.start === start && run.ending !== 'superseded');
}

/** What an event does to all clocks. A deadline whose rule is not in force refuses the event. */
export function clockChanges(
  definition: ProcessDefinition,
  clocks: readonly ClockRun[],
  trigger: ClockTrigger,
  stateAfter: string,
  rules: RuleBook,
): Result<ClockChange[]> {
  const final = definition.states.some(({ id, kind }) => id === stateAfter && kind === 'final');
  const changes: ClockChange[] = [];
  for (const entry of definition.deadlines ?? []) {
    const runs = clocks.filter((run) => run.deadline === entry.id);
    const result = changesOf(entry, runs, trigger, { id: stateAfter, final }, rules);
    if (!result.ok) return result;
    changes.push(...result.value);
  }
  return accepted(changes);
}

/** One step of an escalation on the calendar. */
export interface Escalation {
  /** Stable key of the notice, so that it is sent once. */
  readonly key: string;
  readonly on: IsoDate;
  readonly tell: readonly string[];
  /** Its day has come and the clock still runs. */
  readonly due: boolean;
}

/** A clock as shown to people. */
export interface Clock {
  readonly id: string;
  readonly deadline: string;
  readonly title: Words;
  readonly status: 'running' | 'stopped' | 'expired' | 'met' | 'met-late' | 'closed' | 'superseded';
  readonly start: IsoDate;
  /** The last day in time; null while the clock rests. */
  readonly due: IsoDate | null;
  /** Calendar days to the last day, negative when it has passed; null while the clock rests or when it ended. */
  readonly daysLeft: number | null;
  readonly workingDaysLeft: number | null;
  /** What is left when a resting clock goes on, in the unit of the period. */
  readonly leftWhenResumed: number | null;
  readonly stoppedDays: number;
  readonly period: Period;
  /** The rule behind it; null when the house set the length. */
  readonly basis: RuleReference | null;
  /** The last day touches a year whose working days are not announced. */
  readonly provisional: boolean;
  readonly steps: readonly DeadlineStep[];
  readonly escalations: readonly Escalation[];
}

function escalationsOf(
  run: ClockRun,
  steps: readonly EscalationStep[],
  due: IsoDate | null,
  today: IsoDate,
  calendar: WorkingCalendar,
): Escalation[] {
  if (due === null) return [];
  return steps.map(({ days, unit, tell }, index) => {
    const on = unit === 'days' ? addDays(due, days) : addWorkingDays(calendar, due, days).date;
    return { key: `${run.id}:${index}`, on, tell, due: run.endedOn === null && on <= today };
  });
}

function statusOf(run: ClockRun, due: IsoDate | null, today: IsoDate): Clock['status'] {
  if (run.ending === 'met') return due !== null && run.endedOn !== null && run.endedOn > due ? 'met-late' : 'met';
  if (run.ending !== null) return run.ending;
  if (due === null) return 'stopped';
  return today > due ? 'expired' : 'running';
}

/** One run of a deadline as it stands on a day. */
function readClock(definition: DeadlineDefinition, run: ClockRun, today: IsoDate, calendar: WorkingCalendar): Clock {
  const { start, period, stops, moveToWorkingDay } = run;
  const { due, left, stoppedDays, provisional, steps } = deadline(calendar, { start, period, stops, moveToWorkingDay });
  const counts = run.endedOn === null && due !== null;
  return {
    id: run.id,
    deadline: run.deadline,
    title: definition.title,
    status: statusOf(run, due, today),
    start,
    due,
    daysLeft: counts ? daysBetween(today, due) : null,
    workingDaysLeft: counts ? workingDaysBetween(calendar, today, due).days : null,
    leftWhenResumed: left,
    stoppedDays,
    period,
    basis: run.rule,
    provisional,
    steps,
    escalations: escalationsOf(run, definition.escalation ?? [], due, today, calendar),
  };
}

/** All clocks of a case at an instant, in the order they started. */
export function clocks(
  definition: ProcessDefinition,
  snapshot: Pick<CaseSnapshot, 'clocks'>,
  now: string,
  calendar: WorkingCalendar,
): Clock[] {
  const today = dateAt(now, calendar.utcOffsetMinutes);
  return snapshot.clocks.flatMap((run) => {
    const entry = definition.deadlines?.find(({ id }) => id === run.deadline);
    return entry ? [readClock(entry, run, today, calendar)] : [];
  });
}

/** What the program has to do because a last day has passed. */
export interface ExpiryAction {
  readonly clock: string;
  readonly deadline: string;
  readonly transition: string | null;
  readonly effects: readonly NamedUse[];
}

/** The actions of all clocks that have expired and say what then happens. */
export function expiryActions(
  definition: ProcessDefinition,
  snapshot: CaseSnapshot,
  now: string,
  calendar: WorkingCalendar,
): ExpiryAction[] {
  return clocks(definition, snapshot, now, calendar).flatMap(({ id, deadline: name, status }) => {
    const onExpiry = definition.deadlines?.find((entry) => entry.id === name)?.onExpiry;
    if (status !== 'expired' || !onExpiry) return [];
    return [{ clock: id, deadline: name, transition: onExpiry.transition ?? null, effects: onExpiry.effects ?? [] }];
  });
}
