import type { Party } from '@quanlian/contract';
import {
  abstract,
  bare,
  claim1,
  drawings,
  type Id,
  ipcOf,
  isoDay,
  lang,
  type Mapping,
  mapping,
  noZeros,
  priorities,
  publication,
  sorted,
  symbolsOf,
  usSerial,
  words,
} from './formats-mapping.js';

const applicationUs = mapping<Id>('application', 'application', 'letters and digits', (e, d) => [
  [e.country, bare(e['doc-number']), isoDay(e.date)],
  [d.application?.office, d.application?.number, d.application?.date],
]);

const title = mapping<string>('title', 'titles[lang]', 'letters and digits', (e, d) => [
  words(e),
  words(d.titles?.[d.lang ?? '']),
]);

interface UsParty {
  readonly orgname: string | null;
  readonly last: string | null;
  readonly first: string | null;
  readonly city: string | null;
  readonly state: string | null;
  readonly country: string | null;
}

/** Middle names are no part of the expected name. */
const nameFits = (p: UsParty, name: string): boolean =>
  p.first || p.last
    ? words(name).startsWith(words(p.first)) && words(name).endsWith(words(p.last))
    : words(name) === words(p.orgname);

const usParties = (key: 'inventors' | 'applicants' | 'assignees' | 'agents'): Mapping =>
  mapping<UsParty[]>(key, key, 'first and last name (letters), city, state, country; in order', (e, d) => {
    const own = d[key] ?? [];
    const place = (p: UsParty) => [
      p.city ?? undefined,
      p.state ?? undefined,
      /^[A-Z]{2}$/.test(p.country ?? '') ? p.country : undefined,
    ];
    return [
      e.map((p) => [true, ...place(p)]),
      own.map((p: Party, index) => [
        e[index] !== undefined && nameFits(e[index], p.name),
        p.city,
        p.region ?? undefined,
        p.country,
      ]),
    ];
  });

const cpc = mapping<{ inventive: string[]; additional: string[] }>(
  'cpc',
  'classifications (CPC, value I or A)',
  'sets of symbols',
  (e, d) => {
    const of = (value: string) =>
      sorted(
        (d.classifications ?? []).filter((c) => c.scheme === 'CPC' && c.value === value).map((c) => bare(c.symbol)),
      );
    return [
      [sorted(e.inventive.map(bare)), sorted(e.additional.map(bare))],
      [of('I'), of('A')],
    ];
  },
);

const cpcFirst = mapping<string>('cpcFirst', 'classifications (CPC, position F)', 'letters and digits', (e, d) => [
  bare(e),
  bare(d.classifications?.find((c) => c.scheme === 'CPC' && c.position === 'F')?.symbol),
]);

/** Applications write `002227000`: three places of class, three of subclass, three of decimals. */
const uspcKey = (text: string): string => {
  const digits = /^(\d{3})(\d{3})(\d{3})$/.exec(text);
  return digits ? `${Number(digits[1])}${Number(digits[2])}${digits[3]?.replace(/0+$/, '')}` : noZeros(bare(text));
};

const uspc = mapping<string[]>(
  'uspc',
  'classifications (USPC)',
  'letters and digits, zeros of padding aside',
  (e, d) => [sorted(e.map(uspcKey)), sorted(symbolsOf(d, 'USPC'))],
);

interface UsCitations {
  readonly total: number;
  readonly patent: number;
  readonly npl: number;
  readonly byExaminer: number;
  readonly byApplicant: number;
  readonly first: { type: string; country?: string; number?: string; kind?: string; date?: string }[];
  readonly last: { type: string; text?: string }[];
}

const usCitations = mapping<UsCitations>(
  'citations',
  'citations',
  'counts by type and phase (whoever is not the examiner counts as applicant); first and last',
  (e, d) => {
    const all = d.citations ?? [];
    const first = e.first
      .filter((c) => c.type === 'patent')
      .map((c) => `${c.country}${noZeros(usSerial(bare(c.number)))}${bare(c.kind)}`);
    const own = all.slice(0, e.first.length).flatMap((c) => (c.id ? [c.id] : []));
    const last = e.last.filter((c) => c.type === 'npl').map((c) => words(c.text?.slice(0, 100)));
    const lastOwn = all.slice(all.length - e.last.length).map((c, i) => words(c.npl).slice(0, last[i]?.length ?? 0));
    return [
      [e.total, e.patent, e.npl, e.byExaminer, e.byApplicant, first, last],
      [
        all.length,
        all.filter((c) => c.id).length,
        all.filter((c) => c.npl).length,
        all.filter((c) => c.phase === 'examiner').length,
        all.filter((c) => c.phase !== 'examiner').length,
        own,
        last.length > 0 ? lastOwn : [],
      ],
    ];
  },
);

const usClaims = mapping<{ count: number; independent?: number }>(
  'claims',
  'claims',
  'count; independent ones have no dependsOn',
  (e, d) => {
    const claims = d.claims ?? [];
    return [
      [e.count, e.independent ?? 0],
      [claims.length, claims.filter((c) => c.dependsOn.length === 0).length],
    ];
  },
);

const claimsField = mapping<number>('numberOfClaimsField', 'extra.numberOfClaims', 'equal', (e, d) => [
  e,
  d.extra?.['numberOfClaims'],
]);

const usDescription = mapping<{ paragraphs: number; headings: string[] }>(
  'description',
  'description',
  'number of paragraphs; the first headings (at most twelve are given)',
  (e, d) => [
    [e.paragraphs, e.headings.map(words)],
    [
      (d.description ?? []).filter((p) => p.text !== undefined).length,
      (d.description ?? []).flatMap((p) => (p.heading ? [words(p.heading)] : [])).slice(0, e.headings.length),
    ],
  ],
);

const figuresField = mapping<string>('figuresField', 'extra.numberOfFigures', 'equal', (e, d) => [
  Number(e),
  d.extra?.['numberOfFigures'],
]);

const relatedUs = mapping<string[]>('related', 'related[].relation', 'sorted', (e, d) => [
  [...e].sort(),
  (d.related ?? []).map((r) => r.relation).sort(),
]);

const term = mapping<string>('termExtensionDays', 'termAdjustmentDays', 'equal', (e, d) => [
  Number(e),
  d.termAdjustmentDays,
]);

const examiner = mapping<string>('examiner', 'examiners (primary)', 'letters', (e, d) => [
  words(e),
  words(d.examiners?.find((x) => x.role === 'primary')?.name),
]);

export const artUnit = mapping<string>('artUnit', 'extra.artUnit', 'equal', (e, d) => [e, d.extra?.['artUnit']]);

export const series = mapping<string>('seriesCode', 'extra.seriesCode', 'equal', (e, d) => [
  e,
  d.extra?.['seriesCode'],
]);

const applicationType = mapping<string>('applicationType', 'type', 'utility is invention', (e, d) => [
  e === 'utility' ? 'invention' : e,
  d.type,
]);

export const US: readonly Mapping[] = [
  publication,
  lang,
  applicationUs,
  applicationType,
  series,
  title,
  priorities,
  usParties('inventors'),
  usParties('applicants'),
  usParties('assignees'),
  usParties('agents'),
  examiner,
  artUnit,
  cpc,
  cpcFirst,
  ipcOf('ipcr'),
  ipcOf('ipc'),
  uspc,
  usCitations,
  usClaims,
  claim1,
  claimsField,
  abstract,
  usDescription,
  figuresField,
  drawings,
  relatedUs,
  term,
];
