import { createHash } from 'node:crypto';
import { type PatentDocument, QuanlianError, type QueryNode, RECORDED_ORDER, type Sort } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { canonicalJson, type Json } from '@quanlian/kernel';

/** Everything a search found, from one state of the corpus. */
export interface RunResult {
  readonly corpus: { readonly sequence: number; readonly documents: number };
  /** Id and digest of the content of every hit, sorted by id. */
  readonly documents: readonly (readonly [id: string, digest: string])[];
  /** The first hits in order. */
  readonly order: readonly string[];
}

const DIGEST_DIGITS = 32;
const ATTEMPTS = 5;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** The hash of a list: each entry on a line of its own. */
export const hashOfLines = (lines: readonly string[]): string => hash(lines.map((line) => `${line}\n`).join(''));

/** The digest of what a document says; where it was read from does not count. */
function digestOf({ sources: _where, ...content }: PatentDocument): string {
  const plain = JSON.parse(JSON.stringify(content)) as Json;
  return hash(canonicalJson(plain)).slice(0, DIGEST_DIGITS);
}

const byId = (a: readonly [string, string], b: readonly [string, string]): number => (a[0] < b[0] ? -1 : 1);

async function stateOf(backend: SearchBackend): Promise<RunResult['corpus']> {
  const { sequence, documents } = await backend.refresh();
  return { sequence, documents };
}

/**
 * Finds every hit with the digest of its content. One scan answers from one commit; that it was the commit named is
 * certain only when nothing was committed meanwhile, so it is tried again otherwise. Throws `replay.changing`.
 */
export async function runSearch(backend: SearchBackend, query: QueryNode, sort: Sort): Promise<RunResult> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = await stateOf(backend);
    const documents: [string, string][] = [];
    const order: string[] = [];
    for await (const document of backend.scan(query, sort)) {
      if (order.length < RECORDED_ORDER) order.push(document.id);
      documents.push([document.id, digestOf(document)]);
    }
    const after = await stateOf(backend);
    if (before.sequence === after.sequence) return { corpus: before, documents: documents.sort(byId), order };
  }
  throw new QuanlianError('replay.changing', 'Documents are being loaded; try again when the load has ended.');
}
