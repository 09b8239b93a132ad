import type { LegalEvent, Party, PatentDocument } from '@quanlian/contract';
import { escapeText, leaf, registerData, tag } from '../xml.js';
import { opsDate } from './numbers.js';

export const REGISTER_PARTS = ['biblio', 'events', 'procedural-steps', 'upp'] as const;
export type RegisterPart = (typeof REGISTER_PARTS)[number];

/** Elements of a register document by the constituent they are given with. */
const PART_OF: Readonly<Record<string, RegisterPart>> = {
  'bibliographic-data': 'biblio',
  'ep-patent-statuses': 'biblio',
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

function dossierEvent({ code, date, text }: LegalEvent, at: number): string {
  return tag(
    'reg:dossier-event',
    tag('reg:event-date', leaf('reg:date', opsDate(date))) +
      leaf('reg:event-code', code) +
      leaf('reg:event-text', text, { 'event-text-type': 'DESCRIPTION' }),
    { id: `EVENT_${at + 1}` },
  );
}

/** Top-level elements of a register document as it was given, by constituent. */
function partsOfGiven(given: string): { start: string; parts: [RegisterPart, string][] } {
  const startEnd = given.indexOf('>') + 1;
  const start = given.slice(0, startEnd);
  const inside = given.slice(startEnd, given.lastIndexOf('</'));
  const parts: [RegisterPart, string][] = [];
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

/** What is held of a dossier: as the register gave it, else written from what the documents say. */
export function registerDocument(doc: PatentDocument, wanted: readonly RegisterPart[]): string {
  const given = doc.wire?.['register'];
  if (given?.endsWith('</reg:register-document>')) {
    const { start, parts } = partsOfGiven(given);
    const of = (names: readonly RegisterPart[]) => parts.filter(([part]) => names.includes(part)).map(([, one]) => one);
    // Of a dossier that has none of what was asked for the service tells the bibliographic data.
    const kept = of(wanted).length > 0 ? of(wanted) : of(['biblio']);
    return `${start}${kept.join('')}</reg:register-document>`;
  }
  const events = (doc.events ?? []).map(dossierEvent).join('');
  const inside =
    (wanted.includes('biblio') ? biblio(doc) : '') +
    (wanted.includes('events') && events !== '' ? tag('reg:events-data', events) : '');
  return tag('reg:register-document', inside, { 'produced-by': 'RO', lang: doc.lang });
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
