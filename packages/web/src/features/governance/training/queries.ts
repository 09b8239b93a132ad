import type {
  Batch,
  Certificate,
  Coverage,
  CoveragePerson,
  Curriculum,
  Enrolment,
  RosterEntry,
  TestQuestion,
  VerifiedCertificate,
} from '@quanlian/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { apiUrl, callApi, type Params } from '../../../app/api/client.js';

export interface EnrolmentList {
  completion: { enrolled: number; completed: number; inProgress: number; notStarted: number; withdrawn: number };
  enrolments: Enrolment[];
}

const get = <T>(path: string, params: Params = {}) => ({
  queryKey: ['training', path, params],
  queryFn: ({ signal }: { signal: AbortSignal }) => callApi<T>(apiUrl(path, params), { signal }),
});

export const useCoverage = (params: Params) =>
  useQuery({ ...get<Coverage>('/training/coverage', params), placeholderData: keepPreviousData });
export const useCoveragePeople = (params: Params) =>
  useQuery({
    ...get<{ total: number; people: CoveragePerson[] }>('/training/coverage/people', params),
    placeholderData: keepPreviousData,
  });
export const useCurricula = () => useQuery(get<{ curricula: Curriculum[] }>('/training/curricula'));
export const useBatches = (params: Params) =>
  useQuery({
    ...get<{ total: number; batches: Batch[] }>('/training/batches', params),
    placeholderData: keepPreviousData,
  });
export const useBatch = (id: string) => useQuery(get<Batch>(`/training/batches/${id}`));
export const useEnrolments = (id: string) => useQuery(get<EnrolmentList>(`/training/batches/${id}/enrolments`));
export const useMyTraining = () => useQuery(get<{ enrolments: Enrolment[] }>('/training/mine'));
export const useCertificates = (params: Params) =>
  useQuery(get<{ certificates: Certificate[] }>('/training/certificates', params));
export const useRoster = (params: Params) =>
  useQuery({
    ...get<{ on: string; total: number; entries: RosterEntry[] }>('/training/roster', params),
    placeholderData: keepPreviousData,
  });
export const useTest = (batchId: string) =>
  useQuery(get<{ questions: TestQuestion[]; attempts: number }>(`/training/batches/${batchId}/test`));
export const useVerified = (code: string) =>
  useQuery({ ...get<VerifiedCertificate>(`/certificates/${encodeURIComponent(code)}`), enabled: code !== '' });
export const useTrainers = (batch: string) =>
  useQuery(get<{ trainers: { id: string; name: string | null }[] }>(`/training/batches/${batch}/trainers`));
