import { ClassAnswerSchema } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readClass } from './read.js';
import { classLevels, normalizeSymbol } from './symbol.js';

const symbols: readonly (readonly [string, string, string])[] = [
  ['H01M10/0525', 'IPC', 'H01M 10/0525'],
  ['H01M 10/0525', 'IPC', 'H01M 10/0525'],
  ['h01m  10/0525', 'IPC', 'H01M 10/0525'],
  ['Ｈ０１Ｍ　１０／０５２５', 'IPC', 'H01M 10/0525'],
  ['H01M0010052500', 'IPC', 'H01M 10/0525'],
  ['A01B0003000000', 'IPC', 'A01B 3/00'],
  ['A47L 700', 'IPC', 'A47L 7/00'],
  ['D07B22012051', 'CPC', 'D07B 2201/2051'],
  ['Y02E 60/10', 'CPC', 'Y02E 60/10'],
  ['H', 'IPC', 'H'],
  ['H01', 'IPC', 'H01'],
  ['H01M', 'IPC', 'H01M'],
  ['G06F 1/32-1/3296', 'IPC', 'G06F 1/32-3296'],
  ['A01B 33/00-34/00', 'IPC', 'A01B 33/00-34/00'],
  ['604385101', 'USPC', '604/385.101'],
  ['280 87041- 87043', 'USPC', '280/87.041-87.043'],
  [' D2907', 'USPC', 'D2/907'],
  ['257/E29.012', 'USPC', '257/E29.012'],
  ['LOC (13) Cl. 14-03', 'LOCARNO', '14-03'],
  ['16337', 'USPC', '16/337'],
  ['2 52', 'USPC', '2/52'],
  ['623001160', 'USPC', '623/1.160'],
  ['H01M10/0525,101 A', 'FI', 'H01M 10/0525,101 A'],
  ['H01M10/0525@Z', 'FI', 'H01M 10/0525 Z'],
  ['5H029AJ03', 'FTERM', '5H029 AJ03'],
  ['5H029', 'FTERM', '5H029'],
  ['C08G18/12, C08G18/3228', 'CPC', 'C08G 18/12, C08G 18/3228'],
  ['(C08F 210/16, C08F 4/65925)', 'CPC', 'C08F 210/16, C08F 4/65925'],
];

describe('readClass', () => {
  it.each(symbols)('reads %s', (text, scheme, symbol) => {
    expect(readClass(text)).toMatchObject({ valid: true, scheme, symbol, errors: [] });
  });

  it.each(['', 'A1B 1/00', 'A01B 1', 'A01B 1/0', 'A61F  BAD', 'I01M', 'H01M 100525', '电池'])('refuses %s', (text) => {
    const answer = readClass(text);
    expect(answer).toMatchObject({ valid: false, symbol: null });
    expect(answer.errors).toHaveLength(1);
  });

  it('reads an ST.8 record with version, position and value', () => {
    expect(readClass('A61K   9/32        20060101ALI20030127BMRU        ')).toMatchObject({
      symbol: 'A61K 9/32',
      version: '2006-01-01',
      position: 'L',
      value: 'I',
      level: 'A',
      actionDate: '2003-01-27',
      status: 'B',
      source: 'M',
      office: 'RU',
    });
  });

  it('keeps the rank of a combination set', () => {
    expect(readClass('C08G18/12, C08G18/3228').combination).toEqual(['C08G 18/12', 'C08G 18/3228']);
  });

  it('reads a symbol the same in any case, width, spacing and punctuation', () => {
    const symbol = fc.stringMatching(/^[A-H]\d{2}[A-Z] [1-9]\d{0,3}\/\d{2,6}$/);
    const between = fc.constantFrom('', ' ', '  ', '-', '.', '　', ' - ');
    const stroke = fc.constantFrom('/', ' / ', '／', '/ ', ':');
    const around = fc.constantFrom('', ' ', ';', ',', ' .');
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(symbol, between, stroke, around, fc.nat(2), (text, gap, sign, end, shape) => {
        const [head = '', main = '', sub = ''] = text.split(/[ /]/);
        const put = `${head}${gap}${main}${sign}${sub}${end}`;
        const changed = shape === 1 ? wide(put) : shape === 2 ? put.toLowerCase() : put;
        expect({ ...readClass(changed), input: '' }, changed).toEqual({ ...readClass(text), input: '' });
      }),
    );
  });

  it('reads what offices print behind a symbol', () => {
    expect(readClass('H01M 10/0525 (2010.01) I')).toMatchObject({
      symbol: 'H01M 10/0525',
      version: '2010-01',
      value: 'I',
    });
  });

  it('reads the parts of an element', () => {
    const parts = { section: 'B', class: '01', subclass: 'D', 'main-group': '2239', subgroup: '0283' };
    expect(readClass(parts)).toMatchObject({
      scheme: 'CPC',
      symbol: 'B01D 2239/0283',
      mainGroup: '2239',
      subgroup: '0283',
    });
    expect(readClass({ section: 'B', class: '1' }).valid).toBe(false);
  });

  it('gives back what it wrote, whatever the symbol', () => {
    const symbol = fc.stringMatching(/^[A-H]\d{2}[A-Z] [1-9]\d{0,3}\/\d{2,6}$/);
    fc.assert(
      fc.property(symbol, (text) => {
        const answer = readClass(text);
        expect(answer.symbol).toBe(text);
        expect(readClass(text.replace(' ', '')).symbol).toBe(text);
        expect(normalizeSymbol(text)).toBe(text);
      }),
    );
  });

  it('never throws and keeps its shape', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => ClassAnswerSchema.safeParse(readClass(text)).success),
    );
    fc.assert(fc.property(fc.object(), (input) => ClassAnswerSchema.safeParse(readClass(input)).success));
  });
});

describe('classLevels', () => {
  it('names each level a symbol reaches', () => {
    expect(classLevels('H01M10/0525')).toEqual({ section: 'H', class: 'H01', subclass: 'H01M', group: 'H01M 10/00' });
    expect(classLevels('H01')).toEqual({ section: 'H', class: 'H01' });
    expect(classLevels('14-03')).toEqual({});
  });
});
