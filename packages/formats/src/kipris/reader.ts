import { type Classification, type LegalEvent, type Party, QuanlianError, type Related } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { groupSymbol } from '../common/symbols.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { child, value, type XmlElement } from '../xml/tree.js';

const leftOut: LeftOutRules = [];

/** Answers of the Korean KIPRIS service about patents, utility models and designs, one item a record. */
export const kipris: XmlReader = { format: 'kipris', roots: ['item'], leftOut, read: readItem };

function readItem(root: XmlElement): Draft {
  const text = (name: string): string | undefined => value(child(root, name));
  const application = text('applicationNumber');
  if (application === undefined) {
    throw new QuanlianError('record.no_number', 'The item has no applicationNumber: it is no patent, model or design.');
  }
  // Trade marks come in items of the same name.
  if (child(root, 'title') ?? child(root, 'viennaCode')) {
    throw new QuanlianError(
      'record.invalid',
      `The item ${application} is a trade mark, not a patent, model or design.`,
    );
  }
  const registration = text('registerNumber') ?? text('registrationNumber');
  const open = text('openNumber');
  const published = text('publicationNumber');
  const granted = registration ? grantNumber(registration) : undefined;
  const number = granted ?? open ?? published ?? application;
  const type = typeOf(application);
  const kind = kindOf(type, {
    granted: granted !== undefined,
    published: open !== undefined || published !== undefined,
  });
  const canonical = canonicalPublication('KR', number, kind);
  const registered = isoDate(text('registerDate') ?? text('registrationDate'));
  const opened = isoDate(text('openDate'));
  const status = text('registerStatus');
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date: granted ? registered : (opened ?? isoDate(text('publicationDate'))),
    type,
    lang: 'ko',
    application: documentNumber({ office: 'KR', number: application, date: text('applicationDate') }),
    related: earlier(granted && open, opened, type),
    titles: compact({ ko: text('inventionTitle') ?? text('articleName'), en: text('inventionTitleEnglish') }) as Record<
      string,
      string
    >,
    abstracts: compact({ ko: text('astrtCont') }) as Record<string, string>,
    applicants: names(text('applicantName')),
    inventors: names(text('inventorName')),
    agents: names(text('agentName')),
    classifications: classes(text('ipcNumber'), text('locCode')),
    figures: [text('drawing'), text('bigDrawing')].flatMap((file) => (file ? [{ file }] : [])),
    events: status ? [event(status, granted ? registered : opened)] : [],
    extra: compact({
      registrationNumber: registration,
      publicationNumber: published === number || published === registration ? undefined : published,
      ...otherData(root, leftOut),
    }),
  };
  return { document: compact(document) };
}

/** `1024567890000`: kind of right, number of seven places, four zeros; printed as `10-2456789`. */
function grantNumber(text: string): string {
  const digits = text.replace(/\D/g, '');
  return /^\d{13}$/.test(digits) ? digits.slice(0, 9) : digits;
}

/** The first two digits of a Korean application number name the kind of right. */
function typeOf(application: string): string {
  return { 20: 'utility-model', 30: 'design' }[application.slice(0, 2)] ?? 'invention';
}

function kindOf(type: string, state: { granted: boolean; published: boolean }): string | undefined {
  const letters = { invention: ['B1', 'A'], 'utility-model': ['Y1', 'U'], design: ['S', 'S'] }[type] ?? [];
  if (state.granted) return letters[0];
  return state.published ? letters[1] : undefined;
}

function earlier(open: string | undefined, date: string | undefined, type: string): Related[] {
  if (!open) return [];
  const kind = type === 'utility-model' ? 'U' : 'A';
  const document = documentNumber({ office: 'KR', number: open, kind, date: date?.replace(/-/g, '') });
  return [{ relation: 'related-publication', id: publicationIdOf('KR', open, kind), document }];
}

function names(text: string | undefined): Party[] {
  return (text ?? '').split(/[;|]/).flatMap((name) => (name.trim() === '' ? [] : [{ name: name.trim() }]));
}

function classes(ipc: string | undefined, locarno: string | undefined): Classification[] {
  const international = (ipc ?? '').split(/[;|]/).flatMap((one, index): Classification[] => {
    const symbol = groupSymbol(one) ?? one.trim();
    return symbol === '' ? [] : [{ scheme: 'IPC', symbol, position: index === 0 ? 'F' : 'L' }];
  });
  const designs = (locarno ?? '').split(/[;|]/).flatMap((one): Classification[] => {
    const symbol = one.trim();
    return symbol === '' ? [] : [{ scheme: 'LOCARNO', symbol }];
  });
  return [...international, ...designs];
}

function event(status: string, date: string | undefined): LegalEvent {
  return compact({ office: 'KR', code: 'registerStatus', date, text: status });
}
