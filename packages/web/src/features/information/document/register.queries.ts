import {
  type CitationGraph,
  type ClaimComparison,
  type FamilyAnswer,
  type LegalAnswer,
  UNKNOWN_VALUE,
} from '@quanlian/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import type { SearchAnswer } from '../../../app/api/types.js';

const STALE_MS = 60_000;

/** The legal life, with its status on a day; today when none is given. What was shown stays until the answer comes. */
export const useLegalLife = (id: string, on?: string) =>
  useQuery({
    queryKey: ['legal', id, on],
    queryFn: ({ signal }) =>
      callApi<LegalAnswer>(apiUrl(`/publications/${encodeURIComponent(id)}/legal`, { on }), { signal }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

const REGION_LEVELS = ['province', 'city', 'district'] as const;

/** Where the owners are by the register: the values of each level that has any. */
export const useOwnerRegion = (id: string) =>
  useQuery({
    queryKey: ['owner-region', id],
    queryFn: async ({ signal }) => {
      const asked = { q: `id:${id}`, limit: 0, facet: [...REGION_LEVELS] };
      const { facets } = await callApi<SearchAnswer>(apiUrl('/search', asked), { signal });
      return REGION_LEVELS.map((level) => ({
        level,
        values: (facets[level]?.values ?? []).map(({ value }) => value).filter((value) => value !== UNKNOWN_VALUE),
      }));
    },
    staleTime: STALE_MS,
  });

export const useClaimComparison = (id: string, lang?: string) =>
  useQuery({
    queryKey: ['claim-comparison', id, lang],
    queryFn: ({ signal }) =>
      callApi<ClaimComparison>(apiUrl(`/publications/${encodeURIComponent(id)}/claims/comparison`, { lang }), {
        signal,
      }),
    staleTime: STALE_MS,
    placeholderData: keepPreviousData,
  });

export const useFamily = (id: string) =>
  useQuery({
    queryKey: ['family', id],
    queryFn: ({ signal }) =>
      callApi<FamilyAnswer>(apiUrl(`/publications/${encodeURIComponent(id)}/family`), { signal }),
    staleTime: STALE_MS,
  });

/** Which part of a graph of citations is shown. */
export interface GraphChoice {
  readonly direction: string;
  readonly depth: number;
}

export const useCitationGraph = (id: string, { direction, depth }: GraphChoice) =>
  useInfiniteQuery({
    queryKey: ['citation-graph', id, direction, depth],
    queryFn: ({ signal, pageParam }) =>
      callApi<CitationGraph>(
        apiUrl(`/publications/${encodeURIComponent(id)}/citations/graph`, {
          direction,
          depth: String(depth),
          cursor: pageParam,
        }),
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ cursor }) => cursor ?? undefined,
    staleTime: STALE_MS,
  });
