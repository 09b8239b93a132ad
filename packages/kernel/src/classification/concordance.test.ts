import { describe, expect, it } from 'vitest';
import { concordance } from './concordance.js';

describe('a concordance', () => {
  const fields = concordance([
    { symbol: 'H01%', target: '1' },
    { symbol: 'H01M', target: '2' },
    { symbol: 'H01M10/00', target: '3' },
    { symbol: 'H01M10/0525', target: '4' },
    { symbol: 'H01M10/0525', target: '5' },
    { symbol: 'H01M 10/0525', target: '5' },
  ]);

  it('takes the row that names a symbol most exactly', () => {
    expect(fields.of('H01M 10/0525')).toEqual(['4', '5']);
    expect(fields.of('H01M10/052')).toEqual(['3']);
    expect(fields.of('H01M 2/00')).toEqual(['2']);
    expect(fields.of('H01B 1/00')).toEqual(['1']);
    expect(fields.of('A01B 1/00')).toEqual([]);
    expect(fields.exactly('H01M 10/052')).toEqual([]);
    expect(fields.exactly('H01M 10/0525')).toEqual(['4', '5']);
  });

  it('tells all rows that cover a symbol, the most exact first', () => {
    expect(fields.covering('H01M10/0525').map(({ row, target }) => `${row} ${target}`)).toEqual([
      'H01M 10/0525 4',
      'H01M 10/0525 5',
      'H01M 10/00 3',
      'H01M 2',
      'H01 1',
    ]);
    expect(fields.covering('H01M 2/00').map(({ target }) => target)).toEqual(['2', '1']);
    expect(fields.covering('A01B 1/00')).toEqual([]);
  });

  it('follows the places above a symbol that its form does not show', () => {
    const industries = concordance([{ symbol: 'H01M10/052', target: '5.2' }]);
    expect(industries.covering('H01M10/0525')).toEqual([]);
    expect(industries.covering('H01M10/0525', ['H01M 10/05', 'H01M 10/052'])).toEqual([
      { row: 'H01M 10/052', target: '5.2' },
    ]);
  });

  it('gives the symbols of a target and of its parts', () => {
    const industries = concordance([
      { symbol: 'G06N', target: '1.5' },
      { symbol: 'H04L', target: '1.1' },
      { symbol: 'B23K', target: '12.1' },
    ]);
    expect(industries.symbolsOf('1.5')).toEqual(['G06N']);
    expect(industries.symbolsOf('1').sort()).toEqual(['G06N', 'H04L']);
    expect(industries.symbolsOf('3')).toEqual([]);
  });
});
