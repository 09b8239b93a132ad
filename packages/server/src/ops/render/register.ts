import type { LegalEvent, Party, PatentDocument, StatusSpan } from '@quanlian/contract';
import { type LegalLives, stepsOfLife } from '../legal-life.js';
import { escapeText, leaf, registerData, tag } from '../xml.js';
import { opsDate } from './numbers.js';

export const REGISTER_PARTS = ['biblio', 'events', 'procedural-steps', 'upp'] as const;
export type RegisterPart = (typeof REGISTER_PARTS)[number];

/** Elements of a register document by the constituent they are given with; the statuses are given with every one. */
const PART_OF: Readonly<Record<string, RegisterPart | 'statuses'>> = {
  'bibliographic-data': 'biblio',
  'ep-patent-statuses': 'statuses',
  'events-data': 'events',
  'procedural-data': 'procedural-steps',
  'unitary-patent': 'upp',
};

const documentId = (parts: {
  office?: string | undefined;
  number?: string | undefined;
  kind?: string | undefined;
  date?: string | undefined;
}): string =>
  tag(
    'reg:document-id',
    leaf('reg:country', parts.office) +
      leaf('reg:doc-number', parts.number) +
      leaf('reg:kind', parts.kind) +
      leaf('reg:date', opsDate(parts.date)),
  );

function party(name: string, { name: text, country, address, city }: Party, at: number): string {
  const where = leaf('reg:address-1', address ?? city) + leaf('reg:country', country);
  const book = leaf('reg:name', text) + (where === '' ? '' : tag('reg:address', where));
  return tag(`reg:${name}`, tag('reg:addressbook', book), { sequence: at + 1 });
}

const parties = (name: string, list: readonly Party[] | undefined): string =>
  list && list.length > 0 ? tag(`reg:${name}s`, list.map((one, at) => party(name, one, at)).join('')) : '';

function biblio(doc: PatentDocument): string {
  const classes = (doc.classifications ?? [])
    .filter(({ scheme }) => scheme.startsWith('IPC'))
    .map(({ symbol }) => symbol);
  const titles = Object.entries(doc.titles ?? {}).map(([lang, text]) => leaf('reg:invention-title', text, { lang }));
  const priorities = (doc.priorities ?? []).map(({ office, number, date }, at) =>
    tag(
      'reg:priority-claim',
      leaf('reg:country', office) + leaf('reg:doc-number', number) + leaf('reg:date', opsDate(date)),
      {
        sequence: at + 1,
      },
    ),
  );
  return tag(
    'reg:bibliographic-data',
    tag('reg:publication-reference', documentId(doc)) +
      (classes.length === 0
        ? ''
        : tag('reg:classifications-ipcr', tag('reg:classification-ipcr', leaf('reg:text', classes.join(', '))))) +
      (doc.application ? tag('reg:application-reference', documentId(doc.application)) : '') +
      (priorities.length === 0 ? '' : tag('reg:priority-claims', priorities.join(''))) +
      tag(
        'reg:parties',
        parties('applicant', doc.applicants ?? doc.proprietors) +
          parties('inventor', doc.inventors) +
          parties('agent', doc.agents),
      ) +
      (doc.designatedStates
        ? tag(
            'reg:designation-of-states',
            tag(
              'reg:designation-pct',
              tag(
                'reg:regional',
                tag('reg:region', leaf('reg:country', 'EP')) +
                  doc.designatedStates.map((state) => leaf('reg:country', state)).join(''),
              ),
            ),
          )
        : '') +
      titles.join(''),
    { country: doc.office, lang: doc.lang },
  );
}

function dossierEvent({ code, date, text }: LegalEvent, at: number, name: string | undefined): string {
  const event = tag(
    'reg:dossier-event',
    tag('reg:event-date', leaf('reg:date', opsDate(date))) +
      leaf('reg:event-code', code) +
      leaf('reg:event-text', text ?? name, { 'event-text-type': 'DESCRIPTION' }),
    { id: `EVT_${at + 1}`, 'event-type': 'new' },
  );
  // The register puts each event into a list of its own.
  return tag('reg:events-data', event);
}

/** States of a European application in the register's words, with its number for them where that is known. */
const STATUS_WORDS: Readonly<Record<string, readonly [words: string, code?: string]>> = {
  pending: ['The application has been published', '16'],
  'in-force': ['The patent has been granted', '8'],
  lapsed: ['The patent has lapsed'],
  expired: ['The term of the patent has ended'],
  withdrawn: ['The application has been withdrawn'],
  refused: ['The application has been refused'],
  revoked: ['The patent has been revoked'],
  ended: ['The application or patent has ended'],
};

interface Status {
  readonly words: string;
  readonly code: string | undefined;
  readonly date: string;
}

/** The states a life went through up to a day, the newest first. */
function statusesOf(spans: readonly StatusSpan[], day: string): Status[] {
  return spans
    .flatMap(({ status, from }): Status[] => {
      const [words, code] = STATUS_WORDS[status] ?? [];
      return words === undefined || from > day ? [] : [{ words, code, date: from }];
    })
    .reverse();
}

interface Given {
  readonly start: string;
  readonly parts: readonly (readonly [part: RegisterPart | 'statuses', markup: string])[];
}

/** Top-level elements of a register document as it was given, by constituent. */
function partsOfGiven(given: string): Given {
  const startEnd = given.indexOf('>') + 1;
  const start = given.slice(0, startEnd);
  const inside = given.slice(startEnd, given.lastIndexOf('</'));
  const parts: (readonly [RegisterPart | 'statuses', string])[] = [];
  const opening = /<reg:([a-z-]+)(?=[\s/>])[^>]*?(\/?)>/g;
  for (let match = opening.exec(inside); match; match = opening.exec(inside)) {
    const name = match[1] as string;
    const closing = `</reg:${name}>`;
    const end = match[2] === '/' ? opening.lastIndex : inside.indexOf(closing, opening.lastIndex) + closing.length;
    parts.push([PART_OF[name] ?? 'biblio', inside.slice(match.index, end)]);
    opening.lastIndex = end;
  }
  return { start, parts };
}

const REGISTER_END = '</reg:register-document>';
/** Each constituent may have been recorded by itself; an answer with the bibliographic data stands first. */
const WIRES = ['register', 'register-events', 'register-steps'];

function givenOf(documents: readonly PatentDocument[]): Given[] {
  return WIRES.flatMap((name) => {
    const given = documents.map(({ wire }) => wire?.[name]).find((one) => one?.endsWith(REGISTER_END));
    return given === undefined ? [] : [partsOfGiven(given)];
  });
}

const has = (wanted: readonly RegisterPart[], part: RegisterPart | 'statuses'): boolean =>
  (wanted as readonly string[]).includes(part);

/** What recorded answers hold of the constituents wanted; undefined when they hold none of them. */
function fromGiven(given: readonly Given[], wanted: readonly RegisterPart[]): string | undefined {
  const holding = given.filter(({ parts }) => parts.some(([part]) => has(wanted, part)));
  const [first] = holding;
  if (!first) return undefined;
  const seen = new Set<string>();
  const kept = holding.flatMap(({ parts }, at) =>
    parts.filter(([part, markup]) => {
      const isWanted = part === 'statuses' ? at === 0 : has(wanted, part);
      return isWanted && !seen.has(markup) && seen.add(markup);
    }),
  );
  return `${first.start}${kept.map(([, markup]) => markup).join('')}${REGISTER_END}`;
}

export interface RegisterKnowledge {
  readonly lives?: LegalLives | undefined;
  /** ISO 8601. */
  readonly day: string;
}

/** A dossier written from what the documents say, with the states and events that the register of legal lives tells. */
function written(
  documents: readonly PatentDocument[],
  wanted: readonly RegisterPart[],
  { lives, day }: RegisterKnowledge,
): string {
  const [doc] = documents;
  if (!doc) return '';
  const spans = lives?.spansOf(documents) ?? [];
  const statuses = statusesOf(spans, day);
  const own = [...new Map(documents.flatMap(({ events = [] }) => events.map((one) => [JSON.stringify(one), one])))];
  const events = own.length > 0 ? own.map(([, event]) => event) : stepsOfLife(doc.office, spans, day);
  const newestFirst = events.sort((a, b) => (b.date ?? '').localeCompare(a.date ?? ''));
  const states = statuses.map(({ words, code, date }) =>
    leaf('reg:ep-patent-status', words, { 'change-date': opsDate(date), 'status-code': code }),
  );
  const inside =
    (states.length === 0 ? '' : tag('reg:ep-patent-statuses', states.join(''))) +
    (wanted.includes('biblio') || !wanted.includes('events') ? biblio(doc) : '') +
    (wanted.includes('events')
      ? newestFirst.map((event, at) => dossierEvent(event, at, lives?.nameOf(event).name)).join('')
      : '');
  return tag('reg:register-document', inside, { 'produced-by': 'RO', lang: doc.lang, status: statuses[0]?.words });
}

/**
 * What is held of a dossier, given all its publications: as the register gave it, else written from what the documents
 * say. Of a dossier that has none of what was asked for the service tells the bibliographic data.
 */
export function registerDocument(
  documents: readonly PatentDocument[],
  wanted: readonly RegisterPart[],
  knowledge: RegisterKnowledge,
): string {
  const given = givenOf(documents);
  return fromGiven(given, wanted) ?? fromGiven(given, ['biblio']) ?? written(documents, wanted, knowledge);
}

/** An answer of the register; a single number is answered in the shape of a search. */
export function registerAnswer(
  query: string,
  range: { readonly begin: number; readonly end: number },
  total: number,
  documents: readonly string[],
): string {
  const search = tag(
    'ops:register-search',
    tag('ops:query', escapeText(query), { syntax: 'CQL' }) +
      tag('ops:range', '', { begin: range.begin, end: range.end }) +
      tag('reg:register-documents', documents.join(''), { 'produced-by': 'RO' }),
    { 'total-result-count': total },
  );
  return registerData('rplus', tag('ops:meta', '', { name: 'elapsed-time', value: 1 }) + search);
}
