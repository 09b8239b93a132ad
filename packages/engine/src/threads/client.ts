import { Worker } from 'node:worker_threads';
import { ERROR_CODES, type ErrorCode, QuanlianError } from '@quanlian/contract';
import {
  type AnswerBatch,
  type AnswerMessage,
  type CallBatch,
  type CallMessage,
  type CallName,
  type Calls,
  type SentError,
  STARTED,
  type WorkerSettings,
} from './protocol.js';

/** Always the compiled file, at the same depth from src and from dist, so that tests run the same thread. */
const WORKER_FILE = new URL('../../dist/threads/worker.js', import.meta.url);

/**
 * A heap that may become large is allowed to double before its garbage is collected, one with a near end only to grow
 * by two thirds. What the engine keeps lies outside of it, in buffers under their own bound.
 */
const HEAP = { maxOldGenerationSizeMb: 1024 };

interface Waiting {
  readonly resolve: (value: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** One engine thread. After it died the next call starts it again. */
export interface ThreadClient {
  readonly pending: number;
  call<Name extends CallName>(name: Name, ...args: Calls[Name]['args']): Promise<Calls[Name]['result']>;
  close(): Promise<void>;
  /** Ends the thread in the middle of whatever it does. */
  stop(): Promise<void>;
}

const isCode = (code: string | undefined): code is ErrorCode => code !== undefined && code in ERROR_CODES;

function toError({ code, message, path }: SentError): Error {
  if (!isCode(code)) return new Error(message);
  return new QuanlianError(code, message, path === undefined ? {} : { path });
}

/**
 * The calls that wait for their answers, each under a number that is free again when it is answered. No Map: one that
 * grows and shrinks leaves its old tables behind, and each keeps the answers of the calls it once held.
 */
class WaitingCalls {
  /** The place of the start is kept for it. */
  readonly #slots: (Waiting | undefined)[] = [undefined];
  readonly #free: number[] = [];

  get size(): number {
    return this.#slots.length - 1 - this.#free.length;
  }

  add(waiting: Waiting, id = this.#free.pop() ?? this.#slots.length): number {
    this.#slots[id] = waiting;
    return id;
  }

  take(id: number): Waiting | undefined {
    const waiting = this.#slots[id];
    if (waiting === undefined) return undefined;
    this.#slots[id] = undefined;
    if (id !== STARTED) this.#free.push(id);
    return waiting;
  }

  takeAll(): Waiting[] {
    return this.#slots.flatMap((_, id) => this.take(id) ?? []);
  }
}

class Thread implements ThreadClient {
  readonly #waiting = new WaitingCalls();
  readonly #settings: WorkerSettings;
  #worker: Worker | undefined;
  #started: Promise<unknown> | undefined;
  /** Calls of this turn of the event loop, sent together at its end. */
  #outgoing: CallMessage[] = [];
  #closed = false;

  constructor(settings: WorkerSettings) {
    this.#settings = settings;
  }

  get pending(): number {
    return this.#waiting.size;
  }

  /** Starts the thread if it does not run; rejects with the refusal of opening the folder. */
  start(): Promise<unknown> {
    this.#started ??= this.#launch();
    return this.#started;
  }

  #launch(): Promise<unknown> {
    const worker = new Worker(WORKER_FILE, { workerData: this.#settings, resourceLimits: HEAP });
    this.#worker = worker;
    const started = new Promise((resolve, reject) => {
      this.#waiting.add({ resolve, reject }, STARTED);
    });
    worker.on('message', (batch: AnswerBatch) => {
      for (const message of batch) this.#settle(message);
    });
    worker.on('error', (error) => this.#fail(worker, error));
    worker.on('exit', () => this.#fail(worker, new Error('The engine thread ended before it answered.')));
    return started;
  }

  #settle(message: AnswerMessage): void {
    const waiting = this.#waiting.take(message.id);
    if (message.error === undefined) waiting?.resolve(message.result);
    else waiting?.reject(toError(message.error));
  }

  #fail(worker: Worker, error: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#started = undefined;
    this.#outgoing = [];
    for (const { reject } of this.#waiting.takeAll()) reject(error);
  }

  #send(call: CallMessage): void {
    this.#outgoing.push(call);
    if (this.#outgoing.length === 1) setImmediate(() => this.#flush());
  }

  #flush(): void {
    const batch = this.#outgoing;
    this.#outgoing = [];
    try {
      if (batch.length > 0) this.#worker?.postMessage(batch satisfies CallBatch);
    } catch (error) {
      for (const { id } of batch) this.#waiting.take(id)?.reject(error);
    }
  }

  async call<Name extends CallName>(name: Name, ...args: Calls[Name]['args']): Promise<Calls[Name]['result']> {
    if (this.#closed) throw new QuanlianError('server.internal', 'The corpus is closed.');
    await this.start();
    if (this.#worker === undefined) throw new Error('The engine thread ended before it was asked.');
    const answer = new Promise((resolve, reject) => {
      this.#send({ id: this.#waiting.add({ resolve, reject }), name, args });
    });
    return (await answer) as Calls[Name]['result'];
  }

  async close(): Promise<void> {
    if (this.#closed) return;
    const worker = this.#worker;
    if (worker !== undefined) await this.call('close').catch(() => worker.terminate());
    this.#closed = true;
  }

  async stop(): Promise<void> {
    this.#closed = true;
    await this.#worker?.terminate();
  }
}

/** A thread that starts when it is first asked. */
export const lazyThread = (settings: WorkerSettings): ThreadClient => new Thread(settings);

/** Starts a thread and waits until it has opened the folder. */
export async function startThread(settings: WorkerSettings): Promise<ThreadClient> {
  const thread = new Thread(settings);
  await thread.start();
  return thread;
}
