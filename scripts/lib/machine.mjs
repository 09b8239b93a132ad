import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ROOT, run, say } from './project.mjs';

const SOURCES = join(ROOT, 'packages/engine/assembly');
const OPTIONS = ['-O3', '--noAssert', '--use', 'abort=', '--enable', 'simd', '--disableWarning'];
/** The modules of the engine by the source they begin with, each with what it is compiled with besides. */
const MODULES = {
  inverter: ['--runtime', 'minimal', '--importMemory'],
  sets: ['--runtime', 'stub', '--initialMemory', '2', '--maximumMemory', '2'],
  reach: ['--runtime', 'stub', '--initialMemory', '256', '--maximumMemory', '256'],
  merger: ['--runtime', 'minimal', '--importMemory'],
};

function isNew(file) {
  if (!existsSync(file)) return false;
  const built = statSync(file).mtimeMs;
  return readdirSync(SOURCES).every((name) => statSync(join(SOURCES, name)).mtimeMs <= built);
}

/** Compiles the WebAssembly modules of the engine unless they are newer than their sources; returns the exit code. */
export function buildMachine() {
  for (const [name, options] of Object.entries(MODULES)) {
    const file = join(ROOT, `packages/engine/dist/${name}.wasm`);
    if (isNew(file)) continue;
    say(`Compiling the module ${name} ...`);
    const code = run(bin('asc'), [join(SOURCES, `${name}.ts`), '--outFile', file, ...OPTIONS, ...options]);
    if (code !== 0) return code;
  }
  return 0;
}

/** Called by vitest before any test, which may run without a build. */
export function setup() {
  if (buildMachine() !== 0) throw new Error('packages/engine/assembly could not be compiled');
}
