import type { DocumentNumber, Party } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';

/**
 * An office's date as ISO 8601: `20030212`, `2003-02-12`, `19820200` (month known), `19910000` (year known).
 * Undefined when the text is no date.
 */
export function isoDate(text: string | undefined): string | undefined {
  const match = /^(\d{4})[-/.]?(\d{2})?[-/.]?(\d{2})?$/.exec(text?.trim() ?? '');
  if (!match) return undefined;
  const [, year = '', month = '00', day = '00'] = match;
  if (year === '0000' || Number(month) > 12 || Number(day) > 31) return undefined;
  if (month === '00') return year;
  return day === '00' ? `${year}-${month}` : `${year}-${month}-${day}`;
}

/** Drops fields that hold nothing: a field that no source gives is absent, not empty. */
export function compact<T extends object>(value: T): T {
  let whole = true;
  for (const name in value) if (isEmpty(value[name])) whole = false;
  if (whole) return value;
  const kept: Record<string, unknown> = {};
  for (const [name, one] of Object.entries(value)) if (!isEmpty(one)) kept[name] = one;
  return kept as T;
}

function isEmpty(value: unknown): boolean {
  if (value === undefined || value === '') return true;
  if (Array.isArray(value)) return value.length === 0;
  if (typeof value !== 'object' || value === null) return false;
  for (const _ in value) return false;
  return true;
}

/** The id under which a cited or related publication is known in the corpus. */
export function publicationIdOf(office: string, number: string, kind?: string): string {
  return publicationId(canonicalPublication(office, number, kind));
}

/** A document number from its parts, in DOCDB style, with the printed form beside it where that differs. */
export function documentNumber(parts: {
  office?: string | undefined;
  number?: string | undefined;
  kind?: string | undefined;
  date?: string | undefined;
  original?: string | undefined;
}): DocumentNumber {
  return compact({
    office: parts.office?.toUpperCase(),
    number: parts.number?.toUpperCase().replace(/[^0-9A-Z]/g, ''),
    kind: parts.kind,
    date: isoDate(parts.date),
    original: parts.original,
  });
}

/** A party without empty fields; undefined when it has no name. */
export function party(fields: { [K in keyof Party]?: Party[K] | undefined }): Party | undefined {
  const { name } = fields;
  return name ? (compact({ ...fields, name }) as Party) : undefined;
}

/** The given strings that are not empty, joined. */
export function joined(separator: string, ...parts: (string | undefined)[]): string | undefined {
  const text = parts.filter((part) => part !== undefined && part !== '').join(separator);
  return text === '' ? undefined : text;
}
