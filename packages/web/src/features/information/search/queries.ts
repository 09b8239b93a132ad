import type { CountableName, Facet } from '@quanlian/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import type { SearchAnswer } from '../../../app/api/types.js';
import { filterText, PAGE_SIZE, type SearchState } from './state.js';

/** Values of each facet on the page, and the most the server gives, for files. */
const VALUES_SHOWN = 200;
const VALUES_IN_FILE = 1000;
/** Values of each side of a table of two facets. */
const CROSSED = 12;

/** The part of the state that decides which documents are found, whatever their order. */
const found = ({ q, filters, synonyms, merged, schemes }: SearchState) => ({
  q,
  filter: filters.map(filterText),
  ...(synonyms ? { synonyms } : {}),
  ...(merged ? { names: 'merged' } : {}),
  ...(schemes.length === 0 ? {} : { scheme: schemes }),
});

const search = (params: Record<string, string | number | boolean | string[]>, signal: AbortSignal) =>
  callApi<SearchAnswer>(apiUrl('/search', params), { signal });

/** One page of hits with their passages. */
export function useHits(state: SearchState) {
  const { sort, page, families } = state;
  const shown = { sort, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  const params = { ...found(state), ...shown, ...(families ? { collapse: 'family' } : {}) };
  return useQuery({
    queryKey: ['search', 'hits', params],
    queryFn: ({ signal }) => search(params, signal),
    placeholderData: keepPreviousData,
  });
}

/** The facets over all hits, and how many families and owners they are of; paging and sorting do not count them again. */
export function useFacets(state: SearchState, facet: CountableName[]) {
  const distinct = ['family', 'applicant'];
  const params = { ...found(state), limit: 0, facet, facetSize: VALUES_SHOWN, distinct };
  return useQuery({
    queryKey: ['search', 'facets', params],
    queryFn: ({ signal }) => search(params, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** One facet with as many values as the server gives. */
export async function fetchFacet(state: SearchState, name: CountableName): Promise<Facet | undefined> {
  const params = { ...found(state), limit: 0, facet: name, facetSize: VALUES_IN_FILE };
  return (await callApi<SearchAnswer>(apiUrl('/search', params))).facets[name];
}

/** Two facets crossed over all hits. */
export function useCross(state: SearchState, rows: CountableName, columns: CountableName) {
  const params = { ...found(state), limit: 0, table: `${rows}:${columns}`, tableSize: CROSSED };
  return useQuery({
    queryKey: ['search', 'cross', params],
    queryFn: async ({ signal }) => (await search(params, signal)).tables?.[0],
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** How many documents each clause finds on its own; asked only when the reader wants to know or nothing was found. */
export function useClauses(state: SearchState) {
  const params = { ...found(state), limit: 0, explain: true };
  return useQuery({ queryKey: ['search', 'clauses', params], queryFn: ({ signal }) => search(params, signal) });
}

/** The address that exports every hit, without a limit. */
export const exportUrl = (state: SearchState, format: 'csv' | 'xlsx' | 'jsonl', lang: string): string =>
  apiUrl('/export', { ...found(state), sort: state.sort, format, lang });
