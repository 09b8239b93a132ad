import { SCHEMES, type SchemeName } from '@quanlian/contract';

/** What the address of the class browser says: scheme, version and place; the current CPC or IPC at its top without. */
export interface ClassesSearch {
  scheme?: SchemeName;
  version?: string;
  symbol?: string;
}

/** Reads the address; what is none of these is left out. */
export function readClassesSearch(search: Record<string, unknown>): ClassesSearch {
  const { scheme, version, symbol } = search;
  return {
    ...(SCHEMES.some((name) => name === scheme) ? { scheme: scheme as SchemeName } : {}),
    ...(typeof version === 'string' ? { version } : {}),
    ...(typeof symbol === 'string' ? { symbol } : {}),
  };
}
