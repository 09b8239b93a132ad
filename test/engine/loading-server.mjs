/**
 * A server that loads without end beside its answers: batch after batch of new documents and new versions of some old
 * ones, with merging. Prints its address, and when it is told to stop (a line on standard input) what it measured.
 * Use: node loading-server.mjs <data folder> <memory of the engine in MiB>
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { connect } from '@quanlian/db';
import { generatePatents } from '@quanlian/demo';
import { openCorpus } from '@quanlian/engine';
import { DEFAULT_LIMITS, dataFolder, startServer } from '@quanlian/server';

const [data = '', memory = '256'] = process.argv.slice(2);
/** What the readers know: each batch brings so many new documents, and all but the first replace some. */
const FRESH = 400;
const REPLACED = 40;
const POOL = 2000;
const RESOLUTION_MS = 5;

const pool = [...generatePatents({ seed: 7, count: POOL })];

function recordAt(index, version) {
  const { extra, ...text } = pool[index % POOL];
  const number = String(10_000_000 + index);
  return {
    ...text,
    id: `EP${number}A1`,
    office: 'EP',
    number,
    kind: 'A1',
    titles: { en: version === 0 ? `plain thing ${index}` : `revised thing ${index}` },
    sources: [
      { format: 'made', file: 'made', offset: 0, sha256: `${index}-${version}`, sourceDate: `200${version}-01-01` },
    ],
  };
}

function batchAt(batch) {
  const records = Array.from({ length: FRESH }, (_, i) => recordAt(batch * FRESH + i, 0));
  for (let i = 0; batch > 0 && i < REPLACED; i++) records.push(recordAt((batch - 1) * FRESH + 10 * i, 1));
  return records;
}

/** Peak resident memory of this process so far, as the system counts it. */
function peakBytes() {
  const kib = /VmHWM:\s+(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
  return Number(kib) * 1024;
}

/** How long this thread has run, and how long it has waited for a processor while it could have run. */
function turns() {
  const [ran, waited] = readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ').map(Number);
  return { ran, waited };
}

const noLimits = {
  ...DEFAULT_LIMITS,
  requestsPerMinute: 10_000_000,
  query: { mostPerQuery: 1e9, capacity: 1e9, perSecond: 1e9 },
};
const folder = dataFolder(data);
const backend = await openCorpus({
  dir: join(data, 'corpus'),
  write: true,
  memoryBytes: Number(memory) * 2 ** 20,
  merging: { fanOut: 4, mostDocs: 1 << 20 },
});
const work = await connect({ dataDir: folder.root });
const place = { host: '127.0.0.1', port: 0, version: '0.0.0' };
const server = await startServer({ folder, backend, work, limits: noLimits, ...place });
await backend.search({ query: { op: 'all' }, sort: 'newest', limit: 1 });

let isStopping = false;
const lines = createInterface({ input: process.stdin });
lines.once('line', () => {
  isStopping = true;
});
const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
const before = { peak: peakBytes(), ...turns() };
process.stdout.write(`${JSON.stringify({ url: server.url })}\n`);
delay.enable();
let batches = 0;
for (; !isStopping; batches++) {
  await backend.apply(batchAt(batches), { batch: String(batches) });
}
delay.disable();
const after = turns();
/** How much longer than its work everything took, because others had the processors. */
const stretch = 1 + (after.waited - before.waited) / (after.ran - before.ran);
await backend.merge();
const { segments, documents } = await backend.stats();
const { ok } = await backend.check();
await server.close();
await backend.close();
await work.close();
const measured = { p99: delay.percentile(99) / 1e6, most: delay.max / 1e6, stretch };
const memoryUse = { before: before.peak, peak: peakBytes() };
process.stdout.write(`${JSON.stringify({ ...measured, ...memoryUse, batches, segments, documents, ok })}\n`);
lines.close();
