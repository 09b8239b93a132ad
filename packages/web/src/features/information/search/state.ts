import { COUNTABLE, type CountableName, SORTS, type Sort } from '@quanlian/contract';

/** One value chosen in a facet. */
export interface Filter {
  name: CountableName;
  value: string;
}

/** Everything that decides what the search page shows; the address holds exactly this. */
export interface SearchState {
  q: string;
  filters: Filter[];
  sort: Sort;
  /** Counts from 1. */
  page: number;
  /** Only the first document of each family is shown. */
  families: boolean;
  /** The synonyms kept in the corpus widen the query. */
  synonyms: boolean;
  /** Names that one's organization takes for one are found and counted as one. */
  merged: boolean;
  /** Versions of classification schemes that say what is below a class, `CPC:2024.01`; of others the current one. */
  schemes: string[];
}

/** The same in the address, defaults left out: `?q=…&filter=office:EP&sort=newest&page=2`. */
export interface SearchParams {
  q?: string;
  filter?: string[];
  sort?: Sort;
  page?: number;
  families?: true;
  synonyms?: true;
  names?: 'merged';
  scheme?: string[];
}

/** An address as it comes, from a bookmark or from somebody's hand. */
export interface RawSearch {
  q?: unknown;
  filter?: unknown;
  sort?: unknown;
  page?: unknown;
  families?: unknown;
  synonyms?: unknown;
  names?: unknown;
  scheme?: unknown;
}

export const PAGE_SIZE = 20;

const isFacet = (name: string): name is CountableName => (COUNTABLE as readonly string[]).includes(name);
const isOn = (value: unknown): boolean => String(value) === 'true';
const isSort = (value: unknown): value is Sort => (SORTS as readonly unknown[]).includes(value);

/** `office:EP` → the filter; the value may hold colons itself. Undefined when the facet does not exist. */
export function parseFilter(text: string): Filter | undefined {
  const colon = text.indexOf(':');
  const name = text.slice(0, Math.max(colon, 0));
  const value = text.slice(colon + 1);
  return isFacet(name) && value !== '' ? { name, value } : undefined;
}

export const filterText = ({ name, value }: Filter): string => `${name}:${value}`;

function decodeFilters(raw: unknown): Filter[] {
  const texts = new Set((Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]).map(String));
  return [...texts].map(parseFilter).filter((filter) => filter !== undefined);
}

function decodePage(raw: unknown): number {
  const page = Number(raw);
  return Number.isSafeInteger(page) && page >= 1 ? page : 1;
}

const SCHEME_VERSION = /^(IPC|CPC):[0-9A-Za-z._-]{1,32}$/;

/** One version of each scheme, the first named. */
function decodeSchemes(raw: unknown): string[] {
  const texts = (Array.isArray(raw) ? raw : raw === undefined ? [] : [raw]).map(String);
  const byScheme = new Map<string, string>();
  for (const text of texts.filter((one) => SCHEME_VERSION.test(one))) {
    const scheme = text.slice(0, 3);
    if (!byScheme.has(scheme)) byScheme.set(scheme, text);
  }
  return [...byScheme.values()];
}

/** Reads an address; what makes no sense falls back to its default. */
export function decodeSearch(raw: RawSearch): SearchState {
  return {
    q: raw.q === undefined ? '' : String(Array.isArray(raw.q) ? raw.q[0] : raw.q),
    filters: decodeFilters(raw.filter),
    sort: isSort(raw.sort) ? raw.sort : 'relevance',
    page: decodePage(raw.page),
    families: isOn(raw.families),
    synonyms: isOn(raw.synonyms),
    merged: raw.names === 'merged',
    schemes: decodeSchemes(raw.scheme),
  };
}

/** Writes an address; `decodeSearch(encodeSearch(s))` is `s`. */
export function encodeSearch({
  q,
  filters,
  sort,
  page,
  families,
  synonyms,
  merged,
  schemes,
}: SearchState): SearchParams {
  return {
    ...(q === '' ? {} : { q }),
    ...(filters.length === 0 ? {} : { filter: filters.map(filterText) }),
    ...(sort === 'relevance' ? {} : { sort }),
    ...(page === 1 ? {} : { page }),
    ...(families ? { families } : {}),
    ...(synonyms ? { synonyms } : {}),
    ...(merged ? { names: 'merged' } : {}),
    ...(schemes.length === 0 ? {} : { scheme: schemes }),
  };
}

export const tidySearch = (raw: RawSearch): SearchParams => encodeSearch(decodeSearch(raw));

/** The levels of a class symbol, from the widest; a chosen class replaces the level above it. */
export const CLASS_LEVELS = ['section', 'class', 'subclass', 'group'] as const;
export type ClassLevel = (typeof CLASS_LEVELS)[number];

export const isClassLevel = (name: CountableName): name is ClassLevel =>
  (CLASS_LEVELS as readonly string[]).includes(name);

/** Adds a filter, drops a class filter it refines, and goes back to the first page. */
export function withFilter(state: SearchState, added: Filter): SearchState {
  const kept = state.filters.filter((filter) => {
    if (filterText(filter) === filterText(added)) return false;
    const refined = isClassLevel(filter.name) && isClassLevel(added.name) && added.value.startsWith(filter.value);
    return !refined;
  });
  return { ...state, filters: [...kept, added], page: 1 };
}

export function withoutFilter(state: SearchState, removed: Filter): SearchState {
  const gone = filterText(removed);
  return { ...state, filters: state.filters.filter((filter) => filterText(filter) !== gone), page: 1 };
}

/** Number of pages that hold `total` hits; at least one. */
export const pageCount = (total: number): number => Math.max(1, Math.ceil(total / PAGE_SIZE));
