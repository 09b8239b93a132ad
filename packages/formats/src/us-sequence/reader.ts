import { QuanlianError } from '@quanlian/contract';
import { canonicalPublication, publicationId } from '@quanlian/kernel';
import { plainData } from '../common/plain.js';
import type { Draft, XmlReader } from '../common/reader.js';
import { compact } from '../common/values.js';
import { documentId } from '../us-ice/numbers.js';
import { at, child, children, type XmlElement } from '../xml/tree.js';

/**
 * Sequence listings (ST.25 in XML) that weekly US files carry as documents of their own. They join the
 * publication they name and bring nothing but `extra.sequenceListing`, by the field numbers of ST.25.
 */
export const usSequence: XmlReader = { format: 'us-sequence', roots: ['sequence-cwu'], leftOut: [], read };

function read(root: XmlElement): Draft {
  const publication = documentId(at(root, 'publication-reference/document-id'));
  if (!publication.office || !publication.number) {
    throw new QuanlianError('record.no_number', 'The sequence listing names no publication with country and number.');
  }
  const canonical = canonicalPublication(publication.office, publication.number, publication.kind);
  const listing = Object.fromEntries(
    children(root)
      .filter((one) => one.name !== 'publication-reference')
      .map((one) => [one.name, plainData(one)]),
  );
  const extra = { sequenceListing: child(root, 'publication-reference') ? listing : {} };
  return {
    document: compact({ id: publicationId(canonical), ...canonical, date: publication.date, extra }),
    sourceDate: publication.date,
  };
}
