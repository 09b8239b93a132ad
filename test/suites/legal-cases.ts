import type { LegalEvent, LegalStatus } from '@quanlian/contract';
import type { LegalSource } from '@quanlian/server';

/** What a reader of the events expects: by day the status, what a reason must name, and the end of the term. */
export interface WorkedCase {
  readonly why: string;
  readonly days: readonly (readonly [day: string, status: LegalStatus | null])[];
  readonly reasons?: readonly (readonly [day: string, codeOrKind: string])[];
  readonly term?: readonly [ends: string, certainty: string];
}

/**
 * Publications of the demo city (seed 1, 1 000 documents), worked out by hand from their events. A lapse for an annual
 * fee counts from the anniversary of the filing whose grace period of six months was over when the gazette told of it.
 */
export const DEMO_CASES: readonly (WorkedCase & { readonly id: string })[] = [
  {
    id: 'CN192491836B',
    why: 'granted 2007-11-30; lapse told 2016-09-25, so the fee due 2016-02-24 was missing; restored 2017-01-25; nothing later is told',
    days: [
      ['2006-02-23', null],
      ['2006-02-24', 'pending'],
      ['2007-11-29', 'pending'],
      ['2007-11-30', 'in-force'],
      ['2016-02-23', 'in-force'],
      ['2016-02-24', 'lapsed'],
      ['2017-01-24', 'lapsed'],
      ['2017-01-25', 'in-force'],
      ['2019-01-25', 'unknown'],
      ['2026-02-24', 'expired'],
    ],
    reasons: [
      ['2016-02-24', 'CF01'],
      ['2017-01-25', 'RR01'],
      ['2019-01-25', 'age'],
      ['2026-02-24', 'term'],
    ],
    term: ['2026-02-24', 'verified'],
  },
  {
    id: 'CN195117346B',
    why: 'lapse told 2015-03-03: the fee due 2014-08-02; restored 2015-07-03',
    days: [
      ['2014-08-01', 'in-force'],
      ['2014-08-02', 'lapsed'],
      ['2015-07-03', 'in-force'],
      ['2031-08-02', 'expired'],
    ],
  },
  {
    id: 'CN294760205U',
    why: 'utility model, invalidated in part 2016-08-17 and living on; its ten years end 2022-05-11, which the gazette tells the day after; pledge and its end move nothing',
    days: [
      ['2012-10-09', 'in-force'],
      ['2016-08-17', 'in-force'],
      ['2022-05-11', 'in-force'],
      ['2022-05-12', 'expired'],
      ['2023-02-09', 'expired'],
    ],
    reasons: [['2022-05-12', 'CX01']],
    term: ['2022-05-11', 'verified'],
  },
  {
    id: 'CN196660205B',
    why: 'invalidated in part after the day on which its lapse (told 2025-12-14, due 2025-05-15) counts; restored 2026-05-15',
    days: [
      ['2025-05-14', 'in-force'],
      ['2025-05-15', 'lapsed'],
      ['2025-08-16', 'lapsed'],
      ['2026-05-15', 'in-force'],
    ],
    term: ['2036-05-15', 'verified'],
  },
  {
    id: 'CN192006122B',
    why: 'kept for its whole term',
    days: [
      ['2024-08-16', 'in-force'],
      ['2024-08-17', 'expired'],
    ],
  },
  {
    id: 'CN192927551A',
    why: 'refused after its publication',
    days: [
      ['2008-08-30', 'pending'],
      ['2008-08-31', 'refused'],
      ['2026-01-01', 'refused'],
    ],
    reasons: [['2008-08-31', 'RJ01']],
  },
  {
    id: 'CN193631632A',
    why: 'deemed withdrawn after its publication',
    days: [
      ['2011-07-22', 'pending'],
      ['2011-07-23', 'withdrawn'],
    ],
  },
  {
    id: 'CN194591836B',
    why: 'transferred, then lapsed for the first fee after its grant (told 2014-06-26, due 2013-11-25)',
    days: [
      ['2013-06-07', 'in-force'],
      ['2013-09-19', 'in-force'],
      ['2013-11-24', 'in-force'],
      ['2013-11-25', 'lapsed'],
    ],
  },
  {
    id: 'CN391377551S',
    why: 'a design that lapsed in its second year (told 2004-08-20, due 2004-01-20)',
    days: [
      ['2003-09-11', 'pending'],
      ['2003-09-12', 'in-force'],
      ['2004-01-20', 'lapsed'],
    ],
  },
];

const told =
  (office: string) =>
  (code: string, date: string, text?: string): LegalEvent => ({
    office,
    code,
    date,
    ...(text === undefined ? {} : { text }),
    st27: null,
  });
const cn = told('CN');
const kr = told('KR');

interface Right {
  readonly office: string;
  readonly number: string;
  readonly kind: string;
  readonly filed: string;
  readonly date: string;
  readonly type?: string;
  readonly events: LegalEvent[];
}

const right = ({ office, number, kind, filed, date, type = 'invention', events }: Right): LegalSource => ({
  id: `${office}${number}${kind}`,
  office,
  number,
  kind,
  date,
  type,
  application: { office, number: `9${number}`, date: filed },
  events,
  sources: [{ format: 'x', file: 'x', offset: 0, sha256: number, sourceDate: '2026-10-01' }],
});

const chinese = (events: LegalEvent[], over: Partial<Right> = {}): LegalSource =>
  right({ office: 'CN', number: '106000001', kind: 'B', filed: '2016-03-10', date: '2021-07-06', events, ...over });
const GRANTED = [cn('PB01', '2016-09-07'), cn('SE01', '2016-10-05'), cn('GR01', '2021-07-06')];

const korean = (events: LegalEvent[], over: Partial<Right> = {}): LegalSource =>
  right({ office: 'KR', number: '101200001', kind: 'B1', filed: '2010-03-05', date: '2013-08-16', events, ...over });
const REGISTERED = [kr('G160', '2011-09-14'), kr('E701', '2013-05-02'), kr('REGI', '2013-08-09')];

/** Rights made up for the rules that the demo city seldom meets. */
export const MADE_CASES: readonly (WorkedCase & { readonly documents: readonly LegalSource[] })[] = [
  {
    why: 'CN: 118 days of compensation told, so the term ends 2036-07-06',
    documents: [chinese([...GRANTED, cn('TG01', '2022-02-01', '专利权期限的补偿 补偿期限：118天')])],
    days: [
      ['2036-03-10', 'unknown'],
      ['2036-07-05', 'unknown'],
      ['2036-07-06', 'expired'],
    ],
    term: ['2036-07-06', 'low'],
  },
  {
    why: 'CN: compensated, but nothing tells for how long: the end is not known',
    documents: [chinese([...GRANTED, cn('TG01', '2022-02-01')])],
    days: [
      ['2022-02-01', 'in-force'],
      ['2036-03-10', 'unknown'],
      ['2040-01-01', 'unknown'],
    ],
    term: ['2036-03-10', 'verified'],
  },
  {
    why: 'CN: invalidated in part, then in full, which reaches back over a lapse',
    documents: [chinese([...GRANTED, cn('IP01', '2023-01-10'), cn('CF01', '2024-10-10'), cn('IW01', '2025-02-02')])],
    days: [
      ['2023-01-10', 'in-force'],
      ['2024-03-09', 'in-force'],
      ['2024-03-10', 'lapsed'],
      ['2025-02-02', 'revoked'],
    ],
    reasons: [['2025-02-02', 'IW01']],
  },
  {
    why: 'CN: the utility model of a twin is given up on the day the invention is granted',
    documents: [
      chinese([cn('GR01', '2016-08-10'), cn('AR01', '2021-07-06')], {
        number: '206000001',
        kind: 'U',
        date: '2016-08-10',
        type: 'utility-model',
      }),
    ],
    days: [
      ['2016-08-10', 'in-force'],
      ['2021-07-05', 'in-force'],
      ['2021-07-06', 'lapsed'],
    ],
    reasons: [['2021-07-06', 'AR01']],
    term: ['2026-03-10', 'verified'],
  },
  {
    why: 'CN: deemed withdrawn, then the application restored and granted',
    documents: [
      chinese([cn('PB01', '2016-09-07'), cn('WD01', '2019-05-01'), cn('REIN', '2019-11-01'), cn('GR01', '2021-07-06')]),
    ],
    days: [
      ['2019-05-01', 'withdrawn'],
      ['2019-11-01', 'pending'],
      ['2021-07-06', 'in-force'],
    ],
  },
  {
    why: 'KR: registered before its gazette, lapsed for an annual fee, restored, then its term over',
    documents: [korean([...REGISTERED, kr('LAPS', '2019-02-10'), kr('R401', '2019-05-20'), kr('EXPY', '2030-03-06')])],
    days: [
      ['2013-08-08', 'pending'],
      ['2013-08-09', 'in-force'],
      ['2019-02-10', 'lapsed'],
      ['2019-05-20', 'in-force'],
      ['2030-03-06', 'expired'],
    ],
    reasons: [
      ['2013-08-09', 'REGI'],
      ['2019-02-10', 'LAPS'],
      ['2019-05-20', 'R401'],
    ],
    term: ['2030-03-05', 'medium'],
  },
  {
    why: 'KR: invalidated after registration',
    documents: [korean([...REGISTERED, kr('J204', '2015-01-05'), kr('EXTG', '2016-03-03')])],
    days: [
      ['2015-01-05', 'in-force'],
      ['2016-03-03', 'revoked'],
    ],
  },
  {
    why: 'KR: refused after notices of reasons',
    documents: [
      korean([kr('G15R', '2011-09-14'), kr('E902', '2012-03-01'), kr('E601', '2012-10-01')], {
        number: '1020110100001',
        kind: 'A',
        date: '2011-09-14',
      }),
    ],
    days: [
      ['2012-09-30', 'pending'],
      ['2012-10-01', 'refused'],
    ],
  },
  {
    why: 'KR: a full code of ST.27 says more than the national one',
    documents: [
      korean([
        { office: 'KR', code: 'PR1001', date: '2013-08-09', st27: 'A-2-4-F10-F11-exm-PR1001' },
        { office: 'KR', code: 'PC1903', date: '2020-08-10', st27: 'N-4-6-H10-H13-oth-PC1903' },
      ]),
    ],
    days: [
      ['2013-08-09', 'in-force'],
      ['2020-08-10', 'lapsed'],
    ],
  },
];
