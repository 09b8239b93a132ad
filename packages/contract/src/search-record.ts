import { z } from 'zod';
import { PartialDateSchema } from './document.js';
import { QueryNodeSchema, SYNTAXES } from './query.js';
import { SORTS } from './search.js';
import { SearchSetSchema } from './sets.js';

const HashSchema = z.string().regex(/^[0-9a-f]{64}$/u);

/** Hits whose order a record keeps. */
export const RECORDED_ORDER = 1_000;
/** Hits that a record lists by name; a larger result is kept by its hashes alone. */
export const RECORDED_DOCUMENTS = 100_000;

/** What was asked, of which state of the corpus, and what came of it: everything the signature covers. */
export const SignedSearchSchema = z.object({
  format: z.literal('quanlian-search-record'),
  version: z.literal(1),
  query: z.object({
    input: z.string(),
    syntax: z.enum(SYNTAXES),
    canonical: z.string(),
    filters: z.array(z.string()),
    sets: z.array(SearchSetSchema),
    /** The whole question as it was answered: sets put in, filters joined. */
    ast: QueryNodeSchema,
  }),
  sort: z.enum(SORTS),
  corpus: z.object({ sequence: z.number().int(), documents: z.number().int() }),
  /** When the search ran, ISO 8601, UTC. */
  made: z.string(),
  /** The day whose legal status counted. */
  day: PartialDateSchema,
  total: z.number().int(),
  /** SHA-256 over the sorted ids, one a line. */
  idsHash: HashSchema,
  /** SHA-256 over the first ids in order, one a line, and how many they are. */
  orderHash: HashSchema,
  ordered: z.number().int(),
  /** SHA-256 over the listed documents, `id<TAB>digest` a line; null when none are listed. */
  documentsHash: HashSchema.nullable(),
  program: z.string(),
});
export type SignedSearch = z.infer<typeof SignedSearchSchema>;

/**
 * A search that can be proved and repeated. `documents` lists every hit by id, sorted, with the digest of its content
 * (provenance left out), so that a later replay can name what changed; null when there are too many.
 */
export const SearchRecordSchema = z
  .object({
    signed: SignedSearchSchema,
    documents: z.array(z.tuple([z.string(), z.string()])).nullable(),
    signature: z.object({
      algorithm: z.literal('Ed25519'),
      /** The first 16 hex digits of the SHA-256 over the public key (SPKI, DER). */
      keyId: z.string(),
      /** PEM, SPKI. */
      publicKey: z.string(),
      /** Base64, over the canonical JSON (RFC 8785) of `signed`. */
      value: z.string(),
    }),
  })
  .meta({ id: 'SearchRecord' });
export type SearchRecord = z.infer<typeof SearchRecordSchema>;

const MomentSchema = z.object({ sequence: z.number().int(), total: z.number().int(), at: z.string() });

/** What a search finds now against what its record says. */
export const ReplayReportSchema = z
  .object({
    query: z.object({ input: z.string(), syntax: z.enum(SYNTAXES), canonical: z.string() }),
    keyId: z.string(),
    recorded: MomentSchema,
    now: MomentSchema,
    /** The same documents are found. */
    sameDocuments: z.boolean(),
    /** The first of them stand in the same order. */
    sameOrder: z.boolean(),
    /** Whether the record lists its documents, so that the differences below are named. */
    listed: z.boolean(),
    added: z.array(z.string()),
    /** `inCorpus`: the document is still held but the query does not find it any more. */
    removed: z.array(z.object({ id: z.string(), inCorpus: z.boolean() })),
    /** Found then and now, with another content. */
    changed: z.array(z.string()),
  })
  .meta({ id: 'ReplayReport' });
export type ReplayReport = z.infer<typeof ReplayReportSchema>;

/** The key that this installation signs records with. */
export const RecordKeySchema = z
  .object({ algorithm: z.literal('Ed25519'), keyId: z.string(), publicKey: z.string() })
  .meta({ id: 'RecordKey' });
export type RecordKey = z.infer<typeof RecordKeySchema>;
