import {
  type Citation,
  type Classification,
  type DocumentNumber,
  type LegalEvent,
  type Party,
  QuanlianError,
  type Related,
} from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { createCollector, readClaims } from '../common/blocks.js';
import { typeOfKind } from '../common/kinds.js';
import { lookUp } from '../common/look-up.js';
import type { Draft, LeftOutRules } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { groupSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, party, publicationIdOf } from '../common/values.js';
import { renderText } from '../text/inline.js';
import { at, child, children, every, value, type XmlElement } from '../xml/tree.js';

const leftOut: LeftOutRules = [];

/** What a publication of an answer is known by. */
interface Publication {
  readonly office: string;
  readonly number: string;
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

/**
 * One `patentcontent` of the services of the Taiwan office: laid-open applications and rights with their state
 * (numbers such as `notice-no` and `publish-no`), or a hit of its search system, which has documents of many offices
 * (`doc-number` with the office before it).
 */
export function readContent(root: XmlElement): Draft {
  const reference = child(root, 'publication-reference');
  const rights = rightOf(root);
  const laidOpen = laidOpenOf(reference);
  const publication = rights ?? laidOpen ?? foreignOf(reference);
  if (!publication) {
    const sentence =
      'The record names no publication: publication-reference has no notice-no, publish-no or doc-number.';
    throw new QuanlianError('record.no_number', sentence);
  }
  const { office, number, kind, date } = publication;
  const canonical = canonicalPublication(office, number, kind);
  const lang = { TW: 'zh-Hant', CN: 'zh', JP: 'ja', KR: 'ko' }[office] ?? 'en';
  const title = child(root, 'patent-title');
  const abstract = child(root, 'abstract');
  const collector = createCollector();
  const people = ['applicants', 'inventors', 'agents', 'examiners'].map((list) => readPeople(root, list));
  const [applicants, inventors, agents, examiners] = people.map(({ parties }) => parties);
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type: typeOf(publication, value(at(root, 'application-reference/appl-class'))),
    lang,
    application: applicationOf(root, office),
    related: rights && laidOpen ? [relatedOf(laidOpen)] : [],
    priorities: every(root, 'priority-claims/priority-claim').flatMap(priorityOf),
    titles: compact({
      [lang]: firstOf(title, 'patent-name-chinese', 'title', 'chinese-title'),
      ...compact({ en: firstOf(title, 'patent-name-english', 'english-title') }),
    }) as Record<string, string>,
    abstracts: compact({ [lang]: abstract ? renderText(abstract, collector) : undefined }) as Record<string, string>,
    applicants,
    inventors,
    agents,
    examiners: (examiners ?? []).map(({ name }) => ({ name })),
    classifications: classifications(root),
    citations: every(root, 'references-cited/citation').flatMap(citationOf),
    claims: children(root, 'claims').flatMap((one) =>
      readClaims(one, { lang, claim: 'claim', reference: 'claim-ref' }, collector),
    ),
    events: ended(root),
  };
  const englishNames = Object.fromEntries(
    ['applicants', 'inventors', 'agents'].map((name, index) => [name, people[index]?.englishNames ?? []]),
  );
  const extra = compact({ englishNames: compact(englishNames), ...otherData(root, leftOut) });
  return { document: compact({ ...document, extra }) as Draft['document'], sourceDate: date };
}

/** The first of these elements that holds text; those behind it are not taken. */
function firstOf(element: XmlElement | undefined, ...names: string[]): string | undefined {
  for (const name of names) {
    const found = value(child(element, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

const KIND_OF_CLASS: Readonly<Record<string, string>> = { 1: 'B', 2: 'U', 3: 'S', I: 'B', M: 'U', D: 'S' };

/** A right by the number it was published under: `I498367`, or six digits with the class of the application beside. */
function rightOf(root: XmlElement): Publication | undefined {
  const reference = child(root, 'publication-reference');
  const number = firstOf(reference, 'publish-no') ?? firstOf(child(root, 'patent-right'), 'patent-no');
  if (number === undefined) return undefined;
  const letter = /^[IMD]/.exec(number)?.[0] ?? value(at(root, 'application-reference/appl-class')) ?? '';
  return { office: 'TW', number, kind: KIND_OF_CLASS[letter], date: isoDate(firstOf(reference, 'publish-date')) };
}

function laidOpenOf(reference: XmlElement | undefined): Publication | undefined {
  const number = firstOf(reference, 'notice-no');
  if (number === undefined) return undefined;
  return { office: 'TW', number, kind: 'A', date: isoDate(firstOf(reference, 'notice-date')) };
}

/** A hit of the search system: `US20150129711A1`, `TWI498367B`; a number without an office is of this one. */
function foreignOf(reference: XmlElement | undefined): Publication | undefined {
  const holder = at(reference, 'document-id') ?? reference;
  const given = value(child(holder, 'doc-number'));
  if (given === undefined) return undefined;
  const date = isoDate(value(child(holder, 'date')));
  const match = /^([A-Z]{2})?(.*?\d)([A-Z]\d?)?$/.exec(given.replace(/[\s/.,-]/g, ''));
  const office = match?.[1] ?? value(child(holder, 'country')) ?? 'TW';
  return { office, number: match?.[2] ?? given, kind: match?.[3] ?? value(child(holder, 'kind')), date };
}

const relatedOf = ({ office, number, kind, date }: Publication): Related => ({
  relation: 'related-publication',
  id: publicationIdOf(office, number, kind),
  document: documentNumber({ office, number, kind, date }),
});

function typeOf({ office, number, kind }: Publication, given: string | undefined): string {
  if (office !== 'TW') return typeOfKind(office, kind) ?? 'invention';
  const letter = /^[IMD]/.exec(number)?.[0] ?? given ?? '';
  return { U: 'utility-model', S: 'design' }[KIND_OF_CLASS[letter] ?? kind ?? ''] ?? 'invention';
}

function applicationOf(root: XmlElement, office: string): DocumentNumber | undefined {
  const reference = child(root, 'application-reference');
  const number = firstOf(reference, 'appl-no', 'doc-number');
  if (number === undefined) return undefined;
  const date = firstOf(reference, 'appl-date', 'date');
  const plain = number.startsWith(office) ? number.slice(office.length) : number;
  return documentNumber({ office, number: plain, date, original: plain === number ? undefined : number });
}

function priorityOf(one: XmlElement): DocumentNumber[] {
  const number = value(child(one, 'doc-number'));
  if (number === undefined) return [];
  const original = /[^0-9A-Za-z]/.test(number) ? number : undefined;
  return [documentNumber({ office: value(child(one, 'country')), number, date: value(child(one, 'date')), original })];
}

/** People of a list; in JSON the list is repeated for each, in XML each has an element inside it. */
function readPeople(root: XmlElement, list: string) {
  const parties: Party[] = [];
  const englishNames: { index: number; name: string }[] = [];
  const lists = [...every(root, `parties/${list}`), ...children(root, list)];
  const people = lists.flatMap((one) => {
    const inner = children(one, list.slice(0, -1));
    return inner.length > 0 ? inner : [one];
  });
  for (const one of people) {
    const own = firstOf(one, 'chinese-name', 'name');
    const english = firstOf(one, 'english-name');
    const address = firstOf(one, 'address');
    const found = party({
      name: own ?? english ?? value(one),
      country: firstOf(one, 'english-country', 'country-code', 'country'),
      address: address ?? firstOf(one, 'english-address'),
    });
    if (!found) continue;
    if (own && english) englishNames.push({ index: parties.length, name: english });
    parties.push(found);
  }
  return { parties, englishNames };
}

const LISTS = [
  ['classifications-ipc', 'ipc', 'IPC'],
  ['classification-ipc', 'ipc', 'IPC'],
  ['classifications-cpc', 'cpc', 'CPC'],
  ['classifications-loc', 'loc', 'LOCARNO'],
  ['classifications-national', 'uspc', 'USPC'],
  ['classifications-national', 'fi', 'FI'],
  ['classifications-national', 'f-term', 'FTERM'],
] as const;

function classifications(root: XmlElement): Classification[] {
  return LISTS.flatMap(([list, name, scheme]) =>
    every(root, `${list}/${name}`).flatMap((one, index): Classification[] => {
      const given = value(one);
      if (given === undefined) return [];
      // `G06F-021/31(2013.01)` as the search system writes it.
      const [, bare = given, edition] = /^([^(]*\S)\s*\(([\d.]+)\)$/.exec(given) ?? [];
      const spaced = scheme === 'IPC' || scheme === 'CPC' ? bare.replace(/^([A-Z]\d\d[A-Z])-0*/, '$1 ') : bare;
      const symbol = scheme === 'IPC' || scheme === 'CPC' ? (groupSymbol(spaced) ?? spaced) : spaced;
      const version = isoDate(edition?.replace('.', '')) ?? edition;
      return [compact({ scheme, symbol, position: index === 0 ? 'F' : 'L', version }) as Classification];
    }),
  );
}

function citationOf(one: XmlElement): Citation[] {
  const given = value(one);
  if (given === undefined) return [];
  const match = /^([A-Z]{2})(\S*?\d)([A-Z]\d?)?$/.exec(given.replace(/\s/g, ''));
  if (!match?.[1] || !match[2]) return [{ npl: given }];
  return [{ id: publicationIdOf(match[1], match[2].replace(/\W/g, ''), match[3]) }];
}

/** The ends of a right, by the codes of the office's own list. */
function ended(root: XmlElement): LegalEvent[] {
  const right = child(root, 'patent-right');
  const one = (date: string | undefined, code: string | undefined): LegalEvent[] =>
    date === undefined && code === undefined
      ? []
      : [
          compact({
            office: 'TW',
            code: code ?? 'end',
            date: isoDate(date),
            text: code ? lookUp(REASONS, code) : undefined,
          }),
        ];
  return [
    ...one(firstOf(right, 'cancel-date'), firstOf(right, 'cancel-result')),
    ...one(firstOf(right, 'revoke-date'), firstOf(right, 'revoke-code')),
  ];
}

const REASONS: Readonly<Record<string, string>> = {
  48101: '專利權期滿',
  48103: '無人繼承',
  48105: '未依限繳費',
  48107: '自行放棄',
  48111: '依職權撤銷',
  48113: '舉發成立撤銷',
  48119: '專利權復原',
  48123: '自始不存在',
};
