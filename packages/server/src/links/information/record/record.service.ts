import { sign, verify } from 'node:crypto';
import {
  QuanlianError,
  RECORDED_DOCUMENTS,
  type ReplayReport,
  type SearchRecord,
  SearchRecordSchema,
  type SearchSet,
  type SignedSearch,
  type Sort,
} from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import { canonicalJson, type Json } from '@quanlian/kernel';
import type { AnswerableQuestion, Question } from '../search.service.js';
import { describeKey, type SigningKey } from './record.key.js';
import { hashOfLines, type RunResult, runSearch } from './record.run.js';

/** What a record is made with. */
export interface RecordOptions {
  readonly key: SigningKey;
  readonly program: string;
  readonly now: () => Date;
}

const refusal = (sentence: string): QuanlianError => new QuanlianError('replay.refused', sentence);

const signedBytes = (signed: SignedSearch): Buffer =>
  Buffer.from(canonicalJson(JSON.parse(JSON.stringify(signed)) as Json));

const linesOf = (documents: readonly (readonly [string, string])[]): string[] =>
  documents.map(([id, digest]) => `${id}\t${digest}`);

const idsOf = (documents: RunResult['documents']): string[] => documents.map(([id]) => id);

/** Runs a question to its last hit and signs what came of it. */
export async function makeRecord(
  backend: SearchBackend,
  question: Question & { readonly sort: Sort },
  read: AnswerableQuestion,
  { key, program, now }: RecordOptions,
): Promise<SearchRecord> {
  const sort = read.sort ?? question.sort;
  const made = now().toISOString();
  const run = await runSearch(backend, read.filtered, sort);
  const listed = run.documents.length <= RECORDED_DOCUMENTS;
  const signed: SignedSearch = {
    format: 'quanlian-search-record',
    version: 1,
    query: {
      input: read.input,
      syntax: read.syntax,
      canonical: read.canonical,
      filters: [...question.filter],
      sets: [...(question.sets ?? [])] satisfies SearchSet[],
      ast: read.filtered,
    },
    sort,
    corpus: run.corpus,
    made,
    day: made.slice(0, 10),
    total: run.documents.length,
    idsHash: hashOfLines(idsOf(run.documents)),
    orderHash: hashOfLines(run.order),
    ordered: run.order.length,
    documentsHash: listed ? hashOfLines(linesOf(run.documents)) : null,
    program,
  };
  return {
    signed,
    documents: listed ? run.documents.map(([id, digest]): [string, string] => [id, digest]) : null,
    signature: { ...key.shown, value: sign(null, signedBytes(signed), key.private).toString('base64') },
  };
}

function checkList({ signed, documents }: SearchRecord): void {
  if ((documents === null) !== (signed.documentsHash === null)) {
    throw refusal('The list of documents of the record was taken away or put in.');
  }
  if (documents === null) return;
  const ids = idsOf(documents);
  const inOrder = ids.every((id, i) => i === 0 || (ids[i - 1] ?? '') < id);
  const isWhole = hashOfLines(linesOf(documents)) === signed.documentsHash && hashOfLines(ids) === signed.idsHash;
  if (!inOrder || !isWhole || documents.length !== signed.total) {
    throw refusal('The list of documents of the record is not the one that was signed.');
  }
}

/**
 * Reads a record and checks it: its shape, its signature, that the key is one of those trusted, and its list against
 * the hashes that were signed. Throws `replay.refused`.
 */
export function readRecord(content: unknown, trusted: readonly string[]): SearchRecord {
  const parsed = SearchRecordSchema.safeParse(content);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw refusal(`This is no record of a search: ${issue?.path.join('.') || 'the whole'} does not fit.`);
  }
  // Names that the schema does not know would not be covered by the signature; they are refused, not dropped.
  if (canonicalJson(parsed.data as unknown as Json) !== canonicalJson(JSON.parse(JSON.stringify(content)) as Json)) {
    throw refusal('The record holds something that no record has; it was changed after it was signed.');
  }
  const record = parsed.data;
  const key = describeKey(record.signature.publicKey);
  const { keyId, publicKey, value } = record.signature;
  if (key.keyId !== keyId || key.publicKey !== publicKey) {
    throw refusal('The record names another key than the one it shows, or writes it in another way.');
  }
  const signature = Buffer.from(value, 'base64');
  if (signature.toString('base64') !== value) throw refusal('The signature is not written as it was.');
  if (!verify(null, signedBytes(record.signed), key.publicKey, signature)) {
    throw refusal('The signature does not fit; the record was changed after it was signed.');
  }
  if (!trusted.some((pem) => describeKey(pem).publicKey === key.publicKey)) {
    throw refusal(
      `The record is signed by the key ${key.keyId}, which is not the one of this installation. Name that key to trust it.`,
    );
  }
  checkList(record);
  return record;
}

async function compare(
  backend: SearchBackend,
  then: readonly (readonly [string, string])[],
  now: RunResult['documents'],
): Promise<Pick<ReplayReport, 'added' | 'removed' | 'changed'>> {
  const before = new Map(then);
  const after = new Map(now);
  const gone = [...before.keys()].filter((id) => !after.has(id));
  const held = new Set<string>();
  for (let at = 0; at < gone.length; at += 1000) {
    const ids = gone.slice(at, at + 1000);
    const found = await backend.get(ids);
    found.forEach((document, i) => {
      const id = ids[i];
      if (document !== null && id !== undefined) held.add(id);
    });
  }
  return {
    added: [...after.keys()].filter((id) => !before.has(id)),
    removed: gone.map((id) => ({ id, inCorpus: held.has(id) })),
    changed: [...after].filter(([id, digest]) => before.has(id) && before.get(id) !== digest).map(([id]) => id),
  };
}

/** Runs a checked record's search again and says what is different. */
export async function replayRecord(
  backend: SearchBackend,
  { signed, documents, signature }: SearchRecord,
  now: () => Date,
): Promise<ReplayReport> {
  const at = now().toISOString();
  const run = await runSearch(backend, signed.query.ast, signed.sort);
  const { input, syntax, canonical } = signed.query;
  const differences = documents
    ? await compare(backend, documents, run.documents)
    : { added: [], removed: [], changed: [] };
  return {
    query: { input, syntax, canonical },
    keyId: signature.keyId,
    recorded: { sequence: signed.corpus.sequence, total: signed.total, at: signed.made },
    now: { sequence: run.corpus.sequence, total: run.documents.length, at },
    sameDocuments: hashOfLines(idsOf(run.documents)) === signed.idsHash,
    sameOrder: hashOfLines(run.order) === signed.orderHash,
    listed: documents !== null,
    ...differences,
  };
}
