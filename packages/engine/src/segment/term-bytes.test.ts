import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOfUnits, compareTermBytes, putReversed, sharedBytes, utf16Length } from './term-bytes.js';
import { TermTable } from './term-table.js';

/** Characters from everywhere, and such as make the two orders differ. */
const term = fc
  .array(
    fc.oneof(
      fc.constantFrom('a', 'b', 'é', '电', '池', '\ue000', '\uffee', '𠮷', '😀'),
      fc.string({ unit: 'grapheme', maxLength: 2 }),
    ),
    {
      maxLength: 6,
    },
  )
  .map((pieces) => pieces.join(''));
const bytes = (text: string): Uint8Array => Buffer.from(text, 'utf8');

describe('terms as bytes', () => {
  it('come in the order of strings', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const [x, y] = [bytes(a), bytes(b)];
        expect(Math.sign(compareTermBytes(x, 0, x.length, y, 0, y.length))).toBe(a < b ? -1 : a > b ? 1 : 0);
      }),
      { numRuns: 1000 },
    );
  });

  it('share whole characters, counted as strings count them', () => {
    fc.assert(
      fc.property(term, term, term, (start, a, b) => {
        const [x, y] = [bytes(start + a), bytes(start + b)];
        const shared = sharedBytes(x, 0, x.length, y, 0, y.length);
        const text = Buffer.from(y.subarray(0, shared)).toString('utf8');
        expect(shared).toBeGreaterThanOrEqual(bytes(start).length);
        expect((start + b).startsWith(text)).toBe(true);
        expect((start + a).startsWith(text)).toBe(true);
        expect(utf16Length(y, 0, shared)).toBe(text.length);
        expect(bytesOfUnits(y, 0, text.length)).toBe(shared);
      }),
      { numRuns: 1000 },
    );
  });

  it('are spelled backwards by characters', () => {
    fc.assert(
      fc.property(term, (text) => {
        const reversed = new Uint8Array(bytes(text).length);
        putReversed(reversed, 0, bytes(text), 0, reversed.length);
        expect(Buffer.from(reversed).toString('utf8')).toBe([...text].reverse().join(''));
      }),
    );
  });
});

describe('a table of terms', () => {
  it('numbers them as they come, and puts any number of them in order', () => {
    fc.assert(
      fc.property(fc.array(term, { maxLength: 300 }), fc.nat({ max: 5000 }), (terms, more) => {
        const all = [...terms, ...Array.from({ length: more }, (_, i) => `w${(i * 7919) % 4999}`)];
        const table = new TermTable();
        const numbers = new Map<string, number>();
        for (const one of all) {
          if (!numbers.has(one)) numbers.set(one, numbers.size);
          expect(table.add(one)).toBe(numbers.get(one));
        }
        const text = (id: number): string =>
          Buffer.from(table.bytes.subarray(table.starts[id], table.starts[id + 1])).toString('utf8');
        expect(Array.from(table.sorted(), text)).toEqual([...numbers.keys()].sort());
      }),
      { numRuns: 12 },
    );
  });

  it('takes a word or a pair for the same term however it is given', () => {
    const table = new TermTable();
    const word = table.add('solid42');
    expect(table.addAscii('xSolID42 ', 1, 8)).toBe(word);
    expect(table.hadCapitals).toBe(true);
    expect(table.addAscii('a solid42.', 2, 9)).toBe(word);
    expect(table.hadCapitals).toBe(false);
    const pair = table.add('电池');
    for (let again = 0; again < 3; again++) expect(table.addUnits(0x7535, 0x6c60)).toBe(pair);
    expect(table.addUnits(0x7535, 0)).toBe(table.add('电'));
    expect(table.count).toBe(3);
  });
});
