import type { PatentDocument } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { ProblemWithDetails } from '../../http/problem.js';
import type { AssetStore, StoredFile } from './asset.store.js';

/** A document with what this corpus knows around it. */
export interface DocumentView {
  readonly document: PatentDocument;
  /** Other publications of the same office and number (an application and its grant, a correction). */
  readonly alternatives: string[];
  /** Cited numbers as the document writes them, and the documents here that they name. */
  readonly linked: Record<string, string>;
  readonly citedBy: { readonly total: number; readonly ids: string[] };
  readonly files: Record<string, StoredFile>;
}

const CITED_BY_SHOWN = 50;

/** The one document a number names. Throws `document.not_found` or, listing them, `document.ambiguous`. */
export async function findDocument(backend: SearchBackend, number: string): Promise<PatentDocument> {
  const ids = (await backend.resolve([number]))[0] ?? [];
  const [id] = ids;
  if (id === undefined) {
    const sentence = `No document here has the number “${number}”. Check the number, or load the file that holds it.`;
    throw new ProblemWithDetails('document.not_found', sentence, {}, 'id');
  }
  if (ids.length > 1) {
    const sentence = `“${number}” names several documents: ${ids.join(', ')}. Add the kind to the number.`;
    throw new ProblemWithDetails('document.ambiguous', sentence, { alternatives: ids }, 'id');
  }
  const document = (await backend.get([id]))[0];
  if (!document) {
    const sentence = `The document ${id} is no longer here; it was withdrawn while this was asked.`;
    throw new ProblemWithDetails('document.not_found', sentence, {}, 'id');
  }
  return document;
}

/**
 * The document a citation leads to when its number names several here: one of the cited kind's letter, the
 * first in order of kind. The page it leads to names the others.
 */
function preferred(cited: string, ids: readonly string[]): string | undefined {
  const letter = /([A-Z])\d?$/.exec(cited)?.[1];
  const ofLetter = ids.filter((id) => letter !== undefined && new RegExp(`${letter}\\d?$`).test(id));
  return (ofLetter.length > 0 ? ofLetter : ids).toSorted()[0];
}

async function linkCitations(backend: SearchBackend, document: PatentDocument): Promise<Record<string, string>> {
  const cited = [...new Set((document.citations ?? []).flatMap(({ id }) => (id === undefined ? [] : [id])))];
  if (cited.length === 0) return {};
  const found = await backend.resolve(cited);
  const pairs = cited.map((number, i) => [number, preferred(number, found[i] ?? [])] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

/** Page images of the whole publication come under its number, as `EP1234567B1.pdf`. */
const wholeFiles = ({ id }: PatentDocument): { file: string }[] =>
  ['pdf', 'tif', 'tiff'].map((extension) => ({ file: `${id}.${extension}` }));

/** Gathers the document a number names and what surrounds it. */
export async function viewDocument(
  deps: { backend: SearchBackend; assets: AssetStore },
  number: string,
): Promise<DocumentView> {
  const { backend, assets } = deps;
  const document = await findDocument(backend, number);
  const [linked, citing, [siblings], files] = await Promise.all([
    linkCitations(backend, document),
    backend.search({
      query: { op: 'value', field: 'cites', value: document.id },
      sort: 'newest',
      limit: CITED_BY_SHOWN,
    }),
    backend.resolve([document.office + document.number]),
    assets.filesOf([...(document.figures ?? []), ...wholeFiles(document)], document.sources),
  ]);
  return {
    document,
    alternatives: (siblings ?? []).filter((id) => id !== document.id),
    linked,
    citedBy: { total: citing.total, ids: citing.hits.map((hit) => hit.id) },
    files,
  };
}
