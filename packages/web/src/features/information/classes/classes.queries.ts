import type { SchemeName, SchemePlaceAnswer, SchemeVersion, SchemeView } from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';

/** A place found by words, with those above it from the top. */
interface FoundPlace extends SchemePlaceAnswer {
  path: SchemePlaceAnswer[];
}

export const useSchemes = () =>
  useQuery({
    queryKey: ['schemes'],
    queryFn: ({ signal }) => callApi<{ versions: SchemeVersion[] }>(apiUrl('/schemes'), { signal }),
  });

export const usePlace = (scheme: SchemeName, version: string, symbol: string | undefined) =>
  useQuery({
    queryKey: ['schemes', scheme, version, symbol],
    queryFn: ({ signal }) =>
      callApi<SchemeView>(apiUrl(`/schemes/${scheme}`, { version, symbol, count: true }), { signal }),
  });

export const useFoundPlaces = (scheme: SchemeName, version: string, words: string) =>
  useQuery({
    queryKey: ['schemes', scheme, version, 'words', words],
    queryFn: ({ signal }) =>
      callApi<{ places: FoundPlace[] }>(apiUrl(`/schemes/${scheme}/search`, { version, q: words }), { signal }),
  });
