import { countWord } from './bits.js';
import { openModule } from './wasm-module.js';

/**
 * Joins and counts sets within a small memory of its own, into which operands are copied: that takes a tenth of the time
 * that going over them word by word does. All addresses are in bytes and whole steps of `KERNEL_STEP`.
 */
export interface BitKernel {
  /** The memory, seen as words of a set. */
  readonly words: Uint32Array;
  /** Keeps in `into` what is in `from` too. */
  and(into: number, from: number, bytes: number): void;
  or(into: number, from: number, bytes: number): void;
  xor(into: number, from: number, bytes: number): void;
  /** Takes what is in `from` away from `into`. */
  without(into: number, from: number, bytes: number): void;
  /** As `or`, `xor` and `without`, with the numbers of a list at `from`: at least one, and any number of them. */
  orList(into: number, from: number, bytes: number): void;
  xorList(into: number, from: number, bytes: number): void;
  withoutList(into: number, from: number, bytes: number): void;
  count(from: number, bytes: number): number;
}

/** Lengths and addresses are multiples of so many bytes. */
export const KERNEL_STEP = 64;
/** What the module is compiled with: two pages. */
export const KERNEL_BYTES = 2 * 65_536;

/** The kernel in JavaScript: where WebAssembly is not to be had, and to compare with. */
export function plainKernel(): BitKernel {
  const words = new Uint32Array(KERNEL_BYTES / 4);
  const each =
    (join: (a: number, b: number) => number) =>
    (into: number, from: number, bytes: number): void => {
      for (let i = 0; i < bytes >>> 2; i++)
        words[(into >>> 2) + i] = join(words[(into >>> 2) + i], words[(from >>> 2) + i]);
    };
  const eachOfList =
    (join: (word: number, bit: number) => number) =>
    (into: number, from: number, bytes: number): void => {
      for (let i = from >>> 2; i < (from + bytes) >>> 2; i++) {
        const word = (into >> 2) + (words[i] >>> 5);
        words[word] = join(words[word], 1 << (words[i] & 31));
      }
    };
  return {
    words,
    and: each((a, b) => a & b),
    or: each((a, b) => a | b),
    xor: each((a, b) => a ^ b),
    without: each((a, b) => a & ~b),
    orList: eachOfList((word, bit) => word | bit),
    xorList: eachOfList((word, bit) => word ^ bit),
    withoutList: eachOfList((word, bit) => word & ~bit),
    count(from, bytes) {
      let sum = 0;
      for (let i = 0; i < bytes >>> 2; i++) sum += countWord(words[(from >>> 2) + i]);
      return sum;
    },
  };
}

/** The kernel in WebAssembly (`assembly/sets.ts`), four words to a step; undefined where there is none. */
export function fastKernel(): BitKernel | undefined {
  const start = openModule<Omit<BitKernel, 'words'>>('sets');
  if (start === undefined) return undefined;
  const { memory, ...functions } = start();
  return { words: new Uint32Array(memory.buffer), ...functions };
}
