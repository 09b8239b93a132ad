import type { ClaimComparison, PatentDocument } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { compareClaims, isGrant } from '@quanlian/kernel';
import { publicationsOf } from './legal.service.js';

const hasClaims = ({ claims }: PatentDocument): boolean => claims !== undefined && claims.length > 0;

const languagesOf = ({ claims = [] }: PatentDocument): Set<string> => new Set(claims.map(({ lang }) => lang));

const shown = ({ id, kind, date }: PatentDocument) => ({ id, kind: kind ?? null, date: date ?? null });

/** The publication with claims before the grant, and the granted one: of several the last before and the first after. */
function versions(documents: readonly PatentDocument[]): [PatentDocument, PatentDocument] | undefined {
  const withClaims = documents.filter(hasClaims);
  const granted = withClaims.find(({ office, kind, date }) => isGrant(office, kind, date) === true);
  const published = withClaims.findLast(
    (one) => isGrant(one.office, one.kind, one.date) === false && (one.date ?? '') <= (granted?.date ?? ''),
  );
  return granted && published ? [published, granted] : undefined;
}

/** Compares the published with the granted claims of the application behind a document, in the language asked for if both have it. */
export async function compareClaimsOf(
  backend: SearchBackend,
  document: PatentDocument,
  wanted?: string,
): Promise<ClaimComparison> {
  const found = versions(await publicationsOf(backend, document));
  const languages = found ? [...languagesOf(found[0])].filter((lang) => languagesOf(found[1]).has(lang)) : [];
  const own = document.lang !== undefined && languages.includes(document.lang) ? document.lang : languages[0];
  const lang = wanted !== undefined && languages.includes(wanted) ? wanted : own;
  if (found === undefined || lang === undefined) return { id: document.id, comparison: null };
  const [before, after] = found;
  const inLanguage = ({ claims = [] }: PatentDocument) => claims.filter((claim) => claim.lang === lang);
  const rows = compareClaims(inLanguage(before), inLanguage(after));
  const count = (change: string): number => rows.filter((row) => row.change === change).length;
  const renumbered = rows.filter(({ before: old, after: young }) => old !== null && young !== null && old !== young);
  return {
    id: document.id,
    comparison: {
      before: shown(before),
      after: shown(after),
      lang,
      languages,
      rows,
      counts: {
        same: count('same'),
        changed: count('changed'),
        added: count('added'),
        deleted: count('deleted'),
        renumbered: renumbered.length,
      },
    },
  };
}
