import { access, mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { type InboxReport, type LoadJob, LoadJobSchema, type PutAwayFile, QuanlianError } from '@quanlian/contract';
import { byDate, dayTold, findGaps } from './inbox.series.js';
import type { LoadService } from './load.service.js';
import type { LoadSource } from './load.source.js';

export interface InboxDeps {
  readonly dir: string;
  readonly loads: LoadService;
  readonly openFiles: (paths: readonly string[]) => Promise<LoadSource>;
  readonly onError: (error: unknown) => void;
  /** How often the folder is looked at; a file is taken when it has not changed between two looks. */
  readonly everyMs?: number;
  /** Version of the program: files with failures that another version read are read again. */
  readonly version?: string;
}

export interface Inbox {
  stop(): void;
}

const DONE = 'done';
const FAILED = 'failed';
const REPORT = '.report.json';
/** Failed records of a file that the report of the inbox names. */
const FAILURES_TOLD = 3;
/** Names under which browsers and copying programs keep what is not whole yet. */
const UNFINISHED = /^[.~]|\.(?:part|partial|crdownload|tmp|filepart)$/i;

/** Size and last change of a file, or of everything in a folder; undefined when it is gone again. */
async function shapeOf(path: string): Promise<string | undefined> {
  try {
    const found = await stat(path);
    if (!found.isDirectory()) return `${found.size}:${found.mtimeMs}`;
    const inside = (await readdir(path)).toSorted();
    const shapes = await Promise.all(inside.map(async (name) => `${name}=${await shapeOf(join(path, name))}`));
    return shapes.join('|');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** A name in a folder that neither a file nor a report has yet: `a.xml`, `a (2).xml`, … */
async function freeName(dir: string, name: string): Promise<string> {
  const extension = extname(name);
  const stem = name.slice(0, name.length - extension.length);
  for (let number = 1; ; number += 1) {
    const candidate = number === 1 ? name : `${stem} (${number})${extension}`;
    const taken = (await exists(join(dir, candidate))) || (await exists(join(dir, `${candidate}${REPORT}`)));
    if (!taken) return candidate;
  }
}

/** The report beside a file that was put away; undefined when there is none that can be read. */
async function reportOf(folder: string, name: string): Promise<LoadJob | undefined> {
  const text = await readFile(join(folder, `${name}${REPORT}`), 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return LoadJobSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

const hadFailures = ({ summary, state }: LoadJob): boolean => summary.failed > 0 || state === 'failed';

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder).catch(() => [])).filter((name) => !name.endsWith(REPORT));

const isWaiting = (name: string): boolean => name !== DONE && name !== FAILED && !UNFINISHED.test(name);

/** What stands in an inbox folder: what waits, which weeks are missing, and which files had records that failed. */
export async function readInbox(dir: string): Promise<InboxReport> {
  const waiting = byDate((await readdir(dir).catch(() => [])).filter(isWaiting));
  const done = await filesIn(join(dir, DONE));
  const failed: InboxReport['failed'] = [];
  for (const folder of [DONE, FAILED] as const) {
    for (const name of folder === DONE ? done : await filesIn(join(dir, FAILED))) {
      const job = await reportOf(join(dir, folder), name);
      if (!job || !hadFailures(job)) continue;
      const { version, summary, id: load, error } = job;
      const failures = job.failures.slice(0, FAILURES_TOLD);
      const told = version === undefined ? {} : { version };
      failed.push({ name, folder, failed: summary.failed, load, error, failures, ...told });
    }
  }
  return {
    waiting: waiting.map((name) => ({ name, date: dayTold(name) })),
    gaps: findGaps([...waiting, ...done]),
    failed,
  };
}

/** Puts a file back into the inbox, where it is read again; what it gave before is recognized. */
async function putBack(dir: string, { folder, name }: PutAwayFile): Promise<void> {
  await rename(join(dir, folder, name), join(dir, name));
  await rm(join(dir, folder, `${name}${REPORT}`), { force: true });
}

/**
 * Puts files with failed records back into the inbox to be read again. Nothing is moved when one of them is no such
 * file (`inbox.not_found`) or its name waits there already (`inbox.name_taken`).
 */
export async function retryFromInbox(dir: string, files: readonly PutAwayFile[]): Promise<void> {
  const { failed } = await readInbox(dir);
  const names = new Set<string>();
  for (const { folder, name } of files) {
    // Only what the report names is moved, so that a name never leads out of the folder.
    if (!failed.some((one) => one.folder === folder && one.name === name)) {
      const sentence = `“${folder}/${name}” is no file of the inbox with failed records. Read the inbox again.`;
      throw new QuanlianError('inbox.not_found', sentence);
    }
    if (names.has(name) || (await exists(join(dir, name)))) {
      const sentence = `A file “${name}” waits in the inbox already. Try again when it has been loaded.`;
      throw new QuanlianError('inbox.name_taken', sentence);
    }
    names.add(name);
  }
  for (const file of files) await putBack(dir, file);
}

/** Puts files with failures that another version of the program read back into the inbox; what they gave already stays. */
async function retryAfterUpdate(dir: string, version: string): Promise<void> {
  for (const file of (await readInbox(dir)).failed) {
    if (file.version === version || (await exists(join(dir, file.name)))) continue;
    await putBack(dir, file);
  }
}

/** Whether a load gave the corpus anything, so that its file belongs to `done`. */
function succeeded({ state, summary }: LoadJob): boolean {
  return state === 'done' && (summary.failed === 0 || summary.read > summary.failed);
}

/**
 * Watches the inbox: a file or folder that has come to rest is loaded and moved to `done` or `failed` with a report
 * beside it. A file stays where it is until its load has ended, so none is lost when the program ends.
 */
export function watchInbox(deps: InboxDeps): Inbox {
  const { dir, loads, onError, version } = deps;
  const seen = new Map<string, string>();
  const taken = new Set<string>();
  let stopped = false;
  let retried = false;
  let timer: NodeJS.Timeout | undefined;

  async function putAway(name: string, job: LoadJob): Promise<void> {
    const target = join(dir, succeeded(job) ? DONE : FAILED);
    const free = await freeName(target, name);
    await writeFile(join(target, `${free}${REPORT}`), `${JSON.stringify(job, null, 2)}\n`, { flag: 'wx' });
    await rename(join(dir, name), join(target, free));
    taken.delete(name);
    seen.delete(name);
  }

  function take(name: string, shape: string): void {
    taken.add(name);
    loads.enqueue({
      name,
      origin: 'inbox',
      key: `inbox:${name}:${shape}`,
      open: () => deps.openFiles([join(dir, name)]),
      afterwards: (job) => putAway(name, job),
    });
  }

  async function look(): Promise<void> {
    for (const folder of [dir, join(dir, DONE), join(dir, FAILED)]) await mkdir(folder, { recursive: true });
    const names = byDate((await readdir(dir)).filter(isWaiting));
    for (const name of names) {
      if (taken.has(name)) continue;
      const shape = await shapeOf(join(dir, name));
      if (shape === undefined) continue;
      if (seen.get(name) === shape && !stopped) take(name, shape);
      seen.set(name, shape);
    }
    for (const name of seen.keys()) if (!names.includes(name)) seen.delete(name);
  }

  async function turn(): Promise<void> {
    if (version !== undefined && !retried) await retryAfterUpdate(dir, version).catch(onError);
    retried = true;
    await look().catch(onError);
    if (!stopped) timer = setTimeout(turn, deps.everyMs ?? 2000);
  }
  void turn();

  return {
    stop() {
      stopped = true;
      clearTimeout(timer);
    },
  };
}
