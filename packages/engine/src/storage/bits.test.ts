import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addSets, countBits, emptyBits, hasBit, setBit } from './bits.js';

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

  it('are added together, however many they are', () => {
    fc.assert(
      fc.property(members, fc.array(members, { maxLength: 11 }), (first, others) => {
        const union = bitsOf(first);
        addSets(union, others.map(bitsOf));
        const all = new Set([...first, ...others.flat()]);
        for (let number = 0; number < SIZE; number++) expect(hasBit(union, number)).toBe(all.has(number));
      }),
    );
  });
});
