import type { LegalAnswer, LegalEvent, PatentDocument, QueryNode } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import {
  applicationKey,
  type EventMap,
  evaluateRule,
  isGrant,
  legalTimeline,
  type RightFacts,
  type RuleBook,
  statusOn,
  termEvaluator,
  type WorkingCalendar,
} from '@quanlian/kernel';

/** What the meaning of events and the length of terms are taken from. */
export interface LegalBasis {
  readonly events: EventMap;
  /** Reads a changed list of codes anew, and tells the edition that names events; empty while none is loaded. */
  readonly codeList: () => Promise<string>;
  readonly rules: RuleBook;
  readonly calendar: WorkingCalendar;
}

const MOST_PUBLICATIONS = 50;
const DEFAULT_HORIZON_MONTHS = 24;

const TYPES = { invention: 'invention', 'utility-model': 'utility-model', design: 'design' } as const;

function typeOf({ type, office, kind = '' }: PatentDocument): keyof typeof TYPES | undefined {
  if (type !== undefined) return type in TYPES ? (type as keyof typeof TYPES) : undefined;
  if (office === 'CN' && /^[UY]/.test(kind)) return 'utility-model';
  if (/^S/.test(kind)) return 'design';
  return /^[ABC]/.test(kind) ? 'invention' : undefined;
}

/** The end of the term by the rule of the office; none without a filing date or where no rule is held. */
function termOf(
  document: PatentDocument,
  filed: string | undefined,
  { rules, calendar }: LegalBasis,
): RightFacts['term'] {
  const type = typeOf(document);
  if (filed === undefined || filed.length < 10 || type === undefined || document.office === 'WO') return undefined;
  if (document.office !== 'CN' && type !== 'invention') return undefined;
  const id = document.office === 'CN' ? 'cn.term' : 'house.term-general';
  const result = evaluateRule(
    rules,
    termEvaluator,
    { id, date: filed, input: { type, filingDate: filed } },
    { calendar },
  );
  if (!result.ok) return undefined;
  const { value, rule } = result.value;
  return { ends: value.ends, rule: { id: rule.ruleId, version: rule.version }, certainty: rule.certainty };
}

function horizonOf(rules: RuleBook, day: string): number {
  const rule = rules.at('house.status-horizon', day);
  const amount = rule.ok ? rule.value.parameters['amount'] : undefined;
  return typeof amount === 'number' ? amount : DEFAULT_HORIZON_MONTHS;
}

const eventKey = ({ office, code, date, effective, text }: LegalEvent): string =>
  JSON.stringify([office, code.trim(), date, effective, text]);

/** The events of all publications of an application, each once, in the order of their dates. */
function eventsOf(documents: readonly PatentDocument[]): LegalEvent[] {
  const events = new Map<string, LegalEvent>();
  for (const event of documents.flatMap(({ events: own = [] }) => own))
    events.set(eventKey(event), events.get(eventKey(event)) ?? event);
  return [...events.values()].sort((a, b) => (a.date ?? '9').localeCompare(b.date ?? '9'));
}

/** The facts of one application, from all its publications. */
export function rightFacts(documents: readonly PatentDocument[], basis: LegalBasis, day: string): RightFacts {
  const [first] = documents;
  const filed = documents.map(({ application }) => application?.date).find((date) => date !== undefined);
  const reported = documents
    .flatMap(({ sources }) => sources.flatMap(({ sourceDate }) => sourceDate ?? []))
    .sort()
    .at(-1);
  const term = first && termOf(first, filed, basis);
  return {
    filed,
    publications: documents.map(({ id, office, kind, date }) => ({
      id,
      date,
      granted: isGrant(office, kind, date) ?? false,
    })),
    events: eventsOf(documents),
    ...(term ? { term } : {}),
    ...(reported === undefined ? {} : { reportedUntil: reported }),
    horizonMonths: horizonOf(basis.rules, day),
  };
}

const byValue = (field: string, value: string): QueryNode => ({ op: 'value', field, value });

/** All publications of the application behind a document, oldest first; the document alone when it names none. */
async function publicationsOf(backend: SearchBackend, document: PatentDocument): Promise<PatentDocument[]> {
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
  const own = typeOf(document);
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
    .filter((one) => typeOf(one) === other && (one.titles?.['zh'] ?? one.titles?.['en']) === title)
    .filter((one) => (one.applicants ?? []).some(({ name }) => names.has(name)))
    .map(({ id }) => id);
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
  const timeline = legalTimeline(rightFacts(documents, basis, day), basis.events);
  return {
    id: document.id,
    on: day,
    status: statusOn(timeline, day) ?? null,
    timeline,
    publications: documents.map(({ id, office, kind, date }) => ({
      id,
      kind: kind ?? null,
      date: date ?? null,
      granted: isGrant(office, kind, date) ?? null,
    })),
    twins: await twinsOf(backend, document),
  };
}
