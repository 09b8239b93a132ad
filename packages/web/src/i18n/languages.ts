/** The languages the pages are written in, with the tag each sets on the document. */
export const LANGUAGES = { zh: 'zh-CN', en: 'en' } as const;
export type Language = keyof typeof LANGUAGES;

const STORAGE_KEY = 'quanlian.language';

const isLanguage = (value: string | null | undefined): value is Language => value === 'zh' || value === 'en';

/** The remembered choice, else the browser's first language that the pages have, else Chinese. */
export function chooseLanguage(remembered: string | null, browser: readonly string[]): Language {
  if (isLanguage(remembered)) return remembered;
  for (const tag of browser) {
    const primary = tag.split('-')[0]?.toLowerCase();
    if (isLanguage(primary)) return primary;
  }
  return 'zh';
}

export function rememberedLanguage(): string | null {
  try {
    return localStorage.getItem(STORAGE_KEY);
  } catch {
    // Storage can be switched off; the choice then lasts as long as the page.
    return null;
  }
}

export function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(STORAGE_KEY, language);
  } catch {
    // See above: nothing to do, and nothing the reader could do.
  }
}
