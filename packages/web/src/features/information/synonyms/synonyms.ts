import type { SchemeName, SchemeVersion } from '@quanlian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';

/** A set of synonyms as it is edited: a group a line. */
export interface SynonymText {
  name: string;
  text: string;
  groups: number;
}

const KEY = ['synonyms'];

export const useSynonymSets = () =>
  useQuery({
    queryKey: KEY,
    queryFn: async ({ signal }) => (await callApi<{ sets: SynonymText[] }>(apiUrl('/synonyms'), { signal })).sets,
  });

/** The schemes whose titles can be taken in. */
export const useLoadedSchemes = () =>
  useQuery({
    queryKey: ['schemes'],
    queryFn: async ({ signal }) =>
      (await callApi<{ versions: SchemeVersion[] }>(apiUrl('/schemes'), { signal })).versions,
  });

/** Takes in what a scheme calls the same in several languages. */
export function useSchemeTitles() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (scheme: SchemeName) => sendApi<SynonymText>('POST', '/synonyms', { scheme }),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

/** Keeps a set, or takes it away when there is no text; searches that took synonyms are asked anew. */
export function useSynonymChange() {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async ({ name, text }: { name: string; text: string | undefined }): Promise<void> => {
      const path = `/synonyms/${encodeURIComponent(name)}`;
      if (text === undefined) await sendApi('DELETE', path);
      else await sendApi<SynonymText>('PUT', path, { text });
    },
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: KEY });
      await queries.invalidateQueries({ queryKey: ['search'] });
    },
  });
}
