import {
  type Citation,
  type CitationLink,
  type CitationOrigin,
  type CitationsAnswer,
  citationOrigin,
  type PatentDocument,
  type QueryNode,
} from '@quanlian/contract';
import { FULL_TEXT, type SearchBackend } from '@quanlian/engine';
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
function chosen(cited: string, found: readonly PatentDocument[]): PatentDocument | undefined {
  const letter = /([A-Z])\d?$/.exec(cited)?.[1];
  const ofKind = found.filter(({ kind }) => letter !== undefined && kind?.startsWith(letter));
  return (ofKind.length > 0 ? ofKind : found).toSorted((a, b) => (a.date ?? '9').localeCompare(b.date ?? '9'))[0];
}

/** What citations by these numbers mean, as far as it is held here; without the full texts, which nobody needs of them. */
export async function citedDocuments(
  backend: SearchBackend,
  numbers: readonly string[],
): Promise<ReadonlyMap<string, PatentDocument>> {
  const asked = [...new Set(numbers)];
  if (asked.length === 0) return new Map();
  const resolved = await backend.resolve(asked);
  const found = await backend.get([...new Set(resolved.flat())], FULL_TEXT);
  const byId = new Map(found.flatMap((one) => (one ? [[one.id, one] as const] : [])));
  return new Map(
    asked.flatMap((number, i) => {
      const held = (resolved[i] ?? []).flatMap((id) => byId.get(id) ?? []);
      const document = chosen(number, held);
      return document ? [[number, document] as const] : [];
    }),
  );
}

async function backwardOf(backend: SearchBackend, { citations = [] }: PatentDocument): Promise<CitationLink[]> {
  const meant = await citedDocuments(
    backend,
    citations.flatMap(({ id }) => id ?? []),
  );
  return citations.map((citation) => link(citation, citation.id === undefined ? undefined : meant.get(citation.id)));
}

/** How documents that cite some publications name these: of each document its citations that mean one of them. */
export async function mentionsOf(
  backend: SearchBackend,
  citing: readonly PatentDocument[],
  cited: ReadonlySet<string>,
): Promise<Citation[][]> {
  const numbers = [...new Set(citing.flatMap(({ citations = [] }) => citations.flatMap(({ id }) => id ?? [])))];
  const resolved = new Map((await backend.resolve(numbers)).map((ids, i) => [numbers[i], ids] as const));
  const means = ({ id }: Citation): boolean => (resolved.get(id) ?? []).some((one) => cited.has(one));
  return citing.map(({ citations = [] }) => citations.filter(means));
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
  const held = await backend.get(
    hits.map(({ id }) => id),
    FULL_TEXT,
  );
  const citing = held.flatMap((one) => one ?? []);
  const here = new Set((await backend.resolve([document.office + document.number]))[0] ?? [document.id]);
  const mentions = await mentionsOf(backend, citing, here);
  const all = citing.map((one, i) =>
    link({ ...mentions[i]?.[0], id: one.id, ...(one.date ? { date: one.date } : {}) }, one),
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
