import chineseDays from 'chinese-days';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shippedCalendars } from '../rules/shipped.testkit.js';
import { addDays, dateOfDayNumber, dayNumber } from './date.js';
import {
  addWorkingDays,
  createWorkingCalendar,
  isWorkingDay,
  nearestWorkingDay,
  workingDaysBetween,
} from './working.js';

const calendar = createWorkingCalendar(shippedCalendars());
const anyDay = fc.integer({ min: dayNumber('2004-01-01'), max: dayNumber('2029-12-31') }).map(dateOfDayNumber);

describe('the working days of China', () => {
  it('agrees with the maintained library on every day of every year listed', () => {
    const differing: string[] = [];
    for (const year of calendar.years) {
      for (let date = `${year}-01-01`; date <= `${year}-12-31`; date = addDays(date, 1)) {
        if (isWorkingDay(calendar, date).working !== chineseDays.isWorkday(date)) differing.push(date);
      }
    }
    expect(differing).toEqual([]);
    expect(calendar.years).toEqual(Array.from({ length: 23 }, (_, i) => 2004 + i));
  });

  it('knows holidays, make-up weekends and their names', () => {
    expect(isWorkingDay(calendar, '2026-02-17')).toMatchObject({
      working: false,
      kind: 'holiday',
      name: { zh: '春节' },
    });
    expect(isWorkingDay(calendar, '2026-02-14')).toMatchObject({ working: true, kind: 'make-up', provisional: false });
    expect(isWorkingDay(calendar, '2026-02-28').working).toBe(true);
    expect(isWorkingDay(calendar, '2026-11-21')).toMatchObject({ working: false, kind: 'weekend' });
    expect(isWorkingDay(calendar, '2026-11-23')).toMatchObject({ working: true, kind: 'working' });
  });

  it('flags years that are not announced, and the last days of the last year that is', () => {
    expect(isWorkingDay(calendar, '2026-12-23').provisional).toBe(false);
    expect(isWorkingDay(calendar, '2026-12-24').provisional).toBe(true);
    expect(isWorkingDay(calendar, '2027-03-01').provisional).toBe(true);
    expect(isWorkingDay(calendar, '2003-06-02').provisional).toBe(true);
    expect(addWorkingDays(calendar, '2026-12-21', 2)).toEqual({ date: '2026-12-23', provisional: false });
    expect(addWorkingDays(calendar, '2026-12-21', 20).provisional).toBe(true);
  });

  it('counts over the Spring Festival of 2026', () => {
    expect(addWorkingDays(calendar, '2026-02-13', 1).date).toBe('2026-02-14');
    expect(addWorkingDays(calendar, '2026-02-13', 2).date).toBe('2026-02-24');
    expect(addWorkingDays(calendar, '2026-02-24', -2).date).toBe('2026-02-13');
    expect(nearestWorkingDay(calendar, '2026-02-15').date).toBe('2026-02-24');
    expect(nearestWorkingDay(calendar, '2026-02-23', -1).date).toBe('2026-02-14');
  });

  it('never lands on a day of rest, moves forward with the count, and counts back what it added', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -80, max: 80 }), (date, n) => {
        const found = addWorkingDays(calendar, date, n).date;
        expect(calendar.day(found).working).toBe(true);
        expect(addWorkingDays(calendar, date, n + 1).date > found || n === -1 || n === 0).toBe(true);
        if (n > 0) expect(workingDaysBetween(calendar, date, found).days).toBe(n);
      }),
    );
    fc.assert(
      fc.property(anyDay, anyDay, fc.integer({ min: 0, max: 60 }), (a, b, n) => {
        const [first, second] = a < b ? [a, b] : [b, a];
        return addWorkingDays(calendar, first, n).date <= addWorkingDays(calendar, second, n).date;
      }),
    );
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 30 }), (date, a, b) => {
        const inTwo = addWorkingDays(calendar, addWorkingDays(calendar, date, a).date, b).date;
        return inTwo === addWorkingDays(calendar, date, a + b).date;
      }),
    );
  });

  it('refuses files that contradict themselves', () => {
    const file = (years: unknown[]) => ({
      jurisdiction: 'CN',
      utcOffsetMinutes: 480,
      certainty: 'high',
      verifiedOn: '2026-01-01',
      source: 'a test',
      names: { feast: { zh: '节', en: 'Feast' } },
      years,
    });
    const year = (more: object) => file([{ year: 2030, holidays: [], workdays: [], ...more }]);
    const feast = { name: 'feast', from: '2030-05-01', to: '2030-05-03' };
    expect(createWorkingCalendar([year({ holidays: [feast] })]).day('2030-05-02').kind).toBe('holiday');
    expect(() => createWorkingCalendar([])).toThrow(/at least one/);
    expect(() => createWorkingCalendar([year({ workdays: ['2030-02-30'] })])).toThrow(/not valid/);
    expect(() => createWorkingCalendar([year({ workdays: ['2031-01-05'] })])).toThrow(/its own year/);
    expect(() => createWorkingCalendar([year({ holidays: [{ ...feast, name: 'fest' }] })])).toThrow(/no entry/);
    expect(() => createWorkingCalendar([year({ holidays: [feast], workdays: ['2030-05-02'] })])).toThrow(/given twice/);
    expect(() => createWorkingCalendar([year({ holidays: [{ ...feast, to: '2030-04-01' }] })])).toThrow(
      /before it begins/,
    );
    expect(() => createWorkingCalendar([year({}), year({})])).toThrow(/2030 is given twice/);
    expect(() => createWorkingCalendar([year({}), { ...file([]), jurisdiction: 'TW' }])).toThrow(/cannot join/);
  });
});
