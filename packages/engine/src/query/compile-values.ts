import { COLUMNS, type ColumnName, QuanlianError, TABLED, UNKNOWN_VALUE } from '@quanlian/contract';
import { classLevels } from '@quanlian/kernel';
import { checkDate, earliestDay, latestDay } from '../content/dates.js';
import { documentKey, levelKey, missingKey, storable, symbolKey, valueKey } from '../content/document.js';
import { lookupForms } from '../content/numbers.js';
import type { NumberColumn } from '../segment/segment.js';
import { invalid, type NodeOf, resolveField, wordFields } from './fields.js';
import type { Leaf } from './plan.js';

/** Ids that one list may name. */
const MOST_IDS = 1_000_000;
const LAST_DAY = 99_991_231;

const keys = (...list: string[]): Leaf => ({ kind: 'keys', keys: list, prefixes: [] });
export const keyPrefixes = (...prefixes: string[]): Leaf => ({
  kind: 'keys',
  keys: [],
  prefixes: prefixes.map((prefix) => ({ prefix })),
});

export const schemesOf = (field: string): readonly string[] => (field === 'class' ? ['ipc', 'cpc', 'other'] : [field]);

/** With `symbols` those are all that a scheme has below; without, what shows in the form of the symbol. */
export function classLeaf(field: string, symbol: string, below: boolean, symbols?: readonly string[]): Leaf {
  const wanted = symbolKey(symbol);
  if (below && symbols) {
    const all = new Set([wanted, ...symbols.map(symbolKey)]);
    return keys(...schemesOf(field).flatMap((scheme) => [...all].map((one) => valueKey(scheme, one))));
  }
  const exact = schemesOf(field).map((scheme) => valueKey(scheme, wanted));
  if (!below) return keys(...exact);
  // Without a loaded scheme only the levels that show in the symbol itself are known to be above another symbol.
  const isLevel = Object.values(classLevels(symbol)).some((level) => symbolKey(level) === wanted);
  const under = schemesOf(field).map((scheme) => levelKey(scheme, wanted));
  return keys(...exact, ...(isLevel ? under : []));
}

export function dayLeaf(field: string, from: string | undefined, to: string | undefined): Leaf {
  const column = (field === 'year' || field === 'month' ? 'date' : field) as NumberColumn;
  return {
    kind: 'days',
    column,
    from: from === undefined ? 1 : earliestDay(checkDate(from, field)),
    to: to === undefined ? LAST_DAY : latestDay(checkDate(to, field)),
  };
}

const columnOf = (name: string): ColumnName | undefined => COLUMNS.find((column) => column === name);

/** A derived column compared with one value; the family may also be written as a number. */
function columnLeaf(name: ColumnName, value: string): Leaf {
  if (value === UNKNOWN_VALUE) return { kind: 'column', name, wanted: 'none' };
  const forms = new Set([storable(value.trim()), ...(name === 'family' ? lookupForms(value) : [])]);
  return { kind: 'column', name, wanted: (held) => forms.has(held) };
}

const NUMBER = /^-?\d+(\.\d+)?$/;

function numberLeaf(name: ColumnName, from: string | undefined, to: string | undefined): Leaf {
  for (const bound of [from, to]) {
    if (bound !== undefined && !NUMBER.test(bound)) throw invalid(`"${bound}" in field ${name} is not a number.`);
  }
  const least = from === undefined ? Number.NEGATIVE_INFINITY : Number(from);
  const most = to === undefined ? Number.POSITIVE_INFINITY : Number(to);
  return {
    kind: 'column',
    name,
    wanted: (held) => NUMBER.test(held) && Number(held) >= least && Number(held) <= most,
  };
}

function levelLeaf(field: string, value: string): Leaf {
  const wanted = symbolKey(value);
  const levels = classLevels(value);
  const name = field as keyof typeof levels;
  const isThisLevel = levels[name] !== undefined && symbolKey(levels[name]) === wanted;
  if (!isThisLevel) return { kind: 'none' };
  return keys(levelKey('ipc', wanted), levelKey('cpc', wanted));
}

const isLevelFacet = (name: string): boolean => ['section', 'class', 'subclass', 'group'].includes(name);
/** The list of documents without a value; the facet `class` and the field `class` share a name but not a meaning. */
const missingList = (name: string): string => missingKey(name === 'class' ? 'class-level' : name);

export function valueLeaf(fieldName: string, value: string): Leaf {
  const { name, kind } = resolveField(fieldName);
  const column = columnOf(name);
  if (column) return columnLeaf(column, value);
  if (kind === 'text') {
    throw new QuanlianError(
      'query.unsupported',
      `Field ${name} holds text and cannot be compared as a whole; ask for words or a phrase.`,
    );
  }
  if (TABLED.some((tabled) => tabled === name)) {
    throw new QuanlianError('query.unsupported', `No table says which classes belong to ${name}; load one.`);
  }
  if (value === UNKNOWN_VALUE) return keys(missingList(name), valueKey(name, value));
  if (isLevelFacet(name)) return levelLeaf(name, value);
  if (kind === 'number') return keys(...lookupForms(value).map((form) => valueKey(name, form)));
  if (kind === 'date' || name === 'year' || name === 'month') return dayLeaf(name, value, value);
  if (kind === 'class') return classLeaf(name, value, false);
  return keys(valueKey(name, storable(value.trim())));
}

export function rangeLeaf({ field, from, to }: NodeOf<'range'>): Leaf {
  const { name, kind } = resolveField(field);
  if (name === 'citedby') return numberLeaf(name, from, to);
  if ((kind === 'text' || kind === 'name') && from === undefined && to === undefined) {
    return { kind: 'held', column: wordFields(name).column };
  }
  if (kind !== 'date' && name !== 'year' && name !== 'month')
    throw invalid(`Field ${name} has no order; a range takes a date field or citedby.`);
  return dayLeaf(name, from, to);
}

type PatternPart = NodeOf<'pattern'>['parts'][number];

/** A pattern of a value as a key: the letters before the first open stretch, and an expression for the whole. */
export function keyPattern(
  schemes: readonly string[],
  parts: readonly PatternPart[],
  fold: (text: string) => string,
): Leaf {
  const folded = parts.map((part) => (typeof part === 'string' ? fold(part) : part));
  const [first] = folded;
  const start = typeof first === 'string' ? first : '';
  const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/-]/gu, '\\$&');
  const source = folded.map((part) => (typeof part === 'string' ? escaped(part) : `.{${part.min},${part.max ?? ''}}`));
  const prefixes = schemes.map((scheme) => ({
    prefix: valueKey(scheme, start),
    expression: new RegExp(`^${escaped(valueKey(scheme, ''))}${source.join('')}$`, 'su'),
  }));
  return { kind: 'keys', keys: [], prefixes };
}

export function idsLeaf({ ids }: NodeOf<'ids'>): Leaf {
  if (ids.length > MOST_IDS) {
    throw new QuanlianError(
      'query.too_costly',
      `A list of ${ids.length} ids is too long; at most ${MOST_IDS} are taken.`,
    );
  }
  // In order, so that each part of the dictionary is read once.
  return keys(...new Set(ids.map((id) => documentKey(storable(id))).sort()));
}
