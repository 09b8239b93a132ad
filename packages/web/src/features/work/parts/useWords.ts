import type { Both } from '@quanlian/contract';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../i18n/useLanguage.js';

/** Gives the words in the language shown, of texts that records hold in both. */
export function useWords(): (words: Both) => string {
  const { language } = useLanguage();
  return (words) => words[language];
}

/** Gives the text of a key made from a code; the code itself when the pages have no words for it. */
export function useTold(): (key: string, code: string) => string {
  const { i18n } = useTranslation();
  return (key, code) => (i18n.exists(key) ? String(i18n.t(key as never)) : code);
}
