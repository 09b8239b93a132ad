import { expect, test } from 'vitest';
import { fuzz, halves } from './damage.js';

test.each(halves[0] ?? [])('%s gives documents or named refusals of damaged files, never a fault', async (format) => {
  const { runs, faults } = await fuzz(format);
  expect(faults).toEqual([]);
  expect(runs).toBeGreaterThan(0);
});
