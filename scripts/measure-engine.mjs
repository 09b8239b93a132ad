/**
 * Measures the engine on a generated corpus: load with merging beside it, memory and disk, one weekly load of 20 000
 * documents (half new, half replacing), and queries meanwhile and afterwards.
 * Use: node scripts/measure-engine.mjs <documents> [memory in MiB]
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generatePatents } from '@quanlian/demo';
import { openCorpus } from '@quanlian/engine';

const documents = Number(process.argv[2] ?? 100_000);
const memoryBytes = Number(process.argv[3] ?? 1024) * 2 ** 20;
const BATCH = 5000;
const WEEKLY = 20_000;
const SEED = 20_260_101;

const say = (line) => process.stdout.write(`${line}\n`);
const mib = (bytes) => Math.round(bytes / 2 ** 20);
const seconds = (from) => ((performance.now() - from) / 1000).toFixed(1);

let peak = 0;
let own = 0;
const sampling = setInterval(() => {
  const { rss, heapTotal, external } = process.memoryUsage();
  peak = Math.max(peak, rss);
  own = Math.max(own, heapTotal + external);
}, 200);
/** Resident memory of the whole process; that of this thread, which makes the documents, is no part of the engine. */
const takePeak = () => {
  const taken = `${mib(peak)} MiB, of which this script's own thread at most ${mib(own)}`;
  peak = 0;
  own = 0;
  return taken;
};

async function load(corpus, records) {
  let batch = [];
  let slowest = 0;
  const flush = async () => {
    const from = performance.now();
    await corpus.apply(batch);
    slowest = Math.max(slowest, performance.now() - from);
    batch = [];
  };
  for (const record of records) {
    batch.push(record);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
  return slowest;
}

const withSource = (record, sha256, sourceDate) => ({
  ...record,
  sources: [{ ...record.sources[0], sha256, sourceDate }],
});

/** Half of them replace documents all over the corpus, half are new. */
function* weekly(sample) {
  for (const [i, record] of sample.entries()) {
    yield withSource(record, `weekly-${i}`, '2999-01-01');
    const number = `9${String(i).padStart(8, '0')}`;
    yield withSource(
      { ...record, id: `${record.office}${number}${record.kind ?? ''}`, number },
      `new-${i}`,
      '2999-01-01',
    );
  }
}

const term = (text) => ({ op: 'term', field: 'text', text });
const QUERIES = {
  'common term': { query: term('device'), sort: 'relevance' },
  'or of two': { query: { op: 'or', clauses: [term('device'), term('control')] }, sort: 'relevance' },
  phrase: { query: { op: 'phrase', field: 'text', text: 'the device' }, sort: 'relevance' },
  Chinese: { query: term('装置'), sort: 'relevance' },
  prefix: { query: { op: 'prefix', field: 'text', text: 'contr' }, sort: 'relevance' },
  ending: { query: { op: 'pattern', field: 'text', parts: [{ min: 0 }, 'tion'] }, sort: 'newest' },
  sentence: {
    query: { op: 'proximity', unit: 'sentence', most: 0, clauses: [term('device'), term('control')] },
    sort: 'newest',
  },
  'newest, all': { query: { op: 'all' }, sort: 'newest' },
  'facet of all': { query: { op: 'all' }, sort: 'newest', facets: [{ name: 'applicant' }, { name: 'year' }] },
};

async function ask(corpus) {
  for (const [name, request] of Object.entries(QUERIES)) {
    const times = [];
    let total = 0;
    for (let run = 0; run < 12; run++) {
      const from = performance.now();
      total = (await corpus.search({ ...request, limit: 10 })).total;
      if (run >= 2) times.push(performance.now() - from);
    }
    times.sort((a, b) => a - b);
    say(`  ${name}: ${total} hits, median ${times[5].toFixed(1)} ms, most ${times[9].toFixed(1)} ms`);
  }
}

const dir = mkdtempSync(join(tmpdir(), 'quanlian-measure-'));
try {
  say(`node ${process.version}, ${documents} documents, memory bound ${mib(memoryBytes)} MiB`);
  let corpus = await openCorpus({ dir, write: true, memoryBytes });
  const sample = [];
  const every = Math.max(1, Math.floor(documents / (WEEKLY / 2)));
  const sampled = function* () {
    let i = 0;
    for (const record of generatePatents({ seed: SEED, count: documents })) {
      if (i++ % every === 0 && sample.length < WEEKLY / 2) sample.push(record);
      yield record;
    }
  };
  let from = performance.now();
  const slowest = await load(corpus, sampled());
  const took = (performance.now() - from) / 1000;
  say(
    `load: ${took.toFixed(0)} s, ${Math.round(documents / took)} documents/s, slowest batch ${(slowest / 1000).toFixed(1)} s`,
  );
  from = performance.now();
  await corpus.merge();
  say(`merges left over: ${seconds(from)} s; peak memory of loading and merging ${takePeak()}`);
  const { bytes, segments } = await corpus.stats();
  say(`disk: ${mib(bytes)} MiB in ${segments} segments`);
  from = performance.now();
  await load(corpus, weekly(sample));
  say(`weekly load of ${2 * sample.length}: ${seconds(from)} s`);
  from = performance.now();
  await corpus.merge();
  say(`merges after it: ${seconds(from)} s; peak memory ${takePeak()}`);
  await corpus.close();
  corpus = await openCorpus({ dir, memoryBytes });
  await ask(corpus);
  say(`peak memory of serving (this process has loaded before): ${takePeak()}`);
  from = performance.now();
  const { ok, files } = await corpus.check();
  say(`check: ${ok ? 'ok' : 'damaged'}, ${files} files, ${seconds(from)} s`);
  await corpus.close();
} finally {
  clearInterval(sampling);
  rmSync(dir, { recursive: true, force: true });
}
