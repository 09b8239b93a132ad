import type {
  ClassSuggestions,
  ConcordanceEdition,
  ConcordanceMatch,
  ConcordanceTarget,
  SchemeComparison,
  SchemeName,
  SchemePlaceAnswer,
  SchemeVersion,
  SchemeView,
  TabledName,
} from '@quanlian/contract';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { sendApi } from '../../../app/api/send.js';
import { useLanguage } from '../../../i18n/useLanguage.js';

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
      callApi<{ places: FoundPlace[] }>(apiUrl(`/schemes/${scheme}/search`, { version, q: words, count: true }), {
        signal,
      }),
  });

export const useComparison = (scheme: SchemeName, from: string, to: string, symbol: string | undefined) =>
  useQuery({
    queryKey: ['schemes', scheme, 'compare', from, to, symbol],
    queryFn: ({ signal }) =>
      callApi<SchemeComparison>(apiUrl(`/schemes/${scheme}/compare`, { from, to, symbol }), { signal }),
    enabled: from !== '' && to !== '' && from !== to,
  });

export const useConcordances = () =>
  useQuery({
    queryKey: ['concordances'],
    queryFn: ({ signal }) => callApi<{ editions: ConcordanceEdition[] }>(apiUrl('/concordances'), { signal }),
    staleTime: 60_000,
  });

/** What a table leads to, with how many documents. */
export interface TableAnswer {
  name: TabledName;
  edition: string;
  targets: (ConcordanceTarget & { symbols: string[]; classes: number; documents?: number })[];
  unknown?: number;
}

export const useTable = (name: TabledName, count: boolean, enabled: boolean) =>
  useQuery({
    queryKey: ['concordances', name, count],
    queryFn: ({ signal }) => callApi<TableAnswer>(apiUrl(`/concordances/${name}`, { count }), { signal }),
    enabled,
    staleTime: 60_000,
    retry: false,
  });

/** Names the fields and industries of the current tables: code and name in the language shown. */
export function useTargetName(): (name: TabledName, code: string) => string {
  const { language } = useLanguage();
  const editions = useConcordances().data?.editions ?? [];
  const has = (name: TabledName) => editions.some((one) => one.name === name && one.current);
  const fields = useTable('field35', false, has('field35')).data;
  const industries = useTable('industry', false, has('industry')).data;
  return useCallback(
    (name, code) => {
      const table = name === 'field35' ? fields : industries;
      const names = table?.targets.find((target) => target.code === code)?.names ?? {};
      const told = names[language] ?? Object.values(names)[0];
      return told === undefined ? code : `${code} ${told}`;
    },
    [fields, industries, language],
  );
}

/** What the tables say of a document. */
interface DocumentFieldsAnswer {
  tables: { name: TabledName; edition: string; matches: ConcordanceMatch[] }[];
}

export const useDocumentFields = (id: string) =>
  useQuery({
    queryKey: ['publications', id, 'fields'],
    queryFn: ({ signal }) =>
      callApi<DocumentFieldsAnswer>(apiUrl(`/publications/${encodeURIComponent(id)}/fields`), { signal }),
  });

export const useSuggestions = () =>
  useMutation({
    mutationFn: (text: string) => sendApi<ClassSuggestions>('POST', '/class-suggestions', { text }),
  });
