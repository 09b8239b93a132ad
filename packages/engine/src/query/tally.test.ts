import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Bits, countBits, emptyBits, hasBit, setBit } from '../storage/bits.js';
import { ByteCache } from '../storage/cache.js';
import { SPARE_COUNTS, type ValueRows } from './layers.js';
import { openRowTally } from './tally.js';

function columnOf(rows: readonly (readonly number[])[]): ValueRows {
  const starts = new Uint32Array(rows.length + 1);
  rows.forEach((row, doc) => {
    starts[doc + 1] = starts[doc] + row.length;
  });
  return { starts, ordinals: Uint32Array.from(rows.flat()) };
}

function bitsOf(docs: number, has: (doc: number) => boolean): Bits {
  const bits = emptyBits(docs);
  for (let doc = 0; doc < docs; doc++) if (has(doc)) setBit(bits, doc);
  return bits;
}

/** Counts one by one, as the definition says. */
function plainly(rows: readonly (readonly number[])[], size: number, bits: Bits) {
  const counts = new Array<number>(size).fill(0);
  let unknown = 0;
  rows.forEach((row, doc) => {
    if (!hasBit(bits, doc)) return;
    if (row.length === 0) unknown++;
    for (const number of row) counts[number]++;
  });
  return { counts, unknown };
}

function tally(rows: readonly (readonly number[])[], size: number, bits: Bits, places?: Uint32Array) {
  const counted = openRowTally(new ByteCache(2 ** 24).shelf(), 'rows', size, columnOf(rows));
  const counts = new Uint32Array(size + SPARE_COUNTS);
  const unknown = counted(bits, countBits(bits), counts, places);
  return { counts: [...counts.subarray(0, size)], unknown };
}

/** Turns the numbers round, as another numbering would. */
function turnedRound(size: number): Uint32Array {
  return Uint32Array.from({ length: size + SPARE_COUNTS }, (_, number) => (number < size ? size - 1 - number : number));
}

function expectPlain(rows: readonly (readonly number[])[], size: number, bits: Bits): void {
  const { counts, unknown } = plainly(rows, size, bits);
  expect(tally(rows, size, bits)).toEqual({ counts, unknown });
  expect(tally(rows, size, bits, turnedRound(size))).toEqual({ counts: counts.toReversed(), unknown });
}

const rowsUpTo = (size: number, most: number, docs: number) =>
  fc.array(fc.uniqueArray(fc.nat(size - 1), { maxLength: most }), { minLength: 1, maxLength: docs });

describe('counting rows', () => {
  it('counts what counting one by one counts, however few or many of the documents are hits', () => {
    const one = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 9 })).chain(([size, most]) =>
      fc.record({
        size: fc.constant(size),
        rows: rowsUpTo(size, Math.min(size, most), 300),
        share: fc.constantFrom(0, 1, 3, 20, 50, 97, 100),
        seed: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(one, ({ size, rows, share, seed }) => {
        const bits = bitsOf(rows.length, (doc) => (Math.imul(doc + seed, 2654435761) >>> 8) % 100 < share);
        expectPlain(rows, size, bits);
      }),
      { numRuns: 400 },
    );
  });

  it('counts sets that reach over several lists', () => {
    const docs = 20_000;
    const rows = Array.from({ length: docs }, (_, doc) =>
      Array.from({ length: [1, 1, 1, 2, 3, 5, 0, 12][doc % 8] }, (_, at) => (doc * 7 + at * 31) % 101),
    );
    for (const step of [1, 2, 3, 40, 997])
      expectPlain(
        rows,
        101,
        bitsOf(docs, (doc) => doc % step === 0),
      );
    expectPlain(
      rows,
      101,
      bitsOf(docs, (doc) => doc < 9_000),
    );
  });

  it('counts more values than a number of 16 bits tells apart', () => {
    for (const size of [65_520, 65_521]) {
      const rows = Array.from({ length: 500 }, (_, doc) =>
        Array.from({ length: doc % 5 }, (_, at) => size - 1 - ((doc * 131 + at * 17) % size)),
      );
      for (const step of [1, 9])
        expectPlain(
          rows,
          size,
          bitsOf(500, (doc) => doc % step === 0),
        );
    }
  });
});
