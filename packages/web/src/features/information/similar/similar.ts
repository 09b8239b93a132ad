import type { SimilarResult } from '@quanlian/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';

const SHOWN = 10;
const SHOWN_FOR_TEXT = 30;

/** Documents like one of the corpus; asked for when `isOn`. */
export function useSimilarTo(id: string, isOn: boolean) {
  return useQuery({
    queryKey: ['similar', id],
    queryFn: ({ signal }) =>
      callApi<SimilarResult>(apiUrl(`/publications/${encodeURIComponent(id)}/similar`, { limit: SHOWN }), { signal }),
    enabled: isOn,
    staleTime: 60_000,
  });
}

/** Documents like a text. */
export function useSimilarText() {
  return useMutation({
    mutationFn: (text: string) => sendApi<SimilarResult>('POST', '/similar', { text, limit: SHOWN_FOR_TEXT }),
  });
}
