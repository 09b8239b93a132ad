import { readFileSync } from 'node:fs';
import { errorCode } from './file-system.js';

/** What is used of WebAssembly, which the types of Node do not describe. */
interface Compiler<Exports> {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: Readonly<Record<string, WasmMemory | WasmImport>> },
  ) => { readonly exports: Exports & { readonly memory: WasmMemory } };
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
}

/** The memory of an instance; its buffer is another one after it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** A function that a module calls; addresses come signed. */
type WasmImport = (...numbers: number[]) => number | undefined;

/** Modules compiled of `assembly/`, by the sources they begin with. */
type ModuleName = 'inverter' | 'sets' | 'reach' | 'merger';

function readModule(name: ModuleName): Uint8Array | undefined {
  try {
    // Stands at the same distance from the sources as from what is compiled of them.
    return readFileSync(new URL(`../../dist/${name}.wasm`, import.meta.url));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * What starts a module: with the memory that is given, if the module imports one, else with one of its own, and with the
 * functions that it calls.
 */
type Start<Exports> = (
  memory?: WasmMemory,
  functions?: Readonly<Record<string, WasmImport>>,
) => Exports & { readonly memory: WasmMemory };

const compilerOf = <Exports>(): Compiler<Exports> | undefined =>
  (globalThis as { WebAssembly?: Compiler<Exports> }).WebAssembly;

/**
 * Compiles a module; undefined where it was not built, or the processor or the program's flags forbid it.
 */
export function openModule<Exports>(name: ModuleName): Start<Exports> | undefined {
  const compiler = compilerOf<Exports>();
  const bytes = readModule(name);
  if (bytes === undefined || !compiler?.validate(bytes)) return undefined;
  const module = new compiler.Module(bytes);
  return (memory, functions) =>
    new compiler.Instance(module, { env: { ...functions, ...(memory && { memory }) } }).exports;
}

/** Pages (64 KiB) that a memory begins with and may have at most: all that 32 bits address. */
const SIZE = { initial: 16, maximum: 65_536 };

/** The memory that was given back last: a new one for each instance would stay until somebody clears up. */
let spare: WasmMemory | undefined;

/** A memory for a module that imports one; what the module takes to be zero at first it must clear itself. */
export function takeMemory(): WasmMemory {
  const memory = spare;
  spare = undefined;
  if (memory !== undefined) return memory;
  const compiler = compilerOf();
  if (compiler === undefined) throw new Error('There is no WebAssembly here.');
  return new compiler.Memory(SIZE);
}

/** Gives a memory to the next instance; nothing that it holds may be used any more. */
export function giveMemory(memory: WasmMemory): void {
  spare = memory;
}
