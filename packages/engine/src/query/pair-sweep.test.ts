import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { countApart } from './pair-sweep.js';

/** A row of places of two fields; many of them share their last digits. */
const row = fc
  .uniqueArray(
    fc
      .tuple(fc.nat({ max: 1 }), fc.nat({ max: 3 }), fc.nat({ max: 30 }))
      .map(([field, turn, place]) => field * 2 ** 28 + turn * 2 ** 13 + place),
    { maxLength: 80 },
  )
  .map((places) => Int32Array.from(places).sort());

describe('two rows of places', () => {
  it('have as many places so far apart as looking at every pair tells, and no more than are enough', () => {
    fc.assert(
      fc.property(row, row, fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 90 }), (a, b, apart, enough) => {
        const all = [...b].filter((place) => a.includes(place - apart)).length;
        expect(countApart(a, 0, a.length, b, 0, b.length, apart, enough)).toBe(Math.min(all, enough));
      }),
      { numRuns: 300 },
    );
  });

  it('are counted where one of them is much longer, before or after the other, and none or all of its places fit', () => {
    const long = Int32Array.from({ length: 40 }, (_, i) => 3 * i);
    for (let place = -4; place < 130; place++) {
      const one = Int32Array.of(place);
      const after = Number(long.includes(place + 1));
      expect(countApart(one, 0, 1, long, 0, long.length, 1, 9)).toBe(after);
      expect(countApart(long, 0, long.length, one, 0, 1, -1, 9)).toBe(after);
    }
    const four = Int32Array.of(3, 6, 7, 117);
    expect(countApart(four, 0, 4, long, 0, long.length, 3, 9)).toBe(2);
    expect(countApart(four, 0, 4, long, 0, long.length, 3, 1)).toBe(1);
  });

  it('are told apart when the stamps of the table begin anew', () => {
    const [a, b] = [Int32Array.of(5), Int32Array.of(6)];
    for (let i = 0; i < 70_000; i++) countApart(a, 0, 1, b, 0, 1, 1, 1);
    expect(countApart(Int32Array.of(7), 0, 1, b, 0, 1, 1, 1)).toBe(0);
    expect(countApart(a, 0, 1, b, 0, 1, 1, 1)).toBe(1);
  });
});
