import type { Classification, DocumentNumber, PatentDocument, Related } from '@quanlian/contract';
import { lookUp } from '../common/look-up.js';
import { plainData } from '../common/plain.js';
import { oldIpcSymbol, st8 } from '../common/symbols.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { at, child, children, descendants, every, takeRaw, value, type XmlElement } from '../xml/tree.js';
import { epApplication, prefixedNumber } from './numbers.js';

/** Titles (B540): a language code, then the title in it. */
export function readTitles(biblio: XmlElement): Record<string, string> {
  return languagePairs(at(biblio, 'B500/B540'), 'B541', 'B542');
}

/** Pairs of a language code and a text that follow one another. */
function languagePairs(element: XmlElement | undefined, code: string, text: string): Record<string, string> {
  const pairs: Record<string, string> = {};
  let lang: string | undefined;
  for (const one of children(element, code, text)) {
    const content = value(one);
    if (one.name === code) lang = content;
    else if (lang && content) pairs[lang] = pairs[lang] ? `${pairs[lang]}\n${content}` : content;
  }
  return pairs;
}

/** IPC of the first seven editions (B510), IPC since 2006 (B510EP) and CPC (B520EP). */
export function readClassifications(biblio: XmlElement): Classification[] {
  const block = child(biblio, 'B500');
  const older = child(block, 'B510');
  const version = value(older, 'B516');
  const positions = { B511: 'F', B512: 'L', B513: 'L', B514: 'L', B517EP: 'L' };
  const old = Object.entries(positions).flatMap(([name, position]) =>
    children(older, name).flatMap((one) => {
      const text = takeRaw(one)
        .trim()
        .replace(/^\/\/\s*/, '');
      const additional = name === 'B511' || name === 'B512' ? undefined : 'N';
      return compact({ scheme: 'IPC', symbol: oldIpcSymbol(text) ?? text, position, value: additional, version });
    }),
  );
  const coded = (scheme: string, name: string): Classification[] =>
    descendants(child(block, name), 'text').flatMap((one) => {
      const text = takeRaw(one);
      return st8(scheme, text) ?? (text.trim() === '' ? [] : { scheme, symbol: text.trim() });
    });
  return [...old, ...coded('IPC', 'B510EP'), ...coded('CPC', 'B520EP')];
}

/** Priorities (B300): number, date and country follow one another. */
export function readPriorities(biblio: XmlElement): DocumentNumber[] {
  const found: { number?: string | undefined; date?: string | undefined; office?: string | undefined }[] = [];
  for (const one of children(child(biblio, 'B300'))) {
    if (one.name === 'B310') found.push({ number: value(one) });
    const last = found.at(-1);
    if (!last) continue;
    if (one.name === 'B320') last.date = value(one, 'date');
    if (one.name === 'B330') last.office = value(one, 'ctry');
  }
  return found.map((one) =>
    documentNumber({ ...one, original: /[^0-9A-Za-z]/.test(one.number ?? '') ? one.number : undefined }),
  );
}

const RELATIONS: Readonly<Record<string, string>> = {
  B610: 'addition',
  B620: 'division',
  B620EP: 'divided-out',
  B630: 'continuation',
  B640: 'reissue',
  B645: 'reexamination',
  B650: 'previous-publication',
  B660: 'substitution',
  B670: 'utility-model-basis',
};

/** Related documents (B600): a parent this one was divided from, or children divided out of this one. */
export function readRelated(biblio: XmlElement): Related[] {
  return children(child(biblio, 'B600')).flatMap((block) =>
    descendants(block, 'pdoc', 'cdoc').map((document) => {
      const publication = value(document, 'dnum/pnum');
      return compact({
        relation: lookUp(RELATIONS, block.name) ?? block.name,
        id: publication === undefined ? undefined : publicationIdOf('EP', publication),
        document: epApplication(value(document, 'dnum/anum'), value(document, 'date')),
      });
    }),
  );
}

/** International application and publication (B860, B870). */
export function readPct(biblio: XmlElement): PatentDocument['pct'] {
  const application = at(biblio, 'B800/B860/B861');
  const publication = at(biblio, 'B800/B870/B871');
  const pct = compact({
    application: prefixedNumber(value(application, 'dnum/anum'), 'W', value(application, 'date')),
    publication: prefixedNumber(value(publication, 'dnum/pnum'), undefined, value(publication, 'date')),
  });
  return Object.keys(pct).length > 0 ? pct : undefined;
}

/** What kind of correction this is (B150), by the office's own codes. */
export function readCorrection(biblio: XmlElement): Record<string, unknown> | undefined {
  const block = at(biblio, 'B100/B150');
  return block ? (plainData(block) as Record<string, unknown>) : undefined;
}

interface StateDate {
  readonly country: string | undefined;
  readonly date?: string | undefined;
}

function stateDates(elements: readonly XmlElement[]): StateDate[] {
  return elements.map((one) => compact({ country: value(one, 'ctry'), date: isoDate(value(one, 'date')) }));
}

/** Dates by what they stand for; a bulletin's number stands beside its date. */
function dated(element: XmlElement | undefined): Record<string, unknown> | undefined {
  const found = compact({ date: isoDate(value(element, 'date')), bulletin: value(element, 'bnum') });
  return Object.keys(found).length > 0 ? found : undefined;
}

/** States where the patent lapsed (B475): a date, then the state it holds for. */
function lapses(biblio: XmlElement): StateDate[] {
  const found: StateDate[] = [];
  let date: string | undefined;
  for (const one of every(biblio, 'B400/B472/B475').flatMap((block) => children(block, 'date', 'ctry'))) {
    if (one.name === 'date') date = isoDate(value(one));
    else found.push(compact({ country: value(one), date }));
  }
  return found;
}

/** What EP data gives and the document shape has no place for, by INID or the office's name. */
export function readExtra(biblio: XmlElement): Record<string, unknown> {
  const tags = at(biblio, 'B000/eptags');
  const notes = children(tags, 'B053EP').flatMap((one) => value(one) ?? []);
  const dates: Record<string, string> = {
    examinationRequested: 'B200/B240/B241',
    firstExaminationReport: 'B200/B240/B242',
    maintainedAsAmended: 'B200/B240/B243',
    bulletin: 'B400/B405',
    applicationPublished: 'B400/B430',
    granted: 'B400/B450',
    intentionToGrant: 'B400/B451EP',
    intentionAnnounced: 'B400/B452EP',
    amendedSpecification: 'B400/B477',
    correctedSpecification: 'B400/B480',
    supplementarySearch: 'B800/B880',
    searchReport: 'B500/B560/B565EP',
  };
  return compact({
    kindText: value(biblio, 'B100/B120/B121'),
    kindNote: value(biblio, 'B100/B120/B121EP'),
    notes: compact({ ...languagePairs(child(tags, 'B050EP'), 'B051EP', 'B052EP'), general: notes.join('\n') }),
    languages: compact({
      filing: value(biblio, 'B200/B250'),
      procedure: value(biblio, 'B200/B251EP'),
      publication: value(biblio, 'B200/B260'),
      pct: value(biblio, 'B800/B860/B862'),
      pctPublication: value(biblio, 'B800/B870/B872'),
    }),
    dates: compact(Object.fromEntries(Object.entries(dates).map(([name, path]) => [name, dated(at(biblio, path))]))),
    lapsed: lapses(biblio),
    abstractFigure: every(biblio, 'B500/B590/B598').flatMap((one) => value(one) ?? []),
    extensionStates: stateDates(every(biblio, 'B800/B844EP/B845EP')),
    validationStates: stateDates(every(biblio, 'B800/B848EP/B849EP')),
    deposits: children(child(biblio, 'B800'), 'B830').map(plainData),
    pctBulletin: value(biblio, 'B800/B870/B871/bnum'),
  });
}
