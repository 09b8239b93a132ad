import type { FamilyAnswer, LegalAnswer } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';

const STALE_MS = 60_000;

export const useLegalLife = (id: string) =>
  useQuery({
    queryKey: ['legal', id],
    queryFn: ({ signal }) => callApi<LegalAnswer>(apiUrl(`/publications/${encodeURIComponent(id)}/legal`), { signal }),
    staleTime: STALE_MS,
  });

export const useFamily = (id: string) =>
  useQuery({
    queryKey: ['family', id],
    queryFn: ({ signal }) =>
      callApi<FamilyAnswer>(apiUrl(`/publications/${encodeURIComponent(id)}/family`), { signal }),
    staleTime: STALE_MS,
  });
