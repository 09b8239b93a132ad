import type { LegalStatus } from '@quanlian/contract';

/**
 * What a person who read the recorded events expects of a case: by day the status, for a European patent the states
 * in which it is in force, and what must be among the reasons. Worked out by hand from the records, not from answers
 * of the program.
 */
export interface LegalCase {
  readonly id: string;
  /** What the records tell, in short. */
  readonly why: string;
  readonly days: readonly (readonly [day: string, status: LegalStatus | null, states?: string])[];
  /** On a day: the code of an event, or the kind of a reason, that the answer must give for the status. */
  readonly reasons?: readonly (readonly [day: string, codeOrKind: string])[];
  /** Events that a correction took back, as `code date`. */
  readonly taken?: readonly string[];
  readonly termEnds?: string | null;
}

/** European patents, and one of the United States as INPADOC tells of it: recorded OPS answers, and records of the MAREC collection with events up to 2007. */
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

/** File histories of the United States, by application number. */
export const US_CASES: readonly LegalCase[] = [
  {
    id: '08910294',
    why: 'Continuation of an application of 1995-12-11; granted 1999-05-18; expired after twelve years, recorded 2011-06-13.',
    days: [
      ['1999-05-17', 'pending'],
      ['2011-05-17', 'in-force'],
      ['2011-05-18', 'lapsed'],
    ],
    reasons: [['2011-05-18', 'EXP.']],
    termEnds: '2015-12-11',
  },
  {
    id: '09320950',
    why: 'Abandoned 2000-11-06, revived 2001-02-07; abandoned 2003-08-05, which was rescinded in 2004; granted 2011-11-22; eighth-year fee paid, expired after the twelfth.',
    days: [
      ['2000-11-05', 'pending'],
      ['2000-12-01', 'withdrawn'],
      ['2001-02-07', 'pending'],
      ['2003-12-01', 'pending'],
      ['2011-11-22', 'in-force'],
      ['2023-11-21', 'in-force'],
      ['2023-11-22', 'lapsed'],
    ],
    reasons: [
      ['2000-12-01', 'ABN2'],
      ['2001-02-07', 'MPREV'],
      ['2023-11-22', 'EXP.'],
    ],
    taken: ['ABN2 2003-08-05', 'MABN2 2003-08-05'],
  },
  {
    id: '09490505',
    why: 'Only a provisional before it; term from its own filing of 2000-01-25; expired for the fee of the twelfth year.',
    days: [
      ['2014-10-07', 'in-force'],
      ['2014-10-08', 'lapsed'],
    ],
    termEnds: '2020-01-25',
  },
  {
    id: '09617206',
    why: 'Expired after four years on 2007-06-03; late payment accepted 2008-03-25; expired again after twelve years. Part continuation of 1997-11-17, 93 days of adjustment.',
    days: [
      ['2007-06-02', 'in-force'],
      ['2007-12-01', 'lapsed'],
      ['2008-03-25', 'in-force'],
      ['2015-06-03', 'lapsed'],
      ['2026-11-22', 'lapsed'],
    ],
    reasons: [['2008-03-25', 'PMFG']],
    termEnds: '2018-02-18',
  },
  {
    id: '10317733',
    why: 'Granted 2006-08-22, all fees paid, the last in February 2018; ends by its term of 20 years and 158 days.',
    days: [
      ['2006-08-21', 'pending'],
      ['2023-05-18', 'in-force'],
      ['2023-05-19', 'expired'],
    ],
    reasons: [['2023-05-19', 'term']],
    termEnds: '2023-05-19',
  },
  {
    id: '10353688',
    why: 'Expired 2013-12-29, late fee accepted 2014-05-29, twelfth-year fee paid 2021; 912 days of adjustment to 2003-01-29.',
    days: [
      ['2014-01-15', 'lapsed'],
      ['2014-05-29', 'in-force'],
      ['2025-07-28', 'in-force'],
      ['2025-07-29', 'expired'],
    ],
    termEnds: '2025-07-29',
  },
  {
    id: '10829833',
    why: 'Twelfth-year fee paid with surcharge within the grace period, so that only the term ended it.',
    days: [
      ['2023-09-01', 'in-force'],
      ['2024-04-21', 'in-force'],
      ['2024-04-22', 'expired'],
    ],
    termEnds: '2024-04-22',
  },
  {
    id: '11581056',
    why: 'Eighth-year fee paid and made up; twelfth not: expired 2024-03-27, recorded in April.',
    days: [
      ['2024-03-26', 'in-force'],
      ['2024-03-27', 'lapsed'],
    ],
    termEnds: '2030-01-08',
  },
  {
    id: '12721698',
    why: 'Expired 2017-06-04, restored by late fee 2018-09-20, eighth-year fee paid 2020; whether the twelfth was paid until 2025-06-04 the history of May 2024 cannot tell.',
    days: [
      ['2018-01-01', 'lapsed'],
      ['2018-09-20', 'in-force'],
      ['2025-06-03', 'in-force'],
      ['2025-06-04', 'unknown'],
      ['2030-07-08', 'expired'],
    ],
    reasons: [['2025-06-04', 'fees']],
    termEnds: '2030-07-08',
  },
  {
    id: '13707211',
    why: 'Abandoned for want of an oath 2014-01-09, revived 2014-03-07, granted 2014-04-22, two fees paid.',
    days: [
      ['2014-02-01', 'withdrawn'],
      ['2014-03-07', 'pending'],
      ['2014-04-22', 'in-force'],
      ['2026-04-21', 'in-force'],
      ['2026-04-22', 'unknown'],
    ],
    reasons: [['2014-02-01', 'ABN7']],
    termEnds: '2031-11-30',
  },
  {
    id: '13774004',
    why: 'An abandonment of June 2016 was rescinded; abandoned for good after the appeal 2017-12-08.',
    days: [
      ['2016-07-01', 'pending'],
      ['2017-12-07', 'pending'],
      ['2017-12-08', 'withdrawn'],
      ['2026-11-22', 'withdrawn'],
    ],
    reasons: [['2017-12-08', 'ABN10']],
    taken: ['ABN2 2016-06-13', 'MABN2 2016-06-16'],
  },
  {
    id: '14591909',
    why: 'Abandoned 2019, rescinded 2022, granted 2023-05-16; no fee can fail before 2027-05-16, 20 years from 2015-01-07.',
    days: [
      ['2020-01-01', 'pending'],
      ['2023-05-16', 'in-force'],
      ['2026-11-22', 'in-force'],
      ['2027-05-16', 'unknown'],
      ['2035-01-07', 'expired'],
    ],
    taken: ['ABN2 2019-07-22', 'MABN2 2019-07-25'],
    termEnds: '2035-01-07',
  },
  {
    id: '13628086',
    why: 'Issue fee not paid: abandoned 2016-01-26.',
    days: [
      ['2016-01-25', 'pending'],
      ['2016-01-26', 'withdrawn'],
    ],
    reasons: [['2016-01-26', 'ABN6']],
  },
  {
    id: '11424791',
    why: 'A continuation, abandoned 2009-10-26 for want of an answer.',
    days: [
      ['2009-10-25', 'pending'],
      ['2009-10-26', 'withdrawn'],
    ],
    reasons: [['2009-10-26', 'ABN2']],
  },
  {
    id: '13621774',
    why: 'Reminded in November 2018, never paid: expired four years after the grant of 2015-03-17.',
    days: [
      ['2019-03-16', 'in-force'],
      ['2019-03-17', 'lapsed'],
    ],
    termEnds: '2033-01-09',
  },
  {
    id: '06493428',
    why: 'A reissue of 1985; the history does not date the patent it stands for, so that its term is not known.',
    days: [
      ['1985-07-29', 'pending'],
      ['1985-07-30', 'in-force'],
      ['2026-11-22', 'unknown'],
    ],
    termEnds: null,
  },
  {
    id: '13764942',
    why: 'Three requests for continued examination close an application each time in name only; a terminal disclaimer was filed; first fee paid 2022; 520 days of adjustment to 2033-02-12.',
    days: [
      ['2015-12-10', 'pending'],
      ['2018-08-26', 'pending'],
      ['2019-01-14', 'pending'],
      ['2019-01-15', 'in-force'],
      ['2027-01-14', 'in-force'],
      ['2027-01-15', 'unknown'],
      ['2034-07-17', 'expired'],
    ],
    termEnds: '2034-07-17',
  },
  {
    id: '11149668',
    why: 'Eighth-year fee paid 2018, the twelfth not: expired 2022-08-10, recorded in September; its term would have ended 2025-06-10.',
    days: [
      ['2010-08-09', 'pending'],
      ['2022-08-09', 'in-force'],
      ['2022-08-10', 'lapsed'],
      ['2026-11-22', 'lapsed'],
    ],
    reasons: [['2022-08-10', 'EXP.']],
    termEnds: '2025-06-10',
  },
  {
    id: '10590044',
    why: 'Entered from an international application of 2004-02-20, which begins its term (1407 days more); no fee was ever paid: expired four years after the grant.',
    days: [
      ['2013-08-05', 'pending'],
      ['2013-08-06', 'in-force'],
      ['2017-08-05', 'in-force'],
      ['2017-08-06', 'lapsed'],
    ],
    reasons: [['2017-08-06', 'EXP.']],
    termEnds: '2027-12-28',
  },
  {
    id: '10927091',
    why: 'Expired 2023-04-05 for the fee of the twelfth year; 1110 days of adjustment to 2024-08-27.',
    days: [
      ['2023-04-04', 'in-force'],
      ['2023-04-05', 'lapsed'],
    ],
    termEnds: '2027-09-11',
  },
  {
    id: '11091767',
    why: 'Eleven years from filing to grant with three requests for continued examination; expired four years after the grant of 2016-03-08.',
    days: [
      ['2012-07-20', 'pending'],
      ['2016-03-08', 'in-force'],
      ['2020-03-07', 'in-force'],
      ['2020-03-08', 'lapsed'],
    ],
    termEnds: '2028-09-10',
  },
  {
    id: '10833784',
    why: 'All fees paid, the last in May 2020; ends by its term of 20 years and 602 days.',
    days: [
      ['2008-12-29', 'pending'],
      ['2025-12-20', 'in-force'],
      ['2025-12-21', 'expired'],
    ],
    reasons: [['2025-12-21', 'term']],
    termEnds: '2025-12-21',
  },
  {
    id: '11105181',
    why: 'All fees paid, the last in June 2021; in force until its term of 20 years and 765 days is over.',
    days: [
      ['2026-11-22', 'in-force'],
      ['2027-05-17', 'in-force'],
      ['2027-05-18', 'expired'],
    ],
    termEnds: '2027-05-18',
  },
  {
    id: '11102886',
    why: 'A reissue of 2012 that is a continuing one of a reissue application of 2000-10-06, so that its term runs from there.',
    days: [
      ['2007-08-14', 'pending'],
      ['2012-01-23', 'pending'],
      ['2012-01-24', 'in-force'],
      ['2020-10-06', 'expired'],
    ],
    termEnds: '2020-10-06',
  },
];
