import type {
  Explanation,
  NewSavedQuery,
  ReplayReport,
  SavedQuery,
  SearchRecord,
  Suggestion,
} from '@quanlian/contract';
import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi, errorFrom, WRITE_HEADERS } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import type { SearchAnswer } from '../../../app/api/types.js';
import type { Asked } from './sets.js';

export const PAGE_HITS = 20;

function post<Answer>(path: string, body: unknown, signal?: AbortSignal): Promise<Answer> {
  const headers = { ...WRITE_HEADERS, 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return callApi<Answer>(apiUrl(path), signal ? { ...init, signal } : init);
}

const bodyOf = ({ text, syntax, sets }: Asked) => ({ q: text, syntax, sets });

/** One page of the hits of a query, its sets put in by the server. */
export const hitsOptions = (asked: Asked, page: number) =>
  queryOptions({
    queryKey: ['query', 'hits', asked, page],
    queryFn: ({ signal }) =>
      post<SearchAnswer>('/search', { ...bodyOf(asked), limit: PAGE_HITS, offset: (page - 1) * PAGE_HITS }, signal),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

/** The counts of every clause; asked anew for each text, the question before it is cancelled. */
export function useExplanation(asked: Asked | undefined) {
  return useQuery({
    queryKey: ['query', 'explanation', asked],
    queryFn: ({ signal }) => post<Explanation>('/explanation', asked ? bodyOf(asked) : {}, signal),
    enabled: asked !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
}

export const fetchSuggestions = (text: string, field: string, signal: AbortSignal) =>
  callApi<{ suggestions: Suggestion[] }>(apiUrl('/suggestions', { text, field, limit: 12 }), { signal });

export const fetchRecord = (asked: Asked) => post<SearchRecord>('/records', bodyOf(asked));

export const replay = (record: unknown) => post<ReplayReport>('/records/replay', record);

/** The bytes of a paper made from a record. */
export async function fetchPdf(
  path: '/records/pdf' | '/records/replay/pdf',
  record: unknown,
  lang: string,
): Promise<Blob> {
  const headers = { ...WRITE_HEADERS, 'content-type': 'application/json' };
  const answer = await fetch(apiUrl(path, { lang }), { method: 'POST', headers, body: JSON.stringify(record) });
  if (!answer.ok) throw errorFrom(answer.status, await answer.json().catch(() => undefined));
  return answer.blob();
}

export const useSavedQueries = (signedIn: boolean) =>
  useQuery({
    queryKey: ['query', 'saved'],
    queryFn: ({ signal }) => callApi<{ queries: SavedQuery[] }>(apiUrl('/saved-queries'), { signal }),
    enabled: signedIn,
  });

export const saveQuery = (query: NewSavedQuery) => sendApi<SavedQuery>('POST', '/saved-queries', query);
export const deleteQuery = (id: string) => sendApi('DELETE', `/saved-queries/${id}`);
