/** Days are counted from 1970-01-01, so that dates add and compare as numbers. */
export type Day = number;

const MILLISECONDS = 86_400_000;

export function dayOf(year: number, month = 1, day = 1): Day {
  return Math.floor(Date.UTC(year, month - 1, day) / MILLISECONDS);
}

export function isoOf(day: Day): string {
  return new Date(day * MILLISECONDS).toISOString().slice(0, 10);
}

export function yearOfDay(day: Day): number {
  return new Date(day * MILLISECONDS).getUTCFullYear();
}

/** The first day anything is filed, and the day the demo city's data ends. */
export const FIRST_DAY = dayOf(2000);
export const LAST_DAY = dayOf(2026, 10, 31);

/** About a month; offices' intervals are drawn around it. */
export const MONTH = 30.44;

/** The same day of the week on or after: offices publish weekly. `weekday` counts from Sunday. */
export function nextWeekday(day: Day, weekday: number): Day {
  return day + ((weekday - ((day + 4) % 7) + 7) % 7);
}
