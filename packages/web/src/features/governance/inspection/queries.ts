import type { Checklist, Finding, Inspection, InspectionOverview, InspectionPlan } from '@quanlian/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi, type Params } from '../../../app/api/client.js';

export type InspectionRow = Omit<Inspection, 'findings'>;

const get = <T>(path: string, params: Params = {}) => ({
  queryKey: ['inspection', path, params],
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<T>(apiUrl(path, params), { signal }),
});

export const useInspectionOverview = (params: Params) =>
  useQuery({ ...get<InspectionOverview>('/inspection/overview', params), placeholderData: keepPreviousData });
export const useFindings = (params: Params) =>
  useQuery({
    ...get<{ total: number; findings: Finding[] }>('/inspection/findings', params),
    placeholderData: keepPreviousData,
  });
export const useInspections = (params: Params) =>
  useQuery({
    ...get<{ total: number; inspections: InspectionRow[] }>('/inspections', params),
    placeholderData: keepPreviousData,
  });
export const useInspection = (id: string) => useQuery(get<Inspection>(`/inspections/${id}`));
export const useChecklists = () => useQuery(get<{ checklists: Checklist[] }>('/inspection/checklists'));
export const useInspectionPlans = () => useQuery(get<{ plans: InspectionPlan[] }>('/inspection/plans'));
