import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextTagBefore, wordsOf } from './markup.js';

const byte = fc.oneof(fc.constantFrom(0x3c, 0x3b, 0x3d, 0xbc, 0x00, 0xff), fc.nat({ max: 255 }));

test('every `<` is found, wherever the bytes lie in their memory', () => {
  fc.assert(
    fc.property(fc.array(byte, { maxLength: 60 }), fc.nat({ max: 9 }), fc.nat({ max: 9 }), (values, before, after) => {
      const memory = new Uint8Array(before + values.length + after).fill(0x3c);
      memory.set(values, before);
      const bytes = memory.subarray(before, before + values.length);
      const words = wordsOf(bytes);
      for (let end = 0; end <= bytes.length; end += 1) {
        for (let from = 0; from <= end; from += 1) {
          const found = bytes.subarray(0, end).indexOf(0x3c, from);
          expect(nextTagBefore(words, from, end)).toBe(found < 0 ? end : found);
        }
      }
    }),
    { numRuns: 200 },
  );
});
