import { expect, test } from 'vitest';
import { free } from './memory.js';

test('freed memory no longer counts, and is read no more', () => {
  const before = process.memoryUsage().arrayBuffers;
  const bytes = Buffer.allocUnsafe(8 * 1024 * 1024).subarray(0, 5_000_000);
  expect(process.memoryUsage().arrayBuffers - before).toBeGreaterThan(8e6);
  free(bytes);
  expect(bytes).toHaveLength(0);
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1e6);
});

test('memory that others share stays', () => {
  const small = Buffer.from('a lantern');
  const shared = new Uint8Array(new SharedArrayBuffer(100_000)).fill(7);
  free(small);
  free(shared);
  expect(small.toString()).toBe('a lantern');
  expect(shared[99_999]).toBe(7);
});
