import type {
  ApiKey,
  Both,
  DelegationRecord,
  Invitation,
  Member,
  OpsClient,
  OpsUsageDay,
  Organization,
  PersonalSettings,
} from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { apiUrl, callApi } from '../../app/api/client.js';
import { useLanguage } from '../../i18n/useLanguage.js';

/** A place where the person is signed in. */
export interface SignedInPlace {
  id: string;
  current: boolean;
  createdAt: string;
  expiresAt: string;
  address: string | null;
  agent: string | null;
}

/** The ways to sign in here. */
export interface SignInWays {
  providers: { id: string; title: string }[];
  demo: boolean;
  required: boolean;
  /** Whether a forgotten password can be set anew by e-mail. */
  reset?: boolean;
}

/** A role that can be held in an organization. */
export interface RoleChoice {
  id: string;
  title: Both;
  lendable: boolean;
}

const get = <T>(path: string) => ({
  queryKey: ['identity', path],
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<T>(apiUrl(`/identity${path}`), { signal }),
});

export const useSignInWays = () => useQuery(get<SignInWays>('/sign-in'));
export const usePlaces = () => useQuery(get<{ sessions: SignedInPlace[] }>('/me/sessions'));
export const usePreferences = () => useQuery(get<PersonalSettings>('/me/settings'));
export const useApiKeys = () => useQuery(get<{ apiKeys: ApiKey[] }>('/api-keys'));
const getOps = <T>(path: string) => ({
  queryKey: ['ops', path],
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<T>(apiUrl(`/ops${path}`), { signal }),
});
export const useOpsClients = () => useQuery(getOps<{ clients: OpsClient[] }>('/clients'));
export const useOpsUsage = (id: string) => useQuery(getOps<{ days: OpsUsageDay[] }>(`/clients/${id}/usage`));
export const useDelegations = () => useQuery(get<{ delegations: DelegationRecord[] }>('/delegations'));
export const useOrganization = (id: string) => useQuery(get<Organization>(`/organizations/${id}`));
export const useMembers = (id: string) => useQuery(get<{ members: Member[] }>(`/organizations/${id}/members`));
export const useRoles = (id: string) => useQuery(get<{ roles: RoleChoice[] }>(`/organizations/${id}/roles`));
export const useInvitations = (id: string) =>
  useQuery(get<{ invitations: Invitation[] }>(`/organizations/${id}/invitations`));

export const useOrganizations = (enabled = true) =>
  useQuery({ ...get<{ organizations: Organization[] }>('/organizations'), staleTime: 60_000, enabled });

/** Gives the name of an organization within reach; the beginning of its id for any other. */
export function useOrganizationName(): (id: string) => string {
  const { language } = useLanguage();
  const { data } = useOrganizations();
  return (id) => {
    if (data === undefined) return '…';
    return data.organizations.find((one) => one.id === id)?.name[language] ?? id.slice(0, 8);
  };
}
