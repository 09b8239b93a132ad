import { CLASS_LEVELS, type ClassLevel, type Filter, isClassLevel, type SearchState } from '../search/state.js';

/** Where in the tree of classes the reader stands: the chosen symbols from the section down, and the level shown next. */
export interface ClassPlace {
  path: { level: ClassLevel; value: string }[];
  shown: ClassLevel;
  /** Symbols of the shown level that lie below the chosen one start with this. */
  prefix: string;
}

/** How many characters of a symbol name each level: `G`, `G06`, `G06F`, and the whole for a group. */
const LENGTHS: Record<ClassLevel, number> = { section: 1, class: 3, subclass: 4, group: Number.POSITIVE_INFINITY };

/** The place that the last class filter names. */
export function classPlace(filters: readonly Filter[]): ClassPlace {
  const chosen = filters.findLast(({ name }) => isClassLevel(name));
  if (chosen === undefined || !isClassLevel(chosen.name)) return { path: [], shown: 'section', prefix: '' };
  const depth = CLASS_LEVELS.indexOf(chosen.name);
  const path = CLASS_LEVELS.slice(0, depth + 1).map((level) => ({
    level,
    value: chosen.value.slice(0, LENGTHS[level]),
  }));
  // Below a group the facets have no level, so a chosen group is shown among its neighbours.
  const isGroup = chosen.name === 'group';
  return {
    path,
    shown: CLASS_LEVELS[depth + 1] ?? 'group',
    prefix: isGroup ? chosen.value.slice(0, LENGTHS.subclass) : chosen.value,
  };
}

/** Goes to another place on the chosen path, or out of the tree. */
export function toClassPlace(state: SearchState, place: { level: ClassLevel; value: string } | undefined): SearchState {
  const leaving = state.filters.findLast(({ name }) => isClassLevel(name));
  const kept = state.filters.filter((filter) => filter !== leaving);
  const filters = place === undefined ? kept : [...kept, { name: place.level, value: place.value }];
  return { ...state, filters, page: 1 };
}
