import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addCalendarMonths,
  addDays,
  dateAt,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  isIsoDate,
  weekday,
} from './date.js';

const day = fc.integer({ min: -30_000, max: 40_000 }).map(dateOfDayNumber);

describe('dates', () => {
  it('accepts days that exist and nothing else', () => {
    for (const date of ['2024-02-29', '2000-02-29', '1999-12-31', '0099-01-01']) expect(isIsoDate(date)).toBe(true);
    for (const date of ['2025-02-29', '1900-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '20260101', ''])
      expect(isIsoDate(date)).toBe(false);
    expect(() => dayNumber('2025-02-30')).toThrow(/not a date/);
  });

  it('knows the days of the week', () => {
    expect(weekday('2026-11-22')).toBe(0);
    expect(weekday('1969-12-31')).toBe(3);
  });

  it('turns day numbers into dates and back', () => {
    fc.assert(fc.property(day, (date) => dateOfDayNumber(dayNumber(date)) === date));
    fc.assert(
      fc.property(day, fc.integer({ min: -999, max: 999 }), (date, n) => daysBetween(date, addDays(date, n)) === n),
    );
  });

  it('gives the last day of a month that has no such day', () => {
    expect(addCalendarMonths('2024-01-31', 1)).toBe('2024-02-29');
    expect(addCalendarMonths('2024-02-29', 12)).toBe('2025-02-28');
    expect(addCalendarMonths('2024-03-31', -1)).toBe('2024-02-29');
    expect(addCalendarMonths('2025-11-30', 3)).toBe('2026-02-28');
  });

  it('counts months monotonically', () => {
    fc.assert(
      fc.property(day, day, fc.integer({ min: -60, max: 60 }), (a, b, n) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        return addCalendarMonths(first, n) <= addCalendarMonths(second, n);
      }),
    );
  });

  it('finds the civil date at an instant', () => {
    expect(dateAt('2026-11-21T16:00:00Z', 480)).toBe('2026-11-22');
    expect(dateAt('2026-11-21T15:59:59Z', 480)).toBe('2026-11-21');
    expect(() => dateAt('yesterday', 480)).toThrow(/not an instant/);
  });
});
