import { crc32 } from 'node:zlib';
import { expect, test } from 'vitest';
import { seededChance } from '../testing/records.js';
import { BLOCK_BYTES, startSums } from './sums.js';

test('the sum of a file is put together from those of its blocks', () => {
  const chance = seededChance(5);
  const bytes = Uint8Array.from({ length: 5 * BLOCK_BYTES + 777 }, () => chance() * 256);
  const sums = startSums();
  let sumsAt = 0;
  for (let at = 0; at < bytes.length; ) {
    // Where sums of blocks are asked for, a block ends and another begins.
    if (sumsAt === 0 && at > 3.5 * BLOCK_BYTES) {
      expect(sums.blocks().length).toBe(Math.ceil(at / BLOCK_BYTES));
      sumsAt = at;
    }
    const length = Math.floor(chance() * 40_000);
    sums.add(bytes.subarray(at, at + length));
    at += length;
  }
  expect(sums.whole()).toBe(crc32(bytes));
  expect(sums.blocks()[1]).toBe(crc32(bytes.subarray(BLOCK_BYTES, 2 * BLOCK_BYTES)));
});
