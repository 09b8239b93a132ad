import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readSymbolCell } from './symbol-cell.js';

const letters = fc.constantFrom(...'ABCDEFGH');
const subclass = fc
  .tuple(letters, fc.integer({ min: 1, max: 99 }), fc.constantFrom(...'ABCDKLMN'))
  .map(([section, klass, letter]) => `${section}${String(klass).padStart(2, '0')}${letter}`);
const group = fc
  .tuple(subclass, fc.integer({ min: 1, max: 999 }), fc.constantFrom('00', '02', '0525'))
  .map(([head, main, sub]) => `${head} ${main}/${sub}`);
const symbol = fc.oneof(subclass, group);

describe('a cell of class symbols', () => {
  it('holds every symbol that was written into it, whatever stands between', () => {
    fc.assert(
      fc.property(
        fc.array(symbol, { minLength: 1, maxLength: 8 }),
        fc.constantFrom(',', ', ', ';', '；', '，', '、', '\n', ' ', '  '),
        fc.boolean(),
        (symbols, between, tight) => {
          const written = symbols.map((one) => (tight ? one.replace(' ', '') : one)).join(between);
          expect(readSymbolCell(written)).toEqual({ symbols, problems: [], noted: false });
        },
      ),
    );
  });

  it('writes a range of main groups out, whatever its dash', () => {
    fc.assert(
      fc.property(
        subclass,
        fc.integer({ min: 1, max: 200 }),
        fc.nat(60),
        fc.constantFrom('-', ' - ', '–', '—', '~', '～', '至'),
        fc.boolean(),
        (head, from, more, dash, short) => {
          const cell = `${head} ${from}/00${dash}${short ? '' : `${head} `}${from + more}/00`;
          const { symbols, problems } = readSymbolCell(cell);
          expect(problems).toEqual([]);
          expect(symbols).toEqual(Array.from({ length: more + 1 }, (_, i) => `${head} ${from + i}/00`));
        },
      ),
    );
  });

  it('never reads a range backwards or over two subclasses', () => {
    for (const cell of [
      'A61K 33/00-A61K 31/00',
      'A61K 31/00-A61L 33/00',
      'A61K 31/02-31/20',
      'A61Q-A61K',
      'A61-B01',
      'A61-A61K',
    ]) {
      const { symbols, problems } = readSymbolCell(cell);
      expect({ cell, symbols, told: problems.length }).toEqual({ cell, symbols: [], told: 1 });
    }
  });

  it('takes ranges of subclasses and classes, and dashes inside a symbol', () => {
    expect(readSymbolCell('A61K-A61M').symbols).toEqual(['A61K', 'A61L', 'A61M']);
    expect(readSymbolCell('A21～A23').symbols).toEqual(['A21', 'A22', 'A23']);
    expect(readSymbolCell('A61K-031/00').symbols).toEqual(['A61K 31/00']);
    expect(readSymbolCell('A61K-31/00-A61K-32/00').symbols).toEqual(['A61K 31/00', 'A61K 32/00']);
  });

  it('leaves versions and notes out, but no note that takes classes away', () => {
    expect(readSymbolCell('G06N 3/08 (2023.01)')).toEqual({ symbols: ['G06N 3/08'], problems: [], noted: false });
    expect(readSymbolCell('G06Q 50/00（部分）')).toEqual({ symbols: ['G06Q 50/00'], problems: [], noted: true });
    expect(readSymbolCell('G06Q (except G06Q 50/00)').problems).toHaveLength(1);
    expect(readSymbolCell('5/00').problems).toHaveLength(1);
    expect(readSymbolCell(' ')).toEqual({ symbols: [], problems: [], noted: false });
  });
});
