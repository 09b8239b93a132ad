import { readFileSync } from 'node:fs';
import { errorCode } from '../storage/file-system.js';

declare global {
  /** What is used of WebAssembly, whose types come with those of browsers only. */
  namespace WebAssembly {
    class Memory {
      readonly buffer: ArrayBuffer;
    }
    class Module {
      constructor(bytes: Uint8Array);
    }
    class Instance {
      readonly exports: object;
      constructor(module: Module);
    }
    class CompileError extends Error {}
  }
}

/** What the module made of `assembly/` gives; numbers that stand for addresses are signed, as WebAssembly hands them. */
export interface Machine {
  readonly memory: WebAssembly.Memory;
  createLists(withPlaces: number): number;
  reserveText(bytes: number): void;
  textAt(): number;
  bitsAt(): number;
  alloc(bytes: number): number;
  free(at: number): void;
  setBorderTerms(sentence: number, paragraph: number): void;
  addShortened(length: number): void;
  addAscii(words: number, marks: number, length: number, base: number): number;
  findUnknown(length: number, from: number): number;
  allBits(length: number): number;
  addWide(words: number, marks: number, length: number, base: number): number;
  textTerm(lists: number, length: number): number;
  pairTerm(lists: number, first: number, second: number): number;
  addToken(lists: number, term: number, place: number): void;
  addTerm(lists: number, term: number): void;
  endDocument(lists: number): void;
  measure(lists: number, order: number): void;
  place(lists: number, order: number, ids: number): void;
  termCount(lists: number): number;
  termBytes(lists: number): number;
  termEnd(lists: number): number;
  termStarts(lists: number): number;
  termInfo(lists: number): number;
  tapeBytes(lists: number): number;
  postings(lists: number): number;
  postingBytes(lists: number): number;
  places(lists: number): number;
  placeBytes(lists: number): number;
}

/** Stands at the same distance from the sources as from what is compiled of them. */
const FILE = new URL('../../dist/inverter.wasm', import.meta.url);

let compiled: WebAssembly.Module | null | undefined;

/** The module, compiled once; null where it was not built or the processor has no vectors of 16 bytes. */
function compile(): WebAssembly.Module | null {
  try {
    return new WebAssembly.Module(readFileSync(FILE));
  } catch (error) {
    if (error instanceof WebAssembly.CompileError || errorCode(error) === 'ENOENT') return null;
    throw error;
  }
}

/** A machine with a memory of its own, which goes with it; undefined where there is none. */
export function startMachine(): Machine | undefined {
  if (compiled === undefined) compiled = compile();
  if (compiled === null) return undefined;
  return new WebAssembly.Instance(compiled).exports as unknown as Machine;
}
