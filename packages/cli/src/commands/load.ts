import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type LoadJob, type LoadSummary, QuanlianError } from '@quanlian/contract';
import type { TableMapping } from '@quanlian/formats/mappings';
import { dataFolder, openLoads, openPathSource, pathKey } from '@quanlian/server';
import { openForWriting } from '../corpus.js';
import { packFolder } from '../folder-archive.js';
import { onInterrupt } from '../interrupt.js';
import { findMapping } from '../mapping.js';
import { printJson, printLine, say, table } from '../output.js';
import { createProgress, describeProgress } from '../progress.js';
import { fileContent, findServer, type RunningServer } from '../remote.js';
import { VERSION } from '../version.js';

export interface LoadCommandOptions {
  readonly data: string;
  readonly json: boolean;
  readonly format: string;
  readonly mapping?: string;
}

const ASK_EVERY_MS = 300;
const FAILURES_SHOWN = 10;

const isOver = (job: LoadJob): boolean => job.state !== 'running' && job.state !== 'waiting';

async function requirePaths(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    if (path === '-') continue;
    await stat(path).catch((cause: NodeJS.ErrnoException) => {
      if (cause.code !== 'ENOENT') throw cause;
      throw new QuanlianError('load.not_found', `There is no file or folder ${path}. Check the path.`);
    });
  }
}

/** Opens the data folder itself and loads everything as one load. */
async function loadHere(
  paths: readonly string[],
  options: LoadCommandOptions,
  mapping: TableMapping | undefined,
): Promise<LoadJob[]> {
  const folder = dataFolder(options.data);
  const backend = await openForWriting(options.data, 1);
  const progress = createProgress();
  try {
    const loads = await openLoads(folder, backend, {
      version: VERSION,
      onError: (error) => say(`quanlian: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`),
    });
    const name = paths.map((path) => (path === '-' ? 'standard input' : basename(path))).join(', ');
    const { id } = loads.enqueue({
      name,
      origin: 'command',
      key: pathKey(paths, options.format, mapping),
      open: () => openPathSource(paths, options.format, mapping),
    });
    const forget = onInterrupt(() => {
      say('Stopping at the next commit…');
      loads.stop(id);
    });
    const job = await loads.ended(id, (now) => progress.show(describeProgress(now)));
    forget();
    await loads.close();
    return [job];
  } finally {
    progress.end();
    await backend.close();
  }
}

interface Parcel {
  readonly name: string;
  open(): Promise<{ content: NodeJS.ReadableStream; size: number | undefined }>;
}

async function parcelOf(path: string): Promise<Parcel> {
  if (path === '-') return { name: 'stdin', open: async () => ({ content: process.stdin, size: undefined }) };
  const found = await stat(path);
  const name = basename(join(process.cwd(), path));
  if (!found.isDirectory()) return { name, open: () => fileContent(path) };
  return { name: `${name}.tar`, open: async () => ({ content: packFolder(path), size: undefined }) };
}

async function followJob(server: RunningServer, started: LoadJob, show: (text: string) => void): Promise<LoadJob> {
  let job = started;
  const forget = onInterrupt(() => {
    say('Stopping at the next commit…');
    server.stop(started.id).catch((error: Error) => say(`quanlian: ${error.message}`));
  });
  while (!isOver(job)) {
    await sleep(ASK_EVERY_MS);
    job = await server.job(started.id);
    show(describeProgress(job));
  }
  forget();
  return job;
}

/** Sends each path to the running server, which has the folder, and waits for its loads. */
async function loadThere(
  server: RunningServer,
  paths: readonly string[],
  mapping: TableMapping | undefined,
): Promise<LoadJob[]> {
  const progress = createProgress();
  const jobs: LoadJob[] = [];
  try {
    for (const path of paths) {
      const parcel = await parcelOf(path);
      const { content, size } = await parcel.open();
      const started = await server.upload({ name: parcel.name, mapping }, content as never, size, (sent) => {
        const share = size ? ` of ${Math.ceil(size / 1e6)}` : '';
        progress.show(`${parcel.name}: ${Math.ceil(sent / 1e6)}${share} MB sent to ${server.url}`);
      });
      jobs.push(await followJob(server, started, (text) => progress.show(text)));
    }
  } finally {
    progress.end();
  }
  return jobs;
}

/** The counts of several loads together. */
export function addSummaries(summaries: readonly LoadSummary[]): LoadSummary {
  const sum: LoadSummary = { read: 0, added: 0, merged: 0, unchanged: 0, stale: 0, failed: 0, unknownElements: {} };
  for (const summary of summaries) {
    for (const key of ['read', 'added', 'merged', 'unchanged', 'stale', 'failed'] as const) sum[key] += summary[key];
    for (const [path, times] of Object.entries(summary.unknownElements)) {
      sum.unknownElements[path] = (sum.unknownElements[path] ?? 0) + times;
    }
  }
  return sum;
}

function sayFailures(jobs: readonly LoadJob[], data: string): void {
  const failures = jobs.flatMap((job) => job.failures);
  for (const { file, offset, message } of failures.slice(0, FAILURES_SHOWN)) say(`${file} at ${offset}: ${message}`);
  const total = jobs.reduce((sum, job) => sum + job.summary.failed, 0);
  if (total === 0) return;
  const files = jobs.map((job) => join(dataFolder(data).loads, `${job.id}.failures.jsonl`));
  say(`${total} records could not be taken; all are listed in ${files.join(', ')}`);
}

async function printSummary(summary: LoadSummary, sequence: number | null): Promise<void> {
  const { unknownElements, ...counts } = summary;
  await printLine(table(Object.entries(counts).map(([name, count]) => [name, count.toLocaleString('en-US')])));
  const unknown = Object.entries(unknownElements).toSorted(([, a], [, b]) => b - a);
  if (unknown.length > 0) {
    await printLine(`unknown elements (${unknown.length})`);
    await printLine(table(unknown.slice(0, 20).map(([path, times]) => ['', path, String(times)])));
  }
  await printLine(`committed sequence ${sequence ?? '(nothing to commit)'}`);
}

/** Code 1 when a load did not reach its end, or when nothing of what was read could be taken; 2 for a wrong format. */
function exitCodeOf(jobs: readonly LoadJob[], summary: LoadSummary): number {
  if (jobs.some((job) => job.error?.code === 'usage.invalid')) return 2;
  const allDone = jobs.every((job) => job.state === 'done');
  const allFailed = summary.failed > 0 && summary.failed === summary.read;
  return allDone && !allFailed ? 0 : 1;
}

/** `quanlian load`: loads files through the running server, or into the folder itself when none runs. */
export async function loadCommand(paths: readonly string[], options: LoadCommandOptions): Promise<void> {
  await requirePaths(paths);
  const server = await findServer(options.data);
  const mapping = await findMapping(options.mapping);
  const jobs = server ? await loadThere(server, paths, mapping) : await loadHere(paths, options, mapping);
  const summary = addSummaries(jobs.map((job) => job.summary));
  const sequence = jobs.findLast((job) => job.sequence !== null)?.sequence ?? null;
  sayFailures(jobs, options.data);
  if (options.json) await printJson({ ...summary, sequence });
  else await printSummary(summary, sequence);
  for (const { error, name } of jobs) if (error) say(`quanlian: ${name}: ${error.message}`);
  if (jobs.some((job) => job.state === 'stopped')) {
    say('The load was stopped; what was committed stays. Run the same command again to go on from there.');
  }
  process.exitCode = exitCodeOf(jobs, summary);
}
