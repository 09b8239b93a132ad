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

it('tells more entries apart than two bytes number', () => {
  const most = 70_000;
  const counts = new DocCounts(most);
  for (let doc = 0; doc < most; doc++) counts.add(doc * 3, (doc % 7) + 1);
  expect(counts.length).toBe(most);
  for (const doc of [0, 65_533, 65_534, 65_535, 65_536, most - 1]) expect(counts.of(doc * 3)).toBe((doc % 7) + 1);
  expect(counts.of(1)).toBe(0);
});
