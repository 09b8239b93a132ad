import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthBytes, rankedLength } from './norms.js';

const length = fc.oneof(fc.nat({ max: 100 }), fc.nat({ max: 2 ** 31 - 1 }));

describe('the length of a text in a byte', () => {
  it('is exact while short', () => {
    for (let short = 0; short < 40; short++) expect(rankedLength(short)).toBe(short);
  });

  it('is never more than the length, and not much less', () => {
    fc.assert(
      fc.property(length, (exact) => {
        const ranked = rankedLength(exact);
        expect(ranked).toBeLessThanOrEqual(exact);
        expect(exact - ranked).toBeLessThanOrEqual(exact / 8);
      }),
    );
  });

  it('keeps the order of lengths', () => {
    fc.assert(
      fc.property(length, length, (a, b) => {
        const [x, y] = lengthBytes(Uint32Array.of(Math.min(a, b), Math.max(a, b)));
        expect(x).toBeLessThanOrEqual(y);
      }),
    );
  });
});
