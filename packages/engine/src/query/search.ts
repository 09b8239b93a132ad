import {
  type Facet,
  type FacetName,
  type PatentDocument,
  QuanlianError,
  type QueryNode,
  type SearchRequest,
  type SearchResult,
  type Sort,
} from '@quanlian/contract';
import { readDocument, type Snapshot } from '../corpus/snapshot.js';
import { compileQuery } from './compile.js';
import { type Cursor, writeCursor } from './cursor.js';
import { evaluate, explain, scoreHits } from './evaluate.js';
import { countFacet } from './facets.js';
import { makeHit } from './hit.js';
import { type Candidate, orderAll, type Page, selectPage } from './order.js';
import { positiveTexts } from './plan.js';

/** Hits of one page; whoever wants more reads page by page or scans. */
const MOST_HITS = 10_000;

function checkPage({ limit, offset = 0, cursor }: SearchRequest): void {
  const fits = (value: number, most: number): boolean => Number.isInteger(value) && value >= 0 && value <= most;
  if (!fits(limit, MOST_HITS)) {
    throw new QuanlianError('request.invalid', `A page has from 0 to ${MOST_HITS} hits, not ${limit}.`, {
      path: 'limit',
    });
  }
  if (!fits(offset, Number.MAX_SAFE_INTEGER)) {
    throw new QuanlianError('request.invalid', `An offset is a whole number from 0, not ${offset}.`, {
      path: 'offset',
    });
  }
  if (cursor !== undefined && offset > 0) {
    throw new QuanlianError('request.invalid', 'A cursor already says where to go on; leave the offset out.', {
      path: 'offset',
    });
  }
}

function nextCursor(snapshot: Snapshot, { query, sort }: SearchRequest, { hits, left }: Page): string | null {
  const last = hits[hits.length - 1];
  if (last === undefined || left === 0) return null;
  const after = { score: last.score, day: last.day, id: last.id };
  return writeCursor({ sequence: snapshot.manifest.sequence, after }, query, sort);
}

/** Answers a search from one snapshot; a cursor must already be found to belong to it. */
export function searchSnapshot(snapshot: Snapshot, request: SearchRequest, cursor: Cursor | undefined): SearchResult {
  checkPage(request);
  const { query, sort, limit, offset = 0 } = request;
  const plan = compileQuery(query);
  const result = evaluate(snapshot, plan);
  const scores = sort === 'relevance' ? scoreHits(snapshot, result) : undefined;
  const page = selectPage(snapshot, result.bits, scores, { sort, offset, limit, after: cursor?.after });
  const leaves = request.highlight ? positiveTexts(plan) : [];
  const facets: Partial<Record<FacetName, Facet>> = {};
  for (const facet of request.facets ?? []) facets[facet.name] = countFacet(snapshot, result.bits, facet);
  const toHit = (place: Candidate): SearchResult['hits'][number] =>
    makeHit(readDocument(snapshot, place), scores ? place.score : null, leaves);
  return {
    total: result.hits,
    hits: page.hits.map(toHit),
    facets,
    clauses: request.explain ? explain(result) : [],
    cursor: nextCursor(snapshot, request, page),
    corpus: { sequence: snapshot.manifest.sequence, documents: snapshot.documents },
  };
}

/** Every hit of a query in order. The order is settled at once, the documents are read as they are asked for. */
export function* scanSnapshot(snapshot: Snapshot, query: QueryNode, sort: Sort): Generator<PatentDocument> {
  const result = evaluate(snapshot, compileQuery(query));
  const scores = sort === 'relevance' ? scoreHits(snapshot, result) : undefined;
  const { segments, docs } = orderAll(snapshot, result.bits, scores, sort);
  for (let i = 0; i < docs.length; i++) yield readDocument(snapshot, { segment: segments[i], doc: docs[i] });
}
