/**
 * Memory that is shared with threads, used again and again: memory made for every message would have to be collected,
 * and the engine collects all of its heap when much memory outside of it was made.
 */
export interface Blocks {
  /** At least so many bytes, with whatever stood in them. */
  take(size: number): SharedArrayBuffer;
  /** Takes a block back that nobody looks at any more. */
  give(block: SharedArrayBuffer | undefined): void;
}

const LEAST = 1024 * 1024;
/** Larger ones, made for single large records, are not kept. */
const LARGEST_KEPT = 8 * LEAST;
const MAX_KEPT = 32;

export function createBlocks(): Blocks {
  const kept: SharedArrayBuffer[] = [];
  return {
    take: (size) => {
      const index = kept.findIndex((block) => block.byteLength >= size);
      const [block] = index < 0 ? [] : kept.splice(index, 1);
      return block ?? new SharedArrayBuffer(Math.ceil(Math.max(1, size) / LEAST) * LEAST);
    },
    give: (block) => {
      if (block && block.byteLength <= LARGEST_KEPT && kept.length < MAX_KEPT) kept.push(block);
    },
  };
}
