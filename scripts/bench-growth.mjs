/**
 * Measures how the cost of loading and of every class of query grows with the documents: the same queries, whose words
 * the seed draws from the smallest corpus, are asked of corpora each of which begins with the smaller ones.
 * Use: npm run bench:growth -- [--dir FOLDER] [--sizes 10000,100000,1000000] [--seed 1] [--described 0.1] [--memory 1024] [--json] [--svg FILE]
 * `--described` is the share of documents that have a full description.
 * What stands in `--dir` is kept: a size that is loaded there is not loaded again, one whose load was broken off is
 * loaded anew. A million documents take about 10 GB of disk while they are loaded.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { growthReport, growthTable } from '../packages/cli/dist/bench/growth.js';
import { growthChart } from '../packages/cli/dist/bench/growth-chart.js';
import { parseLines, runOwn } from './lib/own-step.mjs';

const { values } = parseArgs({
  options: {
    dir: { type: 'string' },
    sizes: { type: 'string', default: '10000,100000,1000000' },
    seed: { type: 'string', default: '1' },
    described: { type: 'string', default: '0.1' },
    memory: { type: 'string', default: '1024' },
    json: { type: 'boolean', default: false },
    svg: { type: 'string' },
  },
});
const sizes = [...new Set(values.sizes.split(',').map(Number))].sort((a, b) => a - b);
const [seed, memory] = [Number(values.seed), Number(values.memory)];
if (![...sizes, seed + 1, memory].every((number) => Number.isSafeInteger(number) && number > 0))
  throw new Error(
    'Sizes and memory are whole numbers above 0, the seed one from 0 on; sizes have commas between them.',
  );
const described = Number(values.described);
if (!(described >= 0 && described <= 1)) throw new Error('The share of documents with a description is from 0 to 1.');
const say = (line) => process.stderr.write(`${line}\n`);

/** Loads a size unless it stands there already; tells what loading it came to. */
function loaded(folder, docs) {
  const done = join(folder, 'load.json');
  if (existsSync(done)) return JSON.parse(readFileSync(done, 'utf8'));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  say(`loading ${docs} documents, seed ${seed} (load average ${loadavg()[0].toFixed(1)})`);
  const load = runOwn({ file: 'own.js', name: 'loadOwn' }, [{ docs, seed, described, dir: join(folder, 'corpus') }]);
  // Only a whole file says that the size is loaded.
  writeFileSync(`${done}.part`, JSON.stringify(load));
  renameSync(`${done}.part`, done);
  return load;
}

function measured(folder, docs, queries) {
  const load = loaded(folder, docs);
  say(`asking ${docs} documents (load average ${loadavg()[0].toFixed(1)})`);
  const out = join(folder, 'times.jsonl');
  const corpus = join(folder, 'corpus');
  const { rss } = runOwn({ file: 'own.js', name: 'searchOwn' }, [{ dir: corpus, queries, out, memory }]);
  return { docs, load, rss, timings: parseLines(readFileSync(out, 'utf8')) };
}

const dir = values.dir ?? mkdtempSync(join(tmpdir(), 'quanlian-growth-'));
mkdirSync(dir, { recursive: true });
try {
  const queries = join(dir, `queries-${sizes[0]}-${seed}-${described}.jsonl`);
  runOwn({ file: 'growth.js', name: 'writeQueries' }, [{ docs: sizes[0], seed, described, file: queries }]);
  const report = growthReport(sizes.map((docs) => measured(join(dir, `${docs}-${seed}-${described}`), docs, queries)));
  const gibibytes = Math.round(totalmem() / 2 ** 30);
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, gibibytes, node: process.version };
  if (values.json) process.stdout.write(`${JSON.stringify({ seed, memory, machine, ...report })}\n`);
  else {
    say(
      `${machine.cpu}, ${machine.cores} cores, ${gibibytes} GiB; node ${machine.node}; seed ${seed}, ${described} with descriptions, memory ${memory} MiB`,
    );
    process.stdout.write(`${growthTable(report)}\n`);
  }
  if (values.svg) writeFileSync(values.svg, growthChart(report));
} finally {
  if (values.dir === undefined) rmSync(dir, { recursive: true, force: true });
}
