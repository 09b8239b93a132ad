import type { PatentDocument, QueryNode } from '@quanlian/contract';
import { FULL_TEXT, type SearchBackend } from '@quanlian/engine';
import { familyOf } from '../links/information/register/family.service.js';
import { byPublication } from './find.js';

/** Who belongs to a publication's family. The register of families can stand here in place of what sources name. */
export interface FamilySource {
  /** All members, the publication itself among them; with `simple` those that claim exactly the same priorities. */
  membersOf(doc: PatentDocument, simple?: boolean): Promise<PatentDocument[]>;
}

const MOST_MEMBERS = 10_000;

const applicationOf = ({ application }: PatentDocument): string =>
  `${application?.office ?? ''}${application?.number ?? ''}`;

/** In the service's order: publications of the same application first, then by country and date. */
function familyOrder(asked: PatentDocument): (a: PatentDocument, b: PatentDocument) => number {
  const isOwn = (doc: PatentDocument): boolean =>
    (doc.office === asked.office && doc.number === asked.number) ||
    (applicationOf(doc) !== '' && doc.office === asked.office && applicationOf(doc) === applicationOf(asked));
  return (a, b) => Number(isOwn(b)) - Number(isOwn(a)) || a.office.localeCompare(b.office) || byPublication(a, b);
}

/** Families as the sources of the documents name them. */
function familiesOfSources(backend: SearchBackend): FamilySource {
  return {
    async membersOf(doc) {
      if (doc.familyId === undefined) return [doc];
      const query: QueryNode = { op: 'value', field: 'family', value: doc.familyId };
      const { hits } = await backend.search({ query, sort: 'oldest', limit: MOST_MEMBERS, brief: true });
      const others = hits.map(({ id }) => id).filter((id) => id !== doc.id);
      const found = (await backend.get(others, FULL_TEXT)).filter((one) => one !== null);
      return [doc, ...found].sort(familyOrder(doc));
    },
  };
}

/**
 * Families as the sources name them, so that what was loaded from the service comes back as it was; for a publication
 * that no source puts into a family, the one that the register works out from applications, priorities and relations.
 */
export function familiesOfRegister(backend: SearchBackend): FamilySource {
  const bySources = familiesOfSources(backend);
  return {
    async membersOf(doc, simple = false) {
      if (doc.familyId !== undefined) return bySources.membersOf(doc);
      const { members } = await familyOf(backend, doc);
      const others = members.filter((one) => one.id !== doc.id && (one.simple || !simple)).map(({ id }) => id);
      const found = (await backend.get(others, FULL_TEXT)).filter((one) => one !== null);
      return [doc, ...found].sort(familyOrder(doc));
    },
  };
}
