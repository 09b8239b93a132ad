import type { PatentDocument } from '@quanlian/contract';

/** One comparison: the expected key, where it stands in the document, and whether the two agree. */
export interface Mapping {
  readonly key: string;
  readonly path: string;
  readonly how: string;
  /** Undefined when they agree, else what differs. */
  readonly differs: (expected: never, document: PatentDocument) => string | undefined;
}

/** Letters and digits only, upper case: how numbers and symbols are compared across spellings. */
export const bare = (text: unknown): string =>
  String(text ?? '')
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

export const words = (text: unknown): string =>
  String(text ?? '')
    .normalize('NFKC')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toLowerCase();

export const noZeros = (text: string): string => text.replace(/^([A-Z]*)0+(?=\d)/, '$1');

const same = (expected: unknown, found: unknown): string | undefined => {
  const [a, b] = [JSON.stringify(expected), JSON.stringify(found)];
  return a === b ? undefined : `expected ${a}, found ${b}`;
};

export const mapping = <T>(
  key: string,
  path: string,
  how: string,
  pick: (expected: T, document: PatentDocument) => [unknown, unknown],
): Mapping => ({
  key,
  path,
  how,
  differs: (expected, document) => same(...pick(expected as T, document)),
});

export const isoDay = (date: string | null | undefined): string | undefined =>
  date ? `${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6, 8)}` : undefined;

export interface Id {
  readonly type?: string;
  readonly country?: string;
  readonly number?: string;
  readonly 'doc-number'?: string;
  readonly kind?: string;
  readonly date?: string;
}

/** DOCDB writes US serials with four digits of year and six of number. */
export const usSerial = (number: string): string => number.replace(/^((?:19|20)\d{2})0(\d{6})$/, '$1$2');

export const publication = mapping<Id>(
  'publication',
  'office, number, kind, date',
  'letters and digits, leading zeros aside',
  (e, d) => [
    [e.country, noZeros(usSerial(bare(e.number ?? e['doc-number']))), e.kind, isoDay(e.date)],
    [d.office, noZeros(d.number), d.kind, d.date],
  ],
);

export const lang = mapping<string>('lang', 'lang', 'equal', (e, d) => [e, d.lang]);

export const symbolsOf = (d: PatentDocument, scheme: string): string[] =>
  [...new Set((d.classifications ?? []).filter((c) => c.scheme === scheme).map((c) => bare(c.symbol)))].sort();

export const sorted = (list: readonly string[]): string[] => [...new Set(list)].sort();

const oldIpc = (text: string): string => bare(text.replace(/([A-Z])0+(\d+)\//, '$1$2/'));

export const ipcOf = (key: string): Mapping =>
  mapping<string[]>(key, 'classifications (IPC)', 'every symbol is there', (e, d) => [
    [],
    e.map(oldIpc).filter((symbol) => !symbolsOf(d, 'IPC').includes(symbol)),
  ]);

export const claim1 = mapping<string>(
  'claim1Starts',
  'claims[0].text',
  'letters and digits; the printed number aside',
  (e, d) => {
    const expected = words(e.replace(/^1\s*\.\s*/, '').slice(0, 140));
    return [expected, words(d.claims?.[0]?.text.replace(/\[image [^\]]*\]/g, '')).slice(0, expected.length)];
  },
);

export const abstract = mapping<{ lang?: string; starts: string }>(
  'abstract',
  'abstracts[lang]',
  'letters and digits of the beginning',
  (e, d) => {
    const own = words(d.abstracts?.[e.lang ?? d.lang ?? '']?.replace(/\[image [^\]]*\]/g, ''));
    return [words(e.starts), own.slice(0, words(e.starts).length)];
  },
);

export const drawings = mapping<number>(
  'drawings',
  'figures without text (drawings, not images inside text)',
  'count',
  (e, d) => [
    e,
    (d.figures ?? []).filter(
      (f) => f.text === undefined || !['image', 'chemistry', 'formula', 'table'].includes(f.text),
    ).length,
  ],
);

export const priorities = mapping<{ country: string; number: string; date: string }[]>(
  'priorities',
  'priorities',
  'letters and digits; in order',
  (e, d) => [
    e.map((p) => [p.country, bare(p.number), isoDay(p.date)]),
    (d.priorities ?? []).map((p) => [p.office, bare(p.number), p.date]),
  ],
);
