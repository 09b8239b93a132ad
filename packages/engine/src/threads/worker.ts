import { parentPort, workerData } from 'node:worker_threads';
import { type PatentDocument, QuanlianError } from '@quanlian/contract';
import { type BatchRecord, unpackPart } from '../corpus/batch.js';
import { Corpus } from '../corpus/corpus.js';
import { runMerge } from '../merge/job.js';
import { nodeFileSystem } from '../storage/file-system.js';
import {
  type AnswerBatch,
  type AnswerMessage,
  type CallBatch,
  type CallName,
  type Calls,
  type SentError,
  STARTED,
  type WorkerSettings,
} from './protocol.js';

type Handlers = { [Name in CallName]: (...args: Calls[Name]['args']) => Calls[Name]['result'] };
type MergerCall = 'merge' | 'close';

function makeMergerHandlers({ dir }: WorkerSettings): Pick<Handlers, MergerCall> {
  return { merge: (job) => runMerge(nodeFileSystem, dir, job), close: () => null };
}

function makeHandlers(corpus: Corpus): Omit<Handlers, 'merge'> {
  const scans = new Map<number, Generator<PatentDocument>>();
  let lastScan = 0;
  const closeScan = (number: number): null => {
    scans.get(number)?.return(undefined);
    scans.delete(number);
    return null;
  };
  const scanNext = (number: number, count: number): PatentDocument[] => {
    const batch: PatentDocument[] = [];
    const scan = scans.get(number);
    while (scan && batch.length < count) {
      const next = scan.next();
      if (next.done) {
        closeScan(number);
        break;
      }
      batch.push(next.value);
    }
    return batch;
  };
  const staged = new Map<number, BatchRecord[]>();
  const unstage = (number: number): BatchRecord[] => {
    const batch = staged.get(number) ?? [];
    staged.delete(number);
    return batch;
  };
  return {
    stage(number, part) {
      const batch = staged.get(number);
      if (batch) batch.push(...unpackPart(part));
      else staged.set(number, unpackPart(part));
      return null;
    },
    apply(number, count, marks) {
      const batch = unstage(number);
      if (batch.length !== count)
        throw new Error(`The batch to apply has ${batch.length} records where ${count} were sent.`);
      return corpus.apply(batch, marks);
    },
    drop(number) {
      unstage(number);
      return null;
    },
    applyColumns: (name, updates, sequence) => corpus.applyColumns(name, updates, sequence),
    applySynonyms: (sets) => corpus.applySynonyms(sets),
    synonyms: () => corpus.synonyms(),
    startMerge: () => corpus.startMerge() ?? null,
    endMerge: (job, built) => corpus.endMerge(job, built ?? undefined),
    marks: () => corpus.marks(),
    refresh: () => corpus.refresh(),
    search: (request) => corpus.search(request),
    suggest: (request) => corpus.suggest(request),
    similar: (request) => corpus.similar(request),
    get: (ids, leaveOut) => corpus.get(ids, leaveOut),
    resolve: (numbers) => corpus.resolve(numbers),
    stats: () => corpus.stats(),
    check: () => corpus.check(),
    scanOpen(query, sort, asOf) {
      scans.set(++lastScan, corpus.scan(query, sort, asOf));
      return lastScan;
    },
    scanNext,
    scanClose: closeScan,
    close() {
      for (const number of scans.keys()) closeScan(number);
      corpus.close();
      return null;
    },
  };
}

function toSent(error: unknown): SentError {
  if (error instanceof QuanlianError) return { code: error.code, message: error.message, path: error.details.path };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: undefined, message, path: undefined };
}

/** Answers are gathered this long, and only before calls that take little time themselves. */
const GATHER_MS = 2;
const QUICK: ReadonlySet<CallName> = new Set<CallName>(['get', 'resolve', 'refresh', 'marks', 'stage']);

function serve(): void {
  const port = parentPort;
  if (port === null) return;
  let gathered: AnswerMessage[] = [];
  let since = 0;
  const send = (): void => {
    if (gathered.length > 0) port.postMessage(gathered satisfies AnswerBatch);
    gathered = [];
    since = performance.now();
  };
  const answer = (message: AnswerMessage): void => {
    gathered.push(message);
    if (performance.now() - since > GATHER_MS) send();
  };
  try {
    const settings = workerData as WorkerSettings;
    const handlers: Partial<Handlers> =
      settings.role === 'merger'
        ? makeMergerHandlers(settings)
        : makeHandlers(new Corpus({ fs: nodeFileSystem, write: settings.role === 'writer', ...settings }));
    port.on('message', (calls: CallBatch) => {
      since = performance.now();
      for (const { id, name, args } of calls) {
        if (!QUICK.has(name)) send();
        try {
          const handler = handlers[name] as (...given: unknown[]) => unknown;
          answer({ id, result: handler(...args) });
        } catch (error) {
          answer({ id, error: toSent(error) });
        }
      }
      send();
      if (calls.some(({ name }) => name === 'close')) port.close();
    });
    port.postMessage([{ id: STARTED, result: null }] satisfies AnswerBatch);
  } catch (error) {
    port.postMessage([{ id: STARTED, error: toSent(error) }] satisfies AnswerBatch);
    port.close();
  }
}

serve();
