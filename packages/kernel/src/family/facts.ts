import type { DocumentNumber, PatentDocument } from '@quanlian/contract';
import { canonicalPublication } from '../numbers/canonical.js';
import type { FamilyFacts } from './families.js';

/**
 * The key under which an application meets itself wherever it is named: office and number as the corpus writes
 * numbers. Undefined when the reference lacks one of the two.
 */
export function applicationKey({ office, number }: DocumentNumber): string | undefined {
  if (!office || !number) return undefined;
  const canonical = canonicalPublication(office, number);
  return canonical.number === '' ? undefined : canonical.office + canonical.number;
}

/** Relations that tie an application to an earlier one of the same family (INID 60 to 63). */
const TIES = /divi|continu|addition|reissue|substitut|parent|provisional|earlier|conver/i;

const keysOf = (references: readonly (DocumentNumber | undefined)[]): string[] => [
  ...new Set(references.flatMap((one) => (one && applicationKey(one)) ?? [])),
];

/** What a document tells of its family. */
export function familyFacts(document: PatentDocument): FamilyFacts {
  const { id, familyId, application, priorities = [], related = [], pct } = document;
  const ties = related.filter(({ relation }) => TIES.test(relation)).map(({ document: one }) => one);
  return {
    id,
    ...(familyId === undefined ? {} : { familyId }),
    application: application && applicationKey(application),
    priorities: keysOf(priorities),
    related: keysOf([...ties, pct?.application]),
  };
}
