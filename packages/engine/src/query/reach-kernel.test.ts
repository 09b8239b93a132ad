import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addTo } from './reach.js';
import { fastReach, plainReach } from './reach-kernel.js';

const WINDOWS = 3;
const DOCS = WINDOWS * 256;

/** Numbers that a seed settles. */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0;
    return (state >>> 8) & 0xffff;
  };
}

test('WebAssembly tells the same documents as JavaScript', () => {
  const fast = fastReach();
  const plain = plainReach();
  if (fast === undefined) throw new Error('dist/reach.wasm is missing; run npm run build');
  fc.assert(
    fc.property(
      fc.integer(),
      fc.integer({ min: 1, max: 12 }),
      fc.integer({ min: 0, max: 70_000 }),
      (seed, count, least) => {
        const next = numbersOf(seed);
        const lists = Array.from({ length: count }, () => {
          const bytes = Uint8Array.from({ length: DOCS }, () => (next() % 3 === 0 ? next() & 255 : 0));
          return { bytes, fours: new Int32Array(bytes.buffer), peaks: new Uint8Array(0) };
        });
        // Together they never come to more than 16 bits.
        const weights = lists.map(() => next() % Math.floor(60_000 / 255 / count));
        const wanted = Uint32Array.from({ length: DOCS / 32 }, () => next() | (next() << 16));
        for (let window = 0; window < WINDOWS; window++) {
          const place = next() & 255;
          const answers = [fast, plain].map((kernel) => {
            expect(kernel.take(lists)).toBe(true);
            addTo(kernel.lanes, place, 5000);
            const into = new Uint32Array(wanted.length);
            const found = kernel.reaching(window, weights, least, wanted, into);
            expect([...kernel.lanes.even, ...kernel.lanes.odd].every((lane) => lane === 0)).toBe(true);
            return { found, into: [...into] };
          });
          expect(answers[0]).toEqual(answers[1]);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test('has no room for more than its memory holds', () => {
  const bytes = new Uint8Array(1 << 20);
  const list = { bytes, fours: new Int32Array(bytes.buffer), peaks: new Uint8Array(0) };
  expect(fastReach()?.take(new Array(15).fill(list))).toBe(true);
  expect(fastReach()?.take(new Array(16).fill(list))).toBe(false);
});
