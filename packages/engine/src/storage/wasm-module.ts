import { readFileSync } from 'node:fs';
import { errorCode } from './file-system.js';

/** What is used of WebAssembly, which the types of Node do not describe. */
interface Compiler<Exports> {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Exports & { readonly memory: WasmMemory } };
}

/** The memory of an instance; its buffer is another one after it has grown. */
export interface WasmMemory {
  readonly buffer: ArrayBuffer;
}

/** Modules compiled of `assembly/`, by the sources they begin with. */
type ModuleName = 'inverter' | 'sets';

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
 * Compiles a module and gives a function that starts it, each time with a memory of its own; undefined where the module
 * was not built, or the processor or the program's flags forbid it.
 */
export function openModule<Exports>(name: ModuleName): (() => Exports & { readonly memory: WasmMemory }) | undefined {
  const { WebAssembly: compiler } = globalThis as { WebAssembly?: Compiler<Exports> };
  const bytes = readModule(name);
  if (bytes === undefined || !compiler?.validate(bytes)) return undefined;
  const module = new compiler.Module(bytes);
  return () => new compiler.Instance(module).exports;
}
