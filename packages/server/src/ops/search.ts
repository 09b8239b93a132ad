import type { Hit, PatentDocument, QueryNode } from '@quanlian/contract';
import { FULL_TEXT, type SearchBackend } from '@quanlian/engine';
import { parseQuery } from '@quanlian/kernel';
import { fault, nothingFound } from './faults.js';
import { fullCycle } from './find.js';
import type { Range } from './range.js';
import { abstractDocument, exchangeDocument } from './render/exchange.js';
import { documentId } from './render/numbers.js';
import { escapeText, tag, worldPatentData } from './xml.js';

export interface Found {
  readonly total: number;
  readonly hits: readonly Hit[];
}

/** Codes of the query reader in the service's own words. */
function refuse(code: string | undefined, message: string): never {
  if (code === 'query.unknown_field') throw fault('CLIENT.InvalidQuery', `CLIENT.InvalidIndex: ${message}`);
  throw fault('CLIENT.CQL', message);
}

/** Reads a query of the service. Throws `CLIENT.InvalidQuery` and `CLIENT.CQL`. */
export function readQuery(q: string | undefined): QueryNode {
  if (q === undefined || q.trim() === '') throw fault('CLIENT.InvalidQuery', 'The request has no query; give it as q.');
  const { ast, errors } = parseQuery(q, 'cql');
  return ast ?? refuse(errors[0]?.code, errors[0]?.message ?? 'The query could not be read.');
}

/** Hits of a range, newest first. `reachable` is how far a client may page; 0 sets no end. */
export async function findHits(
  backend: SearchBackend,
  query: QueryNode,
  { begin, end }: Range,
  reachable: number,
): Promise<Found> {
  if (reachable > 0 && end > reachable) {
    throw fault(
      'CLIENT.InvalidQuery',
      `Only the first ${reachable} hits of a query can be fetched; narrow it, for instance by date.`,
    );
  }
  const { total, hits } = await backend.search({
    query,
    sort: 'newest',
    limit: end - begin + 1,
    offset: begin - 1,
    brief: true,
  });
  if (hits.length === 0) throw nothingFound();
  return { total, hits };
}

/** The number of a hit, which its id holds between office and kind. */
const numberOf = ({ id, office, kind }: Hit): string =>
  id.slice(office.length, kind ? id.length - kind.length : undefined);

function reference(hit: Hit): string {
  const { office, kind, family } = hit;
  return tag('ops:publication-reference', documentId('docdb', { office, number: numberOf(hit), kind }), {
    system: 'ops.epo.org',
    'family-id': family,
  });
}

async function documentsOf(
  backend: SearchBackend,
  hits: readonly Hit[],
  constituents: readonly string[],
): Promise<string> {
  const found = (
    await backend.get(
      hits.map(({ id }) => id),
      FULL_TEXT,
    )
  ).filter((doc) => doc !== null);
  const abstractAlone = constituents.every((one) => one === 'abstract');
  const write = (doc: PatentDocument): string =>
    abstractAlone ? (abstractDocument(doc) ?? '') : exchangeDocument(doc);
  const groups = await Promise.all(
    found.map(async (doc) => (constituents.includes('full-cycle') ? fullCycle(backend, [doc]) : [doc])),
  );
  return groups.map((group) => tag('exchange-documents', group.map(write).join(''))).join('');
}

/** An answer of the search: numbers alone, or with what was asked for of each. */
export async function searchAnswer(
  backend: SearchBackend,
  q: string,
  range: Range,
  found: Found,
  constituents: readonly string[],
): Promise<string> {
  const wanted = constituents.filter((one) => ['biblio', 'abstract', 'full-cycle'].includes(one));
  const result =
    wanted.length === 0 ? found.hits.map(reference).join('') : await documentsOf(backend, found.hits, wanted);
  const body = tag(
    'ops:biblio-search',
    tag('ops:query', escapeText(q), { syntax: 'CQL' }) +
      tag('ops:range', '', { begin: range.begin, end: range.end }) +
      tag('ops:search-result', result),
    { 'total-result-count': found.total, 'publications-count': found.hits.length },
  );
  return worldPatentData('exchange', body);
}
