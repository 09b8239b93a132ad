import type { SynonymSet } from '@quanlian/contract';
import {
  type CountableName,
  type Facet,
  type PatentDocument,
  QuanlianError,
  type QueryNode,
  type SearchRequest,
  type SearchResult,
  type Sort,
} from '@quanlian/contract';
import { expandSynonyms, indexSynonyms } from '@quanlian/kernel';
import { checkDate, earliestDay } from '../content/dates.js';
import { readDocument, type Snapshot } from '../corpus/snapshot.js';
import { ByteCache } from '../storage/cache.js';
import { briefHits } from './brief.js';
import { compileQuery } from './compile.js';
import { type Cursor, writeCursor } from './cursor.js';
import { evaluate, explain, type QueryContext } from './evaluate.js';
import type { Evaluated } from './evaluated.js';
import { guardExpansions } from './expand.js';
import { countDistinct, countFacet, countTable } from './facets.js';
import { makeHit } from './hit.js';
import { createMeter } from './meter.js';
import { type Candidate, firstOfFamilies, type Page, type Shown, selectPage, shownOf } from './order.js';
import { positiveTexts } from './plan.js';
import { freshRoom, keptRoom } from './room.js';
import { scoresOf } from './scoring.js';
import { walkHits } from './walk.js';

/** Hits of one page; whoever wants more reads page by page or scans. */
const MOST_HITS = 10_000;
/** Bytes of unpacked records that a scan keeps: neighbours in time are often in one block. */
const SCAN_BLOCK_BYTES = 16 * 2 ** 20;

/** What a search needs besides the request. */
export interface SearchSettings {
  /** Bytes one query may hold. */
  readonly queryBytes: number;
  /** The synonyms kept in the corpus, read when they are asked for. */
  readonly storedSynonyms: () => readonly SynonymSet[];
}

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

function checkWeights({ weights }: SearchRequest): void {
  for (const [field, weight] of Object.entries(weights ?? {})) {
    if (Number.isFinite(weight) && weight >= 0) continue;
    throw new QuanlianError('request.invalid', `The weight of ${field} is ${weight}; it is a number from 0.`, {
      path: 'weights',
    });
  }
}

function nextCursor(snapshot: Snapshot, request: SearchRequest, day: number, { hits, left }: Page): string | null {
  const last = hits[hits.length - 1];
  if (last === undefined || left === 0) return null;
  const after = { score: last.score, day: last.day, id: last.id };
  return writeCursor({ sequence: snapshot.manifest.sequence, day, after }, request);
}

/** The day that derived values are asked for: the request's, else today's (UTC). */
export function dayOf(asOf: string | undefined): number {
  return earliestDay(asOf === undefined ? new Date().toISOString().slice(0, 10) : checkDate(asOf, 'asOf'));
}

/** The query with the synonyms it was asked to be widened with. */
function widened({ query, synonyms }: SearchRequest, { storedSynonyms }: SearchSettings): QueryNode {
  if (synonyms === undefined) return query;
  const sets = [...(synonyms.sets ?? []), ...(synonyms.stored ? storedSynonyms() : [])];
  return sets.length === 0 ? query : expandSynonyms(query, indexSynonyms(sets));
}

/** Finds what a query matches, once what its prefixes and patterns stand for is known to be bearable. */
export function evaluateQuery(snapshot: Snapshot, query: QueryNode, context: QueryContext): Evaluated {
  const plan = compileQuery(query);
  guardExpansions(snapshot, plan);
  return evaluate(snapshot, plan, context);
}

type Counts = Pick<SearchResult, 'facets' | 'tables' | 'distinct'>;

function countAll(snapshot: Snapshot, result: Evaluated, day: number, request: SearchRequest): Counts {
  const { facets: asked = [], tables, distinct } = request;
  // Whoever asks for nothing but the number of hits needs no set of them.
  if (asked.length === 0 && tables === undefined && distinct === undefined) return { facets: {} };
  const hitsAt = (index: number): number => result.hitsAt(index);
  const counted = { snapshot, bits: result.bits, hitsAt, day, groups: request.groups };
  const facets: Partial<Record<CountableName, Facet>> = {};
  for (const facet of asked) facets[facet.name] = countFacet(counted, facet);
  return {
    facets,
    ...(tables ? { tables: tables.map((table) => countTable(counted, table)) } : {}),
    ...(distinct ? { distinct: Object.fromEntries(distinct.map((name) => [name, countDistinct(counted, name)])) } : {}),
  };
}

/** What a search comes to before any document is read. */
interface Found {
  readonly result: Evaluated;
  readonly page: Page;
  readonly scored: boolean;
  readonly day: number;
  readonly shown: Shown;
}

/** Answers a search from one snapshot up to the reading of documents. */
function findPage(
  snapshot: Snapshot,
  request: SearchRequest,
  cursor: Cursor | undefined,
  settings: SearchSettings,
): Found {
  checkPage(request);
  checkWeights(request);
  const { sort, limit, offset = 0, weights } = request;
  const day = cursor?.day ?? dayOf(request.asOf);
  const onlyHits = request.explain !== true;
  const context: QueryContext = {
    day,
    meter: createMeter(settings.queryBytes),
    room: keptRoom(snapshot),
    weights,
    ranked: sort === 'relevance' && limit > 0,
    onlyHits,
  };
  const result = evaluateQuery(snapshot, widened(request, settings), context);
  const scores = sort === 'relevance' ? scoresOf(snapshot, result, context) : undefined;
  const shown =
    request.collapse === 'family'
      ? shownOf(firstOfFamilies(snapshot, result.bits, scores, { sort, day, meter: context.meter }))
      : result;
  const page = selectPage(snapshot, shown, scores, { sort, offset, limit, after: cursor?.after });
  return { result, page, scored: scores !== undefined, day, shown };
}

/** What an answer is made from, without the documents: for measuring. */
export interface RankedAnswer extends Counts {
  readonly total: number;
  readonly ids: readonly string[];
}

/** As `searchSnapshot`, but tells only which documents come, without reading them. */
export function rankSnapshot(snapshot: Snapshot, request: SearchRequest, settings: SearchSettings): RankedAnswer {
  const { result, page, day } = findPage(snapshot, request, undefined, settings);
  // Where sets are made to count values in, the hits are known with them.
  const counts = countAll(snapshot, result, day, request);
  return { total: result.hits, ids: page.hits.map(({ id }) => id), ...counts };
}

/** Answers a search from one snapshot; a cursor must already be found to belong to it. */
export function searchSnapshot(
  snapshot: Snapshot,
  request: SearchRequest,
  cursor: Cursor | undefined,
  settings: SearchSettings,
): SearchResult {
  const { result, page, scored, day, shown } = findPage(snapshot, request, cursor, settings);
  const leaves = request.highlight ? positiveTexts(result.plan) : [];
  const toHit = (place: Candidate): SearchResult['hits'][number] =>
    makeHit(readDocument(snapshot, place), scored ? place.score : null, leaves);
  const counts = countAll(snapshot, result, day, request);
  const { damage, manifest, documents } = snapshot;
  const damaged = damage.length === 0 ? {} : { damaged: damage.map(({ file }) => file) };
  return {
    total: result.hits,
    hits: request.brief ? briefHits(snapshot, page.hits, day, scored) : page.hits.map(toHit),
    ...counts,
    ...(request.collapse ? { families: shown.hits } : {}),
    clauses: request.explain ? explain(result) : [],
    cursor: nextCursor(snapshot, request, day, page),
    corpus: { sequence: manifest.sequence, documents, ...damaged },
  };
}

/** Every hit of a query in order. The hits are settled at once, their order and the documents as they are asked for. */
export function* scanSnapshot(
  snapshot: Snapshot,
  query: QueryNode,
  sort: Sort,
  queryBytes: number,
  asOf?: string,
): Generator<PatentDocument> {
  const context: QueryContext = {
    day: dayOf(asOf),
    meter: createMeter(queryBytes),
    room: freshRoom(snapshot),
    ranked: sort === 'relevance',
    onlyHits: true,
  };
  const result = evaluateQuery(snapshot, query, context);
  const scores = sort === 'relevance' ? scoresOf(snapshot, result, context) : undefined;
  // What a scan unpacks nobody else wants: it must not drive out what searches have ready.
  const unpacked = new ByteCache(SCAN_BLOCK_BYTES);
  const blocks = snapshot.segments.map(() => unpacked.shelf());
  for (const place of walkHits(snapshot, result.bits, scores, sort, context.meter))
    yield readDocument(snapshot, place, [], blocks[place.segment]);
}
