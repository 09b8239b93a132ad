import type {
  CheckReport,
  CorpusState,
  CorpusStats,
  PatentDocument,
  QueryNode,
  SearchRequest,
  SearchResult,
  Sort,
} from '@quanlian/contract';
import type { ApplyResult } from '../backend.js';

/** What a thread is started with. */
export interface WorkerSettings {
  readonly dir: string;
  readonly write: boolean;
  readonly cacheBytes: number;
  readonly buildBytes: number;
  readonly lockToken: string;
}

/** The calls a thread answers: arguments and result by name. */
export interface Calls {
  /** Hands over a part of a batch; parts wait under the number of their batch until `apply` or `drop`. */
  stage: { args: [number, readonly PatentDocument[]]; result: null };
  /** Applies a staged batch of so many records; a thread that was started again in between has lost it and refuses. */
  apply: { args: [number, number, Readonly<Record<string, string | null>> | undefined]; result: ApplyResult };
  drop: { args: [number]; result: null };
  marks: { args: []; result: Readonly<Record<string, string>> };
  refresh: { args: []; result: CorpusState };
  search: { args: [SearchRequest]; result: SearchResult };
  get: { args: [readonly string[]]; result: (PatentDocument | null)[] };
  resolve: { args: [readonly string[]]; result: string[][] };
  stats: { args: []; result: CorpusStats };
  check: { args: []; result: CheckReport };
  /** Settles the order of a scan and names it. */
  scanOpen: { args: [QueryNode, Sort]; result: number };
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

/** `id` -1 answers the start itself. */
export type AnswerMessage =
  | { readonly id: number; readonly result: unknown; readonly error?: undefined }
  | { readonly id: number; readonly error: SentError };

export const STARTED = -1;
