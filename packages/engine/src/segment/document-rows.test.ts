import type { PatentDocument } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { documentDates, levelKeys, symbolKey, valueKey } from '../content/document.js';
import { DocumentRows } from './document-rows.js';
import { listsInScript } from './inverter.js';

const digits = (least: number, most: number): fc.Arbitrary<string> =>
  fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));
const symbol = fc.oneof(
  fc
    .tuple(fc.constantFrom('A', 'H', 'Y'), digits(2, 2), fc.constantFrom('B', 'Z'), digits(1, 4), digits(1, 7))
    .map(([section, klass, subclass, main, sub]) => `${section}${klass}${subclass}${main}/${sub}`),
  fc.constantFrom('A61K 9/12', 'a61k9/12', 'A61K0009120000', 'A61K', 'A', 'G06F 16/00', 'no symbol', ''),
);

describe('rows of documents', () => {
  it('have the keys of every class symbol, however it is written', () => {
    fc.assert(
      fc.property(fc.array(symbol, { minLength: 1, maxLength: 6 }), (symbols) => {
        const doc: PatentDocument = {
          id: 'US1A1',
          office: 'US',
          number: '1',
          classifications: symbols.map((one) => ({ scheme: 'IPCR', symbol: one })),
          sources: [],
        };
        const keys = listsInScript.keys();
        new DocumentRows(keys).add(doc, documentDates(doc));
        const { bytes, starts, count } = keys.terms;
        const all = Array.from({ length: count }, (_, id) =>
          Buffer.from(bytes.subarray(starts[id], starts[id + 1])).toString(),
        );
        const expected = symbols.flatMap((one) => [valueKey('ipc', symbolKey(one)), ...levelKeys('ipc', one)]);
        expect(all.filter((key) => /^ipc[:>]/.test(key)).sort()).toEqual([...new Set(expected)].sort());
      }),
      { numRuns: 300 },
    );
  });
});
