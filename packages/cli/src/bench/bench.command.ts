import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { printJson, printLine, say, table } from '../output.js';
import { benchEngine } from './engine.js';
import { benchHttp } from './http.js';
import type { Bench, BenchOptions, Measurement } from './measure.js';
import { benchParse } from './parse.js';
import { benchRegister } from './register.js';

const BENCHES = { parse: benchParse, engine: benchEngine, http: benchHttp, register: benchRegister } satisfies Record<
  string,
  Bench
>;
export type BenchName = keyof typeof BENCHES;

const HEAD = ['', 'unit', 'runs', 'min', 'median', 'p95', 'max'];

const rowOf = ({ name, unit, runs, min, median, p95, max }: Measurement): string[] => [
  name,
  unit,
  ...[runs, min, median, p95, max].map(String),
];

/** `quanlian bench`: measures on a generated corpus in a folder of its own, which is removed afterwards. */
export async function benchCommand(what: BenchName | undefined, options: BenchOptions): Promise<void> {
  const chosen = what === undefined ? (Object.keys(BENCHES) as BenchName[]) : [what];
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length };
  for (const name of chosen) {
    const bench = BENCHES[name];
    say(`bench ${name}: ${options.docs.toLocaleString('en-US')} documents, seed ${options.seed}`);
    const dir = await mkdtemp(join(tmpdir(), 'quanlian-bench-'));
    try {
      const measurements = await bench(options, dir);
      if (options.json) await printJson({ bench: name, docs: options.docs, seed: options.seed, machine, measurements });
      else await printLine(table([[name, ...HEAD.slice(1)], ...measurements.map(rowOf)]));
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  }
}
