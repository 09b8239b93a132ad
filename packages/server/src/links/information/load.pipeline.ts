import { type LoadFailure, type LoadSummary, type PatentDocument, QuanlianError } from '@quanlian/contract';
import type { ApplyResult, SearchBackend } from '@quanlian/engine';
import { describeImage } from '@quanlian/formats/images';
import type { AssetStore } from './asset.store.js';
import { emptySummary, type LoadMark, markKey, readMark } from './load.mark.js';
import type { LoadItem, LoadPosition, LoadSource } from './load.source.js';
import { mediaTypeOf } from './media-types.js';

/** How much is gathered before it is committed. */
export interface BatchLimits {
  readonly documents: number;
  readonly bytes: number;
}

/** Where the failures of a load are kept in full; positions are in bytes of the file. */
export interface FailureLog {
  append(failures: readonly LoadFailure[]): Promise<number>;
  /** Takes over what an earlier run of the same load had written: its failures, and its counts as last reported. */
  continueFrom(job: string, bytes: number): Promise<{ failures: LoadFailure[]; summary: LoadSummary | undefined }>;
}

export interface LoadRun {
  readonly job: string;
  /** What the load is known by; the same name and inputs go on where an earlier run was. */
  readonly name: string;
  readonly source: LoadSource;
  readonly signal: AbortSignal;
  /** Told after every item that changes them; the objects are the run's own and go on changing. */
  readonly onProgress: (progress: LoadProgress) => void;
  /** Awaited after every commit, so that the counts are written down beside it. */
  readonly onCommit: (progress: LoadProgress) => Promise<void>;
}

export interface LoadProgress {
  readonly summary: LoadSummary;
  readonly failures: readonly LoadFailure[];
  readonly bytesDone: number;
  readonly sequence: number | null;
  /** Records that an earlier run had done. */
  readonly resumedAt: number;
}

export interface PipelineDeps {
  readonly backend: SearchBackend;
  readonly assets: AssetStore;
  readonly failureLog: FailureLog;
  readonly limits: BatchLimits;
}

const FAILURES_SHOWN = 1000;
/** How long a source may take to end once it is asked to. */
const STOP_GRACE_MS = 5000;
const BYTES_PER_CHARACTER = 2;

/** Memory a document's text takes, roughly: its long fields alone are counted. */
function weightOf(document: PatentDocument): number {
  let characters = 2000;
  for (const text of Object.values(document.abstracts ?? {})) characters += text.length;
  for (const claim of document.claims ?? []) characters += claim.text.length;
  for (const part of document.description ?? []) characters += (part.text?.length ?? 0) + 50;
  return characters * BYTES_PER_CHARACTER;
}

/** One load at work: what is gathered, what is done, where it stands. */
interface State {
  batch: PatentDocument[];
  weight: number;
  fresh: LoadFailure[];
  position: LoadPosition | undefined;
  bytesDone: number;
  sequence: number | null;
  marked: boolean;
  assets: number;
  failureBytes: number;
  readonly summary: LoadSummary;
  readonly failures: LoadFailure[];
  readonly resumedAt: number;
}

async function begin(deps: PipelineDeps, run: LoadRun): Promise<State> {
  const mark: LoadMark | undefined = readMark((await deps.backend.marks())[markKey(run.name)], run.source);
  const earlier = mark ? await deps.failureLog.continueFrom(mark.job, mark.failureBytes) : undefined;
  // Should the program have ended between a commit and its report, the outcomes of that one batch stay uncounted.
  const summary = { ...emptySummary(), ...earlier?.summary, read: mark?.read ?? 0, failed: mark?.failed ?? 0 };
  return {
    batch: [],
    weight: 0,
    fresh: [],
    position: mark?.position,
    bytesDone: 0,
    sequence: null,
    marked: mark !== undefined,
    assets: 0,
    failureBytes: mark?.failureBytes ?? 0,
    summary,
    failures: earlier?.failures.slice(0, FAILURES_SHOWN) ?? [],
    resumedAt: summary.read,
  };
}

function count(summary: LoadSummary, result: ApplyResult): void {
  for (const outcome of ['added', 'merged', 'unchanged', 'stale'] as const) summary[outcome] += result[outcome];
}

const noteAt = (run: LoadRun, { summary, failureBytes }: State, position: LoadPosition): LoadMark => ({
  position,
  fingerprint: run.source.fingerprint(position),
  read: summary.read,
  failed: summary.failed,
  job: run.job,
  failureBytes,
});

/** Commits what was gathered together with the position behind it; `done` takes the note away instead. */
async function commit(deps: PipelineDeps, run: LoadRun, state: State, done: boolean): Promise<void> {
  const { batch, fresh, summary } = state;
  if (batch.length === 0 && fresh.length === 0 && !(done && state.marked)) return;
  state.failureBytes = fresh.length > 0 ? await deps.failureLog.append(fresh) : state.failureBytes;
  await deps.assets.sync();
  const note = done || state.position === undefined ? null : JSON.stringify(noteAt(run, state, state.position));
  const result = await deps.backend.apply(batch, { [markKey(run.name)]: note });
  count(summary, result);
  state.sequence = result.sequence;
  state.marked = !done;
  state.batch = [];
  state.weight = 0;
  state.fresh = [];
  await run.onCommit(state);
}

/** Notes a record or file that was not taken. */
function fail(state: State, failure: LoadFailure): void {
  state.summary.read += 1;
  state.summary.failed += 1;
  state.fresh.push(failure);
  if (state.failures.length < FAILURES_SHOWN) state.failures.push(failure);
}

/** Keeps an image; one that is damaged, too large or of no kind that can be shown fails by name. */
async function keepAsset(deps: PipelineDeps, state: State, path: string, content: Uint8Array): Promise<void> {
  try {
    await deps.assets.put(path, content, describeImage(content, mediaTypeOf(content) ?? 'of an unknown kind'));
    state.assets += 1;
  } catch (error) {
    if (!(error instanceof QuanlianError) || error.code !== 'image.refused') throw error;
    fail(state, { code: error.code, message: `${path}: ${error.message}`, file: path, offset: 0 });
  }
}

async function take(deps: PipelineDeps, state: State, item: LoadItem): Promise<void> {
  const { summary } = state;
  switch (item.kind) {
    case 'document':
      summary.read += 1;
      state.batch.push(item.document);
      state.weight += weightOf(item.document);
      state.position = item.at;
      return;
    case 'failure':
      fail(state, item.failure);
      state.position = item.at;
      return;
    case 'asset':
      await keepAsset(deps, state, item.path, item.content);
      state.position = item.at;
      return;
    case 'elements':
      for (const [path, times] of Object.entries(item.unknown)) {
        summary.unknownElements[path] = (summary.unknownElements[path] ?? 0) + times;
      }
      return;
    case 'progress':
      state.bytesDone = item.bytesDone;
  }
}

const nothingFound = (): QuanlianError =>
  new QuanlianError(
    'load.unknown_format',
    'No record of a format that can be read was found. Check what the file holds.',
  );

/**
 * The items of a source until the signal is given. A source that does not heed the signal is left alone after a
 * grace, so that a reader that hangs cannot keep the program from ending.
 */
async function* untilStopped(items: AsyncIterable<LoadItem>, signal: AbortSignal): AsyncGenerator<LoadItem> {
  const iterator = items[Symbol.asyncIterator]();
  let timer: NodeJS.Timeout | undefined;
  const givenUp = new Promise<undefined>((resolve) => {
    signal.addEventListener('abort', () => {
      timer = setTimeout(resolve, STOP_GRACE_MS, undefined);
    });
  });
  let hangs = false;
  try {
    for (;;) {
      const result = await Promise.race([iterator.next(), givenUp]);
      hangs = result === undefined;
      if (result === undefined || result.done) return;
      yield result.value;
      if (signal.aborted) return;
    }
  } finally {
    clearTimeout(timer);
    if (!hangs) await iterator.return?.();
  }
}

/**
 * Reads a source to its end or until it is stopped, in batches that are each committed with the position behind
 * them. Resolves to whether the end was reached. What was read before a stop or a failure of the source is committed.
 * Refusals of the backend (a full disk, a damaged file) and of the source are thrown.
 */
export async function runLoad(deps: PipelineDeps, run: LoadRun): Promise<boolean> {
  const state = await begin(deps, run);
  const report = () => run.onProgress(state);
  report();
  const isFull = () =>
    state.batch.length >= deps.limits.documents ||
    state.weight >= deps.limits.bytes ||
    state.fresh.length >= deps.limits.documents;
  let sourceError: unknown;
  try {
    for await (const item of untilStopped(run.source.read(state.position, run.signal), run.signal)) {
      await take(deps, state, item);
      report();
      if (isFull()) await commit(deps, run, state, false);
    }
  } catch (error) {
    sourceError = error;
  }
  const reachedEnd = sourceError === undefined && !run.signal.aborted;
  await commit(deps, run, state, reachedEnd);
  report();
  if (sourceError !== undefined && !run.signal.aborted) throw sourceError;
  if (reachedEnd && state.summary.read === 0 && state.assets === 0) throw nothingFound();
  return reachedEnd;
}
