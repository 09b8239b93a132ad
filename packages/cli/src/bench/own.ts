import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { ColumnUpdate } from '@quanlian/contract';
import { openCorpus, openRanking, packColumn, type Ranking } from '@quanlian/engine';
import { type CorpusChoice, chooseCorpus } from './choose-corpus.js';
import { itemAt } from './measure.js';
import type { BenchCorpus } from './search-corpus.js';
import { type BenchQuery, requestOf } from './strategies.js';

/** What loading came to. `cpu` is all threads' time in seconds without that of making the documents. */
export interface LoadReport {
  readonly docs: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly bytes: number;
  readonly stored: number;
  readonly segments: number;
  readonly rss: number;
}

export interface Timing {
  readonly engine: string;
  readonly id: string;
  readonly mode: string;
  readonly min: number;
  readonly p50: number;
  readonly p95: number;
  readonly hits: number;
  readonly ids: readonly string[];
}

const MEGABYTE = 2 ** 20;
/** Of the kernel's clock in a second, the same on every Linux. */
const CLOCK_TICKS = 100;
const cpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};

/** Seconds that this (the main) thread alone has computed, from the kernel's books. */
function threadSeconds(): number {
  const fields = readFileSync(`/proc/self/task/${process.pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) / CLOCK_TICKS;
}

/** Batches made alone, to warm up and to see what making them costs beside the main thread. */
const MADE_ALONE = 4;

function makeAlone(corpus: BenchCorpus): void {
  let made = 0;
  for (const _ of corpus.batches()) if (++made === MADE_ALONE) break;
}

/** How many times as much all threads compute as the main thread when documents are made: others clear up behind it. */
function makingFactor(corpus: BenchCorpus): number {
  makeAlone(corpus);
  const [all, main] = [cpuSeconds(), threadSeconds()];
  makeAlone(corpus);
  const alone = threadSeconds() - main;
  return alone > 0 ? Math.max(1, (cpuSeconds() - all) / alone) : 1;
}

/** The most memory this process ever had resident, in MiB. */
export function peakMegabytes(): number {
  const found = /VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'));
  return Math.round(Number(found?.[1] ?? 0) / 1024);
}

function* updatesOf(statuses: ReadonlyMap<string, string>): Generator<ColumnUpdate> {
  for (const [id, value] of statuses) yield { id, values: [{ value }] };
}

/** Loads the corpus in its batches, with its statuses, and merges what is due. */
export async function loadOwn({ dir, ...choice }: CorpusChoice & { readonly dir: string }): Promise<LoadReport> {
  const corpus = chooseCorpus(choice);
  const factor = makingFactor(corpus);
  const backend = await openCorpus({ dir, write: true });
  let made = 0;
  let seconds = 0;
  let making = 0;
  const statuses = new Map<string, string>();
  const start = cpuSeconds();
  const timed = async (work: () => Promise<unknown>): Promise<void> => {
    const before = performance.now();
    await work();
    seconds += (performance.now() - before) / 1000;
  };
  const batches = corpus.batches()[Symbol.iterator]();
  for (;;) {
    // A merge may run beside, whose time must stay.
    const before = threadSeconds();
    const next = batches.next();
    making += threadSeconds() - before;
    if (next.done) break;
    for (const { document, status } of next.value) statuses.set(document.id, status);
    made += next.value.length;
    await timed(() => backend.apply(next.value.map(({ document }) => document)));
  }
  await timed(() => backend.merge());
  const cpu = cpuSeconds() - start - making * factor;
  const { sequence } = await backend.stats();
  // Millions of updates as objects would not fit the writer's thread.
  await backend.applyColumns('status', packColumn(updatesOf(statuses)), sequence);
  const { segments, bytes } = await backend.stats();
  await backend.close();
  const ranking = openRanking({ dir });
  const stored = ranking.storedBytes();
  ranking.close();
  return { docs: made, seconds, cpu, bytes: bytes - stored, stored, segments, rss: peakMegabytes() };
}

const RUNS = 41;
const WARM_PASSES = 2;
const BUDGET_MS = 700;

function time(engine: string, id: string, mode: string, run: () => { hits: number; ids: readonly string[] }): Timing {
  const answer = run();
  const times: number[] = [];
  const start = performance.now();
  while (times.length < 3 || (times.length < RUNS && performance.now() - start < BUDGET_MS)) {
    const before = performance.now();
    run();
    times.push(performance.now() - before);
  }
  times.sort((a, b) => a - b);
  const at = (share: number): number => itemAt(times, Math.floor((times.length - 1) * share));
  return { engine, id, mode, min: at(0), p50: at(0.5), p95: at(0.95), ...answer };
}

/** Asks every query in this thread: the best ten with the count, and of the Boolean ones the count alone. */
function askAll(ranking: Ranking, queries: readonly BenchQuery[], take: (timing: Timing) => void): void {
  for (const query of queries) {
    const request = requestOf(query);
    const ask = (limit: number) => (): { hits: number; ids: readonly string[] } => {
      const { total, ids } = ranking.rank({ ...request, limit });
      return { hits: total, ids };
    };
    take(time('own', query.id, query.mode, ask(request.limit)));
    if (query.mode === 'top') take(time('own', query.id, 'count', ask(0)));
  }
}

const readQueries = (file: string): BenchQuery[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as BenchQuery);

/** Times the queries of a file, twice to warm up, as the peers do, and once to measure; one line of JSON each goes to `out`. */
export async function searchOwn({
  dir,
  queries: file,
  out,
  memory,
}: {
  dir: string;
  queries: string;
  out: string;
  memory: number;
}): Promise<{ rss: number }> {
  const queries = readQueries(file);
  const ranking = openRanking({ dir, memoryBytes: memory * MEGABYTE });
  for (let pass = 0; pass < WARM_PASSES; pass++) askAll(ranking, queries, () => undefined);
  const lines: string[] = [];
  askAll(ranking, queries, (timing) => lines.push(JSON.stringify(timing)));
  await writeFile(out, `${lines.join('\n')}\n`);
  ranking.close();
  return { rss: peakMegabytes() };
}

/** Times the queries end to end, threads and the reading of the hits included. */
export async function searchWhole({
  dir,
  queries: file,
  memory,
}: {
  dir: string;
  queries: string;
  memory: number;
}): Promise<{ timings: Timing[]; rss: number }> {
  const backend = await openCorpus({ dir, memoryBytes: memory * MEGABYTE });
  const timings: Timing[] = [];
  try {
    for (const query of readQueries(file)) {
      const request = requestOf(query);
      const times: number[] = [];
      let hits = 0;
      for (let run = 0; run < 6; run++) {
        const before = performance.now();
        hits = (await backend.search(request)).total;
        if (run > 0) times.push(performance.now() - before);
      }
      times.sort((a, b) => a - b);
      const [min = 0] = times;
      timings.push({
        engine: 'whole',
        id: query.id,
        mode: query.mode,
        min,
        p50: itemAt(times, 2),
        p95: itemAt(times, 4),
        hits,
        ids: [],
      });
    }
  } finally {
    await backend.close();
  }
  return { timings, rss: peakMegabytes() };
}
