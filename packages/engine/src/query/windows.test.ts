import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lengthTables } from '../segment/norms.js';
import { makeImpacts, makeTermList } from '../segment/term-list.js';
import { countBits, emptyBits, hasBit, setBit } from '../storage/bits.js';
import { PostingsEncoder } from '../testing/postings-encoder.js';
import { DocCounts } from './doc-counts.js';
import { MergedSource } from './merged-source.js';
import { termSource, type WindowSource } from './sources.js';
import { SummedSource } from './summed-source.js';
import { WordSums } from './summed-words.js';
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

/** Takes scores and keeps the best; each must be what `all` says. */
function keepBest(size: number, all: Float64Array) {
  const kept = { size, best: [] as number[], least: () => kept.best[size - 1] ?? Number.NEGATIVE_INFINITY };
  const offer = (doc: number, score: number): void => {
    expect(score).toBe(all[doc]);
    kept.best = [...kept.best, score].sort((a, b) => b - a).slice(0, size);
  };
  return Object.assign(kept, { offer });
}

describe('the best of a segment', () => {
  it('are those with the highest scores when several words count as one', () => {
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 4 }),
        fc.array(term, { maxLength: 2 }),
        fc.constantFrom(1, 2, 10, 20, 600),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        // Hits that another part of the query matches, which does not score.
        fc.boolean(),
        // Occurrences are added up by document, whatever the lists.
        fc.boolean(),
        (merged, others, size, drift, filler, summed) => {
          const hits = emptyBits(DOCS);
          const average = AVERAGE * drift;
          const weighing = { weight: 1.5, tables: lengthTables(average), norms, average };
          const sums = new Uint32Array(DOCS);
          const long = merged.slice(1).map(([docs, counts]) => listOf(docs, counts, AVERAGE));
          for (const [docs, counts] of merged) {
            docs.forEach((doc, i) => {
              setBit(hits, doc);
              sums[doc] += counts[i];
            });
          }
          const [rest] = merged;
          const words = {
            long: long.filter(({ bits }) => bits !== undefined),
            rest: new DocCounts(400),
            bytes: 0,
          };
          rest?.[0].forEach((doc, i) => {
            words.rest.add(doc, rest[1][i]);
          });
          fc.pre(words.long.length === long.length);
          const own = hits.slice();
          const added = new WordSums(DOCS);
          for (const [docs, counts] of merged) added.addList(listOf(docs, counts, AVERAGE));
          expect(added.counts).toEqual(sums);
          const source = summed
            ? new SummedSource(added.counts, () => own, weighing)
            : new MergedSource(
                words,
                () => own,
                weighing,
                (list) => makeImpacts(list, norms),
              );
          const quick: WindowSource[] = [source];
          const expected = new Float64Array(DOCS);
          for (let doc = 0; doc < DOCS; doc++) {
            const factor = weighing.tables.factors[norms[doc]];
            if (sums[doc] > 0) expected[doc] = weighing.weight * (sums[doc] / (sums[doc] + factor));
          }
          expect(allScores({ quick, costly: [] }, hits, DOCS)).toEqual(expected);
          if (filler) for (let doc = 0; doc < DOCS; doc += 7) setBit(hits, doc);
          for (const [docs, counts] of others) {
            for (const doc of docs) setBit(hits, doc);
            const list = listOf(docs, counts, AVERAGE);
            quick.push(termSource(list, weighing, () => makeImpacts(list, norms)));
          }
          const all = allScores({ quick, costly: [] }, hits, DOCS);
          const scores = [...all.keys()].filter((doc) => hasBit(hits, doc)).map((doc) => all[doc]);
          const sink = keepBest(size, all);
          offerBest({ quick, costly: [] }, hits, countBits(hits), DOCS, sink);
          expect(sink.best).toEqual(scores.sort((a, b) => b - a).slice(0, size));
        },
      ),
      { numRuns: 100 },
    );
  });

  it('are those with the highest scores, whatever windows are passed by', () => {
    fc.assert(
      fc.property(
        fc.array(term, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(1, 2, 10, 20, 600),
        fc.double({ min: 0.5, max: 2, noNaN: true }),
        fc.boolean(),
        (terms, size, drift, filler) => {
          const hits = emptyBits(DOCS);
          if (filler) for (let doc = 0; doc < DOCS; doc += 7) setBit(hits, doc);
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
          const sink = keepBest(size, all);
          offerBest(sources, hits, countBits(hits), DOCS, sink);
          expect(sink.best).toEqual(expected.slice(0, size));
        },
      ),
      { numRuns: 60 },
    );
  });
});
