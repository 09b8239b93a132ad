import { QuanlianError } from '@quanlian/contract';
import { z } from 'zod';

/** A whole calendar date, ISO 8601 `YYYY-MM-DD`. A legal date has no time and no zone. */
export type IsoDate = string;

const MS_PER_DAY = 86_400_000;
const SHAPE = /^(\d{4})-(\d{2})-(\d{2})$/;

/** Days since 1970-01-01, or undefined when the text is no date of the Gregorian calendar. */
function readDayNumber(date: string): number | undefined {
  const parts = SHAPE.exec(date);
  if (!parts) return undefined;
  const [year, month, day] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const instant = new Date(0);
  instant.setUTCFullYear(year, month - 1, day);
  return instant.getTime() / MS_PER_DAY;
}

/** True for an existing date written `YYYY-MM-DD`. */
export function isIsoDate(date: string): boolean {
  return readDayNumber(date) !== undefined;
}

/** Schema of a whole date that exists. */
export const IsoDateSchema = z.string().refine(isIsoDate, 'a date is an existing day written YYYY-MM-DD');

/** Days since 1970-01-01. Throws `request.invalid` for a date that does not exist. */
export function dayNumber(date: IsoDate): number {
  const number = readDayNumber(date);
  if (number === undefined) {
    throw new QuanlianError(
      'request.invalid',
      `"${date}" is not a date; write an existing day as YYYY-MM-DD, such as 2026-02-28.`,
    );
  }
  return number;
}

/** The date a number of days after 1970-01-01. */
export function dateOfDayNumber(number: number): IsoDate {
  return new Date(number * MS_PER_DAY).toISOString().slice(0, 10);
}

/** Day of the week, 0 Sunday to 6 Saturday. */
export function weekday(date: IsoDate): number {
  return (((dayNumber(date) + 4) % 7) + 7) % 7;
}

/** Number of days of a month (1 to 12) of the Gregorian calendar. */
function daysInMonth(year: number, month: number): number {
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  return month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** The date `days` calendar days later (earlier when negative). */
export function addDays(date: IsoDate, days: number): IsoDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

/** Calendar days from one date to another; negative when `to` is earlier. */
export function daysBetween(from: IsoDate, to: IsoDate): number {
  return dayNumber(to) - dayNumber(from);
}

/** The later of two dates. */
export function laterDate(a: IsoDate, b: IsoDate): IsoDate {
  return dateOfDayNumber(Math.max(dayNumber(a), dayNumber(b)));
}

/**
 * The day of the same number `months` later, or the last day of that month when it has no such day
 * (31 January + 1 month = 28 or 29 February).
 */
export function addCalendarMonths(date: IsoDate, months: number): IsoDate {
  dayNumber(date);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = index - toYear * 12 + 1;
  const toDay = Math.min(day, daysInMonth(toYear, toMonth));
  return [String(toYear).padStart(4, '0'), String(toMonth).padStart(2, '0'), String(toDay).padStart(2, '0')].join('-');
}

/** The calendar date at an instant (ISO 8601 with zone) in a zone of fixed offset. Throws `request.invalid`. */
export function dateAt(instant: string, utcOffsetMinutes: number): IsoDate {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) {
    throw new QuanlianError('request.invalid', `"${instant}" is not an instant; write it as 2026-02-28T09:00:00Z.`);
  }
  return new Date(ms + utcOffsetMinutes * 60_000).toISOString().slice(0, 10);
}
