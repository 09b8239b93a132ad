import type { Suggestion } from '@quanlian/contract';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { apiUrl, callApi } from '../../../app/api/client.js';
import { fieldsToAsk, type Typed, typedAtEnd } from './typed.js';

const SHOWN = 6;
/** A reader who types fast is not asked after. */
const PAUSE_MS = 150;

function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}

async function ask(typed: Typed, signal: AbortSignal): Promise<Suggestion[]> {
  const answers = await Promise.all(
    fieldsToAsk(typed).map((field) => {
      const params = { text: typed.text, field, limit: SHOWN };
      return callApi<{ suggestions: Suggestion[] }>(apiUrl('/suggestions', params), { signal });
    }),
  );
  return answers.flatMap(({ suggestions }) => suggestions.slice(0, SHOWN));
}

/** What the end of a query may be meant to be, once the reader pauses. */
export function useSuggestions(query: string, isOn: boolean): { typed: Typed; found: Suggestion[] } | undefined {
  const settled = useSettled(query);
  const typed = typedAtEnd(settled);
  const { data } = useQuery({
    queryKey: ['suggestions', typed?.field, typed?.text],
    queryFn: ({ signal }) => (typed === undefined ? [] : ask(typed, signal)),
    enabled: isOn && typed !== undefined,
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    // A suggestion is a help: when there is none, the reader goes on without.
    retry: false,
  });
  return isOn && typed !== undefined && settled === query && data !== undefined ? { typed, found: data } : undefined;
}
