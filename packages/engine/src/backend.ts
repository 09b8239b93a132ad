import type {
  CheckReport,
  ColumnName,
  ColumnUpdate,
  CorpusState,
  CorpusStats,
  PatentDocument,
  QueryNode,
  SearchRequest,
  SearchResult,
  SimilarRequest,
  SimilarResult,
  Sort,
  Suggestion,
  SuggestRequest,
  SynonymSet,
} from '@quanlian/contract';
import type { PackedColumn } from './columns/packed.js';
import type { MergeSettings } from './merge/policy.js';

/** What a backend can answer, so that a caller can refuse by name what it cannot. */
export interface Capabilities {
  readonly operators: readonly QueryNode['op'][];
  readonly facets: readonly string[];
  readonly sorts: readonly Sort[];
}

/** What one commit did, counted by record. `added`: first record of a publication; `merged`: a record that changed a publication already held. */
export interface ApplyResult {
  readonly sequence: number;
  readonly added: number;
  readonly merged: number;
  readonly unchanged: number;
  readonly stale: number;
}

/** What a change of a derived column came to; `documents` are those the column says something of. */
export interface ColumnResult {
  readonly sequence: number;
  readonly documents: number;
}

/** Classification schemes: the symbols below one, at any depth. Undefined: not known there, so that form decides. */
export interface ClassScheme {
  below(field: string, symbol: string): readonly string[] | undefined;
}

/** What a search may be given besides its request. */
export interface SearchOptions {
  /** Says what is below a class; without it that follows the form of the symbol. */
  readonly classScheme?: ClassScheme | undefined;
}

/**
 * The corpus of patent documents behind one interface. Records go in as sources give them; what comes out are
 * merged documents. Every method answers from one commit, never a mixture. Refusals are `QuanlianError`s.
 */
export interface SearchBackend {
  capabilities(): Capabilities;
  /**
   * Takes a batch of source records (each naming its sources, the one that brings it last) and commits it durably before
   * it resolves. `marks` are small notes kept in the same commit (a load's position); null removes one.
   * Refuses `corpus.locked` when this process does not hold the writer's lock.
   */
  apply(batch: readonly PatentDocument[], marks?: Readonly<Record<string, string | null>>): Promise<ApplyResult>;
  /**
   * Overlays a derived column with updates, swapped by one commit. `sequence` is the state of the corpus they were
   * derived from; one older than the column's own is refused with `request.invalid`.
   */
  applyColumns(
    name: ColumnName,
    updates: readonly ColumnUpdate[] | PackedColumn,
    sequence: number,
  ): Promise<ColumnResult>;
  /** Keeps synonym sets in the corpus, in the place of those kept before; none takes them away. */
  applySynonyms(sets: readonly SynonymSet[]): Promise<CorpusState>;
  synonyms(): Promise<readonly SynonymSet[]>;
  marks(): Promise<Readonly<Record<string, string>>>;
  /** Moves to the newest commit (one made by another process too) and tells it. */
  refresh(): Promise<CorpusState>;
  search(request: SearchRequest, options?: SearchOptions): Promise<SearchResult>;
  /** What may be meant by something half typed. */
  suggest(request: SuggestRequest): Promise<Suggestion[]>;
  /** Documents like one of the corpus or like a text, with the reasons. */
  similar(request: SimilarRequest): Promise<SimilarResult>;
  /**
   * The merged documents with exactly these ids, in order; null where there is none. What is left out comes neither
   * as the documents' own nor as a source gave it: copying it between threads would cost most of the time.
   */
  get(ids: readonly string[], leaveOut?: readonly LongPart[]): Promise<(PatentDocument | null)[]>;
  /** For each text the ids of the documents it names: the document with that id, else all of that office and number. */
  resolve(numbers: readonly string[]): Promise<string[][]>;
  /** Every hit in order, all from the commit current when called, however many; `asOf` as in a search. */
  scan(query: QueryNode, sort: Sort, asOf?: string): AsyncIterable<PatentDocument>;
  stats(): Promise<CorpusStats>;
  check(): Promise<CheckReport>;
  /** Merges segments until none is due, and waits for it; without it that happens by itself after loading. */
  merge(): Promise<CorpusState>;
  close(): Promise<void>;
}

/** Long parts of a document that an answer may do without. */
export type LongPart = 'claims' | 'description';

/** All of them, which most answers do not show. */
export const FULL_TEXT: readonly LongPart[] = ['claims', 'description'];

/** How to open a corpus folder. */
export interface OpenOptions {
  readonly dir: string;
  /** Take the writer's lock; without it the corpus is read only. */
  readonly write?: boolean;
  /** Bound on the engine's memory in bytes, all its threads together. Default 1 GiB. */
  readonly memoryBytes?: number;
  /** Search threads. Default 2. */
  readonly threads?: number;
  /** When segments are merged; `fanOut` of one size together, up to `mostDocs` documents. */
  readonly merging?: MergeSettings | undefined;
}
