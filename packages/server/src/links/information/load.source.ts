import type { LoadFailure, PatentDocument } from '@quanlian/contract';

/** The last thing of a source that was dealt with: a record of a file, counted from 0. */
export interface LoadPosition {
  readonly file: string;
  readonly record: number;
}

/** What a source gives, in order. `at` is the position once the item has been dealt with. */
export type LoadItem =
  | { readonly kind: 'document'; readonly document: PatentDocument; readonly at: LoadPosition }
  | { readonly kind: 'failure'; readonly failure: LoadFailure; readonly at: LoadPosition }
  | { readonly kind: 'asset'; readonly path: string; readonly content: Uint8Array; readonly at: LoadPosition }
  | { readonly kind: 'passed-over'; readonly files: readonly { readonly file: string; readonly why: string }[] }
  | { readonly kind: 'elements'; readonly unknown: Readonly<Record<string, number>> }
  | { readonly kind: 'progress'; readonly bytesDone: number };

/** Something that can be loaded, from any of its positions on. */
export interface LoadSource {
  readonly bytesTotal: number | null;
  /**
   * Tells everything up to a position from anything else that could stand there: a load goes on where it was as
   * long as this is what it was.
   */
  fingerprint(position: LoadPosition): string;
  /** Everything after a position; undefined means from the beginning. Ends early or throws once the signal is given. */
  read(after: LoadPosition | undefined, signal: AbortSignal): AsyncIterable<LoadItem>;
}
