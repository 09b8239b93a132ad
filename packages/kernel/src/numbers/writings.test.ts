import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cnCheckDigit } from './check-digit.js';
import { readNumber } from './read.js';

/** Input, type, office and number with kind, epodoc form. */
const CASES: readonly (readonly [string, string, string, string])[] = [
  ['EP19990203729', 'application', 'EP99203729A', 'EP19990203729'],
  ['EP 99203729.x', 'application', 'EP99203729A', 'EP19990203729'],
  ['US19970921321', 'application', 'US92132197A', 'US19970921321'],
  ['DE200720016308U', 'application', 'DE202007016308U', 'DE200720016308U'],
  ['JP20190123456', 'application', 'JP2019123456A', 'JP20190123456'],
  ['FR20050012345', 'application', 'FR0512345A', 'FR20050012345'],
  ['GB20020012345', 'application', 'GB0212345A', 'GB20020012345'],
  ['WO2016US64351', 'application', 'US2016064351W', 'WO2016US64351'],
  ['CN200710308494A', 'application', 'CN200710308494A', 'CN200710308494'],
  ['CN97101765A', 'application', 'CN97101765A', 'CN97101765'],
  ['第200710308494.X号', 'application', 'CN200710308494A', 'CN200710308494'],
  ['特許第6123456号', 'grant', 'JP6123456B2', 'JP6123456B'],
  ['実用新案登録第3012345号', 'grant', 'JP3012345U', 'JP3012345U'],
  ['特公昭55-12345', 'publication', 'JPS5512345B', 'JPS5512345'],
  ['特開平5-12345', 'publication', 'JPH0512345A', 'JPH0512345'],
  ['再表2004/012345', 'publication', 'JPWO2004012345A1', 'JPWO2004012345'],
  ['令和元年特許願第123456号', 'application', 'JP2019123456A', 'JP20190123456'],
  ['JP-A-H10-123456', 'publication', 'JPH10123456A', 'JPH10123456'],
  ['10-1234567', 'grant', 'KR101234567B1', 'KR101234567'],
  ['제10-1234567호', 'grant', 'KR101234567B1', 'KR101234567'],
  ['공개특허 10-2015-0124192', 'publication', 'KR20150124192A', 'KR20150124192'],
  ['P 44 12 345.6', 'application', 'DE4412345A', 'DE19944412345'],
  ['DE 199 12 345.6', 'application', 'DE19912345A', 'DE19991012345'],
  ['FR 05 12345', 'application', 'FR0512345A', 'FR20050012345'],
  ['TW098123456', 'application', 'TW98123456A', 'TW20090123456'],
  ['BR PI0512345-6', 'application', 'BRPI0512345A', 'BR2005PI12345'],
  ['BR PI0512345-6 A2', 'publication', 'BRPI0512345A2', 'BRPI0512345'],
  ['ES P200501234', 'application', 'ES200501234A', 'ES20050001234'],
  ['2005123456/04', 'application', 'RU2005123456A', 'RU20050123456'],
  ['U.S. Patent No. 7,654,321', 'grant', 'US7654321', 'US7654321'],
  ['US Patent Application Publication No. US 2005/0123456 A1', 'publication', 'US2005123456A1', 'US2005123456'],
  ['Des. 435,854', 'grant', 'USD435854', 'USD435854'],
];

describe('writings beside the main rules', () => {
  it.each(CASES)('reads %s as %s %s', (input, type, docdb, epodoc) => {
    const answer = readNumber(input);
    expect([answer.valid, answer.type, answer.forms.docdb, answer.forms.epodoc]).toEqual([true, type, docdb, epodoc]);
  });

  it('give the same answer in any case, width and spacing', () => {
    const wide = (text: string): string =>
      text.replace(/[0-9A-Za-z]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0));
    fc.assert(
      fc.property(
        fc.constantFrom(...CASES),
        fc.constantFrom(
          (text: string) => text.toLowerCase(),
          wide,
          (text: string) => ` ${text.split('').join(' ')} `,
        ),
        ([input], change) => {
          const [plain, changed] = [readNumber(input), readNumber(change(input))];
          expect({ ...changed, input: '' }).toEqual({ ...plain, input: '' });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('does not take publications for applications', () => {
    for (const [input, docdb] of [
      ['DE102006032425A1', 'DE102006032425A1'],
      ['FR2876543A1', 'FR2876543A1'],
      ['CN101234567A', 'CN101234567A'],
      ['CN85100001A', 'CN85100001A'],
      ['US20050123456A1', 'US2005123456A1'],
      ['TW201234567A', 'TW201234567A'],
      ['JP2019123456A', 'JP2019123456A'],
    ] as const) {
      expect([input, readNumber(input).type, readNumber(input).forms.docdb]).toEqual([input, 'publication', docdb]);
    }
  });

  it('knows the check digits of real Chinese applications', () => {
    const real = ['200710308494X', '971017654', '2007100778323', '2004800020902', '2009301434830'];
    for (const number of real) expect(cnCheckDigit(number.slice(0, -1))).toBe(number.slice(-1));
    expect(readNumber('200490000001.3').valid).toBe(false);
  });
});
