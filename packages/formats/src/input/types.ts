import type { LoadFailure } from '@quanlian/contract';

/** One file to read: a file of the disk, a member of an archive, or standard input. */
export interface InputFile {
  readonly kind: 'file';
  /** Path as given, archive members as `archive.zip!inner/file.xml`. */
  readonly name: string;
  /** When the file on the disk was last changed (ISO 8601); of an archive's members, the archive's. */
  readonly fileDate?: string | undefined;
  /** First bytes of the file, for looking at what it is. */
  readonly head: Uint8Array;
  /**
   * The bytes from the beginning. To be read once, before the next input is asked for, and not to be held on to after
   * that: their memory is used again. May be left unread.
   */
  readonly chunks: AsyncIterable<Uint8Array>;
}

/** An input or archive member that could not be opened. */
export interface InputFailure {
  readonly kind: 'failure';
  readonly failure: LoadFailure;
}

export type Input = InputFile | InputFailure;

/** How much of the packed input has been read; `total` is null while standard input is among it. */
export interface InputProgress {
  done: number;
  readonly total: number | null;
}
