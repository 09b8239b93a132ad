import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createByteQueue } from './buffer.js';

const step = fc.oneof(
  fc.record({ append: fc.uint8Array({ maxLength: 40_000, size: 'max' }) }),
  fc.record({ drop: fc.double({ min: 0, max: 1, noNaN: true }) }),
);

test('holds what was appended and not dropped; what was cut stays as it was', () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const queue = createByteQueue();
      let expected = Buffer.alloc(0);
      const cuts: { bytes: Uint8Array; copy: Buffer }[] = [];
      for (const one of steps) {
        if ('append' in one) {
          queue.append(one.append);
          expected = Buffer.concat([expected, one.append]);
        } else {
          const count = Math.floor(one.drop * expected.length);
          cuts.push({ bytes: queue.cut(0, count), copy: Buffer.from(expected.subarray(0, count)) });
          queue.drop(count);
          expected = expected.subarray(count);
        }
        expect(Buffer.compare(queue.bytes, expected)).toBe(0);
      }
      for (const { bytes, copy } of cuts) expect(Buffer.compare(bytes, copy)).toBe(0);
    }),
    { numRuns: 60 },
  );
});
