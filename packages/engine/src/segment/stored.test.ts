import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packRecords, unpackRecords } from './stored.js';

const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc.string({ unit: 'grapheme', maxLength: 3000 }).map((text) => new TextEncoder().encode(text.repeat(20))),
);

describe('a block of records', () => {
  it('comes back as it was, also one that an earlier program packed', () => {
    fc.assert(
      fc.property(bytes, fc.constantFrom(0, 1, 3, 9), (block, level) => {
        expect(unpackRecords(packRecords(block)).equals(block)).toBe(true);
        expect(unpackRecords(deflateRawSync(block, { level })).equals(block)).toBe(true);
      }),
    );
  });
});
