import type { Citation, Claim, Classification, DocumentNumber, Figure, LegalEvent, Party } from '@quanlian/contract';
import { createCollector, readClaims } from '../common/blocks.js';
import { lookUp } from '../common/look-up.js';
import { groupSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, joined, party, publicationIdOf } from '../common/values.js';
import { at, child, children, every, value, type XmlElement } from '../xml/tree.js';

/** What of an item is there several times: in lists of the bibliography, or in one element with signs between. */

const LANG = 'ko';

/** The first of these elements that holds text; those behind it are not taken. */
export function text(root: XmlElement, ...names: readonly string[]): string | undefined {
  for (const name of names) {
    const found = value(child(root, name));
    if (found !== undefined) return found;
  }
  return undefined;
}

const split = (given: string | undefined): string[] =>
  (given ?? '').split(/[;|]/).flatMap((one) => (one.trim() === '' ? [] : [one.trim()]));

/** Offices and states as the service writes them; codes stay. */
const COUNTRIES: Readonly<Record<string, string>> = {
  대한민국: 'KR',
  한국: 'KR',
  미국: 'US',
  일본: 'JP',
  중국: 'CN',
  대만: 'TW',
  독일: 'DE',
  프랑스: 'FR',
  영국: 'GB',
  스위스: 'CH',
  네덜란드: 'NL',
  이탈리아: 'IT',
  스웨덴: 'SE',
  핀란드: 'FI',
  캐나다: 'CA',
  호주: 'AU',
  오스트레일리아: 'AU',
  오스트리아: 'AT',
  벨기에: 'BE',
  덴마크: 'DK',
  노르웨이: 'NO',
  스페인: 'ES',
  이스라엘: 'IL',
  인도: 'IN',
  싱가포르: 'SG',
  홍콩: 'HK',
  유럽특허청: 'EP',
  '유럽특허청(EPO)': 'EP',
};

const countryOf = (name: string | undefined): string | undefined =>
  name === undefined ? undefined : (lookUp(COUNTRIES, name) ?? (/^[A-Z]{2}$/.test(name) ? name : undefined));

/** People of a role, by their records or by a list of names. */
export function parties(root: XmlElement, role: 'applicant' | 'inventor' | 'agent'): Party[] {
  const records = every(root, `${role}InfoArray/${role}Info`);
  if (records.length === 0) {
    const capital = `${role.charAt(0).toUpperCase()}${role.slice(1)}`;
    return split(text(root, `${role}Name`, capital, `${capital}Name`)).map((name) => ({ name }));
  }
  return records.flatMap((one) => {
    const country = value(child(one, 'country'));
    const code = countryOf(country);
    const found = party({
      name: text(one, 'name', 'engName'),
      country: code ?? country,
      address: value(child(one, 'address')),
    });
    return found ? [found] : [];
  });
}

export function priorities(root: XmlElement): DocumentNumber[] {
  return every(root, 'priorityInfoArray/priorityInfo').flatMap((one) => {
    const number = text(one, 'priorityApplicationNumber');
    if (number === undefined) return [];
    const country = text(one, 'priorityApplicationCountry');
    const date = text(one, 'priorityApplicationDate');
    const original = /[^0-9A-Za-z]/.test(number) ? number : undefined;
    return [documentNumber({ office: countryOf(country) ?? country, number, date, original })];
  });
}

/** The international application and publication. */
export function international(root: XmlElement): Record<string, DocumentNumber> {
  const info = at(root, 'internationalInfoArray/internationalInfo');
  if (!info) return {};
  const one = (given: string | undefined, date: string | undefined): DocumentNumber | undefined => {
    const number = given?.replace(/^WO/i, '');
    return given === undefined ? undefined : documentNumber({ office: 'WO', number, date, original: given });
  };
  return compact({
    application: one(text(info, 'internationalApplicationNumber'), text(info, 'internationalApplicationDate')),
    publication: one(
      text(info, 'internationOpenNumber', 'internationalOpenNumber'),
      text(info, 'internationOpenDate', 'internationalOpenDate'),
    ),
  }) as Record<string, DocumentNumber>;
}

function symbols(
  scheme: 'IPC' | 'CPC',
  given: readonly (readonly [symbol: string, version?: string])[],
): Classification[] {
  return given.map(([symbol, version], index) =>
    compact({
      scheme,
      symbol: groupSymbol(symbol) ?? symbol,
      position: index === 0 ? 'F' : 'L',
      version: isoDate(version?.replace(/[().\s]/g, '')) ?? version,
    }),
  ) as Classification[];
}

export function classes(root: XmlElement): Classification[] {
  const listed = (list: string, one: string, number: string, date: string): (readonly [string, string?])[] =>
    every(root, `${list}/${one}`).flatMap((info) => {
      const symbol = value(child(info, number));
      return symbol === undefined ? [] : [[symbol, value(child(info, date))] as const];
    });
  const flat = (...names: string[]) => split(text(root, ...names)).map((symbol) => [symbol] as const);
  const designs = split(text(root, 'locCode', 'locarnoCode', 'LocarnoClassificationCode'));
  return [
    ...symbols('IPC', [
      ...listed('ipcInfoArray', 'ipcInfo', 'ipcNumber', 'ipcDate'),
      ...flat('ipcNumber', 'InternationalpatentclassificationNumber', 'internationalpatentclassificationNumber'),
    ]),
    ...symbols('CPC', [
      ...listed('cpcInfoArray', 'cpcInfo', 'cpcNumber', 'cpcDate'),
      ...flat('cpcNumber', 'CooperativepatentclassificationNumber'),
    ]),
    ...designs.map((symbol): Classification => ({ scheme: 'LOCARNO', symbol })),
  ];
}

/** `KR1020050012345 A`, with a star where the examiner cited it; anything else is literature. */
export function citations(root: XmlElement): Citation[] {
  return every(root, 'priorArtDocumentsInfoArray/priorArtDocumentsInfo').flatMap((one): Citation[] => {
    const given = text(one, 'documentsNumber');
    if (given === undefined) return [];
    const match = /^([A-Z]{2})\s*([0-9][0-9A-Z/-]*?)\s*([A-Z]\d?)?\s*\*?$/.exec(given);
    const flag = text(one, 'examinerQuotationFlag');
    const phase = flag === undefined ? {} : { parts: { examinerQuotationFlag: flag } };
    if (!match) return [{ npl: given, ...phase }];
    const [, office = '', number = '', kind] = match;
    return [{ id: publicationIdOf(office, number.replace(/\W/g, ''), kind), ...phase }];
  });
}

export function claims(root: XmlElement): Claim[] {
  const list = child(root, 'claimInfoArray');
  const infos = children(list, 'claimInfo');
  if (!list || infos.length === 0) return [];
  const found = infos.flatMap((info) => children(info, 'claim'));
  const holder: XmlElement = { ...list, children: found };
  return readClaims(holder, { lang: LANG, claim: 'claim', reference: 'claim-ref' }, createCollector());
}

export function figures(root: XmlElement): Figure[] {
  const image = child(root, 'imagePathInfo');
  const files = [
    ...['drawing', 'bigDrawing', 'ThumbnailPath', 'DrawingPath', 'imagePath'].map((name) => text(root, name)),
    ...(image ? [text(image, 'path'), text(image, 'largePath')] : []),
  ];
  return files.flatMap((file) => (file ? [{ file }] : []));
}

/** The papers of the file in the order of the answer, behind the status that the register shows. */
export function statusEvents(root: XmlElement, status: string | undefined, date: string | undefined): LegalEvent[] {
  const shown = status ? [compact({ office: 'KR', code: 'registerStatus', date, text: status })] : [];
  const papers = every(root, 'legalStatusInfoArray/legalStatusInfo').map((one) =>
    compact({
      office: 'KR',
      code: 'legalStatus',
      date: isoDate(text(one, 'receiptDate')?.replace(/\D/g, '')),
      text: joined(' · ', text(one, 'documentName'), text(one, 'documentEngName'), text(one, 'commonCodeName')),
    }),
  );
  return [...shown, ...papers];
}
