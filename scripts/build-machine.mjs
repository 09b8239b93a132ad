// Compiles the WebAssembly module of the engine when its sources changed.
import { buildMachine } from './lib/machine.mjs';

process.exit(buildMachine());
