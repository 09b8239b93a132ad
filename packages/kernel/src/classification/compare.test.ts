import { describe, expect, it } from 'vitest';
import { compareSchemes } from './compare.js';
import { buildScheme, readPlaces, type SchemeRow } from './scheme.js';

const tree = (rows: readonly SchemeRow[]) => buildScheme(readPlaces(rows));
const top: SchemeRow[] = [
  { symbol: 'H', titles: { en: 'Electricity' } },
  { symbol: 'H01', titles: { en: 'Elements' } },
  { symbol: 'H01M', titles: { en: 'Cells' } },
];

describe('two versions of a scheme', () => {
  const before = tree([
    ...top,
    { symbol: 'H01M10/00', dots: 0, titles: { en: 'Secondary cells', zh: '二次电池' } },
    { symbol: 'H01M10/02', dots: 1, titles: { en: 'Details' } },
    { symbol: 'H01M10/04', dots: 1, titles: { en: 'Construction' } },
    { symbol: 'H01M10/05', dots: 1, titles: { en: 'Non-aqueous' } },
  ]);
  const after = tree([
    ...top,
    { symbol: 'H01M10/00', dots: 0, titles: { en: 'secondary  cells', de: 'Akkus' } },
    { symbol: 'H01M10/02', dots: 1, titles: { en: 'Parts' } },
    { symbol: 'H01M10/04', dots: 2, titles: { en: 'Construction' } },
    { symbol: 'H01M10/06', dots: 1, titles: { en: 'Lead-acid' } },
  ]);

  it('differ in places that are new, deleted, moved and retitled, and in nothing else', () => {
    expect(compareSchemes(before, after).map(({ change, symbol, parents }) => [change, symbol, parents])).toEqual([
      ['retitled', 'H01M 10/02', { before: 'H01M 10/00', after: 'H01M 10/00' }],
      ['moved', 'H01M 10/04', { before: 'H01M 10/00', after: 'H01M 10/02' }],
      ['new', 'H01M 10/06', { before: null, after: 'H01M 10/00' }],
      ['deleted', 'H01M 10/05', { before: 'H01M 10/00', after: null }],
    ]);
    expect(compareSchemes(before, before)).toEqual([]);
  });

  it('are compared under one place only where that is asked', () => {
    expect(compareSchemes(before, after, 'H01M 10/02').map(({ symbol }) => symbol)).toEqual([
      'H01M 10/02',
      'H01M 10/04',
    ]);
    expect(compareSchemes(before, after, 'A01B')).toEqual([]);
  });
});
