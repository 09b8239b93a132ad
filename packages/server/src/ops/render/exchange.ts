import type { Citation, Classification, Party, PatentDocument } from '@quanlian/contract';
import { readClass } from '@quanlian/kernel';
import { elementsNamed, firstElement, leaf, tag } from '../xml.js';
import { applicationForms, documentId, epodocPublication, priorityKind, publicationReference } from './numbers.js';

/** A symbol in the 50 places of WIPO ST.8, as the service writes it. */
function st8({ symbol, value }: Classification): string | undefined {
  const { section, class: klass, subclass, mainGroup, subgroup } = readClass(symbol);
  if (!section || !klass || !subclass || !mainGroup || !subgroup) return undefined;
  const group = mainGroup.replace(/^.*\s/, '').padStart(4);
  return `${section}${klass.slice(-2)}${subclass.slice(-1)}${group}/${subgroup.padStart(6)}${' '.repeat(12)}A ${value ?? 'I'}${' '.repeat(20)}`;
}

function ipcrList(classes: readonly Classification[]): string {
  const texts = classes.filter(({ scheme }) => scheme === 'IPC' || scheme === 'IPCR').flatMap((one) => st8(one) ?? []);
  const items = texts.map((text, at) => tag('classification-ipcr', tag('text', text), { sequence: at + 1 }));
  return items.length === 0 ? '' : tag('classifications-ipcr', items.join(''));
}

function cpcItem(one: Classification, sequence: number): string {
  const { section, class: klass, subclass, mainGroup, subgroup } = readClass(one.symbol);
  if (!section || !klass || !subclass || !mainGroup || !subgroup) return '';
  return tag(
    'patent-classification',
    tag('classification-scheme', '', { office: 'EP', scheme: 'CPCI' }) +
      leaf('section', section) +
      leaf('class', klass.slice(-2)) +
      leaf('subclass', subclass.slice(-1)) +
      leaf('main-group', mainGroup) +
      leaf('subgroup', subgroup) +
      leaf('classification-value', one.value ?? 'I') +
      leaf('generating-office', 'EP'),
    { sequence },
  );
}

function cpcList(classes: readonly Classification[]): string {
  const items = classes.filter(({ scheme }) => scheme === 'CPC').map((one, at) => cpcItem(one, at + 1));
  return items.join('') === '' ? '' : tag('patent-classifications', items.join(''));
}

type StandardNames = readonly { readonly index: number; readonly name: string }[];

/** Every name twice, as the service does: in DOCDB's writing with the country, and as the office printed it. */
function partyList(name: 'applicant' | 'inventor', parties: readonly Party[], standard: StandardNames): string {
  const written = (format: string, text: string, at: number): string =>
    tag(name, tag(`${name}-name`, leaf('name', text)), { sequence: at + 1, 'data-format': format });
  const epodoc = parties.map((party, at) => {
    const known = standard.find(({ index }) => index === at)?.name ?? party.name;
    return written('epodoc', party.country ? `${known} [${party.country}]` : known, at);
  });
  const original = parties.map((party, at) => written('original', party.name, at));
  return parties.length === 0 ? '' : tag(`${name}s`, epodoc.join('') + original.join(''));
}

function standardNames(doc: PatentDocument, list: 'applicants' | 'inventors'): StandardNames {
  const known = doc.extra?.['standardNames'] as Partial<Record<string, StandardNames>> | undefined;
  return known?.[list] ?? [];
}

const CITED = /^([A-Z]{2})(.*\d)([A-Z]\d?)?$/;

function citationItem({ id, date, phase, category, npl, name }: Citation, sequence: number): string {
  const [, office, number, kind] = CITED.exec(id ?? '') ?? [];
  const named = leaf('name', name);
  const patent =
    office && number
      ? tag(
          'patcit',
          documentId('epodoc', { number: epodocPublication({ office, number, kind }), date }, named) +
            documentId('docdb', { office, number, kind, date }, named),
          { 'dnum-type': 'publication number' },
        )
      : '';
  const literature = npl ? tag('nplcit', leaf('text', npl)) : '';
  const categories = [...(category ?? '')].map((letter) => leaf('category', letter)).join('');
  return tag('citation', patent + literature + categories, { 'cited-phase': phase, sequence });
}

const byLanguage = (texts: Readonly<Record<string, string>> | undefined): [string, string][] =>
  Object.entries(texts ?? {});

function abstractsOf(doc: PatentDocument): string {
  return byLanguage(doc.abstracts)
    .map(([lang, text]) => {
      const paragraphs = text.split(/\n+/).map((paragraph) => leaf('p', paragraph.trim()));
      return tag('abstract', paragraphs.join(''), { lang });
    })
    .join('');
}

/** The claims to priority, in the fewest forms the service gives here. */
function priorityClaims(doc: PatentDocument): string {
  const claims = (doc.priorities ?? []).map((one, at) =>
    tag('priority-claim', applicationForms(one, false), { sequence: at + 1, kind: priorityKind(one) }),
  );
  return claims.length === 0 ? '' : tag('priority-claims', claims.join(''));
}

function bibliographicData(doc: PatentDocument): string {
  const classes = doc.classifications ?? [];
  const applicants = [...(doc.applicants ?? doc.proprietors ?? doc.assignees ?? [])];
  const parties =
    partyList('applicant', applicants, standardNames(doc, 'applicants')) +
    partyList('inventor', doc.inventors ?? [], standardNames(doc, 'inventors'));
  const titles = byLanguage(doc.titles).map(([lang, text]) => leaf('invention-title', text, { lang }));
  const citations = (doc.citations ?? []).map((one, at) => citationItem(one, at + 1));
  return tag(
    'bibliographic-data',
    publicationReference(doc) +
      ipcrList(classes) +
      cpcList(classes) +
      (doc.application ? tag('application-reference', applicationForms(doc.application)) : '') +
      priorityClaims(doc) +
      tag('parties', parties) +
      titles.join('') +
      (citations.length === 0 ? '' : tag('references-cited', citations.join(''))),
  );
}

/** A publication with its bibliographic data and abstract: as the service itself gave it, else written from what is known. */
export function exchangeDocument(doc: PatentDocument): string {
  const given = doc.wire?.['exchange'];
  if (given !== undefined) return given;
  const { familyId, office, number, kind } = doc;
  return tag('exchange-document', bibliographicData(doc) + abstractsOf(doc), {
    system: 'ops.epo.org',
    'family-id': familyId,
    country: office,
    'doc-number': number,
    kind,
  });
}

/** A publication's number and abstract alone; undefined when it has none. */
export function abstractDocument(doc: PatentDocument): string | undefined {
  const given = doc.wire?.['abstract'];
  if (given !== undefined) return given;
  const exchange = doc.wire?.['exchange'];
  const abstracts = exchange === undefined ? abstractsOf(doc) : elementsNamed(exchange, 'abstract').join('');
  if (abstracts === '') return undefined;
  const reference = (exchange && firstElement(exchange, 'publication-reference')) ?? publicationReference(doc);
  const { office, number, kind } = doc;
  const biblio = tag('bibliographic-data', reference + tag('parties', ''));
  return tag('exchange-document', biblio + abstracts, { country: office, 'doc-number': number, kind });
}

/** What stands in a bulk answer in the place of a publication that is not held. */
export function missingDocument(parts: {
  office?: string | undefined;
  number: string;
  kind?: string | undefined;
}): string {
  return tag('exchange-document', '', {
    system: 'ops.epo.org',
    country: parts.office,
    'doc-number': parts.number,
    kind: parts.kind,
    status: 'not found',
  });
}
