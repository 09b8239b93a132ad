import {
  COUNTABLE,
  type CountableName,
  type QueryNode,
  type SearchRequest,
  type SearchResult,
  type SearchSet,
  type Sort,
  type Syntax,
} from '@quanlian/contract';
import type { ClassScheme, SearchBackend } from '@quanlian/engine';
import { makeAnswerable, parseWithSets, resolveSets } from '@quanlian/kernel';
import { ProblemWithDetails } from '../../http/problem.js';
import { costOf } from '../../http/query-budget.js';
import { type NamesView, searchMerged } from './names/merged-view.js';

/** A question as it came: a text in one of the query languages, the sets it may combine, filters written `facet:value`. */
export interface Question {
  readonly q: string;
  readonly syntax: Syntax;
  readonly filter: readonly string[];
  readonly sets?: readonly SearchSet[] | undefined;
}

interface ReadQuestion {
  readonly input: string;
  readonly syntax: Syntax;
  readonly canonical: string;
  readonly ast: QueryNode;
}

export interface SearchOptions {
  readonly sort: Sort;
  readonly limit: number;
  readonly offset?: number | undefined;
  readonly cursor?: string | undefined;
  readonly facet: readonly CountableName[];
  readonly facetSize: number;
  readonly explain: boolean;
  /** Show where each hit matches; on by default. */
  readonly highlight?: boolean | undefined;
  /** Two facets crossed. */
  readonly tables?: readonly { readonly rows: CountableName; readonly columns: CountableName }[] | undefined;
  /** Values of each side of a table, most frequent first. */
  readonly tableSize?: number | undefined;
  readonly distinct?: SearchRequest['distinct'];
  readonly collapse?: SearchRequest['collapse'];
  readonly weights?: SearchRequest['weights'];
  /** The day whose derived values count. */
  readonly asOf?: string | undefined;
  /** Widen the query with the synonyms kept in the corpus. */
  readonly synonyms?: boolean | undefined;
}

const isCountable = (name: string): name is CountableName => (COUNTABLE as readonly string[]).includes(name);

/** The clause of a set of filters: values of one name are alternatives, different names must all hold. */
function filterClauses(filters: readonly string[]): QueryNode[] {
  const byName = new Map<CountableName, Set<string>>();
  for (const filter of filters) {
    const colon = filter.indexOf(':');
    const name = filter.slice(0, Math.max(colon, 0));
    const value = filter.slice(colon + 1);
    if (!isCountable(name) || value === '') {
      const sentence = `The filter “${filter}” is not written name:value with one of the names ${COUNTABLE.join(', ')}.`;
      throw new ProblemWithDetails('request.invalid', sentence, {}, 'filter');
    }
    byName.set(name, (byName.get(name) ?? new Set()).add(value));
  }
  return [...byName].map(([field, values]) => {
    const clauses = [...values].map((value): QueryNode => ({ op: 'value', field, value }));
    const [only] = clauses;
    return { op: 'filter', clause: only && clauses.length === 1 ? only : { op: 'or', clauses } };
  });
}

/** A question ready to be answered. */
export interface AnswerableQuestion extends ReadQuestion {
  /** The tree with its sets put in, without what a backend has no answer for, and with the filters. */
  readonly filtered: QueryNode;
  /** The order the query itself asks for, when it does. */
  readonly sort?: Sort | undefined;
}

/**
 * Reads the text, the sets and the filters into one tree. Throws `query.invalid` with the places of all errors, and
 * `query.unsupported` naming what the corpus cannot answer.
 */
export function readQuestion(question: Question): AnswerableQuestion {
  const sets = question.sets ?? [];
  const { input, syntax, ast, canonical, errors } = parseWithSets(question.q, question.syntax, sets);
  if (ast === null) {
    const sentence = errors[0]?.message ?? 'The query could not be read.';
    throw new ProblemWithDetails('query.invalid', sentence, { errors }, 'q');
  }
  const asked = makeAnswerable(resolveSets(ast, sets));
  const filters = filterClauses(question.filter);
  const filtered: QueryNode = filters.length === 0 ? asked.ast : { op: 'and', clauses: [asked.ast, ...filters] };
  return { input, syntax, ast, canonical: canonical ?? input, filtered, sort: asked.sort };
}

const FACET_COST = 5;
const TABLE_COST = 20;
const COLLAPSE_COST = 10;
/** A term is widened to several; how many is known to the corpus alone. */
const SYNONYMS_FACTOR = 4;

type Asked = Pick<SearchOptions, 'facet' | 'limit'> &
  Partial<Pick<SearchOptions, 'offset' | 'tables' | 'distinct' | 'collapse' | 'synonyms'>>;

/** What a search will take of a client's allowance. */
export function costOfSearch(query: QueryNode, options: Asked): number {
  const { facet, limit, offset = 0, tables = [], distinct = [], collapse, synonyms = false } = options;
  const counting = (facet.length + distinct.length) * FACET_COST + tables.length * TABLE_COST;
  const matching = costOf(query) * (synonyms ? SYNONYMS_FACTOR : 1);
  return matching + counting + (collapse ? COLLAPSE_COST : 0) + limit / 10 + offset / 1000;
}

/** What answers a search otherwise than the corpus by itself: names taken for one, versions of schemes. */
export interface SearchView {
  /** Names are found and counted as merged. */
  readonly view?: NamesView | undefined;
  /** What is below a class where that is not told by the current versions. */
  readonly classScheme?: ClassScheme | undefined;
}

/** Searches; facets named twice are counted once. */
export async function search(
  backend: SearchBackend,
  query: QueryNode,
  options: SearchOptions,
  { view, classScheme }: SearchView = {},
): Promise<SearchResult> {
  const { sort, limit, offset, cursor, facetSize, explain, distinct, collapse, weights, asOf, tableSize } = options;
  const facets = [...new Set(options.facet)].map((name) => ({ name, size: facetSize }));
  const tables = options.tables?.map((table) => ({ ...table, rowSize: tableSize, columnSize: tableSize }));
  const request: SearchRequest = {
    query,
    sort,
    limit,
    offset,
    cursor,
    facets,
    highlight: options.highlight ?? true,
    explain,
    ...(tables?.length ? { tables } : {}),
    ...(distinct?.length ? { distinct } : {}),
    ...(collapse ? { collapse } : {}),
    ...(weights ? { weights } : {}),
    ...(asOf === undefined ? {} : { asOf }),
    ...(options.synonyms ? { synonyms: { stored: true } } : {}),
  };
  const asked: Pick<SearchBackend, 'search'> = {
    search: (one) => backend.search(one, classScheme ? { classScheme } : undefined),
  };
  return view === undefined ? asked.search(request) : searchMerged(asked, request, view);
}
