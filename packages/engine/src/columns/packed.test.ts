import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareWith, packTexts } from './packed.js';

const plain = fc.stringMatching(/^[A-C]{0,2}[0-9]{0,3}$/);
const any = fc.oneof(
  plain,
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\uffee', '\u{10000}', '中', 'A中', 'A\u{1f600}'),
);

it('a packed text compares with a string as the two strings do', () => {
  fc.assert(
    fc.property(any, any, plain, (a, b, end) => {
      for (const [x, y] of [
        [a, b],
        [a, a],
        [a + end, a],
        [a, a + end],
      ]) {
        const expected = x < y ? -1 : x > y ? 1 : 0;
        expect(Math.sign(compareWith(packTexts(['other', x]), 1, y))).toBe(expected);
      }
    }),
    { numRuns: 1000 },
  );
});
