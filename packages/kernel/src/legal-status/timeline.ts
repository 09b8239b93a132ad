import type { LegalEvent, LegalStatus, LegalTimeline, MappedEvent, StatusReason, StatusSpan } from '@quanlian/contract';
import { addCalendarMonths } from '../calendar/date.js';
import { type EventMap, mapEvent } from './mapping.js';

/** A publication of the application: `granted` when its kind means that a right was given. */
export interface PublishedFact {
  readonly id: string;
  readonly date?: string | undefined;
  readonly granted: boolean;
}

/** Everything held of one application that says where it stands. Dates ISO 8601, partial ones count from their first day. */
export interface RightFacts {
  readonly filed?: string | undefined;
  readonly publications: readonly PublishedFact[];
  readonly events: readonly LegalEvent[];
  /** The last day of the term by rule. */
  readonly term?: { readonly ends: string; readonly rule: { id: string; version: number }; readonly certainty: string };
  /** The newest date that a source gives its record; later than that the sources say nothing. */
  readonly reportedUntil?: string | undefined;
  /** Months after which a living status that nothing confirms is called unknown. */
  readonly horizonMonths: number;
}

/** What happens on a day: a change to a status, or the end of what can be relied on. */
interface Step {
  readonly day: string;
  readonly rank: number;
  readonly order: number;
  readonly category: string | null;
  readonly status: LegalStatus | null;
  readonly reason: StatusReason;
  readonly voids: readonly string[];
}

/** On one day a filing comes first, a grant and a revival after what is done along the way, an end after these, a correction last. */
const RANKS: Readonly<Record<string, number>> = { A: 0, C: 2, F: 2, K: 4, B: 3, H: 3, N: 3, Y: 5 };
const BETWEEN = 1;

const ENDED: ReadonlySet<LegalStatus> = new Set(['lapsed', 'expired', 'withdrawn', 'refused', 'revoked', 'ended']);

const wholeDay = (date: string): string => (date + (date.length === 4 ? '-01-01' : '-01')).slice(0, 10);

const dayOf = (date: string): string => (date.length < 10 ? wholeDay(date) : date);

/** The status after a step, or undefined when the step has no say in the status there is. */
function next(now: LegalStatus, { category, status, reason }: Step): LegalStatus | undefined {
  if (status === null) return undefined;
  if (ENDED.has(now)) {
    const revives = category === 'C' || category === 'K';
    // An end that says why is told by one that comes later with its cause.
    const explains = now === 'ended' && status !== 'pending' && status !== 'in-force' && status !== 'ended';
    return revives || explains ? status : undefined;
  }
  if (status === 'pending' && now === 'in-force' && category !== 'C') return undefined;
  if (reason.kind === 'publication' && status === 'in-force' && now === 'in-force') return undefined;
  return status === now ? undefined : status;
}

function eventStep(event: MappedEvent, index: number, map: EventMap): Step | undefined {
  const date = event.effective ?? event.date;
  if (date === undefined) return undefined;
  const { category, key, detail, certainty, status } = event;
  return {
    day: dayOf(date),
    rank: category === null ? BETWEEN : (RANKS[category] ?? BETWEEN),
    order: index,
    category,
    status,
    voids: category === 'Y' ? (map.find(event.office, event.code)?.voids ?? []) : [],
    reason: {
      kind: 'event',
      date,
      event: index,
      ...(category === null ? {} : { category }),
      ...(key === null ? {} : { key }),
      ...(detail === null ? {} : { detail }),
      ...(certainty === null ? {} : { certainty }),
    },
  };
}

function factSteps({ filed, publications }: RightFacts): Step[] {
  const steps: Step[] = [];
  if (filed !== undefined) {
    const reason: StatusReason = { kind: 'filing', date: filed };
    steps.push({ day: dayOf(filed), rank: 0, order: -1, category: 'A', status: 'pending', reason, voids: [] });
  }
  for (const { id, date, granted } of publications) {
    if (date === undefined) continue;
    const reason: StatusReason = { kind: 'publication', date, document: id };
    const [category, rank] = granted ? ['F', 2] : ['Q', BETWEEN];
    steps.push({
      day: dayOf(date),
      rank,
      order: -1,
      category,
      status: granted ? 'in-force' : 'pending',
      reason,
      voids: [],
    });
  }
  return steps;
}

const inOrder = (a: Step, b: Step): number =>
  a.day < b.day ? -1 : a.day > b.day ? 1 : a.rank - b.rank || a.order - b.order;

/** Takes back what corrections void: of the codes a correction names, the newest event before it. */
function withoutVoid(steps: readonly Step[], events: MappedEvent[]): Step[] {
  const kept: Step[] = [];
  for (const step of steps) {
    const at = kept.findLastIndex(({ reason }) => {
      const code = reason.event === undefined ? undefined : events[reason.event]?.code.trim();
      return code !== undefined && step.voids.includes(code);
    });
    const [target] = at < 0 ? [] : kept.splice(at, 1);
    if (target?.reason.event !== undefined) {
      events[target.reason.event] = { ...(events[target.reason.event] as MappedEvent), void: true };
    }
    kept.push(step);
  }
  return kept;
}

function fold(steps: readonly Step[]): StatusSpan[] {
  const spans: StatusSpan[] = [];
  let now: LegalStatus = 'unknown';
  for (const step of steps) {
    const status = next(now, step);
    if (status === undefined) continue;
    const last = spans.at(-1);
    if (last && last.from === step.day) {
      spans[spans.length - 1] = { ...last, status, reasons: [...last.reasons, step.reason] };
    } else {
      if (last) spans[spans.length - 1] = { ...last, to: step.day };
      spans.push({ status, from: step.day, to: null, reasons: [step.reason] });
    }
    now = status;
  }
  return spans;
}

function begin(spans: StatusSpan[], status: LegalStatus, from: string, reason: StatusReason): StatusSpan[] {
  const last = spans.at(-1);
  if (last && last.from >= from) return spans;
  const before = last ? [...spans.slice(0, -1), { ...last, to: from }] : spans;
  return [...before, { status, from, to: null, reasons: [reason] }];
}

/** What follows without any event: the age of the knowledge makes a living status unknown, the end of the term ends it. */
function withTime(spans: StatusSpan[], facts: RightFacts, knownUntil: string | null, extended: boolean): StatusSpan[] {
  const last = spans.at(-1);
  if (!last || (last.status !== 'pending' && last.status !== 'in-force')) return spans;
  const living = last.status;
  const { term } = facts;
  const ends = term && !extended ? term.ends : undefined;
  const unsureFrom = knownUntil === null ? undefined : addCalendarMonths(knownUntil, facts.horizonMonths);
  let timed = spans;
  if (unsureFrom !== undefined && (ends === undefined || unsureFrom < ends)) {
    timed = begin(timed, 'unknown', unsureFrom, { kind: 'age', date: knownUntil ?? unsureFrom });
  }
  if (term && ends !== undefined) {
    const reason: StatusReason = { kind: 'term', date: ends, rule: term.rule, certainty: term.certainty };
    timed = begin(timed, living === 'in-force' ? 'expired' : 'ended', ends, reason);
  }
  return timed;
}

function newest(dates: readonly (string | undefined)[]): string | null {
  return dates.reduce<string | null>((best, date) => {
    if (date === undefined) return best;
    const day = dayOf(date);
    return best === null || day > best ? day : best;
  }, null);
}

/**
 * The legal life of an application, folded from its events, publications and term in the order of their effect
 * (effective date, then category, then the order given). A correction (ST.27 category Y) takes back the newest
 * event of the codes it is meant for; C and K revive; nothing else wakes what has ended. After the last thing known a living status becomes unknown
 * once `horizonMonths` have passed, and the end of the term ends it in any case. An event that no mapping knows
 * changes nothing and stays in the list.
 */
export function legalTimeline(facts: RightFacts, map: EventMap): LegalTimeline {
  const events = facts.events.map((event) => mapEvent(event, map));
  const told = events.flatMap((event, index) => eventStep(event, index, map) ?? []);
  const steps = withoutVoid([...factSteps(facts), ...told].sort(inOrder), events);
  const knownUntil = newest([
    facts.filed,
    facts.reportedUntil,
    ...facts.publications.map(({ date }) => date),
    ...facts.events.flatMap(({ date, effective }) => [date, effective]),
  ]);
  const extended = events.some(({ category, void: taken }) => category === 'G' && !taken);
  const spans = withTime(fold(steps), facts, knownUntil, extended);
  return { spans, events, knownUntil, termEnds: facts.term?.ends ?? null };
}

/** The span that holds on a day, or undefined before anything is known. Days before the first span are unknown. */
export function statusOn({ spans }: Pick<LegalTimeline, 'spans'>, day: string): StatusSpan | undefined {
  return spans.findLast(({ from }) => from <= day);
}
