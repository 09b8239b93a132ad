import { QuanlianError, type Related } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import type { Draft, LeftOutRules, XmlReader } from '../common/reader.js';
import { otherData } from '../common/rest.js';
import { compact, documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { at, child, value, type XmlElement } from '../xml/tree.js';
import {
  citations,
  claims,
  classes,
  figures,
  text as firstText,
  international,
  parties,
  priorities,
  statusEvents,
} from './detail.js';

const leftOut: LeftOutRules = [];

/**
 * Answers of the Korean KIPRIS service about patents, utility models and designs, one item a record: searches and
 * the bibliography of one application (`item`), and the older open service, whose elements begin with capitals.
 */
export const kipris: XmlReader = {
  format: 'kipris',
  roots: ['item', 'PatentUtilityInfo', 'patentUtilityInfo', 'DesignInfo', 'designInfo'],
  leftOut,
  read: readItem,
};

/** The names the services give one thing. */
const NAMES = {
  application: ['applicationNumber', 'ApplicationNumber'],
  applicationDate: ['applicationDate', 'ApplicationDate'],
  registration: ['registerNumber', 'registrationNumber', 'RegistrationNumber'],
  registered: ['registerDate', 'registrationDate', 'RegistrationDate'],
  status: ['registerStatus', 'RegistrationStatus', 'registrationStatus', 'applicationStatus', 'ApplicationStatus'],
  open: ['openNumber', 'OpeningNumber', 'openingNumber'],
  opened: ['openDate', 'OpeningDate', 'openingDate'],
  publication: ['publicationNumber', 'PublicNumber', 'publicNumber'],
  published: ['publicationDate', 'PublicDate', 'publicDate'],
  title: ['inventionTitle', 'InventionName', 'inventionName', 'articleName', 'ArticleName'],
  titleEnglish: ['inventionTitleEnglish', 'inventionTitleEng', 'InventionEnglishName', 'articleNameEnglish'],
  abstract: ['astrtCont', 'Abstract', 'abstract'],
} as const;

type Text = (field: keyof typeof NAMES) => string | undefined;

/** The document a publication number, an opening number or a registration stand for. */
interface Standing {
  readonly number: string;
  readonly kind: string | undefined;
  readonly granted: boolean;
}

function readItem(root: XmlElement): Draft {
  const summary = at(root, 'biblioSummaryInfoArray/biblioSummaryInfo') ?? root;
  const text: Text = (field) => firstText(summary, ...NAMES[field]);
  const application = text('application');
  if (application === undefined) {
    const sentence =
      'The item has no applicationNumber: it is no patent, model or design, or an answer to a question about one part of it. Ask for its bibliography.';
    throw new QuanlianError('record.no_number', sentence);
  }
  refuseTradeMark(root, application);
  const type = typeOf(application);
  const standing = standingOf(text, application, type);
  const canonical = canonicalPublication('KR', standing.number, standing.kind);
  const registered = isoDate(dayOf(text('registered')));
  const opened = isoDate(dayOf(text('opened')));
  const published = isoDate(dayOf(text('published')));
  const status = text('status');
  const publication = text('publication');
  const abstract = text('abstract') ?? value(root, 'abstractInfoArray/abstractInfo/astrtCont');
  const date = standing.granted ? (registered ?? published) : (opened ?? published);
  const document = {
    id: publicationId(canonical),
    ...canonical,
    date,
    type,
    lang: 'ko',
    application: documentNumber({ office: 'KR', number: application, date: dayOf(text('applicationDate')) }),
    related: earlier(standing.granted ? text('open') : undefined, opened, type),
    pct: international(root),
    priorities: priorities(root),
    titles: compact({ ko: text('title'), en: text('titleEnglish') }) as Record<string, string>,
    abstracts: compact({ ko: abstract }) as Record<string, string>,
    applicants: parties(root, 'applicant'),
    inventors: parties(root, 'inventor'),
    agents: parties(root, 'agent'),
    examiners: [value(child(summary, 'examinerName'))].flatMap((name) => (name ? [{ name }] : [])),
    classifications: classes(root),
    citations: citations(root),
    claims: claims(root),
    figures: figures(root),
    events: statusEvents(root, status, standing.granted ? registered : opened),
    extra: compact({
      registrationNumber: text('registration'),
      publicationNumber:
        publication === standing.number || publication === text('registration') ? undefined : publication,
      ...otherData(root, leftOut),
    }),
  };
  return { document: compact(document) };
}

/** Trade marks come in items of the same name. */
function refuseTradeMark(root: XmlElement, application: string): void {
  if (!child(root, 'title') && !child(root, 'viennaCode') && !child(root, 'Title')) return;
  const sentence = `The item ${application} is a trade mark, not a patent, model or design.`;
  throw new QuanlianError('record.invalid', sentence);
}

/** Days come as `20240310`, `2024.03.10` and `2024/03/10`. */
const dayOf = (text: string | undefined): string | undefined => text?.replace(/[.\s/]+$/, '');

function standingOf(text: Text, application: string, type: string): Standing {
  const registration = text('registration');
  const [open, published] = [text('open'), text('publication')].map((number) => number?.replace(/\D/g, ''));
  const granted = registration ? grantNumber(registration) : undefined;
  const kind = kindOf(type, { granted: granted !== undefined, published: (open ?? published) !== undefined });
  const number = granted ?? open ?? published ?? application.replace(/\D/g, '');
  return { number, kind, granted: granted !== undefined };
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
  return [{ relation: 'related-publication', id: publicationIdOf('KR', open.replace(/\D/g, ''), kind), document }];
}
