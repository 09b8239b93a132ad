import {
  type Citation,
  type Claim,
  type Classification,
  type DescriptionPart,
  type DocumentNumber,
  type Party,
  QuanlianError,
  type Related,
} from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { dependsOnFromText } from '../common/depends.js';
import { typeOfKind } from '../common/kinds.js';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { takeRepeats } from '../common/repeats.js';
import { otherData } from '../common/rest.js';
import { groupSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, party, publicationIdOf } from '../common/values.js';
import { children, value, type XmlElement } from '../xml/tree.js';
import { parseBrs } from './parse.js';

const leftOut: LeftOutRules = [
  ['brs/INDEX', 'the line of the next document in the list of the file'],
  ['brs/CLST', 'the words before the claims'],
  ['brs/SIZE', 'length of the record'],
];

/** Single fields of what a group of fields says as a whole, or groups of fields that are read one by one. */
const REPEATED =
  'WKU DWKU URPN URNM URPD URCL FRCO FRPN FRPD FRCL INGP AAGP ASGP IPCC IPCP IPCS CLOI CLOA CPOI CPOA FSCL CFSC CFSS ARD'.split(
    ' ',
  );

/** US documents in the text form of the USPTO's BRS search system, four-letter fields. */
export const brs: XmlReader = { format: 'brs', roots: ['#brs'], leftOut, parse: parseBrs, read: readBrs };

function readBrs(root: XmlElement): Draft {
  const texts = (name: string): string[] => children(root, name).flatMap((one) => absent(value(one)) ?? []);
  const first = (name: string): string | undefined => texts(name)[0];
  const id = /^([A-Z]{2})\s+([A-Z]*\d+)\s+([A-Z]\d?)$/.exec(first('DID') ?? '');
  if (!id?.[1] || !id[2]) throw new QuanlianError('record.no_number', 'The record has no document id in DID.');
  const canonical = canonicalPublication(id[1], id[2], id[3]);
  const date = isoDate(first('GISD') ?? first('PD'));
  const claims = texts('CLPR').map((text, index): Claim => {
    const match = /^(\d{1,4})\s*\.\s*/.exec(text);
    const number = match ? Number(match[1]) : index + 1;
    const words = text.slice(match?.[0].length ?? 0);
    return { lang: 'en', number, text: words, dependsOn: dependsOnFromText('en', number, words) };
  });
  const application = first('APNR');
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type: typeOfKind(canonical.office, canonical.kind),
    lang: 'en',
    application: application ? documentNumber({ office: 'US', number: application, date: first('AFD') }) : undefined,
    priorities: priorities(root),
    related: related(root),
    titles: compact({ en: first('TTL') }) as Record<string, string>,
    abstracts: compact({ en: texts('ABPR').join('\n') }) as Record<string, string>,
    inventors: parties(root, 'IN'),
    applicants: parties(root, 'AA'),
    assignees: parties(root, 'AS'),
    agents: [...texts('LRFW'), ...texts('LRFM')].map((name) => ({ name: printed(name) })),
    examiners: [
      ...texts('EXP').map((name) => ({ name: printed(name), role: 'primary' })),
      ...texts('EXA').map((name) => ({ name: printed(name), role: 'assistant' })),
    ],
    classifications: classifications(texts),
    fieldOfSearch: [
      ...texts('CIFS').map((symbol) => ({ scheme: 'USPC', symbol })),
      ...texts('FSCP').map((text) => ({ scheme: 'CPC', symbol: groupSymbol(text) ?? text })),
    ],
    citations: citations(texts),
    claims,
    description: ['CRTX', 'GOTX', 'BSTX', 'DRTX', 'DETX'].flatMap((name) => texts(name).map(paragraph)),
  };
  const named = compact({
    seriesCode: first('SRC'),
    numberOfClaims: number(first('NCL')),
    exemplaryClaims: texts('ECL'),
    artUnit: first('ART'),
    drawingSheets: number(first('NDR')),
    numberOfFigures: number(first('NFG')),
    termAdjustment: first('TRX'),
  });
  takeRepeats(root, children(root, ...REPEATED), [`0${canonical.number}`]);
  const extra = compact({ ...named, ...otherData(root, leftOut) });
  return { document: compact({ ...document, extra }), sourceDate: date };
}

/** The system writes `N/A` where a field has no value. */
function absent(text: string | undefined): string | undefined {
  return text === undefined || /^N\/A$/i.test(text) ? undefined : text;
}

function number(text: string | undefined): number | undefined {
  const found = Number.parseInt(text ?? '', 10);
  return Number.isNaN(found) ? undefined : found;
}

/** `Yu; Long-Kun` is Long-Kun Yu. */
function printed(name: string): string {
  const [last = '', first] = name.split(/;\s*/);
  return first ? `${first.trim()} ${last.trim()}` : name;
}

/** Headings stand in capitals; the text of the system marks them by nothing else. */
function paragraph(text: string): DescriptionPart {
  return text.length < 120 && text === text.toUpperCase() && /[A-Z]{3}/.test(text)
    ? { lang: 'en', heading: text }
    : { lang: 'en', text };
}

/** Parties stand field after field; a name begins the next one. */
function parties(root: XmlElement, prefix: 'IN' | 'AA' | 'AS'): Party[] {
  const fields = { NM: 'name', CI: 'city', ST: 'region', CO: 'country', SA: 'address', ZP: 'zip', TC: 'role' } as const;
  const found: Partial<Record<(typeof fields)[keyof typeof fields], string>>[] = [];
  for (const one of children(root, ...Object.keys(fields).map((suffix) => `${prefix}${suffix}`))) {
    const field = fields[one.name.slice(2) as keyof typeof fields];
    const text = absent(value(one));
    if (field === 'name') found.push({});
    const last = found.at(-1);
    if (last && text !== undefined) last[field] = text;
  }
  return found.flatMap(({ name, address, zip, ...rest }) => {
    const made = party({
      ...rest,
      name: name === undefined ? undefined : printed(name),
      address: [address, zip].filter(Boolean).join(', '),
    });
    return made ? [made] : [];
  });
}

function priorities(root: XmlElement): DocumentNumber[] {
  const numbers = children(root, 'PRAN').map((one) => value(one));
  const dates = children(root, 'PRAD').map((one) => value(one));
  const countries = children(root, 'PRCO').map((one) => value(one));
  return numbers.flatMap((text, index) => {
    if (text === undefined) return [];
    const original = /[^0-9A-Za-z]/.test(text) ? text : undefined;
    return [documentNumber({ office: countries[index], number: text, date: dates[index], original })];
  });
}

/** `us-provisional-application US 61559247 20111114`: relation, country, number and date. */
function related(root: XmlElement): Related[] {
  return children(root, 'COND').flatMap((one) => {
    const text = value(one) ?? '';
    const match = /^(\S+)\s+([A-Z]{2})\s+(\S+)(?:\s+(\d{8}))?/.exec(text);
    if (!match?.[1]) return text === '' ? [] : [{ relation: text }];
    return [{ relation: match[1], document: documentNumber({ office: match[2], number: match[3], date: match[4] }) }];
  });
}

/** `20060101 A H05K H05K9/00 F I B US H 20151201` (IPC), `H H05K H05K9/0066 20130101 F I 20151201 US` (CPC). */
function classifications(texts: (name: string) => string[]): Classification[] {
  const read = (scheme: string, text: string): Classification[] => {
    const symbol = groupSymbol(/[A-HY]\d{2}[A-Z]\d{1,4}\/\d{2,6}/.exec(text)?.[0] ?? '');
    if (symbol === undefined) return [];
    const place = /\s([FL])\s+([IA])\s/.exec(text);
    const version = isoDate(/\b(?:19|20)\d{6}\b/.exec(text)?.[0]);
    return [compact({ scheme, symbol, position: place?.[1], value: place?.[2], version })];
  };
  return [
    ...texts('IPCG').flatMap((text) => read('IPC', text)),
    ...texts('CPOG').flatMap((text) => read('CPC', text)),
    ...texts('ICUS').map((symbol) => ({ scheme: 'USPC', symbol })),
  ];
}

/** `US 2003/0169838 A1 20030900 Greenstreet et al. 375/376 cited by examiner`. */
function citations(texts: (name: string) => string[]): Citation[] {
  const cited = [...texts('URGP'), ...texts('FRGP')].map((text): Citation => {
    const match = /^([A-Z]{2})\s+(\S+)(?:\s+([A-Z]\d?))?\s+(\d{8})\s*(.*?)\s*(?:cited by (.+))?$/.exec(text);
    if (!match?.[1] || !match[2]) return { name: text };
    const printedNumber = match[2].replace(/[^0-9A-Za-z]/g, '');
    return compact({
      id: publicationIdOf(match[1], printedNumber, match[3]),
      date: isoDate(match[4]),
      name: match[5],
      phase: match[6],
    });
  });
  const literature = texts('ORPL').map((text): Citation => {
    const match = /^(.*?)\s*\.?\s*cited by (\w+)\.?$/.exec(text);
    return compact({ npl: match?.[1] ?? text, phase: match?.[2] });
  });
  return [...cited, ...literature];
}
