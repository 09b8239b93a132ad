import type { Party, PatentDocument } from '@quanlian/contract';
import { classLevels, normalizeSymbol } from '@quanlian/kernel';
import type { WordField } from '../segment/postings.js';
import { earliestDay, NO_DATE } from './dates.js';
import { indexForms, indexFormsOfText } from './numbers.js';
import { remembered } from './remembered.js';

/** A piece of text that is searched as a whole: no phrase goes beyond it. */
export interface TextValue {
  readonly field: WordField;
  readonly lang?: string;
  readonly text: string;
}

/** Facets that have a column of values; `year` is read off the date, `status` is unknown for every document as yet. */
export const VALUE_FACETS = [
  'office',
  'applicant',
  'inventor',
  'section',
  'class',
  'subclass',
  'group',
  'lang',
  'kind',
  'type',
  'family',
] as const;
export type ValueFacet = (typeof VALUE_FACETS)[number];

/** Distinct names, trimmed; half a surrogate pair could not be stored and is replaced. */
function names(...lists: (readonly Party[] | undefined)[]): string[] {
  const distinct = new Set<string>();
  for (const list of lists) for (const { name } of list ?? []) distinct.add(storable(name.trim()));
  distinct.delete('');
  return [...distinct];
}

const SURROGATE = /[\ud800-\udfff]/;

/** Text as it comes back from UTF-8. */
export const storable = (text: string): string =>
  SURROGATE.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;

export const applicantNames = (doc: PatentDocument): string[] => names(doc.applicants, doc.proprietors, doc.assignees);
const inventorNames = (doc: PatentDocument): string[] => names(doc.inventors);

/** Every text of a document in the order of the fields' bits. */
export function textValues(doc: PatentDocument): TextValue[] {
  const byLanguage = (field: WordField, texts: Readonly<Record<string, string>> | undefined): TextValue[] =>
    Object.entries(texts ?? {}).map(([lang, text]) => ({ field, lang, text }));
  const byName = (field: WordField, list: readonly string[]): TextValue[] => list.map((text) => ({ field, text }));
  const description = (doc.description ?? []).flatMap(({ lang, heading, text }) =>
    [heading, text].flatMap((piece) => (piece ? [{ field: 'description' as const, lang, text: piece }] : [])),
  );
  return [
    ...byLanguage('title', doc.titles),
    ...byLanguage('abstract', doc.abstracts),
    ...(doc.claims ?? []).map(({ lang, text }) => ({ field: 'claims' as const, lang, text })),
    ...description,
    ...byName('applicant', applicantNames(doc)),
    ...byName('inventor', inventorNames(doc)),
    ...byName('agent', names(doc.agents)),
  ];
}

const compact = remembered((symbol: string): string => storable(normalizeSymbol(symbol)).replace(/\s/gu, ''));
const levelsOf = remembered(classLevels);

/** The one form in which class symbols are indexed and looked up: normal, without blanks. */
export const symbolKey = compact;

/** The scheme's field: `ipc`, `cpc`, or `other` for what only the field `class` finds. */
function schemeField(scheme: string): 'ipc' | 'cpc' | 'other' {
  const name = scheme.toUpperCase();
  if (name === 'IPC' || name === 'IPCR') return 'ipc';
  return name === 'CPC' ? 'cpc' : 'other';
}

const patentClasses = (doc: PatentDocument): string[] =>
  (doc.classifications ?? []).filter(({ scheme }) => schemeField(scheme) !== 'other').map(({ symbol }) => symbol);

/** Distinct IPC and CPC symbols in their normal writing. */
export const classSymbols = (doc: PatentDocument): string[] => [...new Set(patentClasses(doc).map(normalizeSymbol))];

/** The values of every facet that has a column. */
export function facetValues(doc: PatentDocument): Record<ValueFacet, readonly string[]> {
  const levels = patentClasses(doc).map(levelsOf);
  const level = (name: 'section' | 'class' | 'subclass' | 'group'): string[] => {
    const distinct: string[] = [];
    for (const { [name]: value } of levels) if (value !== undefined && !distinct.includes(value)) distinct.push(value);
    return distinct;
  };
  const one = (value: string | undefined): string[] => (value ? [storable(value)] : []);
  return {
    office: one(doc.office),
    applicant: applicantNames(doc),
    inventor: inventorNames(doc),
    section: level('section'),
    class: level('class'),
    subclass: level('subclass'),
    group: level('group'),
    lang: one(doc.lang),
    kind: one(doc.kind),
    type: one(doc.type),
    family: one(doc.familyId),
  };
}

export interface DocumentDates {
  readonly date: number;
  readonly filed: number;
  readonly prioritydate: number;
}

/** The dates of a document as YYYYMMDD; the priority date is the earliest of its priorities. */
export function documentDates(doc: PatentDocument): DocumentDates {
  const priorities = (doc.priorities ?? []).map(({ date }) => earliestDay(date)).filter((day) => day !== NO_DATE);
  return {
    date: earliestDay(doc.date),
    filed: earliestDay(doc.application?.date),
    prioritydate: priorities.length === 0 ? NO_DATE : Math.min(...priorities),
  };
}

/** Keys of the lists without positions. A missing value has a list of its own, so that it can be asked for. */
export const documentKey = (id: string): string => `doc:${id}`;
export const groupListKey = (group: string): string => `group:${group}`;
export const valueKey = (field: string, value: string): string => `${field}:${value}`;
export const missingKey = (field: string): string => `${field}!`;
/** All symbols of a scheme at or under one level (section, class, subclass, main group). */
export const levelKey = (field: string, level: string): string => `${field}>${level}`;

/** The keys of a symbol in a field: its own, and one for each level that it is under. */
const symbolKeys = (field: 'ipc' | 'cpc'): ((symbol: string) => readonly string[]) =>
  remembered((symbol) => [
    valueKey(field, compact(symbol)),
    ...Object.values(levelsOf(symbol)).map((level) => levelKey(field, compact(level))),
  ]);
const SYMBOL_KEYS = { ipc: symbolKeys('ipc'), cpc: symbolKeys('cpc') };

function classKeys(doc: PatentDocument): string[] {
  const keys: string[] = [];
  const seen = new Set<string>();
  for (const { scheme, symbol } of doc.classifications ?? []) {
    const field = schemeField(scheme);
    seen.add(field);
    if (field === 'other') keys.push(valueKey(field, compact(symbol)));
    else keys.push(...SYMBOL_KEYS[field](symbol));
  }
  if (seen.size === 0) keys.push(missingKey('class'));
  if (!seen.has('ipc')) keys.push(missingKey('ipc'));
  if (!seen.has('cpc')) keys.push(missingKey('cpc'));
  return keys;
}

function numberKeys(doc: PatentDocument): string[] {
  const cited = (doc.citations ?? []).flatMap(({ id }) => (id ? indexFormsOfText(id) : []));
  const forms: Record<string, string[]> = {
    id: indexForms({ office: doc.office, number: doc.number, kind: doc.kind, original: doc.id }),
    application: doc.application ? indexForms(doc.application) : [],
    priority: (doc.priorities ?? []).flatMap(indexForms),
    family: doc.familyId ? indexFormsOfText(doc.familyId) : [],
    related: (doc.related ?? []).flatMap(({ id, document }) => [
      ...(id ? indexFormsOfText(id) : []),
      ...(document ? indexForms(document) : []),
    ]),
    cites: cited,
  };
  return Object.entries(forms).flatMap(([field, list]) =>
    list.length === 0 ? [missingKey(field)] : list.map((form) => valueKey(field, form)),
  );
}

/** Every key under which a document stands in lists without positions. */
export function documentKeys(
  doc: PatentDocument,
  facets: Record<ValueFacet, readonly string[]> = facetValues(doc),
  dates: DocumentDates = documentDates(doc),
): Set<string> {
  const keys = [documentKey(storable(doc.id)), ...classKeys(doc), ...numberKeys(doc)];
  const { section, class: klass, subclass, group, family: _, ...values } = facets;
  const levels = { section, 'class-level': klass, subclass, group };
  const year = dates.date === NO_DATE ? [] : [String(Math.floor(dates.date / 10000)).padStart(4, '0')];
  for (const [field, list] of Object.entries({ ...values, agent: names(doc.agents), year })) {
    for (const value of list) keys.push(valueKey(field, value));
    if (list.length === 0) keys.push(missingKey(field));
  }
  for (const [level, list] of Object.entries(levels)) if (list.length === 0) keys.push(missingKey(level));
  for (const [field, day] of Object.entries(dates)) if (day === NO_DATE) keys.push(missingKey(field));
  return new Set(keys);
}
