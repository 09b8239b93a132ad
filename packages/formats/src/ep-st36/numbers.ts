import type { DocumentNumber } from '@quanlian/contract';
import { documentNumber, publicationIdOf } from '../common/values.js';

/** `17171508.9`: an EP application number; the digit after the dot is its check digit, no part of the number. */
export function epApplication(original: string | undefined, date?: string): DocumentNumber | undefined {
  if (original === undefined) return undefined;
  return documentNumber({ office: 'EP', number: original.replace(/\.\d$/, ''), kind: 'A', date, original });
}

/** `WO2003089736` or `SE2003000641`: office and number run together. */
export function prefixedNumber(
  text: string | undefined,
  kind: string | undefined,
  date?: string,
): DocumentNumber | undefined {
  const match = /^([A-Z]{2})\s*(.+)$/.exec(text ?? '');
  if (!match) return text === undefined ? undefined : documentNumber({ number: text, kind, date });
  return documentNumber({ office: match[1], number: match[2], kind, date });
}

/** A citation as EP documents print it: `EP-A1- 3 109 871`, `WO-A1-2014/114885`, `US-E- R E36 154`. */
export function citedId(text: string): string | undefined {
  const match = /^([A-Z]{2})-([A-Z]\d?)-\s*([A-Z0-9][A-Z0-9 ./-]*)$/i.exec(text.trim());
  if (!match?.[1] || !match[3]) return undefined;
  return publicationIdOf(match[1], match[3], match[2]);
}

/** `EP3109871A1` as attributes name a document. */
export function compactId(text: string | undefined): string | undefined {
  const match = /^([A-Z]{2})([A-Z]{0,2}\d[\d/.-]*?)([A-Z]\d?)?$/.exec(text?.replace(/\s+/g, '') ?? '');
  return match?.[1] && match[2] ? publicationIdOf(match[1], match[2], match[3]) : undefined;
}
