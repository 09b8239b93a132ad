import { QuanlianError } from '@quanlian/contract';

/** What an archive may do before it is refused. Sizes in bytes. */
export interface ArchiveLimits {
  /** Unpacked bytes per packed byte, looked at once `ratioFrom` bytes came out. */
  readonly ratio: number;
  readonly ratioFrom: number;
  /** Members of one archive. */
  readonly entries: number;
  /** Unpacked bytes of one input file, its nested archives included. */
  readonly total: number;
  /** Archives inside one another; the outermost counts as 1. */
  readonly depth: number;
  /** Packed size of an archive inside another that is held to be opened. */
  readonly nested: number;
}

export const ARCHIVE_LIMITS: ArchiveLimits = {
  ratio: 200,
  ratioFrom: 100 * 1024 * 1024,
  entries: 1_000_000,
  total: 1024 ** 4,
  depth: 4,
  nested: 4 * 1024 ** 3,
};

/** Counts what comes out of one input file against what went in. */
export interface ExpansionBudget {
  /** Packed bytes read so far; for files whose size is known, that size. */
  packed: number;
  /** True once a limit was passed: nothing more of this input is read. */
  readonly exhausted: boolean;
  /** Adds unpacked bytes; throws `load.archive_refused` when a limit is passed. */
  add(bytes: number): void;
}

export function createBudget(name: string, packed: number, limits: ArchiveLimits): ExpansionBudget {
  let unpacked = 0;
  let exhausted = false;
  return {
    packed,
    get exhausted() {
      return exhausted;
    },
    add(bytes) {
      unpacked += bytes;
      exhausted = unpacked > limits.total || (unpacked > limits.ratioFrom && unpacked > this.packed * limits.ratio);
      if (exhausted)
        throw refused(
          name,
          `it unpacks to ${unpacked} bytes, more than ${limits.ratio} times its size or the limit of ${limits.total}`,
        );
    },
  };
}

/** The refusal of an archive or member: what it does, and what to do. */
export function refused(name: string, why: string, cause?: unknown): QuanlianError {
  return new QuanlianError(
    'load.archive_refused',
    `${name} was refused because ${why}. Unpack it by hand if you trust it, and load the files.`,
    { cause },
  );
}
