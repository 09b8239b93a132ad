import type { OpsService, PatentDocument, QueryNode } from '@quanlian/contract';
import type { Address } from './address.js';
import { mapClasses, type SchemeSource, searchClasses, showScheme } from './classification.js';
import { fault, nothingFound } from './faults.js';
import { FULL_TEXT, findPublications } from './find.js';
import { type ImageDeps, inquireImages } from './images.js';
import { type InputNumber, readInputs } from './input.js';
import { convertNumbers } from './number-service.js';
import { familyData, type PublishedDeps, publishedData } from './published.js';
import { type Range, readRange } from './range.js';
import { exchangeDocument } from './render/exchange.js';
import { askedReference, familyMember, legalEvents, patentFamily } from './render/family.js';
import { REGISTER_PARTS, type RegisterPart, registerAnswer, registerDocument } from './render/register.js';
import { findHits, readQuery, searchAnswer } from './search.js';

export interface AnswerDeps extends PublishedDeps, ImageDeps {
  readonly schemes: SchemeSource;
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

function family(
  deps: AnswerDeps,
  address: Numbered,
  inputs: InputNumber[],
  constituents: readonly string[],
): Promise<string> {
  const { reference } = address;
  const legal = constituents.includes('legal');
  const withBiblio = constituents.includes('biblio');
  const inside = (doc: PatentDocument): string =>
    (withBiblio ? exchangeDocument(doc) : '') + (legal ? legalEvents(doc) : '');
  const style = ['family', ...(withBiblio ? ['biblio'] : []), ...(legal ? ['legal'] : [])].join('-');
  return familyData(
    deps,
    { reference, inputs, constituents },
    (_asked, input, members) => {
      const written = members.map((doc) => familyMember(doc, inside(doc)));
      return patentFamily(askedReference(reference, input), written, members.length, legal);
    },
    style,
  );
}

/** The members that have events; the size of the family is told with them. */
function legal(deps: AnswerDeps, { reference }: Numbered, inputs: InputNumber[]): Promise<string> {
  return familyData(
    deps,
    { reference, inputs, constituents: [] },
    (asked, input, members) => {
      const having = members.filter((doc) => legalEvents(doc) !== '');
      const written = (having.length > 0 ? having : [asked]).map((doc) => familyMember(doc, legalEvents(doc)));
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

/** The dossier of a European application: one document stands for all its publications. */
async function register(
  deps: AnswerDeps,
  { reference }: Numbered,
  inputs: InputNumber[],
  constituents: readonly string[],
): Promise<string> {
  const found = await Promise.all(inputs.map((input) => findPublications(deps.backend, reference, input)));
  const dossiers = found.flatMap((docs) => {
    const european = docs.filter(({ office }) => office === 'EP');
    return european.find((doc) => doc.wire?.['register'] !== undefined) ?? european[0] ?? [];
  });
  if (dossiers.length === 0) throw nothingFound();
  const documents = dossiers.map((doc) => registerDocument(doc, registerParts(constituents)));
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
  const documents = found.map((doc) => registerDocument(doc, registerParts(constituents)));
  return registerAnswer(q, range, total, documents);
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
      throw nothingFound();
    case 'class-map':
      return mapClasses(deps.schemes, address.path.map(decodeURIComponent));
    default:
      return numbered(deps, address, asked);
  }
}
