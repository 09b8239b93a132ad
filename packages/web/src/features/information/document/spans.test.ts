import type { StatusSpan } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { placeOf, stretches } from './spans.js';

const SPANS: StatusSpan[] = [
  { status: 'pending', from: '2010-01-01', to: '2012-01-01', reasons: [] },
  { status: 'in-force', from: '2012-01-01', to: null, reasons: [] },
];

describe('the picture of a legal life', () => {
  it('fills the line from the first day to a year after the term, without gap', () => {
    const drawn = stretches(SPANS, '2020-01-01', '2029-01-01');
    expect(drawn.map(({ status, left }) => [status, Math.round(left)])).toEqual([
      ['pending', 0],
      ['in-force', 10],
    ]);
    expect(drawn.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
    expect(Math.round(placeOf('2020-01-01', SPANS, '2020-01-01', '2029-01-01') ?? 0)).toBe(50);
  });

  it('reaches to today when there is no term, and draws nothing of nothing', () => {
    expect(stretches(SPANS, '2030-01-01', null).at(-1)?.width).toBeCloseTo(90, 0);
    expect(stretches([], '2030-01-01', null)).toEqual([]);
    expect(placeOf('2020-01-01', [], '2030-01-01', null)).toBeUndefined();
  });
});
