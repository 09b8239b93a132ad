import type { PatentDocument } from '@quanlian/contract';
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
  symbolsOf,
  usSerial,
  words,
} from './formats-mapping.js';

const applicationEp = mapping<Id>(
  'application',
  'application.original, application.date',
  'letters and digits',
  (e, d) => [
    [bare(e.number), isoDay(e.date)],
    [bare(d.application?.original), d.application?.date],
  ],
);

const titles = mapping<Record<string, string>>('titles', 'titles', 'letters and digits by language', (e, d) => [
  Object.entries(e)
    .map(([l, t]) => [l, words(t)])
    .sort(),
  Object.entries(d.titles ?? {})
    .map(([l, t]) => [l, words(t)])
    .sort(),
]);

const epParties = (key: 'inventors' | 'applicants' | 'proprietors' | 'agents'): Mapping =>
  mapping<{ name: string; city: string | null; country: string | null }[]>(
    key,
    key,
    'name (letters), city, country; in order',
    (e, d) => [
      e.map((p) => [words(p.name), p.city ?? undefined, p.country ?? undefined]),
      (d[key] ?? []).map((p) => [words(p.name), p.city, p.country]),
    ],
  );

const docdbParties = (key: 'inventors' | 'applicants'): Mapping =>
  mapping<{ seq: string; format: string; name: string }[]>(
    key,
    `${key}, extra.standardNames.${key}`,
    'every spelling of every name is kept',
    (e, d) => {
      const standard = (
        (d.extra?.['standardNames'] as Record<string, { name: string }[]> | undefined)?.[key] ?? []
      ).map(({ name }) => words(name));
      const kept = new Set([...(d[key] ?? []).map(({ name }) => words(name)), ...standard]);
      const missing = e.filter(({ name }) => !kept.has(words(name.replace(/\s*\[[A-Z]{2}\]/, ''))));
      return [
        [new Set(e.map(({ seq }) => seq)).size, []],
        [(d[key] ?? []).length, missing],
      ];
    },
  );

const ipcRaw = (key: string): Mapping =>
  mapping<string[]>(key, 'classifications (IPC)', 'symbol part of the ST.8 line; every symbol is there', (e, d) => [
    [],
    e
      .map((line) => /^([A-H]\d\d[A-Z])\s*(\d+)\/\s*(\d+)/.exec(line.trim()))
      .flatMap((m) => (m ? [`${m[1]}${m[2]}${m[3]}`] : []))
      .filter((s) => !symbolsOf(d, 'IPC').includes(s)),
  ]);

const ipc17 = mapping<string[]>(
  'ipc17',
  'classifications (IPC)',
  'without edition and level letter; every symbol is there',
  (e, d) => [
    [],
    e
      .map((line) => bare(line.replace(/^\d/, '').replace(/\s[A-Z]$/, '')))
      .filter((s) => !symbolsOf(d, 'IPC').includes(s)),
  ],
);

const epCitations = mapping<{ patent: string[]; npl: number }>(
  'citationsBiblio',
  'citations without phase "description"',
  'ids; number of literature',
  (e, d) => {
    const biblio = (d.citations ?? []).filter((c) => c.phase !== 'description');
    const ids = e.patent.map((text) => {
      const [, office, kind, number] = /^([A-Z]{2})-([A-Z]\d?)-(.*)$/.exec(text) ?? [];
      const plain =
        office === 'WO'
          ? bare(number).replace(
              /^(\d{2})(\d{5,6})$/,
              (_, year: string, serial: string) => `${Number(year) < 78 ? 20 : 19}${year}${serial.padStart(6, '0')}`,
            )
          : bare(number);
      return `${office}${office === 'EP' ? plain.padStart(7, '0') : noZeros(plain)}${kind}`;
    });
    return [
      [ids, e.npl],
      [biblio.flatMap((c) => c.id ?? []), biblio.filter((c) => c.npl).length],
    ];
  },
);

const patcitInText = mapping<{ count: number; first: { dnum: string }[] }>(
  'patcitInText',
  'citations with phase "description"',
  'the first ones are there',
  (e, d) => {
    const ids = new Set((d.citations ?? []).filter((c) => c.phase === 'description').map((c) => bare(c.id)));
    return [
      [],
      e.first.map((c) => bare(c.dnum)).filter((id) => !ids.has(id) && !ids.has(id.replace(/^([A-Z]{2})0+/, '$1'))),
    ];
  },
);

const epClaims = mapping<{ lang: string; count: number }[]>('claims', 'claims by language', 'count', (e, d) => {
  const langs = [...new Set((d.claims ?? []).map((c) => c.lang))];
  return [e.map((c) => [c.lang, c.count]), langs.map((l) => [l, (d.claims ?? []).filter((c) => c.lang === l).length])];
});

const abstracts = mapping<Record<string, { starts: string }>>(
  'abstracts',
  'abstracts',
  'letters and digits of the beginning, by language',
  (e, d) => [
    Object.entries(e)
      .map(([l, a]) => [l, words(a.starts)])
      .sort(),
    // The collection writes a missing language as `null`, the document as `und` (BCP 47).
    Object.entries(d.abstracts ?? {})
      .map(([l, t]) => (l === 'und' ? ['null', t] : [l, t]))
      .map(([l = '', t]) => [l, words(t).slice(0, words(e[l]?.starts).length)])
      .sort(),
  ],
);

const epDescription = mapping<{ lang: string; paragraphs: number }>(
  'description',
  'description',
  'language; at least as many paragraphs (the list of references is among them)',
  (e, d) => {
    const own = (d.description ?? []).filter((p) => p.text !== undefined && p.lang === e.lang);
    return [[true], [own.length >= e.paragraphs]];
  },
);

const states = mapping<string[]>('designatedStates', 'designatedStates', 'sorted', (e, d) => [
  [...e].sort(),
  [...(d.designatedStates ?? [])].sort(),
]);

const extension = mapping<string[]>('extensionStates', 'extra.extensionStates', 'letters run together', (e, d) => [
  e.join(''),
  ((d.extra?.['extensionStates'] ?? []) as { country: string }[]).map((s) => s.country).join(''),
]);

const pctEp = mapping<{ application: string | null; publication: string | null }>(
  'pct',
  'pct',
  'office and number',
  (e, d) => [
    [bare(e.application), bare(e.publication)],
    [
      `${d.pct?.application?.office ?? ''}${d.pct?.application?.number ?? ''}`,
      `${d.pct?.publication?.office ?? ''}${d.pct?.publication?.number ?? ''}`,
    ],
  ],
);

const divisional = mapping<string[]>(
  'divisional',
  'related (division)',
  'application, publication and date run together',
  (e, d) => [
    e.map(bare),
    (d.related ?? [])
      .filter((r) => r.relation === 'division')
      .map((r) => bare(`${r.document?.original}${r.id?.slice(2)}${r.document?.date}`)),
  ],
);

const searchReport = mapping<boolean>('searchReport', 'extra.searchReportPages', 'present or absent', (e, d) => [
  e,
  d.extra?.['searchReportPages'] !== undefined,
]);

const correction = mapping<unknown>('correction', 'correction', 'present or absent', (e, d) => [
  e !== null,
  d.correction != null,
]);

const family = mapping<string>('familyId', 'familyId', 'equal', (e, d) => [e, d.familyId]);

const docdbId = (ids: readonly Id[]): Id | undefined =>
  ids.find((id) => id.type === 'docdb') ?? ids.find((id) => id.type === 'epodoc');

const publicationIds = mapping<Id[]>(
  'publicationIds',
  'office, number, kind; extra.originalNumber',
  'the docdb form; the original where it differs',
  (e, d) => {
    const docdb = docdbId(e);
    const original = e.find((id) => id.type === 'original')?.['doc-number'];
    const kept =
      original === undefined || original === docdb?.['doc-number'] || d.extra?.['originalNumber'] === original;
    return [
      [docdb?.country, noZeros(usSerial(bare(docdb?.['doc-number']))), true],
      [d.office, noZeros(d.number), kept],
    ];
  },
);

const applicationIds = mapping<Id[]>(
  'applicationIds',
  'application',
  'the docdb form with the date of any form; the original where it differs',
  (e, d) => {
    const docdb = docdbId(e);
    const original = e.find((id) => id.type === 'original')?.['doc-number'];
    const kept = original === undefined || original === docdb?.['doc-number'] || d.application?.original === original;
    const date = isoDay(e.find((id) => id.date)?.date);
    return [
      [docdb?.country, bare(docdb?.['doc-number']), docdb?.kind, date, true],
      [d.application?.office, d.application?.number, d.application?.kind, d.application?.date, kept],
    ];
  },
);

const docdbPriorities = mapping<Id[]>(
  'priorities',
  'priorities',
  'every docdb form, else every epodoc form, is there with its date',
  (e, d) => {
    const docdb = e.filter((id) => id.type === 'docdb');
    const expected = (docdb.length > 0 ? docdb : e.filter((id) => id.type === 'epodoc')).map((id) => [
      bare(`${id.country ?? ''}${id['doc-number']}`),
      isoDay(id.date),
    ]);
    return [expected, (d.priorities ?? []).map((p) => [`${p.office ?? ''}${p.number}`, p.date])];
  },
);

const docdbIpcr = ipcRaw('ipcr');

const docdbClasses = mapping<{ cpc: string[]; schemes: Record<string, number> }>(
  'classifications',
  'classifications (CPC)',
  'every symbol is there',
  (e, d) => [[], e.cpc.map(bare).filter((symbol) => !symbolsOf(d, 'CPC').includes(symbol))],
);

interface DocdbCitations {
  readonly count: number;
  readonly patent: number;
  readonly npl: number;
  readonly byPhase: Record<string, number>;
  readonly categories: Record<string, number>;
}

const tally = (values: readonly (string | undefined)[]): [string, number][] => {
  const counts = new Map<string, number>();
  for (const v of values) if (v !== undefined) counts.set(v, (counts.get(v) ?? 0) + 1);
  return [...counts].sort();
};

const docdbCitations = mapping<DocdbCitations>(
  'citations',
  'citations',
  'counts by type, phase and category',
  (e, d) => {
    const all = d.citations ?? [];
    return [
      [e.count, e.patent, e.npl, Object.entries(e.byPhase).sort(), Object.entries(e.categories).sort()],
      [
        all.length,
        all.filter((c) => c.id).length,
        all.filter((c) => c.npl).length,
        tally(all.map((c) => c.phase)),
        tally(all.map((c) => c.category)),
      ],
    ];
  },
);

const cn = (key: string, path: string, pick: (d: PatentDocument) => unknown): Mapping =>
  mapping<unknown>(key, path, 'equal', (e, d) => [e, pick(d)]);

export const CNIPA: readonly Mapping[] = [
  cn('publicationNumber', 'id', (d) => d.id),
  cn('applicationNumber', 'application', (d) => `${d.application?.office}${d.application?.number}`),
  cn('publicationDate', 'date', (d) => d.date),
  cn('filingDate', 'application.date', (d) => d.application?.date),
  cn('title', 'titles.zh', (d) => d.titles?.['zh']),
  cn('abstract', 'abstracts.zh', (d) => d.abstracts?.['zh']),
  cn('claims', 'claims[].text', (d) => d.claims?.map((c) => c.text)),
  cn('claimsCount', 'claims', (d) => d.claims?.length),
  cn('classifications', 'classifications[].symbol', (d) => d.classifications?.map((c) => c.symbol)),
  cn('applicants', 'applicants[].name', (d) => d.applicants?.map((p) => p.name)),
  cn('inventors', 'inventors[].name', (d) => d.inventors?.map((p) => p.name)),
];

export const EP: readonly Mapping[] = [
  publication,
  lang,
  correction,
  applicationEp,
  titles,
  priorities,
  ipcOf('ipcr'),
  ipcRaw('ipcrRaw'),
  ipc17,
  epParties('inventors'),
  epParties('applicants'),
  epParties('proprietors'),
  epParties('agents'),
  states,
  extension,
  pctEp,
  epCitations,
  patcitInText,
  epClaims,
  claim1,
  abstract,
  epDescription,
  drawings,
  searchReport,
  divisional,
];

export const DOCDB: readonly Mapping[] = [
  publication,
  family,
  publicationIds,
  applicationIds,
  titles,
  docdbPriorities,
  docdbParties('applicants'),
  docdbParties('inventors'),
  docdbIpcr,
  docdbClasses,
  docdbCitations,
  abstracts,
];
