import { type Citation, type Classification, type DocumentNumber, type Party, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, descriptionParts, figures, readClaims } from '../common/blocks.js';
import { lookUp } from '../common/look-up.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { groupSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, joined, party, publicationIdOf } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { jsonTree } from '../xml/build.js';
import { at, attribute, child, children, every, value, type XmlElement } from '../xml/tree.js';
import { readContent } from './open-data.js';

const leftOut: LeftOutRules = [];

/**
 * Patents of the Taiwan Intellectual Property Office: its gazette of inventions, utility models and designs, and the
 * XML answers of its data services.
 */
export const tipo: XmlReader = {
  format: 'tipo',
  roots: ['tw-patent-grant', 'patentcontent'],
  leftOut,
  read: (root) => (root.name === 'patentcontent' ? readContent(root) : readGrant(root)),
};

/** The same answers of the data services in JSON. */
export const tipoJson: XmlReader = { format: 'tipo', roots: ['#tipo'], leftOut, parse: parseJson, read: readContent };

function parseJson(text: string): XmlElement {
  try {
    const [root] = jsonTree('patentcontent', JSON.parse(text));
    if (root) return root;
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : '';
    throw new QuanlianError('record.malformed', `The record is not JSON: ${why}.`, { cause });
  }
  throw new QuanlianError('record.malformed', 'The record is empty.');
}

const LANG = 'zh-Hant';

function readGrant(root: XmlElement): Draft {
  const biblio = child(root, 'tw-bibliographic-data-grant');
  const number = value(biblio, 'publication-reference/document-id/doc-number');
  if (!biblio || !number) throw new QuanlianError('record.no_number', 'The record has no publication-reference.');
  const canonical = canonicalPublication('TW', number, value(biblio, 'kindcode'));
  const collector = createCollector();
  const people = child(biblio, 'parties');
  const lists = {
    applicants: readParties(every(people, 'applicants/applicant')),
    inventors: readParties(every(people, 'inventors/inventor')),
    agents: readParties(every(people, 'agents/agent')),
  };
  const titles = child(biblio, 'invention-title');
  const date = rocDate(value(biblio, 'publication-reference/document-id/date'));
  const drawings = child(root, 'drawings');
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type: typeOf(attribute(child(biblio, 'application-reference'), 'appl-type'), canonical.number),
    lang: LANG,
    application: numberOf(at(biblio, 'application-reference/document-id'), 'TW'),
    priorities: every(biblio, 'priority-claims/priority-claim').flatMap((one) => numberOf(one) ?? []),
    titles: compact({ [LANG]: value(titles, 'chinese-title'), en: value(titles, 'english-title') }) as Record<
      string,
      string
    >,
    ...Object.fromEntries(Object.entries(lists).map(([name, { parties }]) => [name, parties])),
    examiners: every(biblio, 'examiners/examiner').flatMap((one) => {
      const name = chineseName(one);
      return name ? [{ name }] : [];
    }),
    classifications: classifications(biblio),
    citations: citations(biblio),
    description: children(drawings, 'drawing-description').flatMap((one) => descriptionParts(one, LANG, collector)),
    claims: children(root, 'claims').flatMap((one) =>
      readClaims(one, { lang: LANG, claim: 'claim', reference: 'claim-ref' }, collector),
    ),
    figures: figures(children(drawings, 'figure'), collector.images),
  };
  const earlier = numberOf(at(biblio, 'application-publication-reference/document-id'), 'TW');
  const extra = compact({
    certificateNumber: value(biblio, 'certificate-number/document-id/doc-number'),
    volume: value(biblio, 'volno'),
    issue: value(biblio, 'isuno'),
    englishNames: compact(Object.fromEntries(Object.entries(lists).map(([name, one]) => [name, one.englishNames]))),
    applicationPublication: earlier,
    representativeFigure: attribute(drawings, 'num')?.trim(),
    ...otherData(root, leftOut),
  });
  return { document: compact({ ...document, extra }) as Draft['document'], sourceDate: date };
}

/** A date of the era that counts from 1912 (`103/06/01` is 2014-06-01), or an ordinary one. */
function rocDate(text: string | undefined): string | undefined {
  const match = /^(\d{2,3})\/(\d{2})\/(\d{2})$/.exec(text ?? '');
  return match ? isoDate(`${Number(match[1]) + 1911}${match[2]}${match[3]}`) : isoDate(text);
}

const BY_WORD: Readonly<Record<string, string>> = {
  invention: 'invention',
  utility: 'utility-model',
  design: 'design',
};

const COUNTRIES: Readonly<Record<string, string>> = {
  日本: 'JP',
  美國: 'US',
  中國大陸: 'CN',
  大陸地區: 'CN',
  南韓: 'KR',
  韓國: 'KR',
  德國: 'DE',
  英國: 'GB',
  法國: 'FR',
  歐洲專利局: 'EP',
  瑞士: 'CH',
  荷蘭: 'NL',
  義大利: 'IT',
  瑞典: 'SE',
  奧地利: 'AT',
  加拿大: 'CA',
  澳大利亞: 'AU',
  澳洲: 'AU',
  以色列: 'IL',
  印度: 'IN',
  新加坡: 'SG',
  丹麥: 'DK',
  芬蘭: 'FI',
  挪威: 'NO',
  比利時: 'BE',
  西班牙: 'ES',
  中華民國: 'TW',
  世界智慧財產權組織: 'WO',
};

function numberOf(element: XmlElement | undefined, office?: string): DocumentNumber | undefined {
  const number = value(element, 'doc-number');
  if (number === undefined) return undefined;
  const country = value(element, 'country');
  return documentNumber({
    office: office ?? (country === undefined ? undefined : (lookUp(COUNTRIES, country) ?? country)),
    number,
    kind: value(element, 'kind'),
    date: rocDate(value(element, 'date'))?.replace(/-/g, ''),
    original: /[^0-9A-Za-z]/.test(number) ? number : undefined,
  });
}

function typeOf(given: string | undefined, number: string): string {
  const byLetter = { I: 'invention', M: 'utility-model', D: 'design' }[number.charAt(0)];
  return lookUp(BY_WORD, given ?? '') ?? byLetter ?? 'invention';
}

function chineseName(holder: XmlElement | undefined): string | undefined {
  const name = child(holder, 'chinese-name');
  return joined('', value(name, 'last-name'), value(name, 'first-name'));
}

function readParties(elements: readonly XmlElement[]) {
  const parties: Party[] = [];
  const englishNames: { index: number; name: string }[] = [];
  for (const element of elements) {
    const book = child(element, 'addressbook');
    const other = child(book, 'english-name');
    const english = joined(' ', value(other, 'last-name'), value(other, 'middle-name'), value(other, 'first-name'));
    const name = chineseName(book);
    const found = party({
      name: name ?? english,
      country: value(book, 'english-country'),
      address: value(book, 'address'),
      role: undefined,
    });
    if (!found) continue;
    if (english && name) englishNames.push({ index: parties.length, name: english });
    parties.push(found);
  }
  return { parties, englishNames };
}

function classifications(biblio: XmlElement): Classification[] {
  const schemes = { 'classification-ipc': 'IPC', 'classification-locarno': 'LOCARNO' };
  return Object.entries(schemes).flatMap(([block, scheme]) =>
    children(child(biblio, block), 'main-classification', 'further-classification').flatMap((one) => {
      const text = value(one);
      if (text === undefined) return [];
      const edition = attribute(one, 'edition');
      return compact({
        scheme,
        symbol: scheme === 'IPC' ? (groupSymbol(text) ?? text) : text,
        position: one.name === 'main-classification' ? 'F' : 'L',
        version: scheme === 'IPC' ? (isoDate(`${edition?.slice(0, 6) ?? ''}01`) ?? edition) : edition,
      }) as Classification;
    }),
  );
}

function citations(biblio: XmlElement): Citation[] {
  const patents = every(biblio, 'refs/ref').flatMap((one): Citation[] => {
    const cited = numberOf(one);
    if (!cited?.office || !cited.number) return [];
    return [{ id: publicationIdOf(cited.office, cited.number, cited.kind) }];
  });
  const collector = createCollector();
  const literature = every(biblio, 'orefs/oref').map((one) => compact({ npl: renderText(one, collector) }));
  return [...patents, ...literature.filter((one) => one.npl)];
}
