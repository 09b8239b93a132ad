import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { citedId, compactId } from '../ep-st36/numbers.js';
import { subscript, superscript } from '../text/scripts.js';
import { dependsOnFromText } from './depends.js';
import { oldIpcSymbol, st8, uspcSymbol } from './symbols.js';
import { isoDate } from './values.js';

describe('dates', () => {
  test.each([
    ['20030212', '2003-02-12'],
    ['19820200', '1982-02'],
    ['19910000', '1991'],
    ['2003-02-12', '2003-02-12'],
    ['00000000', undefined],
    ['20039999', undefined],
    ['soon', undefined],
  ])('%s', (text, expected) => expect(isoDate(text)).toBe(expected));
});

describe('symbols', () => {
  test('ST.8 lines', () => {
    expect(st8('IPC', 'B65D  51/18        20060101AFI20191003BHEP        ')).toEqual({
      scheme: 'IPC',
      symbol: 'B65D 51/18',
      position: 'F',
      value: 'I',
      version: '2006-01-01',
    });
    expect(st8('CPC', 'A61K2800/10')).toEqual({ scheme: 'CPC', symbol: 'A61K 2800/10' });
    expect(st8('IPC', 'G06F   17/27    (2006.01)')).toEqual({
      scheme: 'IPC',
      symbol: 'G06F 17/27',
      version: '2006-01-01',
    });
  });
  test.each([
    ['A45F  504', 'A45F 5/04'],
    ['A43B 2300', 'A43B 23/00'],
    ['A61B005/00', 'A61B 5/00'],
    [' 7A 61K   9/16   A', 'A61K 9/16'],
    ['B03C3/09', 'B03C 3/09'],
  ])('old IPC %s', (text, expected) => expect(oldIpcSymbol(text)).toBe(expected));
  test.each([
    ['34053912', '340/539.12'],
    ['  2 21', '2/21'],
    ['D 2896', 'D2/896'],
    ['002227000', '2/227'],
    ['623001160', '623/1.16'],
    ['429231', '429/231'],
  ])('US class %s', (text, expected) => expect(uspcSymbol(text)).toBe(expected));
});

describe('dependent claims', () => {
  test.each([
    ['en', 5, 'The cell of claim 1, wherein', [1]],
    ['en', 5, 'A method as in any one of claims 1 to 3 or 4', [1, 2, 3, 4]],
    ['en', 4, 'according to any of the preceding claims', [1, 2, 3]],
    ['en', 3, 'The cell of claim 7', []],
    ['de', 4, 'Schraube nach Anspruch 1 oder 3', [1, 3]],
    ['de', 3, 'nach einem der vorhergehenden Ansprüche', [1, 2]],
    ['fr', 3, 'Vis selon la revendication 2', [2]],
    ['fr', 3, "selon l'une quelconque des revendications précédentes", [1, 2]],
    ['zh', 4, '根据权利要求1至3中任一项所述的灯', [1, 2, 3]],
    ['zh', 3, '根据权利要求1或2所述的灯', [1, 2]],
    ['xx', 3, 'claim 1', []],
  ])('%s %i %s', (lang, own, text, expected) => expect(dependsOnFromText(lang, own, text)).toEqual(expected));

  test('never names a claim that is not before', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), fc.array(fc.nat(99)), (own, numbers) => {
        const found = dependsOnFromText('en', own, `as in claims ${numbers.join(' to ')} and any preceding claim`);
        expect(found.every((number) => number > 0 && number < own)).toBe(true);
      }),
    );
  });
});

describe('citations of EP documents', () => {
  test.each([
    ['EP-A1- 3 109 871', 'EP3109871A1'],
    ['WO-A1-2014/114885', 'WO2014114885A1'],
    ['US-A1- 2007 204 872', 'US2007204872A1'],
    ['US-E- R E36 154', 'USRE36154E'],
    ['PATENT ABSTRACTS OF JAPAN vol. 9', undefined],
  ])('%s', (text, expected) => expect(citedId(text)).toBe(expected));
  test('ids in attributes', () => {
    expect(compactId('DE9216791U1')).toBe('DE9216791U1');
    expect(compactId('DE9216791')).toBe('DE9216791');
    expect(compactId('nonsense')).toBeUndefined();
  });
});

test('scripts become Unicode where every character has one', () => {
  expect([subscript('2'), superscript('−2'), subscript('4,5'), superscript('ab'), superscript('®')]).toEqual([
    '₂',
    '⁻²',
    '_(4,5)',
    '^(ab)',
    '®',
  ]);
});
