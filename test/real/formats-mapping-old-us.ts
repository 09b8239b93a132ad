import type { PatentDocument } from '@quanlian/contract';
import {
  bare,
  claim1,
  type Id,
  isoDay,
  type Mapping,
  mapping,
  noZeros,
  priorities,
  sorted,
  symbolsOf,
  usSerial,
  words,
} from './formats-mapping.js';
import { artUnit, series } from './formats-mapping-us.js';

interface OldParty {
  readonly name?: string;
  readonly last?: string | null;
  readonly first?: string | null;
  readonly org?: string | null;
  readonly city?: string | null;
  readonly state?: string | null;
  readonly country?: string | null;
}

const publication = mapping<Id>('publication', 'office, number, kind, date', 'zeros of padding aside', (e, d) => [
  [e.country, paddingAside(usSerial(bare(e.number))), e.kind, isoDay(e.date)],
  [d.office, paddingAside(d.number), d.kind, d.date],
]);

const paddingAside = (number: string): string => noZeros(number).replace(/^([A-Z]+)0+(?=\d)/, '$1');

const application = mapping<{ number: string; series?: string; date: string }>(
  'application',
  'application',
  'number with its series, and date',
  (e, d) => [
    [true, isoDay(e.date)],
    [(d.application?.number ?? '').endsWith(bare(e.number)), d.application?.date],
  ],
);

const title = mapping<string>('title', 'titles.en', 'letters and digits', (e, d) => [
  words(e),
  words(d.titles?.['en']),
]);

const parties = (key: 'inventors' | 'assignees' | 'agents'): Mapping =>
  mapping<OldParty[]>(key, key, 'letters of the name, city and country', (e, d) => [
    e.map((p) => [
      letters(p.org ?? p.name ?? `${p.first ?? ''}${p.last ?? ''}`),
      p.city ?? undefined,
      p.country ?? undefined,
    ]),
    (d[key] ?? []).map((p) => [letters(p.name), p.city, p.country]),
  ]);

/** Names are compared by their letters: one source writes the surname first. */
const letters = (name: string): string => [...words(name)].sort().join('');

const ipc = mapping<{ main?: string; further?: string[]; list?: string[]; edition: string }>(
  'ipc',
  'classifications (IPC, Locarno for designs)',
  'letters and digits; edition',
  (e, d) => {
    const own = [...symbolsOf(d, 'IPC'), ...symbolsOf(d, 'LOCARNO')];
    const named = [e.main ?? '', ...(e.further ?? []), ...(e.list ?? [])].filter((text) => text !== '');
    const editions = new Set((d.classifications ?? []).filter((c) => c.scheme !== 'USPC').map((c) => c.version));
    return [
      [[], e.edition],
      [named.map(bare).filter((symbol) => !own.includes(symbol)), [...editions].join()],
    ];
  },
);

const uspc = mapping<{ main: string; further: string[] }>(
  'uspc',
  'classifications (USPC)',
  'letters and digits',
  (e, d) => [sorted([e.main, ...e.further].map(bare)), symbolsOf(d, 'USPC')],
);

const examiner = mapping<string>('examiner', 'examiners (primary)', 'letters', (e, d) => [
  letters(e),
  letters(d.examiners?.find((x) => x.role === 'primary')?.name ?? ''),
]);

interface OldCitations {
  readonly patent?: number;
  readonly us?: number;
  readonly foreign?: number;
  readonly npl?: number;
  readonly other?: number;
  readonly byExaminer?: number;
  readonly first: { number: string; date: string; kind?: string | null; country?: string | null }[];
}

const citations = mapping<OldCitations>('citations', 'citations', 'counts, and the first ones', (e, d) => {
  const all = d.citations ?? [];
  const patents = all.filter((c) => c.npl === undefined);
  const first = e.first.map((c) => [
    `${c.country ?? 'US'}${bare(c.number)}${c.kind ?? ''}`,
    isoDay(c.date)?.replace('-00', ''),
  ]);
  return [
    [e.patent ?? (e.us ?? 0) + (e.foreign ?? 0), e.npl ?? e.other, e.byExaminer ?? byExaminer(d), first],
    [
      patents.length,
      all.length - patents.length,
      byExaminer(d),
      patents.slice(0, e.first.length).map((c) => [c.id, c.date]),
    ],
  ];
});

const byExaminer = (d: PatentDocument): number =>
  (d.citations ?? []).filter((c) => c.phase === 'examiner' && c.npl === undefined).length;

const claims = mapping<{ count: number; dependent?: number; numbers?: string[] }>(
  'claims',
  'claims',
  'count; dependent ones; numbers',
  (e, d) => {
    const own = d.claims ?? [];
    return [
      [
        e.count,
        e.dependent ?? own.filter((c) => c.dependsOn.length > 0).length,
        e.numbers ?? own.map((c) => String(c.number)),
      ],
      [own.length, own.filter((c) => c.dependsOn.length > 0).length, own.map((c) => String(c.number))],
    ];
  },
);

const abstract = mapping<{ starts: string }>(
  'abstract',
  'abstracts.en',
  'letters and digits of the beginning',
  (e, d) => [words(e.starts), words(d.abstracts?.['en']).slice(0, words(e.starts).length)],
);

const extraNumber = (key: string, field: string): Mapping =>
  mapping<string>(key, `extra.${field}`, 'equal', (e, d) => [String(Number(e)), String(d.extra?.[field])]);

const termDays = mapping<string>('termExtensionDays', 'termAdjustmentDays', 'equal', (e, d) => [
  Number(e),
  d.termAdjustmentDays,
]);

const applicationType = mapping<string>('applicationType', 'extra.applicationType', 'equal', (e, d) => [
  e,
  d.extra?.['applicationType'],
]);

const exemplary = mapping<string>('exemplaryClaims', 'extra.exemplaryClaims', 'equal', (e, d) => [
  e,
  ((d.extra?.['exemplaryClaims'] ?? []) as string[]).join(','),
]);

const search = mapping<[string, string][]>('fieldOfSearch', 'fieldOfSearch', 'letters and digits', (e, d) => [
  e.flatMap(([main, subs]) => subs.split(';').map((sub) => bare(`${main}${sub}`))),
  (d.fieldOfSearch ?? []).map((c) => bare(c.symbol)),
]);

/** US grants before 2005: Greenbook and ST.32. */
export const OLD_US: readonly Mapping[] = [
  publication,
  application,
  title,
  priorities,
  parties('inventors'),
  parties('assignees'),
  parties('agents'),
  ipc,
  uspc,
  examiner,
  artUnit,
  series,
  citations,
  extraNumber('numberOfClaimsField', 'numberOfClaims'),
  claims,
  claim1,
  abstract,
  termDays,
  applicationType,
  exemplary,
  search,
  extraNumber('termYears', 'termYears'),
  extraNumber('drawingSheets', 'drawingSheets'),
  extraNumber('figures', 'numberOfFigures'),
];

const woTitle = (lang: string): Mapping =>
  mapping<string>(`title_${lang}`, `titles.${lang}`, 'letters and digits', (e, d) => [
    words(e),
    words(d.titles?.[lang]),
  ]);

const names = (key: 'applicants' | 'inventors'): Mapping =>
  mapping<string[]>(key, key, 'letters', (e, d) => [e.map(words), (d[key] ?? []).map((p) => words(p.name))]);

/** PCT pamphlets in ST.36. */
export const WO: readonly Mapping[] = [
  publication,
  mapping<string>('application', 'application.original', 'equal', (e, d) => [e, d.application?.original]),
  woTitle('en'),
  woTitle('fr'),
  mapping<string[]>('ipcr', 'classifications (IPC)', 'letters and digits', (e, d) => [
    sorted(e.map(bare)),
    symbolsOf(d, 'IPC'),
  ]),
  names('applicants'),
  names('inventors'),
  mapping<{ name: string; org: string; country: string }[]>(
    'agents',
    'agents',
    'name, organization, country',
    (e, d) => [
      e.map((a) => [a.name, a.org, a.country]),
      (d.agents ?? []).map((a) => [a.name, a.organization, a.country]),
    ],
  ),
  mapping<number>('claimsCount', 'claims', 'count', (e, d) => [e, (d.claims ?? []).length]),
  mapping<number>('drawings', 'figures', 'count', (e, d) => [e, (d.figures ?? []).length]),
];
