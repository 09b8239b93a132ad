import { QuanlianError } from '@quanlian/contract';
import { z } from 'zod';
import { addCalendarMonths, addDays, dayNumber, daysBetween, type IsoDate, laterDate } from './date.js';
import {
  addWorkingDays,
  type CountedDate,
  nearestWorkingDay,
  type WorkingCalendar,
  workingDaysBetween,
} from './working.js';

/** A length of time as the law gives it. */
export const PeriodSchema = z.object({
  amount: z.number().int().positive(),
  unit: z.enum(['days', 'working-days', 'months', 'years']),
});
export type Period = z.infer<typeof PeriodSchema>;

/** The clock rests: `from` is the first day not counted, `to` the day counting goes on; null while it still rests. */
export interface Stop {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** What a deadline is computed from. */
export interface DeadlineInput {
  /** The day of the event; it is not counted itself. */
  readonly start: IsoDate;
  readonly period: Period;
  readonly stops?: readonly Stop[];
  /** A last day that is no working day gives way to the next working day. Default true. */
  readonly moveToWorkingDay?: boolean;
}

/** One step of the explanation; the page turns the code into a sentence. */
export type DeadlineStep =
  | { readonly code: 'start-not-counted'; readonly date: IsoDate }
  | { readonly code: 'period-added'; readonly amount: number; readonly unit: Period['unit']; readonly date: IsoDate }
  | { readonly code: 'month-has-no-such-day'; readonly date: IsoDate }
  | {
      readonly code: 'stopped';
      readonly from: IsoDate;
      readonly to: IsoDate;
      readonly days: number;
      readonly date: IsoDate;
    }
  | { readonly code: 'still-stopped'; readonly from: IsoDate; readonly left: number }
  | { readonly code: 'moved-to-working-day'; readonly from: IsoDate; readonly date: IsoDate }
  | { readonly code: 'provisional'; readonly date: IsoDate };

/** A computed deadline. */
export interface Deadline {
  /** The last day on which the act is in time; null while the clock rests. */
  readonly due: IsoDate | null;
  /** The last day before it gave way to a working day. */
  readonly nominal: IsoDate | null;
  /** Days the clock rested: working days for a period of working days, else calendar days. */
  readonly stoppedDays: number;
  /** What is left when the clock goes on, in the same unit; null unless it rests. */
  readonly left: number | null;
  /** A year without an announced arrangement was touched: the date may still move. */
  readonly provisional: boolean;
  readonly steps: readonly DeadlineStep[];
}

interface Rest {
  readonly from: IsoDate;
  readonly to: IsoDate | null;
}

/** Sorted, without overlap, cut to the days after `start`. */
function mergeStops(start: IsoDate, stops: readonly Stop[]): Rest[] {
  const firstCounted = addDays(start, 1);
  const cut = stops
    .map(({ from, to }) => {
      dayNumber(from);
      if (to !== null && dayNumber(to) < dayNumber(from))
        throw new QuanlianError('request.invalid', `A stopped clock cannot go on (${to}) before it stopped (${from}).`);
      return { from: laterDate(from, firstCounted), to };
    })
    .filter(({ from, to }) => to === null || to > from)
    .sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
  const merged: Rest[] = [];
  for (const stop of cut) {
    const last = merged.at(-1);
    if (last && (last.to === null || stop.from <= last.to)) {
      const to = last.to === null || stop.to === null ? null : laterDate(stop.to, last.to);
      merged[merged.length - 1] = { from: last.from, to };
    } else merged.push(stop);
  }
  return merged;
}

interface Counted {
  readonly end: IsoDate | null;
  readonly stoppedDays: number;
  readonly left: number | null;
  readonly provisional: boolean;
  readonly steps: DeadlineStep[];
}

function countCalendar(start: IsoDate, period: Period, rests: readonly Rest[]): Counted {
  const months = period.unit === 'years' ? period.amount * 12 : period.amount;
  let end = period.unit === 'days' ? addDays(start, period.amount) : addCalendarMonths(start, months);
  const steps: DeadlineStep[] = [{ code: 'period-added', amount: period.amount, unit: period.unit, date: end }];
  if (period.unit !== 'days' && end.slice(8) !== start.slice(8))
    steps.push({ code: 'month-has-no-such-day', date: end });
  let stoppedDays = 0;
  for (const { from, to } of rests) {
    if (from > end) break;
    if (to === null) {
      const left = daysBetween(from, end) + 1;
      steps.push({ code: 'still-stopped', from, left });
      return { end: null, stoppedDays, left, provisional: false, steps };
    }
    const days = daysBetween(from, to);
    stoppedDays += days;
    end = addDays(end, days);
    steps.push({ code: 'stopped', from, to, days, date: end });
  }
  return { end, stoppedDays, left: null, provisional: false, steps };
}

/** The working days not yet served when a stop begins are served from the day counting goes on. */
function countWorking(calendar: WorkingCalendar, start: IsoDate, amount: number, rests: readonly Rest[]): Counted {
  let end: CountedDate = addWorkingDays(calendar, start, amount);
  const steps: DeadlineStep[] = [{ code: 'period-added', amount, unit: 'working-days', date: end.date }];
  let stoppedDays = 0;
  let provisional = end.provisional;
  for (const { from, to } of rests) {
    if (from > end.date) break;
    const left = workingDaysBetween(calendar, addDays(from, -1), end.date).days;
    if (to === null) {
      steps.push({ code: 'still-stopped', from, left });
      return { end: null, stoppedDays, left, provisional, steps };
    }
    const lost = workingDaysBetween(calendar, addDays(from, -1), addDays(to, -1));
    stoppedDays += lost.days;
    end = addWorkingDays(calendar, addDays(to, -1), left);
    provisional ||= end.provisional || lost.provisional;
    steps.push({ code: 'stopped', from, to, days: lost.days, date: end.date });
  }
  return { end: end.date, stoppedDays, left: null, provisional, steps };
}

/**
 * Counts a period as Chinese patent law does: the day of the event is not counted; months and years end on the day of
 * the same number, or the last of the month; a last day that is no working day gives way to the next working day
 * (Rules 5 and 6 of the Implementing Rules, known from practice). Days on which the clock rests are added. A stop
 * that begins after the period has ended changes nothing.
 */
export function deadline(calendar: WorkingCalendar, input: DeadlineInput): Deadline {
  const { start, period, stops = [], moveToWorkingDay = true } = input;
  dayNumber(start);
  const rests = mergeStops(start, stops);
  const counted =
    period.unit === 'working-days'
      ? countWorking(calendar, start, period.amount, rests)
      : countCalendar(start, period, rests);
  const steps: DeadlineStep[] = [{ code: 'start-not-counted', date: start }, ...counted.steps];
  let { provisional } = counted;
  let due = counted.end;
  if (due !== null && moveToWorkingDay) {
    const moved = nearestWorkingDay(calendar, due);
    provisional ||= moved.provisional;
    if (moved.date !== due) steps.push({ code: 'moved-to-working-day', from: due, date: moved.date });
    due = moved.date;
  }
  if (provisional && due !== null) steps.push({ code: 'provisional', date: due });
  return { due, nominal: counted.end, stoppedDays: counted.stoppedDays, left: counted.left, provisional, steps };
}

/** `months` later as the law counts, moved off rest days. Short for {@link deadline} without stops. */
export function addMonths(calendar: WorkingCalendar, start: IsoDate, months: number): CountedDate {
  const result = deadline(calendar, { start, period: { amount: months, unit: 'months' } });
  return { date: result.due ?? start, provisional: result.provisional };
}
