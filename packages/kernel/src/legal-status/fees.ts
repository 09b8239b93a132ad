import type { FeeWindow, StatusReason } from '@quanlian/contract';
import { addCalendarMonths } from '../calendar/date.js';
import type { RightFacts } from './facts.js';
import { dayOf, type ReadEvents } from './steps.js';

/** The windows of the fees that keep a granted right alive, with the event that paid each. */
export function feeWindows(facts: RightFacts, read: ReadEvents, granted: string | undefined): FeeWindow[] {
  if (granted === undefined || facts.fees === undefined) return [];
  return facts.fees.map(({ year, opensMonths, dueMonths, graceMonths }) => {
    const event = read.meanings.findIndex(
      (meaning, index) => meaning?.feeYear === year && read.events[index]?.void !== true,
    );
    const found = read.events[event];
    const paid = found?.effective ?? found?.date;
    return {
      year,
      opens: addCalendarMonths(granted, opensMonths),
      due: addCalendarMonths(granted, dueMonths),
      graceEnds: addCalendarMonths(granted, graceMonths),
      paid: paid === undefined ? null : dayOf(paid),
      event: event < 0 ? null : event,
    };
  });
}

/** Until when no fee can have failed: the end of the first window after the newest fee paid, or the term. */
export function paidUntil(
  fees: readonly FeeWindow[],
  facts: RightFacts,
): { until: string; reason: StatusReason; strict: true } | undefined {
  if (fees.length === 0) return undefined;
  const newest = fees.findLastIndex(({ paid }) => paid !== null);
  const until = fees[newest + 1]?.graceEnds ?? facts.term?.ends;
  if (until === undefined) return undefined;
  const event = fees[newest]?.event;
  const rule = facts.feeRule === undefined ? {} : { rule: facts.feeRule };
  return {
    until,
    strict: true,
    reason: { kind: 'fees', date: until, ...(event === null || event === undefined ? {} : { event }), ...rule },
  };
}
