import { readFileSync } from 'node:fs';
import { errorCode } from './file-system.js';

/** What is used of WebAssembly, which the types of Node do not describe. */
interface Compiler<Exports> {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (
    module: object,
    imports: { readonly env: { readonly memory?: WasmMemory } },
  ) => { readonly exports: Exports & { readonly memory: WasmMemory } };
  readonly Memory: new (size: { readonly initial: number; readonly maximum: number }) => WasmMemory;
}

/** The memory of an instance; its buffer is another one after it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** Modules compiled of `assembly/`, by the sources they begin with. */
type ModuleName = 'inverter' | 'sets' | 'reach';

function readModule(name: ModuleName): Uint8Array | undefined {
  try {
    // Stands at the same distance from the sources as from what is compiled of them.
    return readFileSync(new URL(`../../dist/${name}.wasm`, import.meta.url));
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** What starts a module: with the memory that is given, if the module imports one, else with one of its own. */
type Start<Exports> = (memory?: WasmMemory) => Exports & { readonly memory: WasmMemory };

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
  return (memory) => new compiler.Instance(module, { env: memory ? { memory } : {} }).exports;
}

/** Pages (64 KiB) that a memory begins with and may have at most: all that 32 bits address. */
const SIZE = { initial: 16, maximum: 65_536 };

/** A memory for a module that imports one. */
export function newMemory(): WasmMemory {
  const compiler = compilerOf();
  if (compiler === undefined) throw new Error('There is no WebAssembly here.');
  return new compiler.Memory(SIZE);
}
