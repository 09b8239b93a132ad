import type { WorkingDay } from '../queries.js';

/** A month of days in rows of weeks from Monday to Sunday; places outside the month are empty. */
export interface MonthOfDays {
  /** 1 to 12. */
  readonly month: number;
  readonly weeks: readonly (readonly (WorkingDay | undefined)[])[];
}

const DAYS = 7;
/** Monday is 0. */
const weekdayOf = (date: string): number => (new Date(`${date}T00:00:00Z`).getUTCDay() + DAYS - 1) % DAYS;

/** The days of one year as months of weeks. */
export function monthsOf(days: readonly WorkingDay[]): MonthOfDays[] {
  return Array.from({ length: 12 }, (_, index) => index + 1).map((month) => {
    const own = days.filter(({ date }) => Number(date.slice(5, 7)) === month);
    const first = own[0];
    const places: (WorkingDay | undefined)[] = [
      ...Array.from({ length: first === undefined ? 0 : weekdayOf(first.date) }, () => undefined),
      ...own,
    ];
    while (places.length % DAYS > 0) places.push(undefined);
    return {
      month,
      weeks: Array.from({ length: places.length / DAYS }, (_, week) => places.slice(week * DAYS, (week + 1) * DAYS)),
    };
  });
}
