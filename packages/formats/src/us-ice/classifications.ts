import type { Classification } from '@quanlian/contract';
import { groupSymbol, oldIpcSymbol, symbolFromParts, uspcSymbol } from '../common/symbols.js';
import { compact, isoDate } from '../common/values.js';
import { at, attribute, child, children, every, takeRaw, value, type XmlElement } from '../xml/tree.js';

export interface ClassificationBlocks {
  readonly classifications: Classification[];
  readonly fieldOfSearch: Classification[];
  readonly extra: Record<string, unknown>;
}

/** IPC of every edition, CPC with its combination sets, the former US classes, Locarno, and the field of search. */
export function readClassifications(biblio: XmlElement): ClassificationBlocks {
  const cpc = [
    ...every(biblio, 'classifications-cpc/main-cpc/classification-cpc').map((one) => fromParts('CPC', one)),
    ...every(biblio, 'classifications-cpc/further-cpc/classification-cpc').map((one) => fromParts('CPC', one)),
  ];
  const sets = every(biblio, 'classifications-cpc/further-cpc/combination-set').map(combinationSet);
  const known = new Set(cpc.map((one) => one.symbol));
  const combined = sets
    .flatMap(({ symbols }) => symbols)
    .filter(({ symbol }) => !known.has(symbol) && known.add(symbol));
  const classifications = [
    ...every(biblio, 'classifications-ipcr/classification-ipcr').map((one) => fromParts('IPC', one)),
    ...children(biblio, 'classification-ipc').flatMap(oldIpc),
    ...cpc,
    ...combined,
    ...children(biblio, 'classification-national').flatMap(uspc),
    ...children(biblio, 'classification-locarno').flatMap(locarno),
  ];
  return {
    classifications: classifications.filter((one) => one.symbol !== ''),
    fieldOfSearch: fieldOfSearch(biblio),
    extra: compact({
      cpcCombinationSets: sets.map(({ group, symbols }) => ({ group, symbols: symbols.map((one) => one.symbol) })),
    }),
  };
}

function fromParts(scheme: string, element: XmlElement): Classification {
  const symbol = symbolFromParts({
    section: value(element, 'section'),
    class: value(element, 'class'),
    subclass: value(element, 'subclass'),
    group: value(element, 'main-group'),
    subgroup: value(element, 'subgroup'),
  });
  return compact({
    scheme,
    symbol: symbol ?? '',
    position: value(element, 'symbol-position'),
    value: value(element, 'classification-value'),
    version: isoDate(value(element, 'ipc-version-indicator/date') ?? value(element, 'cpc-version-indicator/date')),
  });
}

function combinationSet(element: XmlElement): { group: string | undefined; symbols: Classification[] } {
  const ranked = children(element, 'combination-rank').map((rank) => ({
    rank: Number(value(rank, 'rank-number') ?? 0),
    symbol: fromParts('CPC', child(rank, 'classification-cpc') ?? rank),
  }));
  ranked.sort((a, b) => a.rank - b.rank);
  return { group: value(element, 'group-number'), symbols: ranked.map(({ symbol }) => symbol) };
}

const POSITIONS = [
  ['main-classification', 'F'],
  ['further-classification', 'L'],
] as const;

/** One main class and any number of further ones, each as the printed line holds it. */
function lines(element: XmlElement, read: (text: string) => string): { symbol: string; position: string }[] {
  const found: { symbol: string; position: string }[] = [];
  for (const [name, position] of POSITIONS) {
    for (const one of children(element, name)) found.push({ symbol: read(takeRaw(one)), position });
  }
  return found;
}

function oldIpc(element: XmlElement): Classification[] {
  const version = value(element, 'edition');
  const read = (text: string): string => oldIpcSymbol(text) ?? text.trim();
  return lines(element, read).map((line) => compact({ scheme: 'IPC', ...line, version }));
}

function uspc(element: XmlElement): Classification[] {
  const scheme = value(element, 'country') === 'US' ? 'USPC' : 'national';
  return lines(element, uspcSymbol).map((line) => ({ scheme, ...line }));
}

function locarno(element: XmlElement): Classification[] {
  const version = value(element, 'edition');
  const read = (text: string): string => text.trim().replace(/^(\d{2})-?(\d{2})$/, '$1-$2');
  return lines(element, read).map((line) => compact({ scheme: 'LOCARNO', ...line, version }));
}

function fieldOfSearch(biblio: XmlElement): Classification[] {
  const fields = [...children(biblio, 'field-of-search'), ...children(biblio, 'us-field-of-classification-search')];
  return fields.flatMap((field) => [
    ...children(field, 'classification-national')
      .flatMap(uspc)
      .map(({ scheme, symbol }) => ({ scheme, symbol })),
    ...children(field, 'classification-ipc')
      .flatMap(oldIpc)
      .map(({ scheme, symbol }) => ({ scheme, symbol })),
    ...children(field, 'classifications-ipcr', 'classification-ipcr').flatMap((one) =>
      (one.name === 'classification-ipcr' ? [one] : children(one, 'classification-ipcr')).map((each) =>
        fromParts('IPC', each),
      ),
    ),
    ...every(field, 'us-classifications-ipcr/us-classification-ipcr').map((one) => ({
      scheme: 'IPC',
      symbol: cpcText(takeRaw(one)),
    })),
    ...children(field, 'classification-cpc-text', 'classification-cpc-combination-text').map((one) => ({
      scheme: 'CPC',
      symbol: cpcText(takeRaw(one)),
    })),
    ...children(field, 'classification-locarno')
      .flatMap(locarno)
      .map(({ scheme, symbol }) => ({ scheme, symbol })),
  ]);
}

function cpcText(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  return groupSymbol(plain) === plain.toUpperCase() ? plain.toUpperCase() : plain;
}

/** The class an office printed beside a citation. */
export function citedClasses(citation: XmlElement): Classification[] {
  const found: Classification[] = [];
  for (const one of children(citation, 'classification-national')) found.push(...uspc(one));
  for (const one of children(citation, 'classification-ipc')) found.push(...oldIpc(one));
  for (const one of children(citation, 'classification-cpc-text')) {
    found.push({ scheme: 'CPC', symbol: cpcText(takeRaw(one)) });
  }
  for (const one of children(citation, 'classification-ipcr')) found.push(fromParts('IPC', one));
  return found.map(({ scheme, symbol }) => ({ scheme, symbol }));
}

/** The number of the design class or plant name, for types other than utility patents. */
export function botanic(biblio: XmlElement): Record<string, unknown> | undefined {
  const element = child(biblio, 'us-botanic');
  if (!element) return undefined;
  return compact({ latinName: value(element, 'latin-name'), variety: value(element, 'variety') });
}

/** How the applicant asked for publication, by the name of the element the office uses. */
export function filingType(biblio: XmlElement): string | undefined {
  const types = children(at(biblio, 'us-publication-filing-type'));
  return types[0] && (attribute(types[0], 'type') ?? types[0].name.replace(/^us-/, ''));
}
