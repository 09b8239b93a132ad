import fc from 'fast-check';
import { expect, it } from 'vitest';
import { lengthTables } from '../segment/norms.js';
import { makeImpacts, PEAK_SHIFT, type TermList, WINDOW_SHIFT } from '../segment/term-list.js';
import { MergedReach } from './merged-reach.js';

const DOCS = 700;
const WINDOWS = Math.ceil(DOCS / 2 ** WINDOW_SHIFT);

/** A long list with so many occurrences in each document, 0 for none. */
function longList(amounts: readonly number[], average: number): TermList {
  const bits = new Uint32Array(Math.ceil(DOCS / 32));
  amounts.forEach((amount, doc) => {
    if (amount > 0) bits[doc >>> 5] |= 1 << (doc & 31);
  });
  const counts = Uint8Array.from(amounts.filter((amount) => amount > 0));
  const none = { docs: undefined, ranks: undefined, many: undefined, bounds: undefined, blocks: undefined };
  return { ...none, id: 1, df: counts.length, bits, counts, average, bytes: 0 };
}

const amounts = fc.array(fc.oneof(fc.constant(0), fc.nat({ max: 6 })), { minLength: DOCS, maxLength: DOCS });

it('leaves out no document whose occurrences stand so against its length', () => {
  fc.assert(
    fc.property(
      fc.array(amounts, { minLength: 2, maxLength: 4 }),
      fc.uint8Array({ minLength: DOCS, maxLength: DOCS, max: 90 }),
      fc.double({ min: 0.1, max: 20, noNaN: true }),
      fc.constantFrom(80, 100, 130),
      (all, norms, needed, average) => {
        const reach = new MergedReach(
          all.map((own) => longList(own, 100)),
          average,
          (list) => makeImpacts(list, norms),
        );
        const { factors } = lengthTables(average);
        const told = Array.from({ length: WINDOWS }, (_, window) => reach.reaching(window, needed));
        for (let doc = 0; doc < DOCS; doc++) {
          const ratio = all.reduce((sum, own) => sum + own[doc], 0) / factors[norms[doc]];
          const most = reach.most(doc);
          if (most < ratio * (1 - 1e-9)) expect(most).toBe(ratio);
          const stretch = (doc >>> PEAK_SHIFT) & (2 ** (WINDOW_SHIFT - PEAK_SHIFT) - 1);
          const isTold = ((told[doc >>> WINDOW_SHIFT] >>> stretch) & 1) === 1;
          if (most >= needed && !isTold) expect(doc).toBe('told');
        }
      },
    ),
    { numRuns: 40 },
  );
});

it('passes by documents that do not reach it', () => {
  const own = Array.from({ length: DOCS }, (_, doc) => (doc === 300 ? 9 : 1));
  const norms = new Uint8Array(DOCS).fill(40);
  const reach = new MergedReach([longList(own, 100), longList(own, 100)], 100, (list) => makeImpacts(list, norms));
  const needed = reach.most(300);
  expect([0, 1, 2].map((window) => reach.reaching(window, needed))).toEqual([0, 1 << ((300 & 255) >>> PEAK_SHIFT), 0]);
});
