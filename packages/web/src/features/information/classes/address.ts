import { SCHEMES, type SchemeName } from '@quanlian/contract';

/** Ways to look at classes. */
export const CLASS_VIEWS = ['tree', 'suggest', 'fields', 'compare'] as const;
export type ClassView = (typeof CLASS_VIEWS)[number];

/** What the address of the class browser says: scheme, version and place; the current CPC or IPC at its top without. */
export interface ClassesSearch {
  scheme?: SchemeName;
  version?: string;
  symbol?: string;
  view?: ClassView;
}

/** Reads the address; what is none of these is left out. */
export function readClassesSearch(search: Record<string, unknown>): ClassesSearch {
  const { scheme, version, symbol, view } = search;
  return {
    ...(SCHEMES.some((name) => name === scheme) ? { scheme: scheme as SchemeName } : {}),
    ...(typeof version === 'string' ? { version } : {}),
    ...(typeof symbol === 'string' ? { symbol } : {}),
    ...(CLASS_VIEWS.some((name) => name === view && name !== 'tree') ? { view: view as ClassView } : {}),
  };
}
