import type { NameMerge, NameParent, NameProposals } from '@quanlian/contract';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { apiUrl, callApi, WRITE_HEADERS } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';

const KEY = 'names';

export const useProposals = (q: string, enabled: boolean) =>
  useQuery({
    queryKey: [KEY, 'proposals', q],
    queryFn: ({ signal }) => callApi<NameProposals>(apiUrl('/names/proposals', { q }), { signal }),
    enabled,
  });

export const useMerges = (enabled: boolean) =>
  useQuery({
    queryKey: [KEY, 'merges'],
    queryFn: async ({ signal }) => (await callApi<{ merges: NameMerge[] }>(apiUrl('/names/merges'), { signal })).merges,
    enabled,
  });

export const useTree = (enabled: boolean) =>
  useQuery({
    queryKey: [KEY, 'tree'],
    queryFn: async ({ signal }) => (await callApi<{ rows: NameParent[] }>(apiUrl('/names/tree'), { signal })).rows,
    enabled,
  });

/** Sends a change of names; what was read of them, and searches, are asked anew. */
export function useNamesChange<T>(send: (value: T) => Promise<unknown>, done?: () => void) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: async () => {
      // Before the lists are read again: a form whose row is gone from them hears of nothing.
      done?.();
      await queries.invalidateQueries({ queryKey: [KEY] });
      await queries.invalidateQueries({ queryKey: ['search'] });
    },
  });
}

export const sendMerge = (body: { names: string[]; reason: string }) => sendApi('POST', '/names/merges', body);
export const sendUndo = ({ id, reason }: { id: string; reason: string }) =>
  sendApi('POST', `/names/merges/${id}/undo`, { reason });
export const sendTree = (table: string | File) =>
  typeof table === 'string'
    ? sendApi('POST', '/names/tree', { csv: table })
    : callApi<{ rows: number }>(apiUrl('/names/tree/file'), {
        method: 'POST',
        body: table,
        headers: { ...WRITE_HEADERS, 'content-type': 'application/octet-stream' },
      });
