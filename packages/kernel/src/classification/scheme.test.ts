import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildScheme, readPlaces, type SchemeRow } from './scheme.js';

const row = (symbol: string, dots: number | undefined, en: string, zh = ''): SchemeRow => ({
  symbol,
  dots,
  titles: zh ? { en, zh } : { en },
});

/** A made-up corner of a scheme in which a parent does not follow the numbers. */
const ROWS = [
  row('H', undefined, 'Electricity', '电学'),
  row('H01', undefined, 'Electric elements', '电气元件'),
  row('H01M', undefined, 'Cells turning chemical into electrical energy', '电池'),
  row('H01M2/00', 0, 'Parts that do nothing'),
  row('H01M10/00', 0, 'Secondary cells', '二次电池'),
  row('H01M10/05', 1, 'with non-aqueous electrolyte', '非水电解质'),
  row('H01M10/052', 2, 'Lithium cells', '锂电池'),
  row('H01M10/0525', 3, 'Rocking-chair cells', '摇椅式'),
  row('H01M10/058', 2, 'Making them'),
  row('H01M10/04', 1, 'Making in general'),
  row('H01M2010/4271', 1, 'Indexing'),
  row('H02', undefined, 'Power'),
];

describe('a scheme', () => {
  const scheme = buildScheme(readPlaces(ROWS));

  it('puts a group under the nearest before it with one dot fewer', () => {
    expect(scheme.below('H01M 10/05')).toEqual(['H01M 10/052', 'H01M 10/0525', 'H01M 10/058']);
    expect(scheme.below('H01M10/00')).toHaveLength(6);
    expect(scheme.ancestors('h01m10/0525').map(({ symbol }) => symbol)).toEqual([
      'H',
      'H01',
      'H01M',
      'H01M 10/00',
      'H01M 10/05',
      'H01M 10/052',
    ]);
    expect(scheme.children('H').map(({ symbol }) => symbol)).toEqual(['H01', 'H02']);
    expect(scheme.roots().map(({ symbol, children }) => [symbol, children])).toEqual([['H', 2]]);
    expect(scheme.below('A01B')).toEqual([]);
    expect(scheme.node('A01B')).toBeUndefined();
  });

  it('finds places by words in both languages, the words above counting too', () => {
    expect(scheme.find(['锂电池'], 5).map(({ symbol }) => symbol)).toEqual(['H01M 10/052']);
    expect(scheme.find(['cells', 'making'], 5).map(({ symbol }) => symbol)).toEqual(['H01M 10/04', 'H01M 10/058']);
    expect(scheme.find(['电学', 'power'], 5).map(({ symbol }) => symbol)).toEqual(['H02']);
    expect(scheme.find(['unicorn'], 5)).toEqual([]);
    expect(scheme.find([' '], 5)).toEqual([]);
  });

  it.each([
    [[row('H01M10/00', undefined, 'x')], /without its number of dots/],
    [[row('H01M10/05', 2, 'x')], /no group with one dot fewer/],
    [[row('H', undefined, 'x'), row('H', undefined, 'y')], /twice/],
    [[row('Battery', undefined, 'x')], /no symbol/],
  ])('refuses what is no scheme: %#', (rows, message) => {
    expect(() => buildScheme(readPlaces(rows))).toThrow(message);
  });

  it('holds of every symbol exactly what has it among its ancestors', () => {
    const depths = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(depths, (wanted) => {
        let last = -1;
        const rows = wanted.map((depth, i) => {
          last = Math.min(depth, last + 1);
          return row(last === 0 ? `A01B${i + 1}/00` : `A01B1/${String(100 + i)}`, last, `t${i}`);
        });
        const built = buildScheme(readPlaces(rows));
        const all = rows.map(({ symbol }) => built.node(symbol)?.symbol ?? '');
        for (const symbol of all) {
          const under = all.filter((other) => built.ancestors(other).some((one) => one.symbol === symbol));
          expect(built.below(symbol)).toEqual(under);
        }
      }),
    );
  });
});
