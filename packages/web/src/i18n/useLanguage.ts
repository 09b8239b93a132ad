import { useTranslation } from 'react-i18next';
import { LANGUAGES, type Language } from './languages.js';

const AREAS = [
  'common',
  'answers',
  'codes',
  'inid',
  'fields',
  'errors',
  'search',
  'facets',
  'document',
  'register',
  'names',
  'classes',
  'loads',
  'coverage',
  'democity',
  'identity',
  'work',
  'desk',
  'refusals',
  'query',
  'governance',
] as const;

const useAllAreas = () => useTranslation(AREAS);

/** Gives the text of a key `area:key` in the language shown. */
export type Translate = ReturnType<typeof useAllAreas>['t'];

/** The translator, the language shown and its tag for formats of numbers and dates. */
export function useLanguage(): { t: Translate; language: Language; tag: string } {
  const { t, i18n } = useAllAreas();
  const language: Language = i18n.language === 'en' ? 'en' : 'zh';
  return { t, language, tag: LANGUAGES[language] };
}
