import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareTermBytes, termKey } from '../segment/term-bytes.js';
import { DocSet } from './doc-set.js';
import { FirstTerms } from './first-terms.js';

describe('documents of several lists', () => {
  it('come out in order, each time anew', () => {
    const numbers = fc.uniqueArray(fc.nat(100_000), { maxLength: 300 });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 5 }), (rounds) => {
        const set = new DocSet(100_001);
        const into = new Uint32Array(300);
        for (const round of rounds) {
          for (const doc of round) set.add(doc);
          const count = set.takeAll(into);
          expect([...into.subarray(0, count)]).toEqual([...round].sort((a, b) => a - b));
        }
      }),
    );
  });
});

/** Goes through some sorted terms, all in one memory that is written anew. */
function walkOver(terms: readonly string[]) {
  const bytes = new Uint8Array(200);
  let next = 0;
  return {
    bytes,
    from: 0,
    to: 0,
    next(): boolean {
      if (next === terms.length) return false;
      this.to = Buffer.from(bytes.buffer).write(terms[next++] ?? '', 0, 'utf8');
      return true;
    },
  };
}

const term = fc.oneof(
  fc.string({ unit: fc.constantFrom('a', 'b', '\u0000', 'é', '宽', '\ue000', '\uffee', '😀'), maxLength: 9 }),
  fc.string({ unit: fc.constantFrom('a', 'b'), maxLength: 9 }).map((end) => `applicant:${end}`),
);

describe('terms of several sources', () => {
  it('are met once each, in the order of strings, with those that have them', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(term, { maxLength: 20 }), { maxLength: 9 }), (lists) => {
        const walks = lists.map((list) => walkOver([...list].sort()));
        const terms = new FirstTerms(walks);
        const met: [string, number[]][] = [];
        for (; terms.count > 0; terms.next()) {
          const at = terms.at.slice(0, terms.count);
          const [{ bytes, to }] = at;
          met.push([
            Buffer.from(bytes.buffer, 0, to).toString('utf8'),
            at.map((walk) => walks.indexOf(walk)).sort((a, b) => a - b),
          ]);
        }
        const expected = [...new Set(lists.flat())]
          .sort()
          .map((text) => [text, lists.flatMap((list, row) => (list.includes(text) ? [row] : []))]);
        expect(met).toEqual(expected);
      }),
    );
  });

  it('have a number that never puts them in another order', () => {
    fc.assert(
      fc.property(term, term, (a, b) => {
        const [x, y] = [Buffer.from(a), Buffer.from(b)];
        const keys = termKey(x, 0, x.length) - termKey(y, 0, y.length);
        if (keys !== 0) expect(Math.sign(keys)).toBe(Math.sign(compareTermBytes(x, 0, x.length, y, 0, y.length)));
      }),
    );
  });
});
