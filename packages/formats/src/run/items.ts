import type { LoadFailure, PatentDocument } from '@quanlian/contract';

/** Where an item stands: `record` counts documents and failures within the file from 0. */
export interface Place {
  readonly file: string;
  readonly record: number;
}

/** A record that was read. `bytes` is its length in the unpacked file. */
export interface DocumentItem extends Place {
  readonly type: 'document';
  readonly document: PatentDocument;
  /** The document as JSON. Made when it is first asked for, or by the thread that read it (`ReadOptions.asJson`). */
  readonly json: string;
  readonly offset: number;
  readonly bytes: number;
}

/** A record or file that could not be taken; the load goes on after it. */
export interface FailureItem extends Place {
  readonly type: 'failure';
  readonly failure: LoadFailure;
  readonly offset: number;
  readonly bytes: number;
}

/** A drawing or page image that came with the load. `name` is the last part of the file's path. */
export interface AssetItem extends Place {
  readonly type: 'asset';
  readonly name: string;
  readonly mediaType: string;
  readonly bytes: Uint8Array;
  readonly sha256: string;
}

export type ReadItem = DocumentItem | FailureItem | AssetItem;
