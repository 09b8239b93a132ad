import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCalendars } from '../rules/shipped.testkit.js';
import { addDays, dateOfDayNumber, dayNumber, daysBetween } from './date.js';
import { addMonths, deadline, type Period, type Stop } from './deadline.js';
import { createWorkingCalendar, workingDaysBetween } from './working.js';

const calendar = createWorkingCalendar(shippedCalendars());
const start = fc.integer({ min: dayNumber('2010-01-01'), max: dayNumber('2025-06-30') }).map(dateOfDayNumber);
const period: fc.Arbitrary<Period> = fc.record({
  amount: fc.integer({ min: 1, max: 40 }),
  unit: fc.constantFrom('days', 'working-days', 'months'),
});
/** Stops as days after the start: where it begins and how long it lasts. */
const rests = fc.array(fc.tuple(fc.integer({ min: -5, max: 90 }), fc.integer({ min: 0, max: 40 })), { maxLength: 4 });
const toStops = (from: string, list: [number, number][]): Stop[] =>
  list.map(([after, length]) => ({ from: addDays(from, after), to: addDays(from, after + length) }));

describe('deadlines', () => {
  it('does not count the first day and moves the last off days of rest', () => {
    const result = deadline(calendar, { start: '2026-04-16', period: { amount: 15, unit: 'days' } });
    expect(result).toMatchObject({ nominal: '2026-05-01', due: '2026-05-06', provisional: false });
    expect(result.steps.map((step) => step.code)).toEqual([
      'start-not-counted',
      'period-added',
      'moved-to-working-day',
    ]);
  });

  it('counts months to the day of the same number', () => {
    expect(addMonths(calendar, '2026-01-31', 1)).toEqual({ date: '2026-02-28', provisional: false });
    expect(addMonths(calendar, '2026-07-08', 3).date).toBe('2026-10-08');
    expect(deadline(calendar, { start: '2026-07-03', period: { amount: 3, unit: 'months' } }).due).toBe('2026-10-08');
    const leap = deadline(calendar, { start: '2024-02-29', period: { amount: 1, unit: 'years' } });
    expect(leap.steps.map((step) => step.code)).toContain('month-has-no-such-day');
    expect(leap.nominal).toBe('2025-02-28');
  });

  it('adds the days on which the clock rested, and says what is left while it rests', () => {
    const rested = { start: '2026-03-02', period: { amount: 10, unit: 'days' } as const };
    expect(deadline(calendar, { ...rested, stops: [{ from: '2026-03-05', to: '2026-03-12' }] })).toMatchObject({
      nominal: '2026-03-19',
      stoppedDays: 7,
    });
    expect(deadline(calendar, { ...rested, stops: [{ from: '2026-03-05', to: null }] })).toMatchObject({
      due: null,
      nominal: null,
      left: 8,
    });
    const working = { start: '2026-03-02', period: { amount: 5, unit: 'working-days' } as const };
    expect(deadline(calendar, { ...working, stops: [{ from: '2026-03-05', to: '2026-03-12' }] })).toMatchObject({
      due: '2026-03-16',
      stoppedDays: 5,
    });
    expect(deadline(calendar, { ...working, stops: [{ from: '2026-03-07', to: '2026-03-09' }] })).toMatchObject({
      due: '2026-03-09',
      stoppedDays: 0,
    });
    expect(deadline(calendar, { ...working, stops: [{ from: '2026-03-07', to: null }] }).left).toBe(1);
  });

  it('flags what touches a year that is not announced', () => {
    const far = deadline(calendar, { start: '2026-11-20', period: { amount: 3, unit: 'months' } });
    expect(far).toMatchObject({ nominal: '2027-02-20', due: '2027-02-22', provisional: true });
    expect(far.steps.at(-1)).toEqual({ code: 'provisional', date: '2027-02-22' });
    const fixed = { start: '2026-11-20', period: { amount: 20, unit: 'years' } as const, moveToWorkingDay: false };
    expect(deadline(calendar, fixed)).toMatchObject({ due: '2046-11-20', provisional: false });
  });

  it('refuses a stop that ends before it begins and days that do not exist', () => {
    const base = { start: '2026-03-02', period: { amount: 10, unit: 'days' } as const };
    expect(() => deadline(calendar, { ...base, stops: [{ from: '2026-03-05', to: '2026-03-04' }] })).toThrow(/go on/);
    expect(() => deadline(calendar, { ...base, start: '2026-02-30' })).toThrow(/not a date/);
  });

  it('always ends on a working day, after the start', () => {
    fc.assert(
      fc.property(start, period, rests, (from, length, list) => {
        const { due } = deadline(calendar, { start: from, period: length, stops: toStops(from, list) });
        expect(due !== null && due > from && calendar.day(due).working).toBe(true);
      }),
    );
  });

  it('adds stops exactly: the days that count are those of the period', () => {
    fc.assert(
      fc.property(start, period, rests, (from, length, list) => {
        const stops = toStops(from, list);
        const plain = deadline(calendar, { start: from, period: length });
        const { nominal, stoppedDays } = deadline(calendar, { start: from, period: length, stops });
        if (nominal === null || plain.nominal === null) throw new Error('closed stops leave no open clock');
        let counting = 0;
        for (let day = addDays(from, 1); day <= nominal; day = addDays(day, 1)) {
          const resting = stops.some((stop) => stop.to !== null && stop.from <= day && day < stop.to);
          if (!resting && (length.unit !== 'working-days' || calendar.day(day).working)) counting += 1;
        }
        const inWorkingDays = length.unit === 'working-days';
        const expected = inWorkingDays ? length.amount : daysBetween(from, plain.nominal);
        expect(counting).toBe(expected);
        const gained = inWorkingDays
          ? workingDaysBetween(calendar, plain.nominal, nominal).days
          : daysBetween(plain.nominal, nominal);
        expect(gained).toBe(stoppedDays);
      }),
    );
  });

  it('depends on the days stopped, not on how they are cut or ordered', () => {
    fc.assert(
      fc.property(start, period, rests, (from, length, list) => {
        const stops = toStops(from, list);
        const shuffled = [...stops, ...stops].reverse();
        const once = deadline(calendar, { start: from, period: length, stops });
        expect(deadline(calendar, { start: from, period: length, stops: shuffled }).due).toBe(once.due);
      }),
    );
  });
});
