import { expect, it } from 'vitest';
import type { WorkingDay } from '../queries.js';
import { monthsOf } from './year.js';

const yearOf = (year: number): WorkingDay[] => {
  const days: WorkingDay[] = [];
  for (let at = Date.UTC(year, 0, 1); at < Date.UTC(year + 1, 0, 1); at += 86_400_000)
    days.push({
      date: new Date(at).toISOString().slice(0, 10),
      working: true,
      kind: 'working',
      name: null,
      provisional: false,
    });
  return days;
};

it('lays a year out in weeks from Monday to Sunday, every day once', () => {
  for (const year of [2024, 2026, 2027]) {
    const months = monthsOf(yearOf(year));
    expect(months.map(({ month }) => month)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    const dates = months.flatMap(({ weeks }) => weeks.flat()).flatMap((day) => (day === undefined ? [] : [day.date]));
    expect(dates).toEqual(yearOf(year).map(({ date }) => date));
    for (const { weeks } of months)
      for (const week of weeks)
        week.forEach((day, place) => {
          if (day !== undefined) expect((new Date(`${day.date}T00:00:00Z`).getUTCDay() + 6) % 7).toBe(place);
        });
  }
});
