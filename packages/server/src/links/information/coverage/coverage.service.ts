import {
  type CorpusCoverage,
  type CoverageGap,
  type CoverageKind,
  type CoverageRow,
  type NumberCoverage,
  QuanlianError,
  type QueryNode,
  UNKNOWN_VALUE,
  type WeekCoverage,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { missingTexts, numberSeries, thinAmong, thinTimes, weeksOf } from './coverage.gaps.js';

const MOST_OFFICES = 300;
const MOST_KINDS = 100;
const MOST_YEARS = 1000;
const FIELDS = 35;
/** Documents read at once when numbers are gone through. */
const PAGE = 10_000;
/** Numbers of one kind that are gone through. */
const MOST_NUMBERS = 5_000_000;

const all = (...clauses: QueryNode[]): QueryNode => (clauses.length === 0 ? { op: 'all' } : { op: 'and', clauses });
const value = (field: string, text: string): QueryNode => ({ op: 'value', field, value: text });

async function count(backend: SearchBackend, query: QueryNode): Promise<number> {
  return (await backend.search({ query, sort: 'newest', limit: 0 })).total;
}

async function datesOf(backend: SearchBackend, query: QueryNode): Promise<Pick<CoverageKind, 'first' | 'last'>> {
  // Documents without a date come last in either order.
  const [oldest, newest] = await Promise.all(
    (['oldest', 'newest'] as const).map((sort) => backend.search({ query, sort, limit: 1 })),
  );
  return { first: oldest?.hits[0]?.date ?? null, last: newest?.hits[0]?.date ?? null };
}

const hasText = (field: string): QueryNode => ({ op: 'range', field });

async function kindOf(
  backend: SearchBackend,
  office: string,
  kind: string | null,
  documents: number,
): Promise<CoverageKind> {
  const scope = [value('office', office), value('kind', kind ?? UNKNOWN_VALUE)];
  const [dates, abstracts, claims, descriptions] = await Promise.all([
    datesOf(backend, all(...scope)),
    ...['abstract', 'claims', 'description'].map((field) => count(backend, all(...scope, hasText(field)))),
  ]);
  return {
    office,
    kind,
    documents,
    ...dates,
    abstracts: abstracts ?? 0,
    claims: claims ?? 0,
    descriptions: descriptions ?? 0,
  };
}

interface OfOffice {
  readonly kinds: CoverageKind[];
  readonly rows: CoverageRow[];
  readonly gaps: CoverageGap[];
}

/** Gaps in the time of a kind: years first; months only where its years are whole. */
async function timeGaps(
  backend: SearchBackend,
  office: string,
  kind: string | null,
  years: ReadonlyMap<string, number>,
): Promise<CoverageGap[]> {
  const thinYears = thinTimes(years);
  const query = all(value('office', office), value('kind', kind ?? UNKNOWN_VALUE));
  const facets = [{ name: 'month' as const }];
  const { facets: counted } = await backend.search({ query, sort: 'newest', limit: 0, facets });
  const months = new Map(counted.month?.values.map((one) => [one.value, one.count]));
  const thinMonths = thinTimes(months).filter(({ when }) => !thinYears.some((year) => when.startsWith(year.when)));
  return [
    ...thinYears.map((one): CoverageGap => ({ gap: 'year', office, kind, ...one })),
    ...thinMonths.map((one): CoverageGap => ({ gap: 'month', office, kind, ...one })),
  ];
}

async function ofOffice(backend: SearchBackend, office: string): Promise<OfOffice> {
  const query = value('office', office);
  const table = { rows: 'kind' as const, columns: 'year' as const, rowSize: MOST_KINDS, columnSize: MOST_YEARS };
  const facets = [{ name: 'kind' as const, size: MOST_KINDS }];
  const { facets: counted, tables } = await backend.search({
    query,
    sort: 'newest',
    limit: 0,
    facets,
    tables: [table],
  });
  const { values = [], unknown = 0 } = counted.kind ?? {};
  const held = [
    ...values.map((one) => ({ kind: one.value as string | null, documents: one.count })),
    ...(unknown > 0 ? [{ kind: null, documents: unknown }] : []),
  ];
  const crossed = tables?.[0];
  const found: OfOffice = { kinds: [], rows: [], gaps: [] };
  for (const { kind, documents } of held) {
    const row = crossed?.rows.indexOf(kind ?? '') ?? -1;
    const years = new Map(
      (kind === null
        ? await yearsWithoutKind(backend, office)
        : (crossed?.columns ?? []).map((year, at) => [year, crossed?.cells[row]?.[at] ?? 0] as const)
      ).filter(([, amount]) => amount > 0),
    );
    const dated = [...years.values()].reduce((sum, amount) => sum + amount, 0);
    found.rows.push(
      ...[...years].sort().map(([year, amount]) => ({ office, kind, year, documents: amount })),
      ...(dated < documents ? [{ office, kind, year: null, documents: documents - dated }] : []),
    );
    const entry = await kindOf(backend, office, kind, documents);
    found.kinds.push(entry);
    found.gaps.push(...(await timeGaps(backend, office, kind, years)), ...missingTexts(entry));
  }
  return found;
}

async function yearsWithoutKind(backend: SearchBackend, office: string): Promise<(readonly [string, number])[]> {
  const query = all(value('office', office), value('kind', UNKNOWN_VALUE));
  const facets = [{ name: 'year' as const }];
  const { facets: counted } = await backend.search({ query, sort: 'newest', limit: 0, facets });
  return (counted.year?.values ?? []).map((one) => [one.value, one.count] as const);
}

/** Documents by year and field; none where no table of fields is there. */
async function byField(backend: SearchBackend): Promise<CorpusCoverage['fields']> {
  const table = { rows: 'year' as const, columns: 'field35' as const, rowSize: MOST_YEARS, columnSize: FIELDS };
  const { tables } = await backend.search({ query: { op: 'all' }, sort: 'newest', limit: 0, tables: [table] });
  const crossed = tables?.[0];
  return (crossed?.rows ?? []).flatMap((year, row) =>
    (crossed?.columns ?? []).flatMap((field, column) => {
      const documents = crossed?.cells[row]?.[column] ?? 0;
      return documents > 0 ? [{ year, field, documents }] : [];
    }),
  );
}

/** What the corpus holds by office, kind, year and field, and where it has gaps. */
export async function countCoverage(backend: SearchBackend): Promise<CorpusCoverage> {
  const facets = [{ name: 'office' as const, size: MOST_OFFICES }];
  const {
    total,
    facets: counted,
    corpus,
  } = await backend.search({ query: { op: 'all' }, sort: 'newest', limit: 0, facets });
  const offices = counted.office?.values.map((one) => one.value) ?? [];
  const found: OfOffice[] = [];
  for (const office of offices) found.push(await ofOffice(backend, office));
  return {
    sequence: corpus.sequence,
    documents: total,
    kinds: found.flatMap(({ kinds }) => kinds),
    rows: found.flatMap(({ rows }) => rows),
    fields: total === 0 ? [] : await byField(backend),
    gaps: found.flatMap(({ gaps }) => gaps),
  };
}

/** A reader of coverage that counts anew only when the corpus has changed. */
export function createCoverage(backend: SearchBackend): () => Promise<CorpusCoverage> {
  let last: { readonly sequence: number; readonly counted: Promise<CorpusCoverage> } | undefined;
  return async () => {
    const { sequence } = await backend.refresh();
    if (last?.sequence === sequence) return last.counted;
    const counted = countCoverage(backend);
    last = { sequence, counted };
    counted.catch(() => {
      if (last?.counted === counted) last = undefined;
    });
    return counted;
  };
}

/** The ids of documents, in the order of their dates, without reading the documents. */
async function* idsOf(backend: SearchBackend, query: QueryNode): AsyncGenerator<string> {
  let cursor: string | undefined;
  let given = 0;
  do {
    const page = await backend.search({
      query,
      sort: 'oldest',
      limit: PAGE,
      brief: true,
      ...(cursor ? { cursor } : {}),
    });
    for (const { id } of page.hits) yield id;
    given += page.hits.length;
    if (given > MOST_NUMBERS) {
      throw new QuanlianError('query.too_costly', `More than ${MOST_NUMBERS} numbers cannot be gone through at once.`);
    }
    cursor = page.cursor ?? undefined;
  } while (cursor !== undefined);
}

/** The numbers of one kind of an office as series, with what is missing in each. */
export async function countNumbers(backend: SearchBackend, office: string, kind: string): Promise<NumberCoverage> {
  const query = all(value('office', office), value('kind', kind));
  const numbers: string[] = [];
  for await (const id of idsOf(backend, query)) {
    if (id.startsWith(office) && id.endsWith(kind)) numbers.push(id.slice(office.length, id.length - kind.length));
  }
  return { office, kind, series: numberSeries(numbers) };
}

/** What is asked of the weeks of a year. */
interface WeeksAsked {
  readonly office: string;
  readonly kind: string;
  readonly year: string;
  readonly field?: string | undefined;
}

/** How many documents of a kind were published in each week of a year, and which weeks have far fewer than usual. */
export async function countWeeks(
  backend: SearchBackend,
  { office, kind, year, field }: WeeksAsked,
): Promise<WeekCoverage> {
  const scope = [value('office', office), value('kind', kind), ...(field ? [value('field35', field)] : [])];
  const weeks = await Promise.all(
    weeksOf(year).map(async (week) => ({
      ...week,
      documents: await count(backend, all(...scope, { op: 'range', field: 'date', from: week.from, to: week.to })),
    })),
  );
  const thin = thinAmong(
    weeks.map(({ week }) => week),
    new Map(weeks.map(({ week, documents }) => [week, documents])),
  );
  const expected = new Map(thin.map((one) => [one.when, one.expected]));
  return {
    office,
    kind,
    year,
    field: field ?? null,
    weeks: weeks.map((one) => ({ ...one, expected: expected.get(one.week) ?? null })),
  };
}
