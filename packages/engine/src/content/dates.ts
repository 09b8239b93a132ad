import { PartialDateSchema, QuanlianError } from '@quanlian/contract';
import { remembered } from './remembered.js';

/** Stands for "no date" in date columns. */
export const NO_DATE = 0;

function parts(date: string): [number, number | undefined, number | undefined] {
  const [year, month, day] = date.split('-').map(Number);
  return [year, month, day];
}

function readEarliest(date: string): number {
  if (!PartialDateSchema.safeParse(date).success) return NO_DATE;
  const [year, month, day] = parts(date);
  return year * 10000 + (month ?? 1) * 100 + (day ?? 1);
}

/** All documents together have few days; every one of them is read many times. */
const readDay = remembered(readEarliest);

/** A date as the number YYYYMMDD; a partial one as its earliest day; `NO_DATE` when absent. */
export const earliestDay = (date: string | undefined): number => (date === undefined ? NO_DATE : readDay(date));

/** A partial date as its last day, YYYYMMDD; a month ends with day 31, which bounds every month. */
export function latestDay(date: string): number {
  const [year, month, day] = parts(date);
  return year * 10000 + (month ?? 12) * 100 + (day ?? 31);
}

/** Refuses a bound that is no ISO date, partial or whole. */
export function checkDate(date: string, field: string): string {
  if (PartialDateSchema.safeParse(date).success) return date;
  throw new QuanlianError(
    'query.invalid',
    `"${date}" in field ${field} is not a date; write YYYY, YYYY-MM or YYYY-MM-DD.`,
  );
}
