import type { LegalEvent, LegalStatus, MappedEvent, StatusReason } from '@quanlian/contract';
import { addCalendarMonths, laterDate } from '../calendar/date.js';
import type { RightFacts } from './facts.js';
import { type EventMap, type EventMeaning, mapEvent, meaningOf } from './mapping.js';

/** What happens on a day: a change to a status, or the end of what can be relied on. */
export interface Step {
  readonly day: string;
  readonly rank: number;
  readonly order: number;
  readonly category: string | null;
  readonly status: LegalStatus | null;
  readonly reason: StatusReason;
  /** The states it concerns; null for the whole right. */
  readonly states: readonly string[] | null;
  /** The source names several states with several days, not which belongs to which: not before the day, not after the other. */
  readonly between?: readonly [string, string];
}

/** The events of an application as they were understood, in an order that does not depend on how they came. */
export interface ReadEvents {
  readonly events: MappedEvent[];
  readonly meanings: readonly (EventMeaning | undefined)[];
  /** By event: the states for which a correction took it back. */
  readonly taken: ReadonlyMap<number, ReadonlySet<string>>;
}

/** On one day a filing comes first, a grant and a revival after what is done along the way, an end after these, a correction last. */
const RANKS: Readonly<Record<string, number>> = { A: 0, C: 2, F: 2, K: 4, B: 3, H: 3, N: 3, Y: 5 };
const BETWEEN = 1;

/** A partial date counts from its first day. */
export const dayOf = (date: string): string =>
  date.length < 10 ? (date + (date.length === 4 ? '-01-01' : '-01')).slice(0, 10) : date;

const NEVER = '9999-12-31';
const told = ({ date, effective }: Pick<LegalEvent, 'date' | 'effective'>): string => dayOf(date ?? effective ?? NEVER);

const inWords = ({ office, code, date = '', effective = '', text = '', st27 }: LegalEvent): string =>
  [office, code.trim(), date, effective, st27 ?? '', text].join('\u0000');

function byTelling(a: LegalEvent, b: LegalEvent): number {
  const [left, right] = [told(a), told(b)];
  if (left !== right) return left < right ? -1 : 1;
  const [first, second] = [inWords(a), inWords(b)];
  return first < second ? -1 : first > second ? 1 : 0;
}

/** The newest event before a correction that it is meant for, and that still stands for one of the states it names. */
function targetOf(
  correction: number,
  voids: readonly string[],
  { events }: { readonly events: readonly MappedEvent[] },
  stands: (index: number) => boolean,
): number {
  const own = events[correction];
  return events.findLastIndex(
    ({ office, code, void: gone }, index) =>
      index !== correction &&
      !gone &&
      office === own?.office &&
      voids.includes(code.trim()) &&
      told(events[index] as MappedEvent) <= told(own) &&
      stands(index),
  );
}

/** Takes back what corrections void, for the whole right or for the states they name. */
function corrected(events: MappedEvent[], meanings: readonly (EventMeaning | undefined)[]): Map<number, Set<string>> {
  const taken = new Map<number, Set<string>>();
  for (const [index, meaning] of meanings.entries()) {
    const { voids } = meaning ?? {};
    if (voids === undefined) continue;
    const named = events[index]?.states ?? null;
    if (named === null || named.length === 0) {
      const at = targetOf(index, voids, { events }, () => true);
      if (at >= 0) events[at] = { ...(events[at] as MappedEvent), void: true };
      continue;
    }
    for (const state of named) {
      const stands = (at: number): boolean =>
        events[at]?.states?.includes(state) === true && taken.get(at)?.has(state) !== true;
      const at = targetOf(index, voids, { events }, stands);
      if (at < 0) continue;
      const gone = (taken.get(at) ?? new Set()).add(state);
      taken.set(at, gone);
      const target = events[at] as MappedEvent;
      if (target.states?.every((one) => gone.has(one))) events[at] = { ...target, void: true };
    }
  }
  return taken;
}

/** Reads all events of an application and applies what they correct among themselves. */
export function readEvents(given: readonly LegalEvent[], map: EventMap): ReadEvents {
  const sorted = [...given].sort(byTelling);
  const events = sorted.map((event) => mapEvent(event, map));
  const meanings = sorted.map((event) => meaningOf(event, map));
  return { taken: corrected(events, meanings), events, meanings };
}

/** The end of the newest fee window that was over on a day, from the day of the grant. */
function feeWindowBefore(day: string, granted: string, { fees = [] }: RightFacts): string | undefined {
  return fees.map(({ graceMonths }) => addCalendarMonths(granted, graceMonths)).findLast((ends) => ends <= day);
}

const ANNUITY_GRACE_MONTHS = 6;

/** The anniversary of the filing from which a fee was missing, when its lapse is told on a day. */
function annuityBefore(day: string, filed: string | undefined): string | undefined {
  if (filed === undefined || filed.length < 10) return undefined;
  const latest = addCalendarMonths(day, -ANNUITY_GRACE_MONTHS);
  const years = Number(latest.slice(0, 4)) - Number(filed.slice(0, 4));
  const [at, before] = [addCalendarMonths(filed, years * 12), addCalendarMonths(filed, (years - 1) * 12)];
  const found = at <= latest ? at : before;
  return found > filed ? found : undefined;
}

function effectOf(
  event: MappedEvent,
  since: EventMeaning['since'],
  granted: string | undefined,
  facts: RightFacts,
): string | undefined {
  if (event.effective !== undefined) return event.effective;
  if (event.date === undefined || granted === undefined || since === undefined) return event.date;
  const day = dayOf(event.date);
  if (since === 'grant') return granted;
  const due = since === 'annuity' ? annuityBefore(day, facts.filed) : feeWindowBefore(day, granted, facts);
  return due === undefined ? event.date : laterDate(due, granted);
}

/** The mention of the grant names the states it is for; it gives the right as a whole. */
const isGrantOfAll = (meaning: EventMeaning | undefined): boolean =>
  meaning?.category === 'F' && (meaning.states === undefined || meaning.role === 'designates');

const DAYS = /Effective Date:\s*(\d{4})(\d\d)(\d\d)/gi;

/** The first and the last day, when an event of several states gives several days without saying for which. */
function spread({ states, text = '', effective }: MappedEvent): [string, string] | undefined {
  if (effective === undefined || states === null || states.length < 2) return undefined;
  const told = Array.from(text.matchAll(DAYS), ([, year, month, day]) => `${year}-${month}-${day}`);
  const days = [effective, ...told].map(dayOf).sort();
  const [first = effective, last = effective] = [days[0], days.at(-1)];
  return first === last ? undefined : [first, last];
}

/** A lapse of uncertain day: unknown from the first day it can have been, over from the last. */
function spreadSteps(step: Step, [first, last]: [string, string]): Step[] {
  const between = [first, last] as const;
  return [
    { ...step, day: first, status: 'unknown', between },
    { ...step, day: last, reason: { ...step.reason, date: last }, between },
  ];
}

function eventSteps(read: ReadEvents, index: number, granted: string | undefined, facts: RightFacts): Step[] {
  const step = eventStep(read, index, granted, facts);
  const days = step?.status === 'lapsed' ? spread(read.events[index] as MappedEvent) : undefined;
  return step === undefined ? [] : days === undefined ? [step] : spreadSteps(step, days);
}

function eventStep(
  { events, meanings, taken }: ReadEvents,
  index: number,
  granted: string | undefined,
  facts: RightFacts,
): Step | undefined {
  const event = events[index] as MappedEvent;
  const date = effectOf(event, meanings[index]?.since, granted, facts);
  if (date === undefined || event.void) return undefined;
  const { category, key, detail, certainty, status, law } = event;
  const gone = taken.get(index);
  return {
    day: dayOf(date),
    rank: category === null ? BETWEEN : (RANKS[category] ?? BETWEEN),
    order: index,
    category,
    status,
    states: isGrantOfAll(meanings[index]) ? null : (event.states?.filter((state) => gone?.has(state) !== true) ?? null),
    reason: {
      kind: 'event',
      date,
      event: index,
      ...(category === null ? {} : { category }),
      ...(key === null ? {} : { key }),
      ...(detail === null ? {} : { detail }),
      ...(certainty === null ? {} : { certainty }),
      ...(law === null ? {} : { law }),
    },
  };
}

function factSteps({ filed, publications, grantLaw }: RightFacts): Step[] {
  const steps: Step[] = [];
  if (filed !== undefined) {
    const reason: StatusReason = { kind: 'filing', date: filed };
    steps.push({ day: dayOf(filed), rank: 0, order: -1, category: 'A', status: 'pending', reason, states: null });
  }
  for (const { id, date, granted } of publications) {
    if (date === undefined) continue;
    const law = granted && grantLaw !== undefined ? { law: grantLaw } : {};
    const reason: StatusReason = { kind: 'publication', date, document: id, ...law };
    const [category, rank] = granted ? ['F', 2] : ['Q', BETWEEN];
    const status = granted ? 'in-force' : 'pending';
    steps.push({ day: dayOf(date), rank, order: -1, category, status, reason, states: null });
  }
  return steps;
}

const inOrder = (a: Step, b: Step): number =>
  a.day < b.day
    ? -1
    : a.day > b.day
      ? 1
      : a.rank - b.rank || a.order - b.order || (a.reason.document ?? '').localeCompare(b.reason.document ?? '');

/** The day the right was given: the first publication or event that says so. */
export function grantDay(facts: RightFacts, { events, meanings }: ReadEvents): string | undefined {
  const published = facts.publications.flatMap(({ granted, date }) => (granted && date !== undefined ? [date] : []));
  const recorded = events.flatMap(({ category, status, states, date, effective, void: gone }, index) =>
    category === 'F' && status === 'in-force' && !gone && (states === null || isGrantOfAll(meanings[index]))
      ? (effective ?? date ?? [])
      : [],
  );
  return [...published, ...recorded].map(dayOf).sort()[0];
}

/** All that happened to an application, in the order of its effect (day, then rank of the category, then telling). */
export function stepsOf(facts: RightFacts, read: ReadEvents): Step[] {
  const granted = grantDay(facts, read);
  const recorded = read.events.flatMap((_, index) => eventSteps(read, index, granted, facts));
  return [...factSteps(facts), ...recorded].sort(inOrder);
}
