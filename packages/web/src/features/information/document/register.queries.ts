import type { CitationGraph, ClaimComparison, FamilyAnswer, LegalAnswer } from '@quanlian/contract';
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';

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
