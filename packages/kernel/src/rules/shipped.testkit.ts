declare global {
  interface ImportMeta {
    /** Vite's way to take in files at build time; the tests run under it. */
    glob(pattern: string, options: { eager: true; import: 'default' }): Record<string, unknown>;
  }
}

/** The calendar files that ship with the program, for tests. */
export function shippedCalendars(): unknown[] {
  return Object.values(import.meta.glob('../../../../rules/calendar/*.json', { eager: true, import: 'default' }));
}

/** The rule files that ship with the program, by path, for tests. */
export function shippedRules(): Record<string, unknown> {
  return {
    ...import.meta.glob('../../../../rules/cn/*.json', { eager: true, import: 'default' }),
    ...import.meta.glob('../../../../rules/house/*.json', { eager: true, import: 'default' }),
    ...import.meta.glob('../../../../rules/us/*.json', { eager: true, import: 'default' }),
    ...import.meta.glob('../../../../rules/ep/*.json', { eager: true, import: 'default' }),
    ...import.meta.glob('../../../../rules/kr/*.json', { eager: true, import: 'default' }),
  };
}

/** The tables of legal events that ship with the program, by path, for tests. */
export function shippedEventTables(): Record<string, unknown> {
  return import.meta.glob('../../../../rules/events/*.json', { eager: true, import: 'default' });
}

/** The list of articles that rules may cite, for tests. */
export function citableArticles(): unknown {
  return Object.values(
    import.meta.glob('../../../../rules/sources/articles.json', { eager: true, import: 'default' }),
  )[0];
}
