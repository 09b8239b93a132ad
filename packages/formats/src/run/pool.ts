import { MessageChannel, type MessagePort, Worker } from 'node:worker_threads';
import type { LoadFailure } from '@quanlian/contract';
import { type Job, type JobResult, runJob } from './job.js';

/** A job done. Documents that were sent wait at the port, in order; closing it gives them up. */
export interface Done extends JobResult {
  readonly port?: MessagePort;
}

/** Reads jobs on threads. */
export interface Pool {
  /** How many jobs keep every thread busy. */
  readonly width: number;
  run(job: Job): Promise<Done>;
  close(): Promise<void>;
}

export interface PoolOptions {
  /** 0 reads on the calling thread. */
  readonly threads: number;
  /** Milliseconds a single record may take before its thread is ended. */
  readonly recordTimeout: number;
  /** The program of a worker; the one built beside this package by default. */
  readonly worker?: URL;
}

const WORKER = new URL('../../dist/run/worker.js', import.meta.url);

export function createPool(options: PoolOptions): Pool {
  if (options.threads <= 0) {
    return { width: 1, run: (job) => Promise.resolve(runJob(job)), close: () => Promise.resolve() };
  }
  const idle: ReaderThread[] = [];
  const waiting: ((thread: ReaderThread) => void)[] = [];
  const threads = new Set<ReaderThread>();
  let closed = false;
  const release = (thread: ReaderThread): void => {
    const next = waiting.shift();
    if (next) next(thread);
    else idle.push(thread);
  };
  const add = (): ReaderThread => {
    const thread = createThread(options);
    threads.add(thread);
    return thread;
  };
  const acquire = (): ReaderThread | Promise<ReaderThread> => {
    const ready = idle.pop();
    if (ready) return ready;
    if (threads.size < options.threads) return add();
    return new Promise((resolve) => {
      waiting.push(resolve);
    });
  };
  const run = async (job: Job): Promise<Done> => {
    const thread = await acquire();
    const answer = await thread.run(job);
    if ('result' in answer) {
      release(thread);
      return answer.result;
    }
    threads.delete(thread);
    // Closing ends threads at work; what they were reading is nobody's any more.
    if (closed) throw new Error('the reading was ended');
    const replacement = add();
    release(replacement);
    const broken = { ...job.broken, [answer.index]: brokenRecord(job, answer.index, answer.why) };
    return run({ ...job, broken });
  };
  return {
    width: options.threads * 2,
    run,
    close: async () => {
      closed = true;
      await Promise.all([...threads].map((thread) => thread.end()));
    },
  };
}

function brokenRecord(job: Job, index: number, why: string): LoadFailure {
  const record = job.records[index];
  return {
    code: 'record.reader_failed',
    message: `The reader was ended on this record: ${why}.`,
    file: record?.file ?? '',
    offset: record?.offset ?? 0,
  };
}

type Answer = { readonly result: Done } | { readonly index: number; readonly why: string };

interface ReaderThread {
  /** Gives the result, or the index of the record on which the thread broke. */
  run(job: Job): Promise<Answer>;
  end(): Promise<unknown>;
}

/** Room for what is made and forgotten with each record: twice the usual, for half as many collections. */
const YOUNG_MEGABYTES = 96;
/** Stands for the record while a thread starts or takes its job over. */
const NOT_BEGUN = -1;
/** Milliseconds a thread may take to start, on a machine that is busy with other things. */
const START_TIMEOUT = 60_000;

function createThread({ recordTimeout, worker: program }: PoolOptions): ReaderThread {
  const current = new Int32Array(new SharedArrayBuffer(4));
  const worker = new Worker(program ?? WORKER, {
    workerData: { current: current.buffer },
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MEGABYTES },
  });
  const run = (job: Job): Promise<Answer> =>
    new Promise((resolve) => {
      Atomics.store(current, 0, NOT_BEGUN);
      let last = { index: NOT_BEGUN, since: Date.now() };
      const watch = setInterval(
        () => {
          const index = Atomics.load(current, 0);
          if (index !== last.index) last = { index, since: Date.now() };
          else if (Date.now() - last.since > (index === NOT_BEGUN ? START_TIMEOUT + recordTimeout : recordTimeout))
            broke(`it took longer than ${recordTimeout / 1000} seconds`);
        },
        Math.min(1000, recordTimeout / 2),
      );
      const { port1: port, port2 } = new MessageChannel();
      const onMessage = (result: JobResult): void => settle({ result: { ...result, port } });
      const onError = (error: Error): void => broke(error.message);
      const onExit = (): void => broke('its thread ended');
      const settle = (answer: Answer): void => {
        clearInterval(watch);
        worker.off('message', onMessage).off('error', onError).off('exit', onExit);
        resolve(answer);
      };
      const broke = (why: string): void => {
        settle({ index: Math.max(0, Atomics.load(current, 0)), why });
        port.close();
        // A late error of a thread that is being ended must not end the program.
        worker.on('error', () => undefined);
        void worker.terminate();
      };
      worker.on('message', onMessage).on('error', onError).on('exit', onExit);
      worker.postMessage({ job, port: port2 }, [port2]);
    });
  return { run, end: () => worker.terminate() };
}
