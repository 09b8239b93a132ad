import { type DocumentNumber, type PatentDocument, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, type TextCollector } from '../common/blocks.js';
import { typeOfKind } from '../common/kinds.js';
import { plainData } from '../common/plain.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { compact, isoDate, publicationIdOf } from '../common/values.js';
import { exchangeWire } from '../ops-xml/wire.js';
import { renderText } from '../text/inline.js';
import { attribute, child, children, descendants, every, leaveOut, value, type XmlElement } from '../xml/tree.js';
import { readCitations } from './citations.js';
import { readClassifications } from './classifications.js';
import { bySequence, numberForms } from './numbers.js';
import { readParties } from './parties.js';
import { readPriorities } from './priorities.js';

const leftOut: LeftOutRules = [
  ['**/publication-reference/document-id/*', 'the same number in another form'],
  ['**/application-reference/document-id/*', 'the same number in another form'],
];

/** DOCDB exchange documents of front and back files, with or without the prefix, and those in OPS answers. */
export const docdb: XmlReader = {
  format: 'docdb',
  roots: ['exchange-document'],
  inner: ['family-member'],
  leftOut,
  read: readDocdb,
};

function readDocdb(root: XmlElement, context: Readonly<Record<string, string>>): Draft {
  const office = attribute(root, 'country');
  const number = attribute(root, 'doc-number');
  if (!office || !number)
    throw new QuanlianError('record.no_number', 'The exchange document has no country and doc-number.');
  const canonical = canonicalPublication(office, number, attribute(root, 'kind'));
  const biblio = child(root, 'bibliographic-data');
  const sourceDate = isoDate(attribute(root, 'date-of-last-exchange')) ?? isoDate(context['date-of-exchange']);
  const base = { id: publicationId(canonical), ...canonical };
  // A deletion withdraws the record; whatever else it holds no longer stands.
  if (attribute(root, 'status') === 'D') {
    leaveOut(root, 'content of a record that is withdrawn');
    return { document: compact({ ...base, deleted: true as const }), sourceDate };
  }
  const wire = exchangeWire(root);
  const publication = numberForms(children(biblio, 'publication-reference'));
  const document = compact({
    ...base,
    wire,
    date: isoDate(attribute(root, 'date-publ')) ?? publication?.date,
    type: typeOfKind(canonical.office, canonical.kind),
    familyId: attribute(root, 'family-id'),
    ...(biblio ? readBiblio(root, biblio, publication) : {}),
  });
  return { document, sourceDate, part: wire && 'abstract' in wire ? 'ops-abstract' : undefined };
}

function readBiblio(root: XmlElement, biblio: XmlElement, publication: DocumentNumber | undefined) {
  const collector = createCollector();
  const parties = child(biblio, 'parties');
  const applicants = readParties(child(parties, 'applicants'), 'applicant', 'applicant-name');
  const inventors = readParties(child(parties, 'inventors'), 'inventor', 'inventor-name');
  const agents = readParties(child(parties, 'agents'), 'agent', 'agent-name');
  const { classifications, extra: classExtra } = readClassifications(biblio);
  const { citations, extra: citationExtra } = readCitations(biblio, collector);
  const titles = byLanguage(children(biblio, 'invention-title'), collector);
  const abstracts = byLanguage(children(root, 'abstract'), collector);
  const publicationLanguage = value(biblio, 'language-of-publication');
  const { priorities, links } = readPriorities(every(biblio, 'priority-claims/priority-claim'));
  return {
    lang:
      publicationLanguage ??
      descendants(child(biblio, 'publication-reference'), 'document-id').flatMap(
        (one) => attribute(one, 'lang') ?? [],
      )[0],
    application: numberForms(children(biblio, 'application-reference')),
    priorities,
    designatedStates: designatedStates(biblio),
    titles: titles.texts,
    abstracts: abstracts.texts,
    applicants: applicants.parties,
    inventors: inventors.parties,
    agents: agents.parties,
    classifications,
    citations,
    extra: {
      ...classExtra,
      ...citationExtra,
      ...readExtra(root, biblio, publicationLanguage),
      ...compact({
        originalNumber: publication?.original,
        epodocNumber: publication?.epodoc,
        priorityLinks: links,
        standardNames: compact({ applicants: applicants.standardNames, inventors: inventors.standardNames }),
        otherTitles: titles.others,
        otherAbstracts: abstracts.others,
      }),
    },
  } satisfies Partial<PatentDocument>;
}

/** Texts by language; a second text in the same language is kept apart. */
function byLanguage(elements: readonly XmlElement[], collector: TextCollector) {
  const texts: Record<string, string> = {};
  const others: { lang: string; text: string }[] = [];
  const preferred = [...elements].sort((a, b) => Number(isStandard(a)) - Number(isStandard(b)));
  for (const element of preferred) {
    const lang = attribute(element, 'lang')?.toLowerCase() ?? 'und';
    const text = renderText(element, collector);
    if (text === '') continue;
    if (texts[lang] === undefined) texts[lang] = text;
    else if (texts[lang] !== text) others.push({ lang, text });
  }
  return { texts, others };
}

const isStandard = (element: XmlElement): boolean => attribute(element, 'data-format') === 'docdb';

function designatedStates(biblio: XmlElement): string[] {
  const block = child(biblio, 'designation-of-states');
  const states = descendants(block, 'national', 'regional', 'contracting-states', 'designation-epc').flatMap((one) =>
    children(one, 'country').flatMap((country) => value(country) ?? []),
  );
  return [...new Set(states)];
}

function readExtra(
  root: XmlElement,
  biblio: XmlElement,
  publicationLanguage: string | undefined,
): Record<string, unknown> {
  const availability = children(child(biblio, 'dates-of-public-availability')).map((one) => [
    one.name,
    isoDate(dateIn(one)),
  ]);
  const regions = descendants(child(biblio, 'designation-of-states'), 'region').flatMap(
    (one) => value(one, 'country') ?? [],
  );
  return compact({
    extendedKind: value(biblio, 'extended-kind-code'),
    languages: compact({ filing: value(biblio, 'language-of-filing'), publication: publicationLanguage }),
    availability: compact(Object.fromEntries(availability)),
    designatedRegions: [...new Set(regions)],
    familyMembers: every(root, 'patent-family/family-member').map(familyMember),
    representative: attribute(root, 'is-representative') === 'YES' ? true : undefined,
    relatedDocuments: children(biblio, 'related-documents').map(plainData),
    previousPublications: children(biblio, 'preceding-publication-date', 'date-of-coming-into-force').map(plainData),
  });
}

function dateIn(element: XmlElement): string | undefined {
  return descendants(element, 'date').flatMap((one) => value(one) ?? [])[0];
}

function familyMember(element: XmlElement): Record<string, unknown> {
  const application = numberForms(children(element, 'application-reference'));
  const numbers = bySequence(children(element, 'publication-reference')).flatMap((group) => numberForms(group) ?? []);
  const publications = numbers.flatMap(({ office, number, kind }) =>
    office && number ? publicationIdOf(office, number, kind) : [],
  );
  return compact({ application, publications, epodoc: numbers.flatMap(({ epodoc }) => epodoc ?? []) });
}
