import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { decodeSearch, encodeSearch, type SearchState } from './state.js';

const route = getRouteApi('/search');

/** The state of the search page, read from and written to the address. */
export function useSearchState(): { state: SearchState; go: (next: SearchState) => void } {
  const params = route.useSearch();
  const navigate = useNavigate();
  const state = useMemo(() => decodeSearch(params), [params]);
  // A reader who chose a filter beside the hits goes on there; one who turned a page starts at its top.
  const go = (next: SearchState) =>
    void navigate({ to: '/search', search: encodeSearch(next), resetScroll: next.filters === state.filters });
  return { state, go };
}
