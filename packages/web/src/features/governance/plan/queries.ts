import type {
  FigureRecords,
  IndicatorDefinition,
  IndicatorValue,
  PlanDashboard,
  PlanPage,
  PlanReport,
  PlanRow,
  ValueLineage,
} from '@quanlian/contract';
import { useQuery } from '@tanstack/react-query';
import { apiUrl, callApi, type Params } from '../../../app/api/client.js';

const get = <T>(path: string, params: Params = {}) => ({
  queryKey: ['plan', path, params],
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<T>(apiUrl(path, params), { signal }),
});

export const usePlans = () => useQuery(get<{ plans: PlanRow[] }>('/plans'));
export const usePlan = (id: string) => useQuery(get<PlanPage>(`/plans/${id}`));
export const useDashboard = (id: string, year: number | undefined) =>
  useQuery(get<PlanDashboard>(`/plans/${id}/dashboard`, { year }));
export const useFigure = (id: string, key: string, year: number | undefined) =>
  useQuery(get<FigureRecords>(`/plans/${id}/figures/${encodeURIComponent(key)}`, { year }));
export const useValues = (indicator: string, organization: string) =>
  useQuery(get<{ values: IndicatorValue[] }>(`/indicators/${indicator}/values`, { organization }));
export const useDefinitions = (indicator: string) =>
  useQuery(get<{ definitions: IndicatorDefinition[] }>(`/indicators/${indicator}/definitions`));
export const useLineage = (id: string) => useQuery(get<ValueLineage>(`/values/${id}`));
export const useReports = (plan: string) =>
  useQuery(get<{ reports: Omit<PlanReport, 'blocks' | 'source' | 'date'>[] }>(`/plans/${plan}/reports`));
export const useReport = (id: string) => useQuery(get<PlanReport>(`/reports/${id}`));
