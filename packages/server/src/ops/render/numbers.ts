import type { DocumentNumber, PatentDocument } from '@quanlian/contract';
import { readNumber } from '@quanlian/kernel';
import { usEpodoc } from '../epodoc.js';
import { leaf, tag } from '../xml.js';

/** Dates of the service have no strokes; one that lacks its day or month is left out. */
export function opsDate(date: string | undefined): string | undefined {
  const digits = date?.replace(/-/g, '');
  return digits?.length === 8 ? digits : undefined;
}

interface Parts {
  readonly office?: string | undefined;
  readonly number?: string | undefined;
  readonly kind?: string | undefined;
  readonly date?: string | undefined;
}

/** A number in one form. `more` stands between kind and date, as names of cited documents do. */
export function documentId(form: string, { office, number, kind, date }: Parts, more = ''): string {
  const inside =
    leaf('country', office) + leaf('doc-number', number) + leaf('kind', kind) + more + leaf('date', opsDate(date));
  return tag('document-id', inside, { 'document-id-type': form });
}

/** The epodoc form of a publication; office and number run together where no rule knows better. */
export function epodocPublication({ office, number, kind }: Parts): string {
  const read = readNumber({ office, number, kind, type: 'publication' });
  return read.forms.epodoc ?? `${office ?? ''}${number ?? ''}`;
}

/** The epodoc form of an application; undefined when its year is not known. */
export function epodocApplication({ office, number, kind, date }: Parts): string | undefined {
  const us = usEpodoc({ office, number, date });
  if (us !== undefined) return us;
  const read = readNumber({ office, number, kind, date, type: 'application' });
  return read.forms.epodoc ?? undefined;
}

/** A publication's number in both forms. */
export function publicationReference(doc: PatentDocument): string {
  const { office, number, kind, date } = doc;
  const epodoc = { number: epodocPublication(doc), date };
  return tag(
    'publication-reference',
    documentId('docdb', { office, number, kind, date }) + documentId('epodoc', epodoc),
  );
}

/** A publication as inquiries name it: in one form, without its day. */
export function inquiredReference(form: 'docdb' | 'epodoc', doc: PatentDocument): string {
  const { office, number, kind } = doc;
  const id =
    form === 'docdb'
      ? documentId('docdb', { office, number, kind })
      : documentId('epodoc', { number: epodocPublication(doc) });
  return tag('publication-reference', id);
}

/** A number of an application in every form it is known in. */
export function applicationForms(reference: DocumentNumber, withDocdb = true): string {
  const { office, number, kind = 'A', date, original } = reference;
  const docdb = withDocdb && number !== undefined ? documentId('docdb', { office, number, kind }) : '';
  const epodoc = number === undefined ? undefined : epodocApplication({ office, number, kind, date });
  return (
    docdb +
    (epodoc === undefined ? '' : documentId('epodoc', { number: epodoc, date })) +
    (original === undefined ? '' : documentId('original', { number: original }))
  );
}

/** Whether a priority comes from a national office, a region's or the international one. */
export function priorityKind({ office, kind }: DocumentNumber): string {
  if (office === 'WO' || kind === 'W') return 'international';
  return ['EP', 'EA', 'AP', 'OA', 'GC'].includes(office ?? '') ? 'regional' : 'national';
}
