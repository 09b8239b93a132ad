import type { LegalCase } from './legal-case.js';

/**
 * European patents, and one of the United States as INPADOC tells of it: recorded OPS answers, and records of the MAREC
 * collection with events up to 2007.
 */
export const EP_CASES: readonly LegalCase[] = [
  {
    id: 'EP2400812B1',
    why: 'Granted 2019-11-27 for 37 states; in most never translated, lapsed in BE CH LI FR in June 2020 for fees; fees paid in 2025 in DE FI GB SE; nothing is told of HU after the opposition period.',
    days: [
      ['2010-06-23', null],
      ['2010-06-24', 'pending'],
      ['2019-10-25', 'pending'],
      ['2019-11-26', 'pending'],
      ['2019-11-27', 'in-force', 'BE BG CH DE FI FR GB GR HU IE IS LI LU NO PT SE'],
      ['2020-06-29', 'in-force', 'BE CH DE FI FR GB HU LI SE'],
      ['2020-06-30', 'in-force', 'DE FI GB HU SE'],
      ['2026-11-22', 'in-force', 'DE FI GB SE'],
      ['2029-01-01', 'unknown', ''],
      ['2030-06-24', 'expired', ''],
    ],
    reasons: [
      ['2019-11-27', 'publication'],
      ['2029-01-01', 'age'],
      ['2030-06-24', 'term'],
    ],
    termEnds: '2030-06-24',
  },
  {
    id: 'EP1000000A1',
    why: 'Granted 2003-02-12; GB lapsed 2010-11-08, BE 2010-11-30, NL as the last state 2011-06-01, all for fees.',
    days: [
      ['2003-02-11', 'pending'],
      ['2003-02-12', 'in-force', 'BE CY DE DK ES GB IE LU MC NL PT SE'],
      ['2004-01-01', 'in-force', 'BE GB NL'],
      ['2010-11-29', 'in-force', 'BE NL'],
      ['2011-05-31', 'in-force', 'NL'],
      ['2011-06-01', 'lapsed', ''],
      ['2026-11-22', 'lapsed', ''],
    ],
    reasons: [
      ['2011-06-01', 'states'],
      ['2011-06-01', 'PG25'],
    ],
    termEnds: '2019-11-08',
  },
  {
    id: 'EP1118683B1',
    why: 'DE and GB; a lapse in DE of 2005-01-21 was recorded in March 2006 and deleted in May; an opposition is pending.',
    days: [
      ['2004-10-19', 'pending'],
      ['2005-06-01', 'in-force', 'DE GB'],
      ['2006-12-31', 'in-force', 'DE GB'],
      ['2010-01-01', 'unknown', ''],
    ],
    taken: ['25 2006-03-29'],
  },
  {
    id: 'EP1119005B1',
    why: 'DE, FR, SE; no French translation, so that it never took effect in France.',
    days: [
      ['2003-10-15', 'in-force', 'DE SE'],
      ['2006-01-01', 'in-force', 'DE SE'],
      ['2021-01-18', 'expired', ''],
    ],
    termEnds: '2021-01-18',
  },
  {
    id: 'EP1120196B1',
    why: 'Lapsed in fourteen states on days of 2005-06-01 to 2006-01-31 that the record does not share out; NL from the grant for want of a translation, GB 2006-01-16 for the fee; validated in FR.',
    days: [
      ['2005-07-01', 'in-force', 'CH CY DE ES FR GB IE IT LI TR'],
      ['2006-02-01', 'in-force', 'CY DE ES FR IE IT TR'],
      ['2009-01-01', 'unknown', ''],
    ],
  },
  {
    id: 'EP1120538B1',
    why: 'No translation for FR, GB, IE and NL: void from the grant there; other lapses by 2006-03-27; CH ceased.',
    days: [['2006-05-01', 'in-force', 'AT CH CY DE IT LI TR']],
  },
  {
    id: 'EP1125942B1',
    why: 'Granted 2003-04-09 in French; void in GB, IE, NL and for the extension to LT; BE 2004-02-28, FR December 2004, CH October 2005; others by 2003-10-30.',
    days: [
      ['2003-12-01', 'in-force', 'BE CH FR IT LI LU MC TR'],
      ['2004-03-01', 'in-force', 'CH FR IT LI LU MC TR'],
      ['2005-11-01', 'in-force', 'IT LU MC TR'],
    ],
  },
  {
    id: 'EP1132169B1',
    why: 'Opposed 2005-03-15 (recorded again, corrected); lapses corrected in August 2006 and told once more in 2007; GB ceased 2005-03-06; void in FR and NL.',
    days: [
      ['2005-03-05', 'in-force', 'CY DE ES GB GR IE IT PT'],
      ['2006-10-01', 'in-force', 'CY DE ES GR IT PT'],
    ],
    taken: ['26 2005-05-25'],
  },
  {
    id: 'EP1510162A2',
    why: 'A divisional application, withdrawn with effect of 2006-09-04, published in October.',
    days: [
      ['2000-02-28', 'pending'],
      ['2006-09-03', 'pending'],
      ['2006-09-04', 'withdrawn'],
      ['2026-11-22', 'withdrawn'],
    ],
    reasons: [['2006-09-04', '18W']],
  },
  {
    id: 'EP1510230A1',
    why: 'Examination requested and designation fees paid until November 2005; then the record is silent.',
    days: [
      ['2005-12-01', 'pending'],
      ['2007-11-22', 'pending'],
      ['2007-11-23', 'unknown'],
      ['2020-02-18', 'ended'],
    ],
    reasons: [
      ['2007-11-23', 'age'],
      ['2020-02-18', 'term'],
    ],
  },
  {
    id: 'EP1120864B1',
    why: 'DE, FR, NL; French translation filed, no opposition by 2006-06-15; then silence.',
    days: [
      ['2005-09-13', 'pending'],
      ['2006-08-23', 'in-force', 'DE FR NL'],
      ['2008-08-23', 'unknown', ''],
      ['2021-01-26', 'expired', ''],
    ],
    termEnds: '2021-01-26',
  },
  {
    id: 'EP1130071B1',
    why: 'DE, ES, FR, GB, IT; opposed by two, the record of it corrected in April 2005; an opposition alone ends nothing.',
    days: [
      ['2004-09-22', 'in-force', 'DE ES FR GB IT'],
      ['2005-04-13', 'in-force', 'DE ES FR GB IT'],
    ],
    taken: ['26 2005-03-23'],
  },
  {
    id: 'EP1117214B1',
    why: 'Twelve states lapsed on days from the grant to 2006-05-15; translated for FR; the Swiss register says that it ceased.',
    days: [
      ['2005-12-13', 'pending'],
      ['2006-05-16', 'in-force', 'CH CY DE FR GB IE IT LI NL TR'],
      ['2006-07-01', 'in-force', 'CY DE FR GB IE IT NL TR'],
    ],
  },
  {
    id: 'EP1129692B1',
    why: 'Twenty states; never in force in IE; six of them over by 2005-03-02, BE 2005-03-31, GB 2006-03-02, NL 2006-10-01, FR 2006-11-30 by the French register; DK and CH told by theirs in autumn 2006.',
    days: [
      ['2004-06-01', 'pending'],
      ['2005-03-02', 'in-force', 'AT BE CH CY DE DK FR GB IT LI MC NL PT TR'],
      ['2005-03-31', 'in-force', 'AT CH CY DE DK FR GB IT LI MC NL PT TR'],
      ['2006-03-02', 'in-force', 'AT CH CY DE DK FR IT LI MC NL PT TR'],
      ['2006-10-01', 'in-force', 'AT CH CY DE DK FR IT LI MC PT TR'],
      ['2006-12-01', 'in-force', 'AT CY DE IT MC PT TR'],
      ['2010-01-01', 'unknown', ''],
      ['2021-03-02', 'expired', ''],
    ],
    termEnds: '2021-03-02',
  },
  {
    id: 'EP1124001B1',
    why: 'Never in force in FR, IE and NL for want of translations; DK, GR, PT and SE over by 2005-09-13; CH and LI ceased in September 2006; taken up in ES and GB.',
    days: [
      ['2005-04-12', 'pending'],
      ['2005-09-13', 'in-force', 'AT BE CH CY DE ES FI GB IT LI LU MC TR'],
      ['2006-10-01', 'in-force', 'AT BE CY DE ES FI GB IT LU MC TR'],
      ['2021-01-25', 'expired', ''],
    ],
    termEnds: '2021-01-25',
  },
  {
    id: 'EP1136418B1',
    why: 'Six states after two corrections of the designation; SE lapsed 2006-03-09, NL 2006-10-01; nothing ended in the others before the record falls silent.',
    days: [
      ['2005-07-19', 'pending'],
      ['2006-03-08', 'in-force', 'DE FR GB IT NL SE'],
      ['2006-03-09', 'in-force', 'DE FR GB IT NL'],
      ['2006-10-01', 'in-force', 'DE FR GB IT'],
      ['2009-01-01', 'unknown', ''],
      ['2021-03-08', 'expired', ''],
    ],
    termEnds: '2021-03-08',
  },
  {
    id: 'EP1128152B1',
    why: 'Never in force in IE; PT over by 2006-10-17; no opposition.',
    days: [
      ['2006-05-16', 'pending'],
      ['2006-10-17', 'in-force', 'AT BE CH CY DE DK ES FI FR GB GR IT LI LU MC NL SE TR'],
      ['2021-02-10', 'expired', ''],
    ],
    termEnds: '2021-02-10',
  },
  {
    id: 'EP1129932B1',
    why: 'Eight states over by 2006-02-14, GB on that day; CH and LI told in October 2006, FR 2006-10-31; for IE the day of its own register, 2006-11-15, counts.',
    days: [
      ['2005-05-17', 'pending'],
      ['2006-03-01', 'in-force', 'CH CY DE ES FR IE IT LI LU MC NL TR'],
      ['2006-12-01', 'in-force', 'CY DE ES IT LU MC NL TR'],
    ],
  },
  {
    id: 'US10465445B2',
    why: 'Granted 2019-11-05 and attacked in three reviews, which end nothing by being asked for; a security interest moves nothing; whether the first fee was paid by 2023-11-05 the record of 2020 cannot tell.',
    days: [
      ['2019-11-04', 'pending'],
      ['2019-11-05', 'in-force'],
      ['2020-11-22', 'in-force'],
      ['2023-11-04', 'in-force'],
      ['2023-11-05', 'unknown'],
    ],
    reasons: [['2023-11-05', 'fees']],
  },
];
