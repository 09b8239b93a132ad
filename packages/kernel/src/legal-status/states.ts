import type { LegalStatus, StateLife, StatusReason, StatusSpan } from '@quanlian/contract';
import { addCalendarMonths, laterDate } from '../calendar/date.js';
import type { RightFacts } from './facts.js';
import { fold, isEnded, type Passing, withTime } from './fold.js';
import { dayOf, type ReadEvents, type Step } from './steps.js';

interface Regional {
  readonly facts: RightFacts;
  readonly read: ReadEvents;
  readonly steps: readonly Step[];
  /** The right as a whole, before time did anything to it. */
  readonly central: readonly StatusSpan[];
  /** The day of the grant for all states. */
  readonly granted: string;
  readonly time: Passing;
}

/** The states an event names with a role, among those that no correction took back. */
function withRole({ events, meanings }: ReadEvents, role: string): { states: string[]; day: string; index: number }[] {
  return events.flatMap((event, index) =>
    meanings[index]?.role === role && !event.void
      ? [{ states: event.states ?? [], day: dayOf(event.effective ?? event.date ?? '9999'), index }]
      : [],
  );
}

/**
 * The states the right was granted for: those of the mention of the grant, else of its publication, else of the newest designation before it,
 * and any that an event after the grant speaks of (extension and validation states).
 */
function statesOfGrant({ facts, read, steps, granted }: Regional): string[] {
  const named = withRole(read, 'designates').filter(({ states }) => states.length > 0);
  const ofGrant = named.filter(({ index }) => read.events[index]?.category === 'F');
  const before = named.filter(({ day }) => day <= granted);
  const designated = ofGrant.at(-1)?.states ?? facts.designated ?? before.at(-1)?.states ?? [];
  const unitary = withRole(read, 'unitary').flatMap(({ states }) => states);
  const touched = steps.flatMap(({ states, status, day }) => (status !== null && day >= granted ? (states ?? []) : []));
  const without =
    touched.includes('LI') && !designated.includes('CH') ? touched.filter((one) => one !== 'LI') : touched;
  return [...new Set([...designated, ...unitary, ...without])].sort();
}

/** Fee years stand in the words: `Year of Fee Payment: 12`. A fee for year n keeps the right until n years after filing. */
function paidIn(state: string, { facts, read }: Regional): Passing['paid'] {
  const { filed } = facts;
  if (filed === undefined || filed.length < 10) return undefined;
  let best: Passing['paid'];
  for (const { states, index } of withRole(read, 'fee')) {
    const year = Number(/Year of Fee Payment:\s*(\d+)/i.exec(read.events[index]?.text ?? '')?.[1]);
    if (!states.includes(state) || !(year > 0)) continue;
    const until = addCalendarMonths(filed, year * 12);
    if (best === undefined || until > best.until) {
      best = { until, strict: false, reason: { kind: 'fees', date: until, event: index } };
    }
  }
  return best;
}

/** The last day that something is known of a state: the grant, what befell the right as a whole, and its own events. */
function knownIn(state: string, { read, granted }: Regional): string {
  const days = read.events.flatMap(({ states, date, effective }) =>
    states === null || states.includes(state) ? [date, effective] : [],
  );
  return days.flatMap((day) => (day === undefined ? [] : dayOf(day))).reduce(laterDate, granted);
}

/** In each state the right begins with the grant. */
const GRANT = { rank: 2, order: -1, category: 'F', status: 'in-force', states: null } as const;

/** What is said of one state alone; what one event says surely counts before what another says without telling which day. */
function stepsIn(state: string, { steps, granted }: Regional): Step[] {
  const own = steps.filter(({ states, status }) => status !== null && states?.includes(state) === true);
  const sure = own.some(({ status, between }) => status !== null && isEnded(status) && between === undefined);
  return own
    .filter(({ between }) => !sure || between === undefined)
    .map((step) => (step.day < granted ? { ...step, day: granted } : step))
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : a.rank - b.rank));
}

const spanOn = (spans: readonly StatusSpan[], day: string): StatusSpan | undefined =>
  spans.findLast(({ from }) => from <= day);

/** While the right as a whole is in force its state says how it stands there; else the whole says it. */
function within(central: readonly StatusSpan[], own: readonly StatusSpan[], granted: string): StatusSpan[] {
  const days = [...central, ...own].map(({ from }) => from).filter((day) => day >= granted);
  const spans: StatusSpan[] = [];
  for (const day of [...new Set(days)].sort()) {
    const whole = spanOn(central, day);
    const held = whole?.status === 'in-force' ? (spanOn(own, day) ?? whole) : whole;
    const last = spans.at(-1);
    if (held === undefined || last?.status === held.status) continue;
    if (last) spans[spans.length - 1] = { ...last, to: day };
    spans.push({ status: held.status, from: day, to: null, reasons: held.reasons });
  }
  return spans;
}

/** A regional right in each of its states, from the day of the grant. */
export function inStates(regional: Regional): StateLife[] {
  const { read, granted, time, central } = regional;
  const unitary = withRole(read, 'unitary').flatMap(({ states }) => states);
  const validated = new Set(
    [...withRole(read, 'validates'), ...withRole(read, 'fee')].flatMap(({ states }) => states).concat(unitary),
  );
  return statesOfGrant(regional).map((state) => {
    const given = spanOn(central, granted);
    const grant: Step = {
      ...GRANT,
      day: granted,
      reason: given?.reasons[0] ?? { kind: 'publication', date: granted },
    };
    const spans = within(central, fold([grant, ...stepsIn(state, regional)]), granted);
    const passing = { ...time, knownUntil: knownIn(state, regional), paid: paidIn(state, regional) };
    return {
      state,
      spans: withTime(spans, passing),
      validated: validated.has(state),
      unitary: unitary.includes(state),
    };
  });
}

/** In force while it is in one state; unknown while it may be in one; else ended, by its term where that came last. */
function togetherOn(states: readonly StateLife[], day: string): LegalStatus {
  const held = states.flatMap((life) => spanOn(life.spans, day)?.status ?? []);
  if (held.includes('in-force')) return 'in-force';
  if (held.some((status) => !isEnded(status))) return 'unknown';
  return held.includes('expired') ? 'expired' : held.every((status) => status === 'revoked') ? 'revoked' : 'lapsed';
}

function reasonsOn(states: readonly StateLife[], day: string, status: LegalStatus): StatusReason[] {
  const begun = states.flatMap(({ spans }) =>
    spans.filter(({ from }) => from === day).flatMap(({ reasons }) => reasons),
  );
  const once = [...new Map(begun.map((reason) => [JSON.stringify(reason), reason])).values()];
  const why = once.filter(({ kind }) => status !== 'expired' || kind === 'term' || kind === 'event');
  return status === 'lapsed' ? [{ kind: 'states', date: day }, ...why] : why;
}

/** Cuts a span in force of the whole where the states together say otherwise. */
function cut(span: StatusSpan, states: readonly StateLife[]): StatusSpan[] {
  const within = (day: string): boolean => day > span.from && (span.to === null || day < span.to);
  const changes = states.flatMap(({ spans }) => spans.map(({ from }) => from)).filter(within);
  const pieces: StatusSpan[] = [];
  for (const day of [...new Set([span.from, ...changes])].sort()) {
    const status = togetherOn(states, day);
    const last = pieces.at(-1);
    if (last?.status === status) continue;
    if (last) pieces[pieces.length - 1] = { ...last, to: day };
    const reasons = day === span.from && status === span.status ? span.reasons : reasonsOn(states, day, status);
    pieces.push({ status, from: day, to: span.to, reasons });
  }
  return pieces;
}

/** The right as a whole: what befell it as such, and within the time it was in force what its states say together. */
export function wholeOfStates(central: readonly StatusSpan[], states: readonly StateLife[]): StatusSpan[] {
  return central.flatMap((span) => (span.status === 'in-force' ? cut(span, states) : [span]));
}
