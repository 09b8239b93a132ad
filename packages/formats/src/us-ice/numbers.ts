import type { DocumentNumber } from '@quanlian/contract';
import { documentNumber, isoDate, publicationIdOf } from '../common/values.js';
import { child, leaveOut, peek, value, type XmlElement } from '../xml/tree.js';

export interface DocumentId {
  readonly office: string | undefined;
  readonly number: string | undefined;
  readonly kind: string | undefined;
  readonly date: string | undefined;
}

/** A `document-id`: country, number, kind and date. Kind `00` is the office's way to say that there is none. */
export function documentId(element: XmlElement | undefined): DocumentId {
  const kindElement = child(element, 'kind');
  const isNone = peek(kindElement).trim() === '00';
  if (isNone) leaveOut(kindElement, 'kind "00" stands for none');
  return {
    office: value(element, 'country'),
    number: value(element, 'doc-number'),
    kind: isNone ? undefined : value(kindElement)?.replace(/\s+/g, ''),
    date: isoDate(value(element, 'date')),
  };
}

/** A `document-id` as a document number; undefined when it holds no number. */
export function numberOf(element: XmlElement | undefined): DocumentNumber | undefined {
  const { office, number, kind, date } = documentId(element);
  if (number === undefined) return undefined;
  const bare = office && number.startsWith(office) ? number.slice(office.length) : number;
  return documentNumber({
    office,
    number: bare,
    kind,
    date,
    original: /[^0-9A-Za-z]/.test(number) ? number : undefined,
  });
}

/** The id under which a cited or related publication is known; undefined without office and number. */
export function idOf({ office, number, kind }: DocumentId): string | undefined {
  return office && number ? publicationIdOf(office, number, kind) : undefined;
}
