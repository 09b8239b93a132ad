import type { Citation, Classification, DocumentNumber, Related } from '@quanlian/contract';
import { lookUp } from '../common/look-up.js';
import { oldIpcSymbol, uspcSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { type RenderContext, renderText } from '../text/inline.js';
import { at, child, children, leaveOut, peek, takeRaw, value, type XmlElement } from '../xml/tree.js';

/** A former US class; the format drops the blanks before classes of one or two places. */
function usClass(text: string): string {
  const plain = text.trim();
  return uspcSymbol(/^\d[\d ]{2,4}$/.test(plain) ? plain.padStart(6) : plain);
}

interface Doc {
  readonly office: string | undefined;
  readonly number: string | undefined;
  readonly kind: string | undefined;
  readonly date: string | undefined;
}

/** A DOC: number, date, country and kind. Kind `00` is the office's way to say that there is none. */
function doc(element: XmlElement | undefined): Doc {
  const kind = child(element, 'KIND');
  const none = peek(kind).trim() === '00';
  if (none) leaveOut(kind, 'kind "00" stands for none');
  return {
    office: value(element, 'CTRY'),
    number: value(element, 'DNUM'),
    kind: none ? undefined : value(kind),
    date: isoDate(value(element, 'DATE')),
  };
}

function numberOf({ office, number, kind, date }: Doc, fallback?: string): DocumentNumber | undefined {
  if (number === undefined) return undefined;
  const own = office ?? fallback;
  return documentNumber({
    office: own,
    number: own && number.startsWith(own) ? number.slice(own.length) : number,
    kind,
    date,
    original: /[^0-9A-Za-z]/.test(number) ? number : undefined,
  });
}

/** Priorities (B300): number, date and country stand one after another, once for each priority. */
export function readPriorities(biblio: XmlElement): DocumentNumber[] {
  const blocks = children(biblio, 'B300');
  return blocks.flatMap((block) => {
    const numbers = children(block, 'B310');
    const dates = children(block, 'B320');
    const countries = children(block, 'B330');
    return numbers.flatMap((one, index) => {
      const number = value(one);
      const found = numberOf(
        { office: value(countries[index]), number, kind: undefined, date: isoDate(value(dates[index])) },
        undefined,
      );
      return found ? [found] : [];
    });
  });
}

/** Old IPC (B510) with its edition, former US classes (B520) and, for designs, Locarno in the place of the IPC. */
export function readClassifications(biblio: XmlElement, isDesign: boolean): Classification[] {
  const ipc = at(biblio, 'B500/B510');
  const version = value(ipc, 'B516');
  const scheme = isDesign ? 'LOCARNO' : 'IPC';
  const symbol = (one: XmlElement): string => {
    const text = takeRaw(one);
    if (isDesign) return text.trim().replace(/^(\d{2})-?(\d{2})$/, '$1-$2');
    return oldIpcSymbol(text) ?? text.trim();
  };
  const international = children(ipc, 'B511', 'B512').map((one) =>
    compact({ scheme, symbol: symbol(one), position: one.name === 'B511' ? 'F' : 'L', version }),
  );
  const national = children(at(biblio, 'B500/B520'), 'B521', 'B522', 'B522US').map((one) => ({
    scheme: 'USPC',
    symbol: usClass(takeRaw(one)),
    position: one.name === 'B521' ? 'F' : 'L',
  }));
  return [...international, ...national].filter((one) => one.symbol !== '') as Classification[];
}

/** The field of search (B580): classes of the IPC and of the office, some as ranges, kept as they are. */
export function readFieldOfSearch(biblio: XmlElement): Classification[] {
  return children(at(biblio, 'B500/B580'), 'B581', 'B582', 'B583US').flatMap((one) => {
    const text = takeRaw(one);
    const symbol = one.name === 'B581' ? (oldIpcSymbol(text) ?? text.trim()) : usClass(text);
    return symbol === '' ? [] : [{ scheme: one.name === 'B581' ? 'IPC' : 'USPC', symbol }];
  });
}

/** Citations (B560) with who cited them; the class printed beside a patent goes to `extra` by place in the list. */
export function readCitations(
  biblio: XmlElement,
  context: RenderContext,
): { citations: Citation[]; extra: Record<string, unknown> } {
  const classes: { citation: number; classes: Classification[] }[] = [];
  const elements = children(at(biblio, 'B500/B560'), 'B561', 'B562');
  const citations = elements.map((element, index): Citation => {
    const phase = child(element, 'CITED-BY-EXAMINER')
      ? 'examiner'
      : child(element, 'CITED-BY-OTHER')
        ? 'other'
        : undefined;
    const patent = child(element, 'PCIT');
    if (!patent) {
      const text = child(element, 'NCIT');
      return compact({ phase, npl: text && renderText(text, context) });
    }
    const cited = doc(child(patent, 'DOC'));
    const beside = children(patent, 'PNC', 'PIC').map((one) => ({
      scheme: one.name === 'PNC' ? 'USPC' : 'IPC',
      symbol: one.name === 'PNC' ? usClass(takeRaw(one)) : takeRaw(one).trim(),
    }));
    if (beside.length > 0) classes.push({ citation: index, classes: beside });
    const name = value(at(patent, 'PARTY-US/NAM/SNM')) ?? value(at(patent, 'PARTY-US/NAM/ONM'));
    const number = cited.number?.replace(/[^0-9A-Za-z]/g, '');
    return compact({
      id: number ? publicationIdOf(cited.office ?? 'US', number, cited.kind) : undefined,
      date: cited.date,
      phase,
      name,
    });
  });
  return { citations, extra: compact({ citationClasses: classes }) };
}

const RELATIONS: Readonly<Record<string, string>> = {
  B610: 'addition',
  B620: 'division',
  B631: 'continuation',
  B632: 'continuation-in-part',
  B633: 'continuing-reissue',
  B640: 'reissue',
  B641US: 'us-divisional-reissue',
  B645: 'reexamination',
  B645US: 'us-reexamination-reissue-merger',
  B646US: 'reexamination',
  B660: 'substitution',
  B680US: 'us-provisional-application',
  B690US: 'related-publication',
};

/** Related documents (B600): the parent's application as `document`, its patent as `id`; the rest goes to `extra`. */
export function readRelated(biblio: XmlElement): { related: Related[]; extra: Record<string, unknown> } {
  const details: Record<string, unknown>[] = [];
  const blocks = children(child(biblio, 'B600')).flatMap((one) => (one.name === 'B630' ? children(one) : [one]));
  const related = blocks.flatMap((block, index): Related[] => {
    const relation = lookUp(RELATIONS, block.name) ?? block.name;
    const parent = child(block, 'PARENT-US');
    if (!parent) {
      const own = doc(child(block, 'DOC'));
      const id =
        relation === 'related-publication' && own.number ? publicationIdOf('US', own.number, own.kind) : undefined;
      return [compact({ relation, id, document: numberOf(own, 'US') })];
    }
    const grant = doc(child(child(parent, 'PPUB') ?? child(parent, 'B650'), 'DOC'));
    const detail = compact({
      child: numberOf(doc(at(parent, 'CDOC/DOC')), 'US'),
      status: value(parent, 'PSTA'),
      granted: grant.date,
    });
    if (Object.keys(detail).length > 0) details.push({ related: index, ...detail });
    return [
      compact({
        relation,
        id: grant.number ? publicationIdOf(grant.office ?? 'US', grant.number, grant.kind) : undefined,
        document: numberOf(doc(at(parent, 'PDOC/DOC')), 'US'),
      }),
    ];
  });
  return { related, extra: compact({ relatedDetails: details }) };
}

/** The international application and publication (B860, B870). */
export function readPct(biblio: XmlElement) {
  const pct = compact({
    application: numberOf(doc(at(biblio, 'B800/B860/B861/DOC')), 'WO'),
    publication: numberOf(doc(at(biblio, 'B800/B870/B871/DOC')), 'WO'),
  });
  const entered = isoDate(value(biblio, 'B800/B860/B864US'));
  return { pct: Object.keys(pct).length > 0 ? pct : undefined, extra: compact({ 'us-371c124-date': entered }) };
}
