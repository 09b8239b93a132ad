import type { Facet, FacetName } from '@quanlian/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import type { SearchAnswer } from '../../../app/api/types.js';
import { filterText, PAGE_SIZE, type SearchState } from './state.js';

/** Values of each facet on the page, and the most the server gives, for files. */
const VALUES_SHOWN = 200;
const VALUES_IN_FILE = 1000;

/** The part of the state that decides which documents are found, whatever their order. */
const found = ({ q, filters }: SearchState) => ({ q, filter: filters.map(filterText) });

const search = (params: Record<string, string | number | boolean | string[]>, signal: AbortSignal) =>
  callApi<SearchAnswer>(apiUrl('/search', params), { signal });

/** One page of hits with their passages. */
export function useHits(state: SearchState) {
  const { sort, page } = state;
  const params = { ...found(state), sort, limit: PAGE_SIZE, offset: (page - 1) * PAGE_SIZE };
  return useQuery({
    queryKey: ['search', 'hits', params],
    queryFn: ({ signal }) => search(params, signal),
    placeholderData: keepPreviousData,
  });
}

/** The facets over all hits; paging and sorting do not count them again. */
export function useFacets(state: SearchState, facet: FacetName[]) {
  const params = { ...found(state), limit: 0, facet, facetSize: VALUES_SHOWN };
  return useQuery({
    queryKey: ['search', 'facets', params],
    queryFn: ({ signal }) => search(params, signal),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

/** One facet with as many values as the server gives. */
export async function fetchFacet(state: SearchState, name: FacetName): Promise<Facet | undefined> {
  const params = { ...found(state), limit: 0, facet: name, facetSize: VALUES_IN_FILE };
  return (await callApi<SearchAnswer>(apiUrl('/search', params))).facets[name];
}

/** How many documents each clause finds on its own; asked only when nothing was found. */
export function useClauses(state: SearchState) {
  const params = { ...found(state), limit: 0, explain: true };
  return useQuery({ queryKey: ['search', 'clauses', params], queryFn: ({ signal }) => search(params, signal) });
}

/** The address that exports every hit, without a limit. */
export const exportUrl = (state: SearchState, format: 'csv' | 'xlsx' | 'jsonl', lang: string): string =>
  apiUrl('/export', { ...found(state), sort: state.sort, format, lang });
