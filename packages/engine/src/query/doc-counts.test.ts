import fc from 'fast-check';
import { expect, it } from 'vitest';
import { DocCounts } from './doc-counts.js';

const SIZE = 4000;

it('adds up what comes for each document and knows nothing of the others', () => {
  const came = fc.array(fc.tuple(fc.nat({ max: SIZE - 1 }), fc.integer({ min: 1, max: 9 })), { maxLength: 900 });
  fc.assert(
    fc.property(came, (all) => {
      const expected = new Map<number, number>();
      const counts = new DocCounts(all.length);
      for (const [doc, count] of all) {
        expected.set(doc, (expected.get(doc) ?? 0) + count);
        counts.add(doc, count);
      }
      expect([...counts.docs.subarray(0, counts.length)]).toEqual([...expected.keys()]);
      expect([...counts.counts.subarray(0, counts.length)]).toEqual([...expected.values()]);
      for (let doc = 0; doc < SIZE; doc++) if (counts.of(doc) !== (expected.get(doc) ?? 0)) expect(doc).toBe(-1);
    }),
    { numRuns: 60 },
  );
});
