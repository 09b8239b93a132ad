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
import type { ApplyResult, ColumnResult, LongPart } from '../backend.js';
import type { PackedColumn } from '../columns/packed.js';
import type { PackedRecords } from '../corpus/batch.js';
import type { MergeJob } from '../merge/job.js';
import type { MergeSettings } from '../merge/policy.js';
import type { BuiltSegment } from '../segment/builder.js';

/** What a thread is started with. */
export interface WorkerSettings {
  readonly dir: string;
  /** The writer holds the lock, readers answer, the merger only writes merged segments. */
  readonly role: 'writer' | 'reader' | 'merger';
  readonly cacheBytes: number;
  readonly buildBytes: number;
  readonly queryBytes: number;
  readonly lockToken: string;
  readonly merging: MergeSettings | undefined;
}

/** The calls a thread answers: arguments and result by name. */
export interface Calls {
  /** Hands over a part of a batch; parts wait under the number of their batch until `apply` or `drop`. */
  stage: { args: [number, PackedRecords]; result: null };
  /** Applies a staged batch of so many records; a thread that was started again in between has lost it and refuses. */
  apply: { args: [number, number, Readonly<Record<string, string | null>> | undefined]; result: ApplyResult };
  drop: { args: [number]; result: null };
  applyColumns: { args: [ColumnName, readonly ColumnUpdate[] | PackedColumn, number]; result: ColumnResult };
  applySynonyms: { args: [readonly SynonymSet[]]; result: CorpusState };
  synonyms: { args: []; result: readonly SynonymSet[] };
  /** Of the writer: the merge that is due, and taking it over (or giving it up). */
  startMerge: { args: []; result: MergeJob | null };
  endMerge: { args: [MergeJob, BuiltSegment | null]; result: CorpusState };
  /** Of the merger: writes the merged segment. */
  merge: { args: [MergeJob]; result: BuiltSegment };
  marks: { args: []; result: Readonly<Record<string, string>> };
  refresh: { args: []; result: CorpusState };
  search: { args: [SearchRequest]; result: SearchResult };
  suggest: { args: [SuggestRequest]; result: Suggestion[] };
  similar: { args: [SimilarRequest]; result: SimilarResult };
  get: { args: [readonly string[], (readonly LongPart[])?]; result: (PatentDocument | null)[] };
  resolve: { args: [readonly string[]]; result: string[][] };
  stats: { args: []; result: CorpusStats };
  check: { args: []; result: CheckReport };
  /** Settles the order of a scan and names it. */
  scanOpen: { args: [QueryNode, Sort, string | undefined]; result: number };
  /** The next documents; fewer than asked (none at the end) when the scan is over and forgotten. */
  scanNext: { args: [number, number]; result: PatentDocument[] };
  scanClose: { args: [number]; result: null };
  close: { args: []; result: null };
}
export type CallName = keyof Calls;

export interface CallMessage<Name extends CallName = CallName> {
  readonly id: number;
  readonly name: Name;
  readonly args: Calls[Name]['args'];
}

/** An error on its way between threads: a refusal keeps its code, anything else its text. */
export interface SentError {
  readonly code: string | undefined;
  readonly message: string;
  readonly path: string | undefined;
}

/** Calls go over together, and so do answers: waking the other thread costs more than most calls do. */
export type CallBatch = readonly CallMessage[];
export type AnswerBatch = readonly AnswerMessage[];

/** The `id` of `STARTED` answers the start itself. */
export type AnswerMessage =
  | { readonly id: number; readonly result: unknown; readonly error?: undefined }
  | { readonly id: number; readonly error: SentError };

export const STARTED = 0;
