import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthTables } from '../segment/norms.js';
import { makeImpacts, makeTermList } from '../segment/term-list.js';
import { countBits, emptyBits, hasBit, setBit } from '../storage/bits.js';
import { PostingsEncoder } from '../testing/postings-encoder.js';
import { termSource } from './sources.js';
import { allScores, offerBest } from './windows.js';

const DOCS = 1500;
const AVERAGE = 60;

/** A term with its occurrences by document. */
const term = fc
  .uniqueArray(fc.nat({ max: DOCS - 1 }), { minLength: 1, maxLength: 400 })
  .chain((docs) =>
    fc.tuple(
      fc.constant(docs.sort((a, b) => a - b)),
      fc.array(fc.integer({ min: 1, max: 300 }), { minLength: docs.length, maxLength: docs.length }),
    ),
  );

const norms = Uint8Array.from({ length: DOCS }, (_, doc) => 10 + ((doc * 37) % 60));

function listOf(docs: readonly number[], counts: readonly number[], average: number) {
  const encoder = new PostingsEncoder();
  docs.forEach((doc, i) => {
    const places = Uint32Array.from({ length: counts[i] }, (_, place) => place);
    encoder.add(doc, places, 0, places.length);
  });
  const bytes = new Uint8Array([...encoder.docs.view(), ...encoder.freqs.view()]);
  const entry = { docsLength: encoder.docs.length, df: docs.length };
  return makeTermList(bytes, entry, 1, { id: 0, docs: DOCS, norms: () => norms, average });
}

describe('the best of a segment', () => {
  it('are those with the highest scores, whatever windows are passed by', () => {
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 20 }),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        (terms, size, drift) => {
          const hits = emptyBits(DOCS);
          const average = AVERAGE * drift;
          const quick = terms.map(([docs, counts], index) => {
            for (const doc of docs) setBit(hits, doc);
            const weighing = { weight: 1 + index / 3, tables: lengthTables(average), norms, average };
            const list = listOf(docs, counts, AVERAGE);
            return termSource(list, weighing, () => makeImpacts(list, norms));
          });
          const sources = { quick, costly: [] };
          const all = allScores(sources, hits, DOCS);
          const expected = [...all.keys()].filter((doc) => hasBit(hits, doc)).map((doc) => all[doc]);
          expected.sort((a, b) => b - a);
          let best: number[] = [];
          offerBest(sources, hits, countBits(hits), DOCS, {
            size,
            least: () => (best.length < size ? Number.NEGATIVE_INFINITY : best[size - 1]),
            offer: (doc, score) => {
              expect(score).toBe(all[doc]);
              best = [...best, score].sort((a, b) => b - a).slice(0, size);
            },
          });
          expect(best).toEqual(expected.slice(0, size));
        },
      ),
      { numRuns: 60 },
    );
  });
});
