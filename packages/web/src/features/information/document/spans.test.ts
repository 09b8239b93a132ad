import type { StatusSpan } from '@quanlian/contract';
import { describe, expect, it } from 'vitest';
import { lifeSvg, placeOf, stretches } from './spans.js';

const LIVING: StatusSpan[] = [
  { status: 'pending', from: '2010-01-01', to: '2012-01-01', reasons: [] },
  { status: 'in-force', from: '2012-01-01', to: '2030-01-01', reasons: [] },
  { status: 'expired', from: '2030-01-01', to: null, reasons: [] },
];
const OVER: StatusSpan[] = [
  { status: 'in-force', from: '2010-01-01', to: '2015-01-01', reasons: [] },
  { status: 'lapsed', from: '2015-01-01', to: null, reasons: [] },
];

describe('the picture of a legal life', () => {
  it('is cut at the day asked for, and ends where the right is to end', () => {
    const drawn = stretches(LIVING, '2020-01-01');
    expect(drawn.map(({ status, left, ahead }) => [status, Math.round(left), ahead])).toEqual([
      ['pending', 0, false],
      ['in-force', 10, false],
      ['in-force', 50, true],
    ]);
    expect(drawn.reduce((sum, { width }) => sum + width, 0)).toBeCloseTo(100);
    expect(Math.round(placeOf('2020-01-01', LIVING) ?? 0)).toBe(50);
  });

  it('does not draw an ended status into the future', () => {
    const drawn = stretches(OVER, '2020-01-01');
    expect(drawn.map(({ status, left, width, ahead }) => [status, Math.round(left), Math.round(width), ahead])).toEqual(
      [
        ['in-force', 0, 50, false],
        ['lapsed', 50, 50, false],
      ],
    );
    expect(placeOf('2020-01-01', OVER)).toBe(100);
    expect(stretches(OVER, '2015-01-01').map(({ status }) => status)).toEqual(['in-force']);
  });

  it('draws nothing of nothing', () => {
    expect(stretches([], '2030-01-01')).toEqual([]);
    expect(placeOf('2020-01-01', [])).toBeUndefined();
  });

  it('makes a file that names every span, with what could break it written out', () => {
    const svg = lifeSvg(
      OVER,
      '2020-01-01',
      { title: 'EP1 <B1> & "x"', name: (status) => `«${status}»` },
      () => '#123456',
    );
    expect(svg).toContain('<title>EP1 &lt;B1&gt; &amp; &quot;x&quot;</title>');
    expect(svg.match(/<rect /g)).toHaveLength(5);
    expect(svg).toContain('«lapsed» 2015-01-01 – ');
  });
});
