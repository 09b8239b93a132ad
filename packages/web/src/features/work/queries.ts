import type {
  AuditEntry,
  AuditReport,
  Both,
  CaseBoard,
  CaseCalendar,
  CaseList,
  CasePage,
  Erasure,
  MyTasks,
  Notice,
  NoticeKind,
  RulePage,
  RuleRow,
  Webhook,
  WebhookDelivery,
  WorkJob,
} from '@quanlian/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi, type Params } from '../../app/api/client.js';

/** A process that cases run by. */
export interface ProcessRow {
  id: string;
  version: number;
  title: Both;
  states: { id: string; title: Both; kind: string }[];
  mayOpen: boolean;
}

/** A day of the working calendar. */
export interface WorkingDay {
  date: string;
  working: boolean;
  kind: 'working' | 'weekend' | 'holiday' | 'make-up';
  name: Both | null;
  /** The arrangement of its year is not announced yet. */
  provisional: boolean;
}

const JOB_POLL_BUSY_MS = 2_000;
const JOB_POLL_MS = 15_000;
const NOTICE_POLL_MS = 60_000;

const get = <T>(path: string, params: Params = {}) => ({
  queryKey: ['work', path, params],
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<T>(apiUrl(path, params), { signal }),
});

export const useProcesses = () => useQuery({ ...get<{ processes: ProcessRow[] }>('/processes'), staleTime: 300_000 });
export const useCaseList = (params: Params) =>
  useQuery({ ...get<CaseList>('/cases', params), placeholderData: keepPreviousData });
export const useCaseBoard = (params: Params) =>
  useQuery({ ...get<CaseBoard>('/cases/board', params), enabled: params['process'] !== undefined });
export const useCaseCalendar = (params: Params) => useQuery(get<CaseCalendar>('/cases/calendar', params));
export const useCase = (id: string) => useQuery(get<CasePage>(`/cases/${encodeURIComponent(id)}`));
export const useMyTasks = (params: Params) =>
  useQuery({ ...get<MyTasks>('/tasks/mine', params), placeholderData: keepPreviousData });
export const useRules = () => useQuery(get<{ rules: RuleRow[] }>('/rules'));
export const useRule = (id: string) => useQuery(get<RulePage>(`/rules/${encodeURIComponent(id)}`));
export const useAuditEntries = (params: Params) =>
  useQuery({
    ...get<{ total: number; entries: AuditEntry[] }>('/audit', params),
    placeholderData: keepPreviousData,
  });
export const useAuditCheck = (enabled: boolean) =>
  useQuery({ ...get<AuditReport>('/audit/verification'), enabled, staleTime: Number.POSITIVE_INFINITY });
export const useJobs = (params: Params) =>
  useQuery({
    ...get<{ jobs: WorkJob[] }>('/jobs', params),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => {
      const busy = state.data?.jobs.some((job) => job.state === 'running');
      return busy === true ? JOB_POLL_BUSY_MS : JOB_POLL_MS;
    },
  });
export const useWebhooks = () => useQuery(get<{ webhooks: Webhook[] }>('/webhooks'));
export const useDeliveries = (id: string) =>
  useQuery(get<{ deliveries: WebhookDelivery[] }>(`/webhooks/${id}/deliveries`));
export const useNoticeKinds = () => useQuery({ ...get<{ kinds: NoticeKind[] }>('/notice-kinds'), staleTime: 300_000 });
export const useErasures = () => useQuery(get<{ erasures: Erasure[] }>('/audit/erasures'));
export const useWorkingDays = (year: number) =>
  useQuery({
    ...get<{ days: WorkingDay[] }>('/calendar/days', { from: `${year}-01-01`, to: `${year}-12-31` }),
    staleTime: 300_000,
  });
export const useNotices = (enabled = true) =>
  useQuery({
    ...get<{ unread: number; notices: Notice[] }>('/notices', { limit: 200 }),
    enabled,
    refetchInterval: NOTICE_POLL_MS,
  });
