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
export function names(...lists: (readonly Party[] | undefined)[]): string[] {
  const all: string[] = [];
  for (const list of lists)
    for (const { name } of list ?? []) {
      const trimmed = storable(name.trim());
      if (trimmed !== '') all.push(trimmed);
    }
  return all.length > 1 ? [...new Set(all)] : all;
}

const SURROGATE = /[\ud800-\udfff]/;

/** Text as it comes back from UTF-8. */
export const storable = (text: string): string =>
  SURROGATE.test(text) ? text.replace(/\p{Surrogate}/gu, '\ufffd') : text;

export const applicantNames = (doc: PatentDocument): string[] => names(doc.applicants, doc.proprietors, doc.assignees);
export const inventorNames = (doc: PatentDocument): string[] => names(doc.inventors);

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

/** The one form in which class symbols are indexed and looked up: normal, without blanks. */
export const symbolKey = remembered((symbol: string): string => storable(normalizeSymbol(symbol)).replace(/\s/gu, ''));

/** The levels that a symbol is under. */
export const levelsOf = remembered(classLevels);

/** The scheme's field: `ipc`, `cpc`, or `other` for what only the field `class` finds. */
export function schemeField(scheme: string): 'ipc' | 'cpc' | 'other' {
  if (scheme === 'IPC') return 'ipc';
  const name = scheme.toUpperCase();
  if (name === 'IPC' || name === 'IPCR') return 'ipc';
  return name === 'CPC' ? 'cpc' : 'other';
}

const patentClasses = (doc: PatentDocument): string[] =>
  (doc.classifications ?? []).filter(({ scheme }) => schemeField(scheme) !== 'other').map(({ symbol }) => symbol);

/** Distinct IPC and CPC symbols in their normal writing. */
export const classSymbols = (doc: PatentDocument): string[] => [...new Set(patentClasses(doc).map(normalizeSymbol))];

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

/** The fields whose keys are of class symbols at and under each level. */
export type SchemeField = 'ipc' | 'cpc';

/** The keys of the levels that a symbol is under. */
export const levelKeys = (field: SchemeField, symbol: string): string[] =>
  Object.values(levelsOf(symbol)).map((level) => levelKey(field, symbolKey(level)));

/** Calls `take` with the forms under which the numbers of a document are found, field by field. */
export function eachNumberField(doc: PatentDocument, take: (field: string, forms: readonly string[]) => void): void {
  const { office, number, kind, id, application, priorities = [], familyId, related = [], citations = [] } = doc;
  take('id', indexForms({ office, number, kind, original: id }));
  take('application', application ? indexForms(application) : []);
  take('priority', priorities.flatMap(indexForms));
  take('family', familyId ? indexFormsOfText(familyId) : []);
  take(
    'related',
    related.flatMap((one) => [
      ...(one.id ? indexFormsOfText(one.id) : []),
      ...(one.document ? indexForms(one.document) : []),
    ]),
  );
  take(
    'cites',
    citations.flatMap((one) => (one.id ? indexFormsOfText(one.id) : [])),
  );
}
