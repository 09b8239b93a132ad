import type { PatentDocument } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { numberSeries } from './coverage.gaps.js';

/** One line of an authority file: what WIPO ST.37 asks of every publication. */
interface Entry {
  readonly number: string;
  readonly kind: string;
  /** YYYYMMDD, as far as the source says; empty for a number that nothing is held of. */
  readonly date: string;
  readonly application: { readonly number: string; readonly date: string } | undefined;
  /** WIPO ST.37: why there is no document; `U` for a number of which nothing is known here. */
  readonly exception: string;
  readonly texts: { readonly abstract: string[]; readonly claims: string[]; readonly description: string[] };
}

export const AUTHORITY_FORMS = ['xml', 'txt'] as const;
export type AuthorityForm = (typeof AUTHORITY_FORMS)[number];

/** Missing numbers that are written as such; more of them are a series that is not collected here. */
const MOST_UNKNOWN = 100_000;
const NO_TEXTS = { abstract: [], claims: [], description: [] };

const plainDate = (date: string | undefined): string => (date ?? '').replace(/-/g, '');

function entryOf(doc: PatentDocument): Entry {
  const { number, kind = '', date, application, abstracts = {}, claims = [], description = [] } = doc;
  const languages = (langs: (string | undefined)[]): string[] =>
    [...new Set(langs.flatMap((lang) => (lang ? [lang.slice(0, 2).toLowerCase()] : [])))].sort();
  const own = doc.lang;
  return {
    number,
    kind,
    date: plainDate(date),
    application: application?.number ? { number: application.number, date: plainDate(application.date) } : undefined,
    exception: '',
    texts: {
      abstract: languages(Object.keys(abstracts)),
      claims: languages(claims.map((claim) => claim.lang ?? own)),
      description: languages(description.map((part) => part.lang ?? own)),
    },
  };
}

const before = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
/** Numbers of one length in their order, shorter ones first. */
const inOrder = (a: Entry, b: Entry): number =>
  a.number.length - b.number.length || before(a.number, b.number) || before(a.kind, b.kind) || before(a.date, b.date);

/** Numbers that stand between those held and of which nothing is known here. */
function unknownNumbers(entries: readonly Entry[]): Entry[] {
  const byKind = new Map<string, string[]>();
  for (const { kind, number } of entries) byKind.set(kind, [...(byKind.get(kind) ?? []), number]);
  const unknown: Entry[] = [];
  for (const [kind, numbers] of byKind) {
    for (const { missing, gaps } of numberSeries(numbers)) {
      if (unknown.length + missing > MOST_UNKNOWN) continue;
      for (const { from, missing: run } of gaps) {
        for (let at = 0; at < run; at++) {
          const number = String(Number(from) + at).padStart(from.length, '0');
          unknown.push({ number, kind, date: '', application: undefined, exception: 'U', texts: NO_TEXTS });
        }
      }
    }
  }
  return unknown;
}

async function entriesOf(backend: SearchBackend, office: string, gaps: boolean): Promise<Entry[]> {
  const entries: Entry[] = [];
  for await (const doc of backend.scan({ op: 'value', field: 'office', value: office }, 'oldest'))
    entries.push(entryOf(doc));
  return [...entries, ...(gaps ? unknownNumbers(entries) : [])].sort(inOrder);
}

/** The text form: office, number, kind, date and exception code with commas between, lines ended by CR LF. */
function* asText(office: string, entries: readonly Entry[]): Generator<string> {
  for (const { number, kind, date, exception } of entries) {
    yield `${[office, number, kind, date, exception].join(',')}\r\n`;
  }
}

const escaped = (text: string): string =>
  text.replace(/[&<>"]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? sign);
const element = (name: string, inside: string): string => `<${name}>${inside}</${name}>`;

function tallied(entries: readonly Entry[], of: (entry: Entry) => string): [string, number][] {
  const counts = new Map<string, number>();
  for (const entry of entries) {
    const code = of(entry);
    if (code !== '') counts.set(code, (counts.get(code) ?? 0) + 1);
  }
  return [...counts].sort(([a], [b]) => before(a, b));
}

/** The groups of kind codes by their letter (WIPO ST.16), for readers of the file; digits are each office's own. */
const KIND_GROUPS: Readonly<Record<string, string>> = {
  A: 'Patent document, first publication level',
  B: 'Patent document, second publication level',
  C: 'Patent document, third publication level',
  U: 'Utility model, first publication level',
  Y: 'Utility model, second publication level',
  Z: 'Utility model, third publication level',
  E: 'Patent document of a series of its own, first publication level',
  F: 'Patent document of a series of its own, second publication level',
  G: 'Patent document of a series of its own, third publication level',
  H: 'Patent document of a series that the office defines',
  I: 'Patent document of a series that the office defines',
  M: 'Medicament patent document',
  P: 'Plant patent document',
  S: 'Design patent document',
};
const OTHER_KIND = 'Kind of document that the office defines';
const UNKNOWN_NUMBER = 'Not known to the collection this file was made from';

/** A list of codes, each with a sentence. */
const codeList = (
  names: { list: string; one: string; code: string; text: string },
  codes: [string, string][],
): string =>
  codes.length === 0
    ? ''
    : element(
        names.list,
        codes
          .map(([code, text]) => element(names.one, element(names.code, escaped(code)) + element(names.text, text)))
          .join(''),
      );

/** How many documents there are of each code, in one element. */
const coverage = (name: string, code: string, amounts: [string, number][]): string =>
  amounts.length === 0
    ? ''
    : element(
        name,
        amounts
          .map(([of, amount]) => element(code, escaped(of)) + element('document-total-quantity', String(amount)))
          .join(''),
      );

function definition(entries: readonly Entry[]): string {
  const kinds = tallied(entries, ({ kind }) => kind);
  const exceptions = tallied(entries, ({ exception }) => exception);
  const dated = entries.filter(({ date }) => date !== '').toSorted((a, b) => before(a.date, b.date));
  const [first, last] = [dated[0], dated.at(-1)];
  const ranges =
    first && last
      ? `<publication-date-range start-date="${first.date}" end-date="${last.date}"/>` +
        `<publication-number-range begin-range-number="${escaped(entries[0]?.number ?? '')}" end-range-number="${escaped(entries.at(-1)?.number ?? '')}"/>`
      : '';
  return (
    '<authority-file-definition grouped-af-indicator="no" update-af-category="full">' +
    codeList(
      {
        list: 'exception-code-list',
        one: 'exception-code-definition',
        code: 'exception-code',
        text: 'exception-code-description',
      },
      exceptions.map(([code]) => [code, UNKNOWN_NUMBER]),
    ) +
    codeList(
      {
        list: 'document-kind-code-list',
        one: 'document-kind-code-definition',
        code: 'kind',
        text: 'document-kind-code-description',
      },
      kinds.map(([kind]) => [kind, KIND_GROUPS[kind[0] ?? ''] ?? OTHER_KIND]),
    ) +
    (last
      ? `<most-recent-document publication-number="${escaped(last.number)}" publication-date="${last.date}"/>`
      : '') +
    element(
      'data-coverage',
      ranges +
        coverage('kind-code-coverage', 'kind', kinds) +
        coverage('exception-code-coverage', 'exception-code', exceptions),
    ) +
    '</authority-file-definition>\n'
  );
}

function searchable(name: string, languages: readonly string[]): string {
  const inside =
    languages.length === 0
      ? '<not-searchable-code code="N"/>'
      : languages.map((lang) => element('searchable-language-code', lang)).join('');
  return element(`searchable-${name}-code`, inside);
}

function xmlEntry(office: string, { number, kind, date, application, exception, texts }: Entry): string {
  const id =
    element('country', office) +
    element('doc-number', escaped(number)) +
    element('kind', escaped(kind)) +
    (date === '' ? '' : element('date', date));
  const filed = application
    ? element(
        'application-reference',
        element('country', office) +
          element('doc-number', escaped(application.number)) +
          (application.date === '' ? '' : element('filing-date', application.date)),
      )
    : '';
  return element(
    'authority-file-entry',
    element('publication-reference', element('document-id', id)) +
      (exception === '' ? '' : element('exception-code', exception)) +
      filed +
      (exception === ''
        ? searchable('description', texts.description) +
          searchable('claims', texts.claims) +
          searchable('abstract', texts.abstract)
        : ''),
  );
}

function* asXml(office: string, entries: readonly Entry[], today: string): Generator<string> {
  yield '<?xml version="1.0" encoding="UTF-8"?>\n';
  yield `<authority-file country="${escaped(office)}" date-produced="${plainDate(today)}">\n`;
  yield definition(entries);
  for (const entry of entries) yield `${xmlEntry(office, entry)}\n`;
  yield '</authority-file>\n';
}

/**
 * The publications of an office that are held here, in the form of an authority file (WIPO ST.37): text, or XML after
 * its DTD. `gaps` also lists the numbers between them of which nothing is held, as unknown (`U`): only the office can
 * say more.
 */
export async function* authorityFile(
  backend: SearchBackend,
  { office, form, gaps, today }: { office: string; form: AuthorityForm; gaps: boolean; today: string },
): AsyncGenerator<string> {
  const entries = await entriesOf(backend, office, gaps);
  yield* form === 'txt' ? asText(office, entries) : asXml(office, entries, today);
}
