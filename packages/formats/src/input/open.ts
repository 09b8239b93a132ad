import { createReadStream, type Stats } from 'node:fs';
import { lstat, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { type LoadFailure, QuanlianError } from '@quanlian/contract';
import { detectContent } from '../split/detect.js';
import { isWorkbook, workbookAsCsv } from '../tables/workbook.js';
import { ARCHIVE_LIMITS, type ArchiveLimits, createBudget, type ExpansionBudget, refused } from './limits.js';
import { gunzip, peekStream, unzstd } from './streams.js';
import { tarMembers } from './tar.js';
import type { Input, InputProgress } from './types.js';
import { type Member, spool, zipMembers } from './zip.js';

export interface OpenOptions {
  readonly limits?: Partial<ArchiveLimits>;
  /** What `-` stands for; the process's standard input by default. */
  readonly stdin?: AsyncIterable<Uint8Array>;
  /** The name under which `-` is reported; `-` by default. */
  readonly stdinName?: string;
  /** Opens workbooks as tables (CSV of the first sheet); otherwise they are refused by name. */
  readonly workbooks?: boolean;
}

/** Inputs in a fixed order, and how much of them has been read. */
export interface OpenedInputs extends AsyncIterable<Input> {
  readonly progress: InputProgress;
}

interface Source {
  readonly name: string;
  readonly path: string | undefined;
  readonly size: number;
  readonly fileDate?: string | undefined;
}

/**
 * Opens files, folders (all files below, sorted by name), zip, tar, gz and zst archives, archives inside
 * archives to a bounded depth, and `-` for standard input. What a file is decides its content, not its name.
 * Throws `load.not_found` when a path does not exist; everything found later comes as a failure in the stream.
 */
export async function openInputs(paths: readonly string[], options: OpenOptions = {}): Promise<OpenedInputs> {
  const limits = { ...ARCHIVE_LIMITS, ...options.limits };
  const lists = await Promise.all(paths.map((path) => listSources(path, options.stdinName ?? '-')));
  const sources = lists.flat();
  const known = sources.every((source) => source.path !== undefined);
  const progress: InputProgress = { done: 0, total: known ? sources.reduce((sum, { size }) => sum + size, 0) : null };
  return { progress, [Symbol.asyncIterator]: () => readSources(sources, progress, limits, options) };
}

async function listSources(path: string, stdinName: string): Promise<Source[]> {
  if (path === '-') return [{ name: stdinName, path: undefined, size: 0 }];
  let info: Awaited<ReturnType<typeof stat>>;
  try {
    info = await stat(path);
  } catch (cause) {
    throw new QuanlianError('load.not_found', `There is no file or folder at ${path}.`, { cause });
  }
  return info.isDirectory() ? listFolder(path) : [sourceOf(path, info)];
}

function sourceOf(path: string, info: Stats): Source {
  return { name: path, path, size: info.size, fileDate: info.mtime.toISOString() };
}

/** Links inside folders are not followed. */
async function listFolder(folder: string): Promise<Source[]> {
  const names = (await readdir(folder)).sort();
  const found: Source[] = [];
  for (const name of names) {
    const path = join(folder, name);
    const info = await lstat(path);
    if (info.isDirectory()) found.push(...(await listFolder(path)));
    else if (info.isFile()) found.push(sourceOf(path, info));
  }
  return found;
}

async function* readSources(
  sources: readonly Source[],
  progress: InputProgress,
  limits: ArchiveLimits,
  { stdin, workbooks = false }: OpenOptions,
): AsyncGenerator<Input> {
  let finished = 0;
  for (const source of sources) {
    const budget = createBudget(source.name, source.size, limits);
    const raw =
      source.path === undefined
        ? (stdin ?? process.stdin)
        : createReadStream(source.path, { highWaterMark: 256 * 1024 });
    const counted = countBytes(
      raw as AsyncIterable<Uint8Array>,
      progress,
      source.path === undefined ? budget : undefined,
    );
    try {
      yield* openStream({
        name: source.name,
        path: source.path,
        fileDate: source.fileDate,
        chunks: counted,
        depth: 1,
        budget,
        limits,
        progress,
        workbooks,
        base: finished,
      });
    } catch (error) {
      yield { kind: 'failure', failure: failureOf(source.name, error) };
    }
    finished += source.size;
    progress.done = Math.max(progress.done, finished);
  }
}

async function* countBytes(
  chunks: AsyncIterable<Uint8Array>,
  progress: InputProgress,
  unsized: ExpansionBudget | undefined,
): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    progress.done += chunk.length;
    if (unsized) unsized.packed += chunk.length;
    yield chunk;
  }
}

interface Stream {
  readonly name: string;
  /** Set for files of the disk. */
  readonly path: string | undefined;
  readonly fileDate: string | undefined;
  readonly chunks: AsyncIterable<Uint8Array>;
  readonly depth: number;
  readonly budget: ExpansionBudget;
  readonly limits: ArchiveLimits;
  readonly progress: InputProgress;
  readonly workbooks: boolean;
  /** Packed bytes of the inputs before this one. */
  readonly base: number;
}

async function* openStream(stream: Stream): AsyncGenerator<Input> {
  const { name, fileDate, depth, budget, limits } = stream;
  const { head, chunks } = await peekStream(stream.chunks);
  const { kind } = detectContent(head);
  if (kind !== 'zip' && kind !== 'tar' && kind !== 'gzip' && kind !== 'zstd') {
    yield { kind: 'file', name, fileDate, head, chunks };
    await chunks.return(undefined);
    return;
  }
  if (kind === 'zip' && isWorkbook(name, head)) {
    yield* openWorkbook(stream, chunks);
    return;
  }
  if (depth > limits.depth) {
    await chunks.return(undefined);
    throw refused(name, `it lies more than ${limits.depth} archives deep`);
  }
  if (kind === 'gzip' || kind === 'zstd') {
    const unpacked = kind === 'gzip' ? gunzip(name, chunks, budget) : unzstd(name, chunks, budget);
    yield* openStream({ ...stream, path: undefined, chunks: unpacked, depth: depth + 1 });
  } else if (kind === 'tar') yield* openMembers(stream, tarMembers(name, chunks, limits));
  else yield* openZip(stream, chunks);
}

/** A workbook is one table, not an archive of its parts. */
async function* openWorkbook(stream: Stream, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Input> {
  const { name, fileDate, limits } = stream;
  if (!stream.workbooks) {
    await chunks.return(undefined);
    const why = 'it is a workbook, and a table needs a mapping of its columns (--mapping FILE, or the load page)';
    const message = `${name} was not loaded: ${why}.`;
    yield { kind: 'failure', failure: { code: 'load.unknown_format', message, file: name, offset: 0 } };
    return;
  }
  const copy = await spool(name, chunks, limits.nested);
  try {
    const table = await peekStream(workbookAsCsv(await readFile(copy.path)));
    yield { kind: 'file', name, fileDate, head: table.head, chunks: table.chunks };
    await table.chunks.return(undefined);
  } finally {
    await copy.remove();
  }
}

async function* openZip(stream: Stream, chunks: AsyncGenerator<Uint8Array>): AsyncGenerator<Input> {
  const { name, budget, limits, progress } = stream;
  if (stream.path !== undefined) {
    await chunks.return(undefined);
    let packed = 0;
    yield* openMembers(stream, zipMembers(name, stream.path, budget, limits), (bytes) => {
      packed += bytes;
      progress.done = stream.base + packed;
    });
    return;
  }
  const copy = await spool(name, chunks, limits.nested);
  try {
    yield* openMembers(stream, zipMembers(name, copy.path, budget, limits));
  } finally {
    await copy.remove();
  }
}

async function* openMembers(
  stream: Stream,
  members: AsyncIterable<Member>,
  onPacked?: (bytes: number) => void,
): AsyncGenerator<Input> {
  for await (const member of members) {
    const name = `${stream.name}!${member.name}`;
    if ('refusal' in member) {
      yield { kind: 'failure', failure: failureOf(name, member.refusal) };
      continue;
    }
    try {
      yield* openStream({ ...stream, name, path: undefined, chunks: member.chunks, depth: stream.depth + 1 });
    } catch (error) {
      // A limit of the whole input ends the archive; damage of one member does not.
      if (stream.budget.exhausted) throw error;
      yield { kind: 'failure', failure: failureOf(name, error) };
    }
    onPacked?.(member.packed);
    if (stream.budget.exhausted) return;
  }
}

function failureOf(file: string, error: unknown): LoadFailure {
  if (error instanceof QuanlianError) return { code: error.code, message: error.message, file, offset: 0 };
  const message = error instanceof Error ? error.message : String(error);
  return { code: 'load.archive_refused', message: `${file} could not be read: ${message}.`, file, offset: 0 };
}
