import type { OpsService, PatentDocument, QueryNode } from '@quanlian/contract';
import { FULL_TEXT } from '@quanlian/engine';
import type { Address } from './address.js';
import { mapClasses, type SchemeSource, searchClasses, showScheme } from './classification.js';
import { fault, nothingFound } from './faults.js';
import { findPublications, fullCycle } from './find.js';
import { type ImageDeps, inquireImages } from './images.js';
import { type InputNumber, readInputs } from './input.js';
import type { LegalLives } from './legal-life.js';
import { convertNumbers } from './number-service.js';
import { familyData, type PublishedDeps, publishedData } from './published.js';
import { type Range, readRange } from './range.js';
import { exchangeDocument } from './render/exchange.js';
import { askedReference, eventsByMember, familyMember, patentFamily } from './render/family.js';
import {
  REGISTER_PARTS,
  type RegisterKnowledge,
  type RegisterPart,
  registerAnswer,
  registerDocument,
} from './render/register.js';
import { findHits, readQuery, searchAnswer } from './search.js';

export interface AnswerDeps extends PublishedDeps, ImageDeps {
  readonly schemes: SchemeSource;
  /** The register's reading of legal lives; without it, the events of the documents alone. */
  readonly lives?: LegalLives | undefined;
  /** Today, ISO 8601. */
  readonly today: () => string;
  /** How many hits of a query a client may page through; 0 sets no end. */
  readonly reachable: number;
  /** Refuses a query that would cost too much. */
  readonly checkCost: (query: QueryNode) => void;
}

/** What came with a request besides its address. */
export interface Asked {
  readonly body: string;
  readonly query: URLSearchParams;
  readonly range: string | undefined;
}

/** The kind of service by which a request is counted. */
export function serviceOf({ service }: Address): OpsService {
  switch (service) {
    case 'search':
      return 'search';
    case 'family':
    case 'legal':
      return 'inpadoc';
    case 'published-data':
      return 'retrieval';
    case 'image':
    case 'cpc-media':
      return 'images';
    default:
      return 'other';
  }
}

type Numbered = Extract<Address, { service: 'published-data' | 'family' | 'legal' | 'register' | 'number-service' }>;

/** Constituents of the path; one client writes them into the query string instead. */
function constituentsOf(endings: readonly string[], query: URLSearchParams): string[] {
  const more = (query.get('constituents') ?? '').split(',').map((one) => one.trim());
  return [...endings, ...more.filter((one) => one !== '' && !endings.includes(one))];
}

function inputsOf({ form, number }: Numbered, body: string): InputNumber[] {
  return readInputs(form, number ?? body);
}

const toldTotal = (doc: PatentDocument): number => Number(doc.wire?.['familyTotal'] ?? 0);

async function family(
  deps: AnswerDeps,
  address: Numbered,
  inputs: InputNumber[],
  constituents: readonly string[],
): Promise<string> {
  const { reference } = address;
  const legal = constituents.includes('legal');
  if (legal) await deps.lives?.ready();
  const withBiblio = constituents.includes('biblio');
  const style = ['family', ...(withBiblio ? ['biblio'] : []), ...(legal ? ['legal'] : [])].join('-');
  return familyData(
    deps,
    { reference, inputs, constituents },
    (_asked, input, members) => {
      const events = legal ? eventsByMember(members, deps.lives, deps.today()) : undefined;
      const inside = (doc: PatentDocument): string =>
        (withBiblio ? exchangeDocument(doc) : '') + (events?.get(doc.id) ?? '');
      const written = members.map((doc) => familyMember(doc, inside(doc)));
      return patentFamily(askedReference(reference, input), written, members.length, legal);
    },
    style,
  );
}

/** The members that have events; the size of the family is told with them. */
async function legal(deps: AnswerDeps, { reference }: Numbered, inputs: InputNumber[]): Promise<string> {
  await deps.lives?.ready();
  return familyData(
    deps,
    { reference, inputs, constituents: [] },
    (asked, input, members) => {
      const events = eventsByMember(members, deps.lives, deps.today());
      const eventsOf = ({ id }: PatentDocument): string => events.get(id) ?? '';
      const having = members.filter((doc) => eventsOf(doc) !== '');
      const written = (having.length > 0 ? having : [asked]).map((doc) => familyMember(doc, eventsOf(doc)));
      const total = Math.max(members.length, toldTotal(asked));
      return patentFamily(askedReference(reference, input), written, total, true);
    },
    'legal',
  );
}

function registerParts(constituents: readonly string[]): RegisterPart[] {
  // The unitary patent protection has two names among clients.
  const named = constituents.map((one) => (one === 'unip' ? 'upp' : one));
  const wanted = REGISTER_PARTS.filter((part) => named.includes(part));
  return wanted.length > 0 ? wanted : ['biblio'];
}

const REGISTER_NAME: Readonly<Record<string, string>> = {
  publication: 'publication',
  application: 'application',
  priority: 'priority',
};

const knowledge = ({ lives, today }: AnswerDeps): RegisterKnowledge => ({ lives, day: today() });

/** European publications by the application they belong to: a dossier has all of them, whichever of them was found. */
async function dossiersOf(deps: AnswerDeps, found: readonly PatentDocument[][]): Promise<PatentDocument[][]> {
  const european = found.map((documents) => documents.filter(({ office }) => office === 'EP'));
  const whole = await Promise.all(
    european.map((documents) => (documents.length === 0 ? [] : fullCycle(deps.backend, documents))),
  );
  const seen = new Set<string>();
  return whole.flatMap((documents, at) => {
    const first = european[at]?.[0];
    if (!first || seen.has(first.id)) return [];
    for (const { id } of documents) seen.add(id);
    const own = documents.filter(({ office }) => office === 'EP');
    // The publication that was asked for is the one a dossier is written from.
    return [[first, ...own.filter(({ id }) => id !== first.id)]];
  });
}

/** The dossier of a European application: one document stands for all its publications. */
async function register(
  deps: AnswerDeps,
  { reference }: Numbered,
  inputs: InputNumber[],
  constituents: readonly string[],
): Promise<string> {
  // A dossier is that of the application: the kind of one publication narrows nothing.
  const found = await Promise.all(
    inputs.map((input) => findPublications(deps.backend, reference, { ...input, kind: undefined })),
  );
  const dossiers = await dossiersOf(deps, found);
  if (dossiers.length === 0) throw nothingFound();
  await deps.lives?.ready();
  const documents = dossiers.map((dossier) => registerDocument(dossier, registerParts(constituents), knowledge(deps)));
  const query = inputs
    .map(({ office = '', number }) => `${REGISTER_NAME[reference] ?? reference}=${office}${number}`)
    .join(' or ');
  return registerAnswer(query, { begin: 1, end: dossiers.length }, dossiers.length, documents);
}

/** Search in the register: European documents, each with what is held of its dossier. */
async function searchRegister(
  deps: AnswerDeps,
  q: string,
  range: Range,
  constituents: readonly string[],
): Promise<string> {
  const query: QueryNode = {
    op: 'and',
    clauses: [readQuery(q), { op: 'filter', clause: { op: 'value', field: 'office', value: 'EP' } }],
  };
  deps.checkCost(query);
  const { total, hits } = await findHits(deps.backend, query, range, deps.reachable);
  const found = (
    await deps.backend.get(
      hits.map(({ id }) => id),
      FULL_TEXT,
    )
  ).filter((doc) => doc !== null);
  const dossiers = await dossiersOf(
    deps,
    found.map((doc) => [doc]),
  );
  await deps.lives?.ready();
  const documents = dossiers.map((dossier) => registerDocument(dossier, registerParts(constituents), knowledge(deps)));
  // Publications are counted, dossiers are told: where all of them are on the page their number is known.
  const isWhole = range.begin === 1 && total <= range.end;
  return registerAnswer(q, range, isWhole ? documents.length : total, documents);
}

async function search(
  deps: AnswerDeps,
  q: string | undefined,
  range: Range,
  constituents: readonly string[],
): Promise<string> {
  const query = readQuery(q);
  deps.checkCost(query);
  const found = await findHits(deps.backend, query, range, deps.reachable);
  return searchAnswer(deps.backend, q ?? '', range, found, constituents);
}

async function numbered(deps: AnswerDeps, address: Numbered, asked: Asked): Promise<string> {
  const { service, reference } = address;
  const inputs = inputsOf(address, asked.body);
  const constituents = constituentsOf(address.endings, asked.query);
  switch (service) {
    case 'family':
      return family(deps, address, inputs, constituents);
    case 'legal':
      return legal(deps, address, inputs);
    case 'register':
      return register(deps, address, inputs, constituents);
    case 'number-service': {
      const to = address.endings[0];
      if (to !== 'docdb' && to !== 'epodoc' && to !== 'original')
        throw fault('CLIENT.InvalidReference', 'The form to convert to is missing at the end of the address.');
      return convertNumbers(reference, address.form, to, inputs);
    }
    default:
      return constituents[0] === 'images'
        ? inquireImages(deps, reference, inputs)
        : publishedData(deps, { reference, inputs, constituents });
  }
}

/** The query of a search: in the address, or in the body as a form does it, whatever its content type says. */
function queryOf({ body, query }: Asked): string | undefined {
  const inBody = body.trim() === '' ? undefined : new URLSearchParams(body.trim()).get('q');
  return inBody ?? query.get('q') ?? undefined;
}

const flagged = (query: URLSearchParams, name: string): boolean => query.has(name) && query.get(name) !== 'false';

/** Answers everything but images in XML. Throws {@link OpsFault}s. */
export async function answer(
  deps: AnswerDeps,
  address: Exclude<Address, { service: 'image' }>,
  asked: Asked,
): Promise<string> {
  const { query } = asked;
  switch (address.service) {
    case 'search':
      return search(deps, queryOf(asked), readRange(asked.range), constituentsOf(address.endings, query));
    case 'register-search':
      return searchRegister(deps, queryOf(asked) ?? '', readRange(asked.range), constituentsOf(address.endings, query));
    case 'cpc':
      return showScheme(deps.schemes, {
        symbol: decodeURIComponent(address.path.join('/')),
        depth: query.get('depth') === 'all' ? Number.POSITIVE_INFINITY : Number(query.get('depth') ?? 0) || 0,
        ancestors: flagged(query, 'ancestors'),
      });
    case 'cpc-search':
      return searchClasses(
        deps.backend,
        deps.schemes,
        queryOf(asked) ?? '',
        readRange(asked.range, { begin: 1, end: 10 }),
      );
    case 'cpc-media':
      throw fault('SERVER.EntityNotFound', 'Pictures of the classification are not held here.');
    case 'class-map':
      return mapClasses(deps.schemes, address.path.map(decodeURIComponent));
    default:
      return numbered(deps, address, asked);
  }
}
