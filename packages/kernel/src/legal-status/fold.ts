import type { LegalStatus, StatusReason, StatusSpan } from '@quanlian/contract';
import { addCalendarMonths } from '../calendar/date.js';
import type { RightFacts } from './facts.js';
import type { Step } from './steps.js';

const ENDED: ReadonlySet<LegalStatus> = new Set(['lapsed', 'expired', 'withdrawn', 'refused', 'revoked', 'ended']);

/** Whether a status is an end. */
export const isEnded = (status: LegalStatus): boolean => ENDED.has(status);

/** The status after a step, or undefined when the step has no say in the status there is. */
function next(now: LegalStatus, granted: boolean, { category, status, reason }: Step): LegalStatus | undefined {
  if (status === null) return undefined;
  if (ENDED.has(now)) {
    const revives = category === 'C' || category === 'K';
    // A right that is given shows that the application was taken up again, whatever the sources leave out.
    const givenAfterAll = category === 'F' && !granted;
    // An end that says why is told by one that comes later with its cause; a revocation reaches back behind any end.
    const explains = now === 'ended' && status !== 'pending' && status !== 'in-force' && status !== 'ended';
    const reachesBack = status === 'revoked' && now !== 'revoked' && granted;
    return revives || givenAfterAll || explains || reachesBack ? status : undefined;
  }
  if (status === 'pending' && now === 'in-force' && category !== 'C') return undefined;
  if (reason.kind === 'publication' && status === 'in-force' && now === 'in-force') return undefined;
  return status === now ? undefined : status;
}

/** Spans of status from the first step on, without gap or overlap, no two neighbours alike. */
export function fold(steps: readonly Step[]): StatusSpan[] {
  const spans: StatusSpan[] = [];
  let now: LegalStatus = 'unknown';
  let granted = false;
  for (const step of steps) {
    const status = next(now, granted, step);
    const last = spans.at(-1);
    if (status === undefined) {
      // What says the same of the same day is one more reason.
      if (last && last.from === step.day && step.status === now && step.reason.kind === 'event')
        spans[spans.length - 1] = { ...last, reasons: [...last.reasons, step.reason] };
      continue;
    }
    granted ||= status === 'in-force';
    if (last && last.from === step.day) {
      const before = spans.at(-2);
      if (before?.status === status) {
        spans.splice(-2, 2, { ...before, to: null, reasons: [...before.reasons, ...last.reasons, step.reason] });
      } else {
        spans[spans.length - 1] = { ...last, status, reasons: [...last.reasons, step.reason] };
      }
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

/** What time alone does to a right. */
export interface Passing {
  readonly facts: RightFacts;
  readonly knownUntil: string | null;
  /** Protection beyond the term was given, so that the day of its end is not known. */
  readonly extended: boolean;
  /**
   * Until when fees were paid, so that it is alive whatever the age of the sources. `strict`: from then on it is not
   * known, even when the sources are young enough to be relied on.
   */
  readonly paid: { readonly until: string; readonly reason: StatusReason; readonly strict: boolean } | undefined;
}

/** What follows without any event: the age of the knowledge makes a living status unknown, the end of the term ends it. */
export function withTime(spans: StatusSpan[], { facts, knownUntil, extended, paid }: Passing): StatusSpan[] {
  const last = spans.at(-1);
  if (!last || (last.status !== 'pending' && last.status !== 'in-force')) return spans;
  const living = last.status;
  const { term } = facts;
  const ends = term && !extended ? term.ends : undefined;
  const aged = knownUntil === null ? undefined : addCalendarMonths(knownUntil, facts.horizonMonths);
  const byFee =
    living === 'in-force' &&
    paid !== undefined &&
    aged !== undefined &&
    paid.until > ((paid.strict ? knownUntil : aged) ?? aged);
  const unsureFrom = byFee ? paid.until : aged;
  let timed = spans;
  if (unsureFrom !== undefined && (ends === undefined || unsureFrom < ends)) {
    const age: StatusReason = { kind: 'age', date: knownUntil ?? unsureFrom };
    timed = begin(timed, 'unknown', unsureFrom, byFee ? paid.reason : age);
  }
  if (term && ends !== undefined) {
    const law = term.law === undefined ? {} : { law: term.law };
    const reason: StatusReason = { kind: 'term', date: ends, rule: term.rule, certainty: term.certainty, ...law };
    timed = begin(timed, living === 'in-force' ? 'expired' : 'ended', ends, reason);
  }
  return timed;
}
