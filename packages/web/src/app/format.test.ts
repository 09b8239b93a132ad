import { expect, it } from 'vitest';
import { formatBytes, formatClock, formatShare } from './format.js';

it('writes amounts for people', () => {
  expect([0, 999, 1_300, 51_000_000, 130_400_000].map((n) => formatBytes(n, 'en'))).toEqual([
    '0 B',
    '999 B',
    '1.3 kB',
    '51 MB',
    '130 MB',
  ]);
  expect([7.4, 97, 3723].map(formatClock)).toEqual(['0:07', '1:37', '1:02:03']);
  expect(formatShare(1, 3, 'en')).toBe('33.3%');
  expect(formatShare(0, 0, 'en')).toBe('–');
});
