import type { Me } from '@quanlian/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError, apiUrl, callApi } from '../../app/api/client.js';

/** Who sits before the pages. `unknown`: not answered yet; `absent`: this server has no accounts. */
export type Session =
  | { readonly state: 'unknown' | 'absent' | 'signed-out' }
  | { readonly state: 'signed-in'; readonly me: Me };

async function fetchSession(signal: AbortSignal): Promise<Session> {
  try {
    const me = await callApi<Me | undefined>(apiUrl('/identity/session'), { signal });
    return me === undefined ? { state: 'signed-out' } : { state: 'signed-in', me };
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return { state: 'signed-out' };
    if (error instanceof ApiError && error.status === 404) return { state: 'absent' };
    throw error;
  }
}

export function useSession(): Session {
  const { data } = useQuery({
    queryKey: ['session'],
    queryFn: ({ signal }) => fetchSession(signal),
    staleTime: 60_000,
  });
  return data ?? { state: 'unknown' };
}

/** Whether the person's roles include a permission anywhere at all; the server decides about each thing. */
export function useMay(): (permission: string) => boolean {
  const session = useSession();
  return (permission) => session.state === 'signed-in' && session.me.permissions.includes(permission);
}

/** Forgets everything that was read, because another person may see other things. */
export function useForgetAll(): () => Promise<void> {
  const queries = useQueryClient();
  return () => queries.resetQueries();
}
