import type { CorpusStats, LoadFailure, LoadJob, PatentDocument, QueryNode, SearchResult } from '@quanlian/contract';

export interface SearchAnswer extends SearchResult {
  query: { input: string; canonical: string; ast: QueryNode };
}

/** A file that belongs to a document, known by the hash of its bytes. */
export interface StoredFile {
  hash: string;
  mediaType: string;
  size: number;
  pages: number;
}

export interface PublicationAnswer {
  document: PatentDocument;
  /** Other publications of the same office and number. */
  alternatives: string[];
  /** Cited numbers as the document writes them → ids in this corpus. */
  linked: Record<string, string>;
  citedBy: { total: number; ids: string[] };
  /** Names of figure files as the document writes them → what is stored. */
  files: Record<string, StoredFile>;
}

export interface LoadsAnswer {
  jobs: LoadJob[];
}

export interface FailuresAnswer {
  failures: LoadFailure[];
}

export type CorpusAnswer = CorpusStats & {
  demo: boolean;
  /** The folder whose files are loaded by themselves. */
  inbox: string;
};
