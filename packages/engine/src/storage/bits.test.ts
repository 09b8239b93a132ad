import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clearRange, countBits, emptyBits, fillRange, fullBits, hasBit, setBit } from './bits.js';

const SIZE = 1000;
const members = fc.uniqueArray(fc.nat({ max: SIZE - 1 }));

function bitsOf(numbers: readonly number[]) {
  const bits = emptyBits(SIZE);
  for (const number of numbers) setBit(bits, number);
  return bits;
}

describe('sets of numbers', () => {
  it('are counted', () => {
    fc.assert(
      fc.property(members, (numbers) => {
        expect(countBits(bitsOf(numbers))).toBe(numbers.length);
      }),
    );
    for (const words of [0, 1, 3, 4, 5, 9]) expect(countBits(new Uint32Array(words).fill(0xffffffff))).toBe(32 * words);
  });

  it('get and lose whole ranges', () => {
    fc.assert(
      fc.property(fc.nat({ max: SIZE }), fc.nat({ max: SIZE }), (from, to) => {
        const filled = emptyBits(SIZE);
        const cleared = fullBits(SIZE);
        fillRange(filled, from, to);
        clearRange(cleared, from, to);
        for (let number = 0; number < SIZE; number++) {
          const within = number >= from && number < to;
          expect(hasBit(filled, number)).toBe(within);
          expect(hasBit(cleared, number)).toBe(!within);
        }
      }),
    );
  });
});
