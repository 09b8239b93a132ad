import { createInstance, type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { LANGUAGES, type Language } from './languages.js';

/** Each language is a file of its own, so that a reader fetches one. */
const catalogues = {
  zh: () => import('./zh/catalogue.js'),
  en: () => import('./en/catalogue.js'),
};

/** The translations, ready in one language. */
export async function setUpLanguage(language: Language): Promise<i18n> {
  const instance = createInstance();
  const { catalogue } = await catalogues[language]();
  await instance.use(initReactI18next).init({
    lng: language,
    resources: { [language]: catalogue },
    supportedLngs: Object.keys(LANGUAGES),
    fallbackLng: false,
    ns: Object.keys(catalogue),
    defaultNS: 'common',
    // React escapes what it shows.
    interpolation: { escapeValue: false },
  });
  document.documentElement.lang = LANGUAGES[language];
  return instance;
}

/** Fetches the other language if need be, then changes to it. */
export async function changeLanguage(instance: i18n, language: Language): Promise<void> {
  const { catalogue } = await catalogues[language]();
  for (const [area, texts] of Object.entries(catalogue)) instance.addResourceBundle(language, area, texts);
  await instance.changeLanguage(language);
  document.documentElement.lang = LANGUAGES[language];
}
