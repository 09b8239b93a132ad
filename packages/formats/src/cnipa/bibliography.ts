import type { Citation, Classification, DocumentNumber, Related } from '@quanlian/contract';
import { groupSymbol, oldIpcSymbol, st8, symbolFromParts } from '../common/symbols.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { attribute, child, children, descendants, peek, takeRaw, value, type XmlElement } from '../xml/tree.js';

/** A number's parts; the parts may stand in a `DocumentID` or directly below. */
function parts(holder: XmlElement | undefined) {
  const id = child(holder, 'DocumentID') ?? holder;
  return {
    office: value(id, 'WIPOST3Code'),
    number: value(id, 'DocNumber'),
    kind: value(id, 'Kind'),
    date: isoDate(value(id, 'Date')),
  };
}

export type NumberParts = ReturnType<typeof parts>;

/** Of a number given as printed (`original`) and in the office's own fixed form (`standard`), the one as printed. */
export function printedNumber(holders: readonly XmlElement[]): NumberParts | undefined {
  const chosen = holders.find((one) => attribute(one, 'dataFormat') !== 'standard') ?? holders[0];
  if (!chosen) return undefined;
  return parts(chosen);
}

/** An application number; what follows the dot is its check digit and no part of the number (DOCDB). */
export function application(found: NumberParts | undefined): DocumentNumber | undefined {
  if (found?.number === undefined) return undefined;
  const bare = found.number.replace(/\.[0-9X]$/i, '').replace(/^(?:CN|ZL)/i, '');
  return documentNumber({
    ...found,
    office: found.office ?? 'CN',
    number: bare,
    original: bare === found.number ? undefined : found.number,
  });
}

/** Of symbols given as printed and again in the office's padded form, those as printed. */
function asPrinted(elements: readonly XmlElement[]): XmlElement[] {
  const printed = elements.filter((one) => attribute(one, 'dataFormat') !== 'standard');
  if (printed.length === 0) return [...elements];
  return printed;
}

/** IPC by edition, and the design classes of Locarno. */
export function readClassifications(biblio: XmlElement): Classification[] {
  const older = children(biblio, 'ClassificationIPC').flatMap((block) => {
    const version = value(block, 'EditionStatement');
    return asPrinted(children(block, 'MainClassification', 'FurtherClassification', 'Text')).map((one) => {
      const raw = takeRaw(one).trim();
      const position = one.name === 'MainClassification' ? 'F' : 'L';
      return compact({ scheme: 'IPC', symbol: groupSymbol(raw) ?? oldIpcSymbol(raw) ?? raw, position, version });
    });
  });
  const newer = descendants(biblio, 'ClassificationIPCR').flatMap((one, index) => ipcr(one, index));
  const designs = descendants(biblio, 'ClassificationLocarno').flatMap((block) => {
    const version = value(block, 'EditionStatement');
    return children(block, 'MainClassification', 'FurtherClassification', 'Text').map((one) =>
      compact({ scheme: 'LOCARNO', symbol: takeRaw(one).trim(), version }),
    );
  });
  return [...older, ...newer, ...designs].filter((one) => one.symbol !== '');
}

function ipcr(element: XmlElement, index: number): Classification[] {
  const text = value(element, 'Text');
  const symbol = symbolFromParts({
    section: value(element, 'Section'),
    class: value(element, 'MainClass'),
    subclass: value(element, 'Subclass'),
    group: value(element, 'MainGroup'),
    subgroup: value(element, 'Subgroup'),
  });
  const fromText = text === undefined ? undefined : st8('IPC', text);
  if (symbol === undefined && !fromText) return text === undefined ? [] : [{ scheme: 'IPC', symbol: text }];
  const version = isoDate(value(element, 'IPCVersionDate')) ?? fromText?.version;
  const position = index === 0 ? 'F' : 'L';
  const valueLetter = value(element, 'ClassificationValue');
  const given = compact({
    office: value(element, 'GeneratingOffice/WIPOST3Code'),
    source: value(element, 'ClassificationDataSource'),
  });
  const assigned = Object.keys(given).length > 0 ? [given] : [];
  const own = symbol ?? fromText?.symbol ?? '';
  return [compact({ scheme: 'IPC', symbol: own, position, value: valueLetter, version, assigned })];
}

/** Priorities claimed, domestic and foreign. */
export function readPriorities(biblio: XmlElement): DocumentNumber[] {
  return descendants(biblio, 'PriorityClaim', 'Priority').flatMap((one) => {
    const found = parts(one);
    const original = /[^0-9A-Za-z]/.test(found.number ?? '') ? found.number : undefined;
    return found.number === undefined ? [] : documentNumber({ ...found, original });
  });
}

/** Related publications and applications, by the office's name of the relation. */
export function readRelated(biblio: XmlElement): Related[] {
  return children(child(biblio, 'RelatedDocuments')).flatMap((relation) => {
    const holders = descendants(relation, 'DocumentID');
    return holders.map((holder) => {
      const found = parts(holder);
      const name = relation.name.replace(/([a-z])([A-Z])/g, '$1-$2').toLowerCase();
      const isPublication = /publication/.test(name) && found.office !== undefined && found.number !== undefined;
      const id = isPublication ? publicationIdOf(found.office ?? '', found.number ?? '', found.kind) : undefined;
      return compact({
        relation: name === 'related-publication-doc' ? 'related-publication' : name,
        id,
        document: documentNumber(found),
      });
    });
  });
}

/** Documents cited by the examiner: patents by their standard form, literature as its text. */
export function readCitations(biblio: XmlElement): Citation[] {
  return descendants(child(biblio, 'ReferencesCited'), 'Citation').flatMap((element) => {
    const phase = attribute(element, 'srepPhase');
    const category = value(element, 'Category');
    const holders = descendants(element, 'PublicationReference');
    const standard = holders.find((one) => attribute(one, 'dataFormat') === 'standard') ?? holders[0];
    if (standard) {
      const { office, number, kind, date } = parts(standard);
      return office && number ? compact({ id: publicationIdOf(office, number, kind), date, phase, category }) : [];
    }
    const words = peek(element).trim() === '' ? undefined : takeRaw(element).replace(/\s+/g, ' ').trim();
    return words === undefined ? [] : compact({ phase, category, npl: words });
  });
}
