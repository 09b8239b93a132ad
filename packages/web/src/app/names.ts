import { UNKNOWN_VALUE } from '@quanlian/contract';
import type { Translate } from '../i18n/useLanguage.js';

/** Offices of WIPO ST.3 that are no country of ISO 3166 and so unknown to Intl. */
const OWN_OFFICES = ['EP', 'WO', 'EA', 'AP', 'OA', 'GC', 'EM', 'IB', 'XN'] as const;
type OwnOffice = (typeof OWN_OFFICES)[number];
const isOwnOffice = (code: string): code is OwnOffice => (OWN_OFFICES as readonly string[]).includes(code);

const displayNames = new Map<string, Intl.DisplayNames>();

function displayName(type: 'region' | 'language', code: string, language: string): string {
  const key = `${type}|${language}`;
  let names = displayNames.get(key);
  if (names === undefined) {
    names = new Intl.DisplayNames([language], { type, fallback: 'code' });
    displayNames.set(key, names);
  }
  try {
    return names.of(code) ?? code;
  } catch {
    // Intl refuses codes that are not well-formed; sources have such, and the code itself is then the name.
    return code;
  }
}

/** The name of an office or country by its ST.3 code; the code itself when it has no name. */
export function officeName(code: string, t: Translate, language: string): string {
  if (code === UNKNOWN_VALUE) return t('common:unknown');
  return isOwnOffice(code) ? t(`codes:office.${code}`) : displayName('region', code, language);
}

/** The name of a language by its BCP 47 tag. */
export function languageName(tag: string, t: Translate, language: string): string {
  return tag === UNKNOWN_VALUE || tag === 'und' ? t('common:unknown') : displayName('language', tag, language);
}

const SECTIONS = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'Y'] as const;
type Section = (typeof SECTIONS)[number];
const isSection = (code: string): code is Section => (SECTIONS as readonly string[]).includes(code);

/** What a section of the IPC or CPC is about; undefined for a symbol that is no section. */
export function sectionName(symbol: string, t: Translate): string | undefined {
  return isSection(symbol) ? t(`codes:section.${symbol}`) : undefined;
}

const TYPES = ['invention', 'utility-model', 'design', 'plant', 'reissue', 'sir'] as const;
type DocumentType = (typeof TYPES)[number];
const isType = (value: string): value is DocumentType => (TYPES as readonly string[]).includes(value);

/** The kind of right a document is about: invention, utility model, design and so on. */
export function typeName(value: string, t: Translate): string {
  if (value === UNKNOWN_VALUE) return t('common:unknown');
  return isType(value) ? t(`codes:type.${value}`) : value;
}

/** The fields of the contract; a test compares the two lists. */
export const FIELD_NAMES = [
  'text',
  'title',
  'abstract',
  'claims',
  'description',
  'applicant',
  'inventor',
  'agent',
  'id',
  'application',
  'priority',
  'family',
  'related',
  'cites',
  'office',
  'kind',
  'type',
  'lang',
  'status',
  'province',
  'city',
  'district',
  'date',
  'filed',
  'prioritydate',
  'field35',
  'industry',
  'class',
  'ipc',
  'cpc',
] as const;
type FieldName = (typeof FIELD_NAMES)[number];
const isField = (name: string): name is FieldName => (FIELD_NAMES as readonly string[]).includes(name);

/** What a search field is called; its own name when the pages do not know it. */
export const fieldName = (name: string, t: Translate): string => (isField(name) ? t(`fields:${name}`) : name);
