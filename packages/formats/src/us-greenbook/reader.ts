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
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { oldIpcSymbol, uspcSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, joined, party, publicationIdOf } from '../common/values.js';
import { child, children, peek, takeRaw, value, type XmlElement } from '../xml/tree.js';
import { parseGreenbook } from './parse.js';
import { apsText } from './text.js';

const leftOut: LeftOutRules = [['greenbook/CLMS/STM', 'the words before the claims, "What is claimed is:"']];

/** US grants of 1976 to 2001 in the APS text form ("Greenbook"). The form gives no kind of document. */
export const usGreenbook: XmlReader = {
  format: 'us-greenbook',
  roots: ['#greenbook'],
  leftOut,
  parse: parseGreenbook,
  read: readGreenbook,
};

function readGreenbook(root: XmlElement): Draft {
  const head = child(root, 'PATN');
  const printed = value(head, 'WKU');
  if (!head || !printed) throw new QuanlianError('record.no_number', 'The record has no number in WKU.');
  const { number, check } = patentNumber(printed);
  const canonical = canonicalPublication('US', number);
  const date = isoDate(value(head, 'ISD'));
  const type = typeOf(canonical.number);
  const application = applicationOf(head);
  const exemplary = children(head, 'ECL').flatMap((one) => value(one) ?? []);
  const days = value(head, 'TRM');
  const { classifications, fieldOfSearch } = readClasses(child(root, 'CLAS'), type);
  const { claims, parts } = readClaims(root);
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type,
    lang: 'en',
    application,
    priorities: children(root, 'PRIR').flatMap(priority),
    related: children(root, 'RLAP', 'REIS').map(relatedOf),
    pct: pctOf(child(root, 'PCTA')),
    titles: compact({ en: text(child(head, 'TTL')) }) as Record<string, string>,
    abstracts: compact({ en: children(child(root, 'ABST')).map(text).filter(Boolean).join('\n') }) as Record<
      string,
      string
    >,
    inventors: children(root, 'INVT').flatMap(partyOf),
    assignees: children(root, 'ASSG').flatMap(partyOf),
    agents: children(root, 'LREP').flatMap(agents),
    examiners: examiners(head),
    classifications,
    fieldOfSearch,
    citations: children(root, 'UREF', 'FREF', 'OREF').flatMap(citationsOf),
    claims,
    description: ['PARN', 'GOVT', 'BSUM', 'DRWD', 'DETD', 'DCLM'].flatMap((name) =>
      children(root, name).flatMap(paragraphs),
    ),
  };
  const extra = compact({
    seriesCode: value(head, 'SRC'),
    applicationType: value(head, 'APT'),
    numberOfClaims: count(head, 'NCL'),
    exemplaryClaims: exemplary,
    artUnit: value(head, 'ART'),
    drawingSheets: count(head, 'NDR'),
    numberOfFigures: count(head, 'NFG'),
    termYears: days,
    terminalDisclaimer: isoDate(value(head, 'DCD')),
    checkDigit: check,
    claimParts: parts,
    citationClasses: citationClasses(root),
    ...otherData(root, leftOut),
  });
  return { document: compact({ ...document, extra }), sourceDate: date };
}

/** `039373754`: seven places of number with letters in front, and a check digit behind. */
function patentNumber(printed: string): { number: string; check: string | undefined } {
  const match = /^([A-Z]*)0*(\d+)$/.exec(printed.replace(/\s/g, ''));
  const width = printed.replace(/\s/g, '').length;
  if (!match?.[2] || width < 9) return { number: printed.trim(), check: undefined };
  return { number: `${match[1]}${match[2].slice(0, -1).replace(/^0+/, '')}`, check: match[2].slice(-1) };
}

function typeOf(number: string): string {
  const letters = /^[A-Z]*/.exec(number)?.[0] ?? '';
  return { D: 'design', PP: 'plant', RE: 'reissue', H: 'sir', T: 'defensive-publication' }[letters] ?? 'invention';
}

/** Series code and number; the number carries a check digit as its seventh place. */
function applicationOf(head: XmlElement): DocumentNumber | undefined {
  const raw = value(head, 'APN')?.replace(/\s/g, '');
  const series = peek(children(head, 'SRC')[0])
    .trim()
    .replace(/[^0-9]/g, '');
  if (raw === undefined) return undefined;
  const serial = raw.length === 7 ? raw.slice(0, 6) : raw;
  return documentNumber({
    office: 'US',
    number: `${series.padStart(2, '0')}${serial.padStart(6, '0')}`,
    date: value(head, 'APD'),
    original: raw,
  });
}

function count(head: XmlElement, name: string): number | undefined {
  const number = Number.parseInt(value(head, name) ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}

function text(element: XmlElement | undefined): string {
  if (!element) return '';
  const raw = takeRaw(element);
  if (element.name === 'TBL')
    return apsText(
      raw
        .split('\n')
        .map((line) => line.trim().replace(/ {2,}/g, ' | '))
        .join('\n'),
    );
  return apsText(raw.replace(/\s+/g, ' ').trim());
}

function paragraphs(section: XmlElement): DescriptionPart[] {
  return children(section).flatMap((one): DescriptionPart[] => {
    const words = text(one);
    if (words === '' || /^-+$/.test(words)) return [];
    return [one.name === 'PAC' ? { lang: 'en', heading: words } : { lang: 'en', text: words }];
  });
}

/** Claims begin with NUM; designs have one claim without. Paragraphs before the first number are not claims. */
function readClaims(root: XmlElement): { claims: Claim[]; parts: string[] } {
  const claims: { number: number; lines: string[] }[] = [];
  const parts: string[] = [];
  for (const section of children(root, 'CLMS', 'DCLM')) {
    for (const one of children(section)) {
      if (one.name === 'STM') continue;
      if (one.name === 'NUM') {
        const number = Number.parseInt(text(one), 10);
        claims.push({ number: Number.isInteger(number) && number > 0 ? number : claims.length + 1, lines: [] });
      } else if (claims.length === 0 && section.name === 'DCLM') claims.push({ number: 1, lines: [text(one)] });
      else if (claims.length === 0) parts.push(text(one));
      else claims.at(-1)?.lines.push(text(one));
    }
  }
  return {
    claims: claims.map(({ number, lines }) => {
      const words = lines.join('\n').replace(new RegExp(`^${number}\\s*\\.\\s*`), '');
      return { lang: 'en', number, text: words, dependsOn: dependsOnFromText('en', number, words) };
    }),
    parts,
  };
}

/** Surname first: `Daniels; Everette E.` is Everette E. Daniels. */
function nameOf(printed: string | undefined): string | undefined {
  const [last, first, ...more] = (printed ?? '').split(';').map((part) => part.trim());
  return first ? joined(' ', first, last, ...more) : last || undefined;
}

function partyOf(element: XmlElement): Party[] {
  const country = value(element, 'CNT')?.replace(/X$/, '');
  const found = party({
    name: nameOf(value(element, 'NAM')),
    country: country && /^[A-Z]{2}$/.test(country) ? country : undefined,
    region: value(element, 'STA'),
    city: value(element, 'CTY'),
    address: joined(', ', value(element, 'STR'), value(element, 'ZIP')),
    role: value(element, 'COD'),
  });
  return found ? [found] : [];
}

function agents(element: XmlElement): Party[] {
  return children(element, 'FRM', 'FR2', 'AAT', 'AGT', 'ATT').flatMap((one) => {
    const name = nameOf(value(one));
    return name ? [{ name }] : [];
  });
}

function examiners(head: XmlElement): Party[] {
  return [['EXP', 'primary'] as const, ['EXA', 'assistant'] as const].flatMap(([field, role]) => {
    const name = nameOf(value(head, field));
    return name ? [{ name, role }] : [];
  });
}

function priority(element: XmlElement): DocumentNumber[] {
  const number = value(element, 'APN');
  if (number === undefined) return [];
  const original = /[^0-9A-Za-z]/.test(number) ? number : undefined;
  return [
    documentNumber({ office: value(element, 'CNT')?.replace(/X$/, ''), number, date: value(element, 'APD'), original }),
  ];
}

const RELATIONS: Readonly<Record<string, string>> = {
  71: 'continuation',
  72: 'continuation-in-part',
  74: 'division',
  81: 'continuation',
  82: 'continuation-in-part',
  84: 'division',
  86: 'continuation-of-division',
  90: 'substitution',
  92: 'division-of-continuation-in-part',
  93: 'reissue',
};

function relatedOf(element: XmlElement): Related {
  const patent = value(element, 'PNO');
  const number = value(element, 'APN');
  return compact({
    relation: element.name === 'REIS' ? 'reissue' : (RELATIONS[value(element, 'COD') ?? ''] ?? 'related'),
    id: patent ? publicationIdOf('US', patent.replace(/\s/g, '')) : undefined,
    document: number ? documentNumber({ office: 'US', number, date: value(element, 'APD') }) : undefined,
  });
}

function pctOf(element: XmlElement | undefined) {
  const filed = value(element, 'PCN');
  const published = value(element, 'PCP');
  if (!filed && !published) return undefined;
  return compact({
    application: filed
      ? documentNumber({
          office: 'WO',
          number: filed,
          date: value(element, 'PD3') ?? value(element, 'PCD'),
          original: filed,
        })
      : undefined,
    publication: published
      ? documentNumber({ office: 'WO', number: published.replace(/^WO/, ''), original: published })
      : undefined,
  });
}

function readClasses(block: XmlElement | undefined, type: string) {
  const version = value(block, 'EDF');
  const classifications = children(block, 'OCL', 'XCL', 'ICL', 'DCL').flatMap((one): Classification[] => {
    const raw = takeRaw(one);
    if (one.name === 'OCL' || one.name === 'XCL')
      return [{ scheme: 'USPC', symbol: uspcSymbol(raw), position: one.name === 'OCL' ? 'F' : 'L' }];
    const design = type === 'design' && /^\d/.test(raw.trim());
    // Some lines hold several symbols.
    return raw.split(/[;,]/).flatMap((part) => {
      const symbol = design ? part.trim() : (oldIpcSymbol(part) ?? part.trim());
      return symbol === '' ? [] : [compact({ scheme: design ? 'LOCARNO' : 'IPC', symbol, version })];
    });
  });
  const fieldOfSearch: Classification[] = [];
  let main = '';
  for (const one of children(block, 'FSC', 'FSS')) {
    const raw = takeRaw(one).trim();
    if (one.name === 'FSC') main = raw;
    else for (const part of raw.split(';')) fieldOfSearch.push({ scheme: 'USPC', symbol: `${main}/${part.trim()}` });
  }
  return { classifications: classifications.filter((one) => one.symbol !== ''), fieldOfSearch };
}

function citationsOf(element: XmlElement): Citation[] {
  if (element.name === 'OREF') return children(element, 'PAL', 'PAR').map((one) => ({ npl: text(one) }));
  const number = value(element, 'PNO')?.replace(/\s/g, '');
  const office = element.name === 'UREF' ? 'US' : (value(element, 'CNT')?.replace(/X$/, '') ?? '');
  return [
    compact({
      id:
        number && /^[A-Z]{2}$/.test(office) ? publicationIdOf(office, number.replace(/[^0-9A-Za-z]/g, '')) : undefined,
      date: isoDate(value(element, 'ISD')),
      name: joined(' ', value(element, 'NAM'), /^[A-Z]{2}$/.test(office) ? undefined : joined(' ', office, number)),
    }),
  ];
}

function citationClasses(root: XmlElement): { citation: number; classes: Classification[] }[] {
  return children(root, 'UREF', 'FREF').flatMap((element, citation) => {
    const classes = children(element, 'OCL', 'XCL', 'UCL').map((one) => ({
      scheme: 'USPC',
      symbol: uspcSymbol(takeRaw(one)),
    }));
    const ipc = children(element, 'ICL').map((one) => ({
      scheme: 'IPC',
      symbol: oldIpcSymbol(takeRaw(one)) ?? takeRaw(one),
    }));
    return classes.length + ipc.length > 0 ? [{ citation, classes: [...classes, ...ipc] }] : [];
  });
}
