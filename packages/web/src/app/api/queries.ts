import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from './client.js';
import type { CorpusAnswer, LoadsAnswer, PublicationAnswer } from './types.js';

/** Polls while a load runs; otherwise looks now and then, because the inbox works without the page. */
const POLL_BUSY_MS = 1_000;
const POLL_IDLE_MS = 10_000;

const corpusQuery = queryOptions({
  queryKey: ['corpus'],
  queryFn: ({ signal }) => callApi<CorpusAnswer>(apiUrl('/corpus'), { signal }),
  staleTime: 30_000,
});

export const useCorpus = () => useQuery(corpusQuery);

export const usePublication = (id: string) =>
  useQuery({
    queryKey: ['publication', id],
    queryFn: ({ signal }) => callApi<PublicationAnswer>(apiUrl(`/publications/${encodeURIComponent(id)}`), { signal }),
    staleTime: 60_000,
  });

export const useLoads = () =>
  useQuery({
    queryKey: ['loads'],
    queryFn: ({ signal }) => callApi<LoadsAnswer>(apiUrl('/loads'), { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const busy = state.data?.jobs.some((job) => job.state === 'running' || job.state === 'waiting');
      return busy ? POLL_BUSY_MS : POLL_IDLE_MS;
    },
  });
