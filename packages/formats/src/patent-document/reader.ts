import { type PatentDocument, PatentDocumentSchema, QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import type { Draft, JsonReader } from '../common/reader.js';

const FIELDS: ReadonlySet<string> = new Set(Object.keys(PatentDocumentSchema.shape));

/**
 * Our own exchange form, one PatentDocument a line. The id is made anew from office, number and kind; keys that
 * the shape does not have go to `extra`. The sources it names stand before our own, and a document shows those alone:
 * so an export that is loaded comes out again as it was, byte for byte.
 */
export const patentDocument: JsonReader = {
  format: 'patent-document',
  recognizes: (record) => typeof record['office'] === 'string' && typeof record['number'] === 'string',
  read: readPatentDocument,
};

function readPatentDocument(record: Readonly<Record<string, unknown>>): Draft & { sources: PatentDocument['sources'] } {
  const known = Object.fromEntries(Object.entries(record).filter(([key]) => FIELDS.has(key)));
  const rest = Object.fromEntries(Object.entries(record).filter(([key]) => !FIELDS.has(key)));
  const checked = PatentDocumentSchema.safeParse({ id: '', sources: [], ...known });
  if (!checked.success) {
    const issue = checked.error.issues[0];
    throw new QuanlianError(
      'record.invalid',
      `The line is no PatentDocument: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? ''}.`,
    );
  }
  // What was checked is taken as it stands: making it anew would change the order of its keys.
  const { sources, extra, ...document } = { sources: [], ...known } as unknown as PatentDocument;
  if (document.office.trim() === '' || document.number.trim() === '') {
    throw new QuanlianError('record.no_number', 'The line names no office and number.');
  }
  const canonical = canonicalPublication(document.office, document.number, document.kind);
  const { kind: _, ...others } = document;
  const merged = { ...extra, ...rest };
  const kind = canonical.kind === undefined ? {} : { kind: canonical.kind };
  return {
    document: {
      ...others,
      id: publicationId(canonical),
      office: canonical.office,
      number: canonical.number,
      ...kind,
      ...(Object.keys(merged).length > 0 ? { extra: merged } : {}),
    },
    sources,
    sourceDate:
      sources
        .map((source) => source.sourceDate ?? '')
        .sort()
        .at(-1) || undefined,
  };
}
