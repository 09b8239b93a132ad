import { UNKNOWN_VALUE } from '@quanlian/contract';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { valuesOfId } from './lookup.js';
import { packColumn } from './packed.js';

const DAYS = ['2001-01-01', '2010-06-15', '2020-12-31'];
const dayNumber = (day: string): number => Number(day.replaceAll('-', ''));

const rowArbitrary = fc.uniqueArray(
  fc.record({
    value: fc.constantFrom('a', 'b', '中文', UNKNOWN_VALUE),
    from: fc.option(fc.constantFrom(...DAYS), { nil: undefined }),
  }),
  { maxLength: 4, selector: ({ value, from }) => `${value} ${from}` },
);
const idArbitrary = fc.stringMatching(/^(CN|EP|US)[0-9]{1,3}[AB]$/);

it('values looked up by an id are those of the latest day that is not after the one asked for', () => {
  fc.assert(
    fc.property(
      fc.dictionary(idArbitrary, rowArbitrary),
      fc.array(idArbitrary),
      fc.constantFrom(20000101, ...DAYS.map(dayNumber), 20251231),
      (rows, others, day) => {
        const column = packColumn(Object.entries(rows).map(([id, values]) => ({ id, values })));
        for (const id of [...Object.keys(rows), ...others]) {
          const held = (rows[id] ?? []).map(({ value, from }) => ({ value, from: from ? dayNumber(from) : 0 }));
          const latest = Math.max(...held.filter(({ from }) => from <= day).map(({ from }) => from));
          const expected = held.flatMap(({ value, from }) => (from === latest ? [value] : []));
          const isUnknown = expected.length === 1 && expected[0] === UNKNOWN_VALUE;
          expect([...valuesOfId(column, id, day)].sort()).toEqual(isUnknown ? [] : expected.sort());
        }
      },
    ),
  );
});
