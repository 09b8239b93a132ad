import { QuanlianError } from '@quanlian/contract';

/** Counts what one query holds in memory, in bytes. */
export interface Meter {
  /** Refuses `query.too_costly` when the query would hold more than it may. */
  take(bytes: number): void;
}

const MEGABYTE = 1024 * 1024;

export function createMeter(mostBytes: number): Meter {
  let held = 0;
  return {
    take(bytes) {
      held += bytes;
      if (held <= mostBytes) return;
      throw new QuanlianError(
        'query.too_costly',
        `The query would hold more than its ${Math.max(1, Math.round(mostBytes / MEGABYTE))} MiB of memory; use fewer parts, or give the engine more memory.`,
      );
    },
  };
}
