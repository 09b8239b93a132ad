import { describe, expect, it } from 'vitest';
import { monthOf, shiftMonth, weeksOf } from './month.js';

describe('the calendar', () => {
  it('has every day of a month once, in weeks from Monday', () => {
    const weeks = weeksOf('2024-02');
    expect(weeks.flat().filter((day) => day !== null)).toHaveLength(29);
    // 1 February 2024 was a Thursday.
    expect(weeks[0]).toEqual([null, null, null, '2024-02-01', '2024-02-02', '2024-02-03', '2024-02-04']);
    expect(weeks.every((week) => week.length === 7)).toBe(true);
  });

  it('turns over years', () => {
    expect(shiftMonth('2026-12', 1)).toBe('2027-01');
    expect(shiftMonth('2026-01', -1)).toBe('2025-12');
    expect(monthOf(new Date(2026, 2, 31))).toBe('2026-03');
  });
});
