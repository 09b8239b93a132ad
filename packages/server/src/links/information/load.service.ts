import { EventEmitter, once } from 'node:events';
import { type LoadJob, QuanlianError } from '@quanlian/contract';
import type { SearchBackend } from '@quanlian/engine';
import type { AssetStore } from './asset.store.js';
import { isOver, newJob, withProgress } from './load.job.js';
import type { JournalEntry, LoadJournal } from './load.journal.js';
import { type BatchLimits, type LoadProgress, runLoad } from './load.pipeline.js';
import type { LoadSource } from './load.source.js';

/** What is to be loaded. `open` runs when the load's turn has come. */
export interface LoadOrder {
  /** Shown to people. */
  readonly name: string;
  readonly origin: LoadJob['origin'];
  /** Known by: an order with the same key goes on where an earlier one stopped. */
  readonly key: string;
  /** Files that let the load start again after the program has ended. */
  readonly paths?: readonly string[];
  /** The report of an earlier run to go on with. */
  readonly earlier?: LoadJob;
  open(): Promise<LoadSource>;
  /** Runs after the load has ended, before the next one; not when the end of the program has stopped it. */
  afterwards?(job: LoadJob): Promise<void>;
}

export interface LoadServiceDeps {
  readonly backend: SearchBackend;
  readonly assets: AssetStore;
  readonly journal: LoadJournal;
  readonly limits?: BatchLimits;
  /** Version of the program, kept in reports so that failures can be tried again after an update. */
  readonly version?: string;
  readonly now?: () => Date;
  readonly onEnded?: (job: LoadJob) => void;
  readonly onError?: (error: unknown) => void;
}

/** Loads one after another, in the order they were asked for. */
export interface LoadService {
  enqueue(order: LoadOrder): LoadJob;
  /** Loads that an earlier run of the program left undone. */
  readonly unfinished: readonly JournalEntry[];
  list(): LoadJob[];
  /** Throws `load.not_found`. */
  get(id: string): LoadJob;
  /** Stops at the next commit; a waiting load never starts. Throws `load.not_found`. */
  stop(id: string): LoadJob;
  /** Resolves when the load has ended; `onProgress` is called at most a few times a second. */
  ended(id: string, onProgress?: (job: LoadJob) => void): Promise<LoadJob>;
  failures(id: string): Promise<NodeJS.ReadableStream | undefined>;
  /** Stops the running load at its next commit and takes no more; they go on at the next start. */
  close(): Promise<void>;
}

const DEFAULT_LIMITS: BatchLimits = { documents: 5000, bytes: 48 * 1024 * 1024 };
const TELL_EVERY_MS = 200;
const JOBS_LISTED = 200;

interface Entry {
  job: LoadJob;
  readonly order: LoadOrder;
  readonly stopping: AbortController;
}

/** What the loads of one service share. */
interface Shared extends Required<Omit<LoadServiceDeps, 'version'>> {
  readonly version?: string;
  readonly events: EventEmitter;
  closing: boolean;
}

function keep({ journal, onError }: Shared, entry: Entry): Promise<void> {
  const { key, paths = [] } = entry.order;
  return journal.write({ job: entry.job, key, paths: [...paths] }).catch(onError);
}

/** Reads the source to its end or a stop, keeping the entry's job up to date. */
async function perform(shared: Shared, entry: Entry): Promise<void> {
  const { backend, assets, journal, limits, now, events } = shared;
  const startedAt = now();
  const source = await entry.order.open();
  entry.job = { ...entry.job, state: 'running', startedAt: startedAt.toISOString(), bytesTotal: source.bytesTotal };
  await keep(shared, entry);
  const update = (progress: LoadProgress) => {
    entry.job = withProgress(entry.job, progress, now().getTime() - startedAt.getTime());
  };
  let told = 0;
  let last: LoadProgress | undefined;
  const onProgress = (progress: LoadProgress) => {
    last = progress;
    const at = Date.now();
    if (at - told < TELL_EVERY_MS) return;
    told = at;
    update(progress);
    events.emit(entry.job.id, entry.job);
  };
  const onCommit = (progress: LoadProgress) => {
    update(progress);
    return keep(shared, entry);
  };
  const { id } = entry.job;
  const run = { job: id, name: entry.order.key, source, signal: entry.stopping.signal, onProgress, onCommit };
  try {
    const reachedEnd = await runLoad({ backend, assets, failureLog: journal.failureLog(id), limits }, run);
    entry.job = { ...entry.job, state: reachedEnd ? 'done' : 'stopped' };
  } finally {
    if (last) update(last);
  }
}

function failed(job: LoadJob, error: unknown): LoadJob {
  const known = error instanceof QuanlianError;
  const message = known ? error.message : 'The load failed inside; the log has the details.';
  return { ...job, state: 'failed', error: { code: known ? error.code : 'server.internal', message } };
}

async function runEntry(shared: Shared, entry: Entry): Promise<void> {
  const { now, onError, onEnded, events } = shared;
  await keep(shared, entry);
  if (entry.stopping.signal.aborted) entry.job = { ...entry.job, state: 'stopped' };
  else {
    await perform(shared, entry).catch((error: unknown) => {
      if (!(error instanceof QuanlianError)) onError(error);
      entry.job = failed(entry.job, error);
    });
  }
  // A load that the program's end has stopped is still to do.
  const willGoOn = shared.closing && entry.job.state === 'stopped';
  entry.job = { ...entry.job, finishedAt: now().toISOString(), secondsLeft: null };
  const kept = willGoOn ? { ...entry, job: { ...entry.job, state: 'waiting' as const, finishedAt: null } } : entry;
  await keep(shared, kept);
  if (!willGoOn) await entry.order.afterwards?.(entry.job).catch(onError);
  onEnded(entry.job);
  events.emit(entry.job.id, entry.job);
  events.emit(`${entry.job.id} ended`);
}

/** Reports of earlier runs. One that was cut short is stopped now, and listed as unfinished. */
async function recover({ journal, now }: Shared) {
  const past = new Map<string, LoadJob>();
  const unfinished: JournalEntry[] = [];
  for (const { job, key, paths } of await journal.list()) {
    if (isOver(job)) {
      past.set(job.id, job);
      continue;
    }
    const cut = { ...job, state: 'stopped' as const, finishedAt: now().toISOString() };
    past.set(job.id, cut);
    unfinished.push({ job: cut, key, paths });
    await journal.write({ job: cut, key, paths: [] });
  }
  return { past, unfinished };
}

/** Opens the service on a journal; what an earlier run left undone is named by `unfinished`. */
export async function createLoadService(deps: LoadServiceDeps): Promise<LoadService> {
  const nothing = () => undefined;
  const defaults = { limits: DEFAULT_LIMITS, now: () => new Date(), onEnded: nothing, onError: nothing };
  const shared: Shared = { ...defaults, ...deps, events: new EventEmitter().setMaxListeners(0), closing: false };
  const { past, unfinished } = await recover(shared);
  const entries = new Map<string, Entry>();
  let queue: Promise<void> = Promise.resolve();

  const find = (id: string): LoadJob => {
    const job = entries.get(id)?.job ?? past.get(id);
    if (!job) throw new QuanlianError('load.not_found', `There is no load “${id}”.`, { path: 'id' });
    return job;
  };

  return {
    unfinished,
    enqueue(order) {
      if (shared.closing) throw new QuanlianError('load.stopped', 'The program is ending and takes no more loads.');
      const { earlier } = order;
      const job: LoadJob = earlier
        ? { ...earlier, state: 'waiting', finishedAt: null, error: null }
        : newJob(order.name, order.origin, shared.now(), shared.version);
      const entry: Entry = { job, order, stopping: new AbortController() };
      past.delete(job.id);
      entries.set(job.id, entry);
      queue = queue.then(() => runEntry(shared, entry)).catch(shared.onError);
      return job;
    },
    list() {
      const jobs = [...past.values(), ...[...entries.values()].map((entry) => entry.job)];
      return jobs.toSorted((a, b) => (a.id < b.id ? 1 : -1)).slice(0, JOBS_LISTED);
    },
    get: find,
    stop(id) {
      const job = find(id);
      entries.get(id)?.stopping.abort();
      return job;
    },
    async ended(id, onProgress) {
      if (isOver(find(id))) return find(id);
      if (onProgress) shared.events.on(id, onProgress);
      await once(shared.events, `${id} ended`);
      if (onProgress) shared.events.off(id, onProgress);
      return find(id);
    },
    failures: (id) => deps.journal.failures(find(id).id),
    async close() {
      shared.closing = true;
      for (const entry of entries.values()) entry.stopping.abort();
      await queue;
    },
  };
}
