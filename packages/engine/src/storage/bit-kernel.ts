import { kernelBytes, PAGES, STEP } from './bit-kernel-bytes.js';
import { countWord } from './bits.js';

const PAGE_BYTES = 65_536;

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
export const KERNEL_STEP = STEP;
export const KERNEL_BYTES = PAGES * PAGE_BYTES;

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

/** What is used of WebAssembly, which the types of Node do not describe. */
interface Compiler {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
  ) => { readonly exports: Omit<BitKernel, 'words'> & { readonly memory: { readonly buffer: ArrayBuffer } } };
}

/** The kernel in WebAssembly, four words to a step; undefined where the processor or the program's flags forbid it. */
export function fastKernel(): BitKernel | undefined {
  const { WebAssembly: compiler } = globalThis as { WebAssembly?: Compiler };
  const bytes = kernelBytes();
  if (!compiler?.validate(bytes)) return undefined;
  const { memory, ...functions } = new compiler.Instance(new compiler.Module(bytes)).exports;
  return { words: new Uint32Array(memory.buffer), ...functions };
}
