import type { LegalAnswer, LegalEvent, PatentDocument, QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import {
  applicationKey,
  citationWords,
  conveyanceEvents,
  holderSpans,
  type Instruments,
  inForceOn,
  isGrant,
  legalTimeline,
  type RightFacts,
  type RuleBook,
  statusOn,
} from '@quanlian/kernel';
import { type LegalBasis as Basis, feesOf, rightType, termOf } from './term.js';

/** What the meaning of events, the length of terms and the names of articles are taken from. */
export interface LegalBasis extends Basis {
  readonly instruments: Instruments;
  /** Reads a changed list of codes anew, and tells the edition that names events; empty while none is loaded. */
  readonly codeList: () => Promise<string>;
}

/** What a document says of the legal life of its application. */
export type LegalSource = Pick<
  PatentDocument,
  | 'id'
  | 'office'
  | 'number'
  | 'kind'
  | 'date'
  | 'type'
  | 'application'
  | 'related'
  | 'designatedStates'
  | 'termAdjustmentDays'
  | 'events'
  | 'sources'
  | 'extra'
  | 'applicants'
  | 'assignees'
  | 'proprietors'
>;

const MOST_PUBLICATIONS = 50;
const DEFAULT_HORIZON_MONTHS = 24;

function horizonOf(rules: RuleBook, day: string): number {
  const rule = rules.at('house.status-horizon', day);
  const amount = rule.ok ? rule.value.parameters['amount'] : undefined;
  return typeof amount === 'number' ? amount : DEFAULT_HORIZON_MONTHS;
}

const eventKey = ({ office, code, date, effective, text }: LegalEvent): string =>
  JSON.stringify([office, code.trim(), date, effective, text]);

/** The events of all publications of an application, each once, in the order of their dates. */
function eventsOf(documents: readonly LegalSource[]): LegalEvent[] {
  const events = new Map<string, LegalEvent>();
  const told = documents.flatMap((document) => [...(document.events ?? []), ...conveyanceEvents(document)]);
  for (const event of told) events.set(eventKey(event), events.get(eventKey(event)) ?? event);
  return [...events.values()].sort((a, b) => (a.date ?? '9').localeCompare(b.date ?? '9'));
}

/** Offices whose grant comes into force in several states. */
const REGIONAL: ReadonlySet<string> = new Set(['EP']);
const GRANT_LAW: Readonly<Record<string, string>> = {
  EP: 'EPC, Art. 97',
  US: '35 USC 153',
  CN: 'Patent Law, Arts. 39 and 40',
};

function regionalFacts(documents: readonly LegalSource[], office: string): Partial<RightFacts> {
  if (!REGIONAL.has(office)) return {};
  const granted = documents.filter(({ kind, date }) => isGrant(office, kind, date) === true);
  const designated = granted.findLast(({ designatedStates }) => designatedStates?.length)?.designatedStates;
  return { regional: true, ...(designated ? { designated } : {}) };
}

/** The facts of one application, from all its publications. */
export function rightFacts(documents: readonly LegalSource[], basis: LegalBasis, day: string): RightFacts {
  const [first] = documents;
  const filed = documents.map(({ application }) => application?.date).find((date) => date !== undefined);
  const reported = documents
    .flatMap(({ sources }) => sources.flatMap(({ sourceDate }) => sourceDate ?? []))
    .sort()
    .at(-1);
  const term = filed === undefined ? undefined : termOf(documents, filed, basis)?.term;
  const law = first && GRANT_LAW[first.office];
  return {
    filed,
    publications: documents.map(({ id, office, kind, date }) => ({
      id,
      date,
      granted: isGrant(office, kind, date) ?? false,
    })),
    events: eventsOf(documents),
    ...(term ? { term } : {}),
    ...(law === undefined ? {} : { grantLaw: law }),
    ...(filed === undefined ? {} : feesOf(documents, filed, basis)),
    ...(first === undefined ? {} : regionalFacts(documents, first.office)),
    ...(reported === undefined ? {} : { reportedUntil: reported }),
    horizonMonths: horizonOf(basis.rules, day),
  };
}

const byValue = (field: string, value: string): QueryNode => ({ op: 'value', field, value });

/** All publications of the application behind a document, oldest first; the document alone when it names none. */
export async function publicationsOf(backend: SearchBackend, document: PatentDocument): Promise<PatentDocument[]> {
  const key = document.application && applicationKey(document.application);
  if (key === undefined) return [document];
  const query: QueryNode = { op: 'and', clauses: [byValue('application', key), byValue('office', document.office)] };
  const { hits } = await backend.search({ query, sort: 'oldest', limit: MOST_PUBLICATIONS });
  const found = (await backend.get(hits.map(({ id }) => id))).flatMap((one) => one ?? []);
  const same = found.filter(({ application }) => application !== undefined && applicationKey(application) === key);
  return same.some(({ id }) => id === document.id) ? same : [...same, document];
}

/** China: an invention and a utility model of the same applicant and title filed on the same day. */
async function twinsOf(backend: SearchBackend, document: PatentDocument): Promise<string[]> {
  const { office, application, applicants = [], titles = {} } = document;
  const day = application?.date;
  const own = rightType(document);
  if (office !== 'CN' || day === undefined || day.length < 10 || (own !== 'invention' && own !== 'utility-model'))
    return [];
  const title = titles['zh'] ?? titles['en'];
  if (title === undefined) return [];
  const query: QueryNode = {
    op: 'and',
    clauses: [
      byValue('office', 'CN'),
      { op: 'range', field: 'filed', from: day, to: day },
      { op: 'phrase', field: 'title', text: title },
    ],
  };
  const { hits } = await backend.search({ query, sort: 'oldest', limit: MOST_PUBLICATIONS });
  const found = (await backend.get(hits.map(({ id }) => id))).flatMap((one) => one ?? []);
  const names = new Set(applicants.map(({ name }) => name));
  const other = own === 'invention' ? 'utility-model' : 'invention';
  return found
    .filter((one) => rightType(one) === other && (one.titles?.['zh'] ?? one.titles?.['en']) === title)
    .filter((one) => (one.applicants ?? []).some(({ name }) => names.has(name)))
    .map(({ id }) => id);
}

/** The provisions that a legal life names, in words. */
function lawsOf(timeline: LegalAnswer['timeline'], term: LegalAnswer['term'], { instruments }: LegalBasis) {
  const spans = [...timeline.spans, ...timeline.states.flatMap(({ spans: own }) => own)];
  const named = [
    term?.law,
    ...timeline.events.map(({ law }) => law),
    ...spans.flatMap(({ reasons }) => reasons.map(({ law }) => law)),
  ];
  const laws = new Set(named.filter((law) => law !== null && law !== undefined));
  return Object.fromEntries([...laws].map((law) => [law, citationWords(law, instruments)]));
}

/** The legal life told by documents of one application, with the reason of every step, and its status on a day. */
export function legalLife(documents: readonly LegalSource[], basis: LegalBasis, day: string) {
  const timeline = legalTimeline(rightFacts(documents, basis, day), basis.events);
  const filed = documents.map(({ application }) => application?.date).find((date) => date !== undefined);
  const ruled = filed === undefined ? undefined : termOf(documents, filed, basis);
  const extended =
    ruled?.term.compensated !== true && timeline.events.some(({ category, void: taken }) => category === 'G' && !taken);
  const term = ruled === undefined ? null : { ...ruled.answer, extended };
  const status = statusOn(timeline, day) ?? null;
  return {
    on: day,
    status,
    timeline,
    inForceIn: timeline.states.length === 0 ? null : inForceOn(timeline, day),
    term,
    holders: holderSpans(documents).map(({ names, from, by }) => ({ names: [...names], from: from || null, by })),
    laws: lawsOf(timeline, term, basis),
  };
}

/** The legal life of the application behind a document, with the reason of every step, and its status on a day. */
export async function legalLifeOf(
  backend: SearchBackend,
  basis: LegalBasis,
  document: PatentDocument,
  day: string,
): Promise<LegalAnswer> {
  await basis.codeList();
  const documents = await publicationsOf(backend, document);
  return {
    id: document.id,
    ...legalLife(documents, basis, day),
    publications: documents.map(({ id, office, kind, date }) => ({
      id,
      kind: kind ?? null,
      date: date ?? null,
      granted: isGrant(office, kind, date) ?? null,
    })),
    twins: await twinsOf(backend, document),
  };
}
