import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { bin, ROOT, run, say } from './project.mjs';

const SOURCES = join(ROOT, 'packages/engine/assembly');
const MODULE = join(ROOT, 'packages/engine/dist/inverter.wasm');
const OPTIONS = [
  '-O3',
  '--noAssert',
  '--runtime',
  'minimal',
  '--use',
  'abort=',
  '--enable',
  'simd',
  '--disableWarning',
];

function isNew() {
  if (!existsSync(MODULE)) return false;
  const built = statSync(MODULE).mtimeMs;
  return readdirSync(SOURCES).every((name) => statSync(join(SOURCES, name)).mtimeMs <= built);
}

/** Compiles the WebAssembly module of the engine unless it is newer than its sources; returns the exit code. */
export function buildMachine() {
  if (isNew()) return 0;
  say('Compiling the module that builds segments ...');
  return run(bin('asc'), [join(SOURCES, 'index.ts'), '--outFile', MODULE, ...OPTIONS]);
}

/** Called by vitest before any test, which may run without a build. */
export function setup() {
  if (buildMachine() !== 0) throw new Error('packages/engine/assembly could not be compiled');
}
