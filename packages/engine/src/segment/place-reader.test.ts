import fc from 'fast-check';
import { expect, it } from 'vitest';
import { ByteWriter } from '../storage/bytes.js';
import { PostingsEncoder } from '../testing/postings-encoder.js';
import { indexFrequencies, PlaceReader, ROW_SPAN, readPiece } from './place-reader.js';
import { FIELD_SPAN, SKIP_INTERVAL } from './postings.js';

const ITEMS = 6000;
const PIECE = 4096;

/** Places of an item in the first three fields. */
const placesOf = (item: number): number[] =>
  [0, 1, 2].flatMap((field) =>
    Array.from({ length: (item * (field + 3)) % 5 }, (_, i) => field * FIELD_SPAN + i * 131 + (item % 7)),
  );

it('the places of any items are read as they were written', () => {
  const encoder = new PostingsEncoder();
  const filled = Array.from({ length: ITEMS }, (_, item) => item).filter((item) => placesOf(item).length > 0);
  for (const item of filled) {
    const places = Uint32Array.from(placesOf(item));
    encoder.add(item, places, 0, places.length);
  }
  const out = new ByteWriter();
  encoder.writePositions(out);
  const all = out.copy();
  const skips = Math.floor((filled.length - 1) / SKIP_INTERVAL);
  const placesLength = all.length - 4 * skips;
  const table = new Uint32Array(all.slice(placesLength).buffer);
  const frequencies = indexFrequencies(encoder.freqs.copy(), filled.length);
  const startOf = (piece: number): number =>
    piece === 0 ? 0 : (table[piece * (PIECE / SKIP_INTERVAL) - 1] ?? placesLength);
  const sourceOf = (mask: number) => ({
    piece: (piece: number) =>
      readPiece(all.slice(startOf(piece), startOf(piece + 1)), frequencies, { piece, df: filled.length, mask }),
  });
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: filled.length - 1 }), { maxLength: 60 }),
      fc.constantFrom(1, 2, 4, 3, 5, 6, 7),
      (wanted, mask) => {
        const reader = new PlaceReader(sourceOf(mask));
        for (const item of wanted) {
          reader.go(item);
          const expected = placesOf(filled[item])
            .filter((place) => (mask & (1 << Math.floor(place / FIELD_SPAN))) !== 0)
            .map((place) => Math.floor(place / FIELD_SPAN) * ROW_SPAN + (place % FIELD_SPAN));
          expect([...reader.places.subarray(reader.from, reader.to)]).toEqual(expected);
        }
      },
    ),
  );
});
