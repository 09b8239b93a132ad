import { readFileSync } from 'node:fs';
import { errorCode } from '../storage/file-system.js';

/** What the module made of `assembly/` gives; numbers that stand for addresses are signed, as WebAssembly hands them. */
export interface Machine {
  readonly memory: { readonly buffer: ArrayBuffer };
  createLists(withPlaces: number, lately: number): number;
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

/** What is used of WebAssembly, which the types of Node do not describe. */
interface Compiler {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Machine };
}

let start: (() => Machine | undefined) | undefined;

function readModule(): Uint8Array | undefined {
  try {
    return readFileSync(FILE);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Compiles the module; gives none where it was not built, or the processor or the program's flags forbid it. */
function starter(): () => Machine | undefined {
  const { WebAssembly: compiler } = globalThis as { WebAssembly?: Compiler };
  const bytes = readModule();
  if (bytes === undefined || !compiler?.validate(bytes)) return () => undefined;
  const module = new compiler.Module(bytes);
  return () => new compiler.Instance(module).exports;
}

/** A machine with a memory of its own, which goes with it; undefined where there is none. */
export function startMachine(): Machine | undefined {
  start ??= starter();
  return start();
}
