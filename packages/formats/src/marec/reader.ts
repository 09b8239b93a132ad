import {
  type Citation,
  type Classification,
  type DocumentNumber,
  type LegalEvent,
  type PatentDocument,
  QuanlianError,
  type Related,
} from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, descriptionParts, figures, readClaims, type TextCollector } from '../common/blocks.js';
import { typeOfKind } from '../common/kinds.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { takeRepeats } from '../common/repeats.js';
import { otherData } from '../common/rest.js';
import { oldIpcSymbol, st8, uspcSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { renderText } from '../text/inline.js';
import {
  at,
  attribute,
  child,
  children,
  descendants,
  every,
  leaveOut,
  takeRaw,
  value,
  type XmlElement,
} from '../xml/tree.js';
import { readParties } from './parties.js';

const leftOut: LeftOutRules = [
  ['**/publication-reference/document-id/*', 'the number that the record bears in its attributes'],
  ['**/document-id/lang', 'language of a number'],
  ['**/sources/**', 'how the collection found a citation'],
  ['**/colspec', 'layout of a table'],
  ['*/search-report-data', 'names the page images of the search report'],
  ['*/search-report-data/**', 'names the page images of the search report'],
];

/** The MAREC collection: EP, US, WO and JP documents in one form, with legal events. */
export const marec: XmlReader = { format: 'marec', roots: ['patent-document'], leftOut, read: readMarec };

function readMarec(root: XmlElement): Draft {
  const office = attribute(root, 'country');
  const number = attribute(root, 'doc-number') ?? attribute(root, 'docnumber');
  if (!office || !number) throw new QuanlianError('record.no_number', 'The record has no country and doc-number.');
  const canonical = canonicalPublication(office, number, attribute(root, 'kind'));
  const biblio = child(root, 'bibliographic-data');
  const technical = child(biblio, 'technical-data');
  const collector = createCollector();
  const language = attribute(root, 'lang')?.toLowerCase();
  const lang = language === 'xx' ? undefined : language;
  const people = child(biblio, 'parties');
  const lists = {
    applicants: readParties(child(people, 'applicants')),
    inventors: readParties(child(people, 'inventors')),
    assignees: readParties(child(people, 'assignees')),
    agents: readParties(child(people, 'agents')),
    examiners: readParties(child(people, 'examiners'), (one) => attribute(one, 'examiner-level')),
  };
  const date = isoDate(attribute(root, 'date') ?? attribute(root, 'date-published'));
  const sourceDate = isoDate(attribute(root, 'date-produced'));
  // A withdrawn record stands for nothing else.
  if (attribute(root, 'status') === 'deleted') {
    leaveOut(root, 'content of a record that is withdrawn');
    return { document: compact({ id: publicationId(canonical), ...canonical, deleted: true as const }), sourceDate };
  }
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type: typeOfKind(canonical.office, canonical.kind),
    lang,
    familyId: attribute(root, 'family-id'),
    application: numberOf(at(biblio, 'application-reference/document-id')),
    priorities: every(biblio, 'priority-claims/priority-claim/document-id').flatMap((one) => numberOf(one) ?? []),
    related: readRelated(biblio),
    pct: readPct(biblio),
    designatedStates: descendants(at(biblio, 'international-convention-data/designated-states'), 'country').flatMap(
      (one) => value(one) ?? [],
    ),
    ...texts(root, technical, lang ?? 'und', collector),
    ...Object.fromEntries(Object.entries(lists).map(([name, { parties }]) => [name, parties])),
    classifications: readClassifications(technical),
    fieldOfSearch: every(technical, 'field-of-search/classification-national').flatMap((one) => {
      const symbol = value(one);
      return symbol ? [{ scheme: 'USPC', symbol }] : [];
    }),
    citations: readCitations(technical, collector),
    events: every(root, 'legal-status/legal-event').map((one) => readEvent(one, office)),
  };
  const otherNames = compact(Object.fromEntries(Object.entries(lists).map(([name, one]) => [name, one.otherNames])));
  takeRepeats(root, children(biblio, 'publication-reference'), Object.values(root.attributes));
  const extra = compact({
    otherNames,
    correspondence: correspondence(people),
    terms: value(child(root, 'copyright')),
    ...otherData(root, leftOut),
  });
  return { document: compact({ ...document, extra }) as Draft['document'], sourceDate };
}

function correspondence(people: XmlElement | undefined) {
  const found = child(people, 'correspondence-address');
  return found ? readParties({ ...found, children: [found] }).parties[0] : undefined;
}

function numberOf(element: XmlElement | undefined): DocumentNumber | undefined {
  const number = value(element, 'doc-number');
  if (number === undefined) return undefined;
  leaveOut(child(element, 'lang'), 'language of a number');
  return documentNumber({
    office: value(element, 'country'),
    number,
    kind: value(element, 'kind'),
    date: value(element, 'date'),
    original: /[^0-9A-Za-z]/.test(number) ? number : undefined,
  });
}

function idOf(number: DocumentNumber | undefined): string | undefined {
  return number?.office && number.number ? publicationIdOf(number.office, number.number, number.kind) : undefined;
}

function readRelated(biblio: XmlElement | undefined): Related[] {
  return every(biblio, 'related-documents/relation').map((one) =>
    compact({
      relation: attribute(one, 'type') ?? 'related',
      document: numberOf(at(one, 'parent-doc/document-id')) ?? numberOf(child(one, 'document-id')),
    }),
  );
}

function readPct(biblio: XmlElement | undefined): PatentDocument['pct'] {
  const data = child(biblio, 'international-convention-data');
  const pct = compact({
    application: numberOf(at(data, 'pct-or-regional-filing-data/document-id')),
    publication: numberOf(at(data, 'pct-or-regional-publishing-data/document-id')),
  });
  return Object.keys(pct).length > 0 ? pct : undefined;
}

function texts(root: XmlElement, technical: XmlElement | undefined, lang: string, collector: TextCollector) {
  const byLanguage = (elements: readonly XmlElement[]): Record<string, string> => {
    const found: Record<string, string> = {};
    for (const element of elements) {
      const own = (attribute(element, 'lang') ?? lang).toLowerCase();
      const text = renderText(element, collector);
      if (text === '' || found[own] === text) continue;
      found[own] = found[own] === undefined ? text : `${found[own]}\n${text}`;
    }
    return found;
  };
  const own = (element: XmlElement): string => (attribute(element, 'lang') ?? lang).toLowerCase();
  return {
    titles: byLanguage(children(technical, 'invention-title')),
    abstracts: byLanguage(children(root, 'abstract')),
    description: children(root, 'description').flatMap((one) => descriptionParts(one, own(one), collector)),
    claims: claimLists(root).flatMap((one) =>
      readClaims(one, { lang: own(one), claim: 'claim', reference: 'claim-ref' }, collector),
    ),
    figures: figures(every(root, 'drawings/figure'), collector.images),
  };
}

/** Older documents give all claims of a language as one text, which then stands as one claim. */
function claimLists(root: XmlElement): XmlElement[] {
  return children(root, 'claims').map((list) => {
    if (children(list, 'claim').length > 0) return list;
    const whole: XmlElement = { type: 'element', name: 'claim', attributes: {}, children: list.children, seen: true };
    return { ...list, children: [whole] };
  });
}

function readClassifications(technical: XmlElement | undefined): Classification[] {
  const old = children(technical, 'classification-ipc').flatMap((block) => {
    const version = value(block, 'edition');
    return children(block, 'main-classification', 'further-classification', 'additional-info').map((one) => {
      const text = takeRaw(one);
      const position = one.name === 'main-classification' ? 'F' : 'L';
      return compact({ scheme: 'IPC', symbol: oldIpcSymbol(text) ?? text.trim(), position, version });
    });
  });
  const ipcr = every(technical, 'classifications-ipcr/classification-ipcr').map((one) => {
    const text = takeRaw(one);
    return st8('IPC', text.padEnd(50)) ?? { scheme: 'IPC', symbol: text.trim() };
  });
  const ecla = every(technical, 'classification-ecla/classification-symbol').map((one) => ({
    scheme: attribute(one, 'scheme') === 'EC' ? 'ECLA' : (attribute(one, 'scheme') ?? 'ECLA'),
    symbol: takeRaw(one).replace(/\s+/g, ' ').trim(),
  }));
  const national = children(technical, 'classification-national').flatMap((block) =>
    children(block, 'main-classification', 'further-classification').map((one) => {
      const isUs = attribute(block, 'country') === 'US';
      const text = takeRaw(one);
      const position = one.name === 'main-classification' ? 'F' : 'L';
      return { scheme: isUs ? 'USPC' : 'national', symbol: isUs ? uspcSymbol(text) : text.trim(), position };
    }),
  );
  return [...ipcr, ...old, ...ecla, ...national].filter((one) => one.symbol !== '') as Classification[];
}

function readCitations(technical: XmlElement | undefined, collector: TextCollector): Citation[] {
  const block = child(technical, 'citations');
  const patents = every(block, 'patent-citations/patcit').map((one): Citation => {
    const cited = numberOf(child(one, 'document-id'));
    const name = value(at(one, 'document-id'), 'name');
    return compact({ id: idOf(cited), date: cited?.date, category: foundAs(one), name });
  });
  const literature = every(block, 'non-patent-citations/nplcit').map((one): Citation => {
    const text = child(one, 'text');
    return compact({ npl: renderText(text ?? one, collector) });
  });
  return [...patents, ...literature];
}

/** The category that the search report gives a citation, by the source that names it. */
function foundAs(citation: XmlElement): string | undefined {
  const categories = every(citation, 'sources/source').flatMap((one) => attribute(one, 'category') ?? []);
  return [...new Set(categories)].join('') || undefined;
}

/** An INPADOC event as the collection gives it: title, and attributes such as the date it takes effect. */
function readEvent(element: XmlElement, office: string): LegalEvent {
  const body = child(element, 'legal-event-body');
  const attributes = every(body, 'event-attributes/event-attribute').map((one) => ({
    label: value(one, 'event-attribute-label') ?? '',
    value: value(one, 'event-attribute-value') ?? '',
  }));
  const effective = attributes.find(({ label }) => /^effective date$/i.test(label));
  const rest = attributes.filter((one) => one !== effective && one.value !== '');
  const details = rest.map((one) => (one.label === '' ? one.value : `${one.label}: ${one.value}`));
  return compact({
    office: attribute(element, 'country') ?? office,
    code: attribute(element, 'code') ?? '',
    date: isoDate(attribute(element, 'date')),
    effective: isoDate(effective?.value),
    text: [value(body, 'event-title'), ...details].filter(Boolean).join('; '),
  });
}
