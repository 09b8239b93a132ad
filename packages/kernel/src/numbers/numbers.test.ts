import { NumberAnswerSchema } from '@quanlian/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalPublication } from './canonical.js';
import { cnCheckDigit, epCheckDigit } from './check-digit.js';
import { readNumber } from './read.js';

const publications: readonly (readonly [string, string, string, string | null])[] = [
  ['EP1000000B1', 'EP', '1000000', 'B1'],
  ['ep 0 000 123 a2', 'EP', '0000123', 'A2'],
  ['EP-A1- 3 109 871', 'EP', '3109871', 'A1'],
  ['ＥＰ１２３４５６７', 'EP', '1234567', null],
  ['US 10,123,456 B2', 'US', '10123456', 'B2'],
  ['US2005/0000001A1', 'US', '2005000001', 'A1'],
  ['US2005000001A1', 'US', '2005000001', 'A1'],
  ['US D645,062 S', 'US', 'D645062', 'S'],
  ['USRE037914E1', 'US', 'RE37914', 'E1'],
  ['WO 2017/123335 A1', 'WO', '2017123335', 'A1'],
  ['WO01/98623', 'WO', '2001098623', null],
  ['WO0251231A2', 'WO', '2002051231', 'A2'],
  ['CN101234567A', 'CN', '101234567', 'A'],
  ['公开号：CN 1234567 C', 'CN', '1234567', 'C'],
  ['JP2019123456A', 'JP', '2019123456', 'A'],
  ['特開2020-123456', 'JP', '2020123456', 'A'],
  ['JP01153210A', 'JP', 'H01153210', 'A'],
  ['KR10-2015-0124192A', 'KR', '20150124192', 'A'],
  ['KR101234567B1', 'KR', '101234567', 'B1'],
  ['DE102006032425A1', 'DE', '102006032425', 'A1'],
  ['AT 401 234 B', 'AT', '401234', 'B'],
];

const applications: readonly (readonly [string, string, string, string])[] = [
  ['200710308494.X', 'CN', '200710308494', 'CN200710308494'],
  ['ZL 97 1 01765.4', 'CN', '97101765', 'CN97101765'],
  ['EP99203729.1', 'EP', '99203729', 'EP19990203729'],
  ['PCT/GB02/04635', 'GB', '0204635', 'WO2002GB04635'],
  ['PCT/US2017/036577', 'US', '2017036577', 'WO2017US36577'],
  ['特願2020-123456', 'JP', '2020123456', 'JP20200123456'],
  ['10-2015-0124192', 'KR', '20150124192', 'KR20150124192'],
];

describe('check digits', () => {
  it.each([
    ['200710308494', 'X'],
    ['97101765', '4'],
    ['200930143483', '0'],
  ])('of China: %s', (digits, check) => expect(cnCheckDigit(digits)).toBe(check));
  it.each([
    ['98948476', '1'],
    ['06115829', '1'],
  ])('of the EPO: %s', (digits, check) => expect(epCheckDigit(digits)).toBe(check));
});

describe('readNumber', () => {
  it.each(publications)('reads the publication %s', (text, office, number, kind) => {
    const answer = readNumber(text);
    expect(answer).toMatchObject({ valid: true, office, number, kind, warnings: [] });
    expect(['publication', 'grant']).toContain(answer.type);
    expect(canonicalPublication(office, number).number).toBe(number);
  });

  it.each(applications)('reads the application %s', (text, office, number, epodoc) => {
    const answer = readNumber(text);
    expect(answer).toMatchObject({ valid: true, type: 'application', office, number });
    expect(answer.forms.epodoc ?? '').toBe(epodoc);
  });

  it('refuses a wrong check digit and tells the right one', () => {
    const answer = readNumber('ZL200710308494.1');
    expect(answer.valid).toBe(false);
    expect(answer.warnings).toEqual([expect.objectContaining({ code: 'number.bad_check_digit' })]);
    expect(answer.warnings[0]?.message).toContain('X');
  });

  it('lists several readings and picks none', () => {
    const answer = readNumber('9123456');
    expect(answer).toMatchObject({ valid: false, office: null, number: null, type: 'unknown' });
    expect(answer.candidates.map((c) => c.office)).toEqual(['US', 'EP']);
    expect(answer.warnings[0]?.code).toBe('number.ambiguous');
  });

  it('keeps a Chinese application of 1985 apart from a publication', () => {
    const answer = readNumber('CN85101234');
    expect(answer.valid).toBe(false);
    expect(answer.candidates.map((c) => c.type)).toEqual(['application', 'publication']);
  });

  it.each(['', 'abc123', 'pump', 'ZL2001620406833.2', 'XX123', '😀'])('refuses %s', (text) => {
    const answer = readNumber(text);
    expect(answer.valid).toBe(false);
    expect(answer.warnings).toHaveLength(1);
  });

  it('reads parts', () => {
    const docdb = readNumber({ office: 'EP', number: '680812', kind: 'A1', date: '19951108' });
    expect(docdb).toMatchObject({ valid: true, number: '0680812', date: '1995-11-08' });
    expect(docdb.forms.epodoc).toBe('EP0680812');
    const us = readNumber({ original: '11/183,143', office: 'US', date: '20050714', type: 'priority' });
    expect(us.forms.docdb).toBe('US18314305A');
    const pct = readNumber({ country: 'KR', number: '2009006271', kind: 'W' });
    expect(pct.forms.epodoc).toBe('WO2009KR06271');
  });

  /** Applications in their offices' own writing, with what DOCDB and epodoc make of them. */
  const offices: readonly (readonly [string, string, string, string])[] = [
    ['JP', '特願平10-123456', 'JP12345698A', 'JP19980123456'],
    ['JP', '特願昭63-001234', 'JP123488A', 'JP19880001234'],
    ['JP', '特願2019-123456', 'JP2019123456A', 'JP20190123456'],
    ['JP', '実願2001-000123', 'JP2001000123U', 'JP20010000123U'],
    ['KR', '10-2015-0124192', 'KR20150124192A', 'KR20150124192'],
    ['DE', '10 2006 032 425.0', 'DE102006032425A', 'DE200610032425'],
    ['DE', '20 2007 016 308.9', 'DE202007016308U', 'DE200720016308U'],
    ['FR', '0712345', 'FR0712345A', 'FR20070012345'],
    ['GB', '0712345.6', 'GB0712345A', 'GB20070012345'],
    ['TW', '096112345', 'TW96112345A', 'TW20070112345'],
    ['AU', '2013290010', 'AU2013290010A', 'AU20130290010'],
    ['AT', 'A 967/1994', 'AT96794A', 'AT19940000967'],
    ['CH', '00967/94', 'CH96794A', 'CH19940000967'],
    ['BR', 'PI0502229-4', 'BRPI0502229A', 'BR2005PI02229'],
    ['ES', 'P200700123', 'ES200700123A', 'ES20070000123'],
    ['IT', 'MI2012A001234', 'ITMI20121234A', 'IT2012MI01234'],
    ['IN', '1234/DEL/2007', 'IN1234DE2007A', 'IN2007DE01234'],
    ['RU', '2007112345/09', 'RU2007112345A', 'RU20070112345'],
    ['EA', '200700123', 'EA200700123A', 'EA20070000123'],
    ['MD', 'a 2005 0130', 'MD20050130A', 'MD20050000130'],
  ];
  it.each(offices)('reads the %s application %s', (office, original, docdb, epodoc) => {
    const answer = readNumber({ office, original, type: 'application' });
    expect(answer).toMatchObject({ valid: true, type: 'application', office, warnings: [] });
    expect([answer.forms.docdb, answer.forms.epodoc]).toEqual([docdb, epodoc]);
  });

  it('reads a European and a Chinese number apart by the digit behind the point', () => {
    expect(readNumber('98202403.6')).toMatchObject({ valid: true, office: 'EP', number: '98202403' });
    expect(readNumber('91100026.X')).toMatchObject({ valid: false });
    const both = Array.from({ length: 900 }, (_, i) => `971${String(i).padStart(5, '0')}`).find(
      (digits) => cnCheckDigit(digits) === epCheckDigit(digits),
    );
    const answer = readNumber(`${both}.${epCheckDigit(both ?? '')}`);
    expect(answer.valid).toBe(false);
    expect(answer.candidates.map((candidate) => candidate.office)).toEqual(['EP', 'CN']);
  });

  it('reads a number the same in any case, width, spacing and punctuation', () => {
    const written = [...publications, ...applications].map(([text]) => text);
    const plain = [
      'EP1000000B1',
      'US10123456B2',
      'US2005000001A1',
      'WO2017123335A1',
      'CN101234567A',
      'DE102006032425A1',
    ];
    const wide = (text: string): string =>
      text.replace(/[!-~]/g, (char) => String.fromCharCode(char.charCodeAt(0) + 0xfee0)).replaceAll(' ', '　');
    const reshaped = fc.tuple(fc.constantFrom(...written), fc.array(fc.nat(30), { maxLength: 4 }), fc.nat(3));
    const reading = (text: string): unknown => ({ ...readNumber(text), input: undefined });
    fc.assert(
      fc.property(reshaped, ([text, places, width]) => {
        let changed = text;
        for (const place of places) changed = `${changed.slice(0, place)} ${changed.slice(place)}`;
        if (width === 1) changed = wide(changed);
        if (width === 2) changed = changed.toLowerCase();
        if (width === 3) changed = ` ${changed}; `;
        // The original of some offices is kept as it was written, blanks aside.
        expect(reading(changed)).toEqual(reading(text));
      }),
      { numRuns: 1000 },
    );
    const parts = /^([A-Z]{2})(\d+)([A-Z]\d?)$/;
    fc.assert(
      fc.property(
        fc.constantFrom(...plain),
        fc.constantFrom('', ' ', '-', '.', ', ', ' - '),
        fc.boolean(),
        (text, sign, groups) => {
          const [, office = '', number = '', kind = ''] = parts.exec(text) ?? [];
          const digits = groups ? number.replace(/\B(?=(\d{3})+$)/g, ',') : number;
          expect(reading([office, digits, kind].join(sign)), text).toEqual(reading(text));
        },
      ),
    );
  });

  it('never throws and keeps its shape', () => {
    const piece = fc.oneof(
      fc.constantFrom('CN', 'ZL', 'US', 'EP', 'WO', 'PCT/', 'JP', '特願', '/', '.', '-', ',', 'X', 'A1', '2019', '10'),
      fc.nat(999_999).map(String),
      fc.string({ unit: 'binary', maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 6 }), (parts) => {
        const answer = readNumber(parts.join(''));
        expect(NumberAnswerSchema.safeParse(answer).success).toBe(true);
        expect(answer.valid).toBe(answer.candidates.length === 1 && answer.warnings.length === 0);
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.object(), (input) => NumberAnswerSchema.safeParse(readNumber(input)).success));
  });

  it('a canonical publication stays as it is', () => {
    const office = fc.constantFrom('US', 'EP', 'WO', 'CN', 'JP', 'KR', 'DE', 'AR', 'SE', 'XX');
    fc.assert(
      fc.property(office, fc.stringMatching(/^[A-Z]{0,2}\d{1,13}$/), (cc, number) => {
        const once = canonicalPublication(cc, number);
        expect(canonicalPublication(once.office, once.number)).toEqual(once);
      }),
    );
  });
});
