import {
  type Citation,
  type CitationLink,
  type CitationOrigin,
  type CitationsAnswer,
  citationOrigin,
  type PatentDocument,
  type QueryNode,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { createFamilies, familyFacts } from '@quanlian/kernel';
import { titleOf } from './title.js';

const MOST_FORWARD = 500;

/** The simple family of a document by what it says itself. */
export const familyName = (document: PatentDocument): string => {
  const families = createFamilies();
  families.put(familyFacts(document));
  return families.simple(document.id) ?? document.id;
};

function link(citation: Citation, document: PatentDocument | undefined): CitationLink {
  return {
    ...citation,
    document: document?.id ?? null,
    title: document ? titleOf(document) : null,
    family: document ? familyName(document) : null,
    origin: citationOrigin(citation.phase),
  };
}

/** The document a citation means: the one of the cited kind where several have the number, else the first published. */
export function chosen(cited: string, found: readonly PatentDocument[]): PatentDocument | undefined {
  const letter = /([A-Z])\d?$/.exec(cited)?.[1];
  const ofKind = found.filter(({ kind }) => letter !== undefined && kind?.startsWith(letter));
  return (ofKind.length > 0 ? ofKind : found).toSorted((a, b) => (a.date ?? '9').localeCompare(b.date ?? '9'))[0];
}

async function backwardOf(backend: SearchBackend, { citations = [] }: PatentDocument): Promise<CitationLink[]> {
  const ids = [...new Set(citations.flatMap(({ id }) => id ?? []))];
  const resolved = ids.length === 0 ? [] : await backend.resolve(ids);
  const documents = await backend.get([...new Set(resolved.flat())]);
  const byId = new Map(documents.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  const meant = new Map(
    ids.map((id, i) => [
      id,
      chosen(
        id,
        (resolved[i] ?? []).flatMap((one) => byId.get(one) ?? []),
      ),
    ]),
  );
  return citations.map((citation) => link(citation, citation.id === undefined ? undefined : meant.get(citation.id)));
}

/** Citations of both sides that are of a category (one of its letters) and an origin, as far as these are asked for. */
export interface CitationFilter {
  readonly category?: string | undefined;
  readonly origin?: CitationOrigin | undefined;
}

function filterLinks(links: CitationLink[], { category, origin }: CitationFilter): CitationLink[] {
  return links.filter(
    (one) =>
      (category === undefined || one.category?.includes(category) === true) &&
      (origin === undefined || one.origin === origin),
  );
}

/** What a document cites and which documents here cite it or another publication of its number, newest first. */
export async function citationsOf(
  backend: SearchBackend,
  document: PatentDocument,
  filter: CitationFilter = {},
): Promise<CitationsAnswer> {
  const query: QueryNode = { op: 'value', field: 'cites', value: document.office + document.number };
  const [backward, { total, hits }] = await Promise.all([
    backwardOf(backend, document),
    backend.search({ query, sort: 'newest', limit: MOST_FORWARD }),
  ]);
  const citing = (await backend.get(hits.map(({ id }) => id))).flatMap((one) => one ?? []);
  const here = new Set((await backend.resolve([document.office + document.number]))[0] ?? [document.id]);
  const mentions = await Promise.all(citing.map((one) => mentionOf(backend, one, here)));
  const all = citing.map((one, i) =>
    link({ ...(mentions[i] ?? {}), id: one.id, ...(one.date ? { date: one.date } : {}) }, one),
  );
  const links = filterLinks(all, filter);
  const filtered = links.length < all.length;
  const families = new Set(links.map(({ family }) => family)).size;
  return {
    id: document.id,
    backward: filterLinks(backward, filter),
    forward: { total: filtered ? links.length : total, families, links, complete: total <= citing.length },
  };
}

/** How a citing document names this one: its category and who cited it. */
async function mentionOf(
  backend: SearchBackend,
  citing: PatentDocument,
  here: ReadonlySet<string>,
): Promise<Citation | undefined> {
  const cited = (citing.citations ?? []).filter(({ id }) => id !== undefined);
  const resolved = await backend.resolve(cited.map(({ id }) => id as string));
  return cited.find((_, i) => (resolved[i] ?? []).some((id) => here.has(id)));
}
