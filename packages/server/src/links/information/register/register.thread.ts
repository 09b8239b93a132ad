import { Worker } from 'node:worker_threads';
import type { SearchBackend } from '@quanlian/engine';
import type { RegisterPhase } from './derivation.js';
import type { AppliedMessage, RegisterMessage, RegisterThreadData } from './register.protocol.js';

/** Always the compiled file, at the same depth from src and from dist, so that tests run the same thread. */
const WORKER_FILE = new URL('../../../../dist/links/information/register/register.worker.js', import.meta.url);

/** Facts are read, turned to numbers and forgotten: room for few of them, and still few collections. */
const YOUNG_MIB = 24;

/** What a run came to: the state derived from, and the newest state that the run itself made. */
interface DerivationRun {
  readonly sequence: number;
  /** The state after the last column, when nothing else changed the corpus meanwhile. */
  readonly newest: number | undefined;
}

/** A derivation in a thread of its own. */
export interface DerivationThread {
  /** Undefined when it was stopped. */
  readonly ended: Promise<DerivationRun | undefined>;
  stop(): void;
}

/** Starts a derivation; the columns it makes are applied by the backend, everything else happens in the thread. */
export function startDerivation(
  settings: Omit<RegisterThreadData, 'stop'>,
  backend: SearchBackend,
  onProgress: (phase: RegisterPhase, done: number, total: number) => void,
): DerivationThread {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(WORKER_FILE, {
    workerData: { ...settings, stop } satisfies RegisterThreadData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MIB },
  });
  let newest: number | undefined;
  let expected: number | undefined;

  async function apply({ name, column, sequence }: RegisterMessage & { kind: 'column' }): Promise<void> {
    let problem: string | undefined;
    try {
      const made = (await backend.applyColumns(name, column, sequence)).sequence;
      newest = made === (expected ?? sequence) + 1 ? made : undefined;
      // Once another change came between, no state of this run is the newest one derived.
      expected = newest ?? Number.NaN;
    } catch (error) {
      problem = error instanceof Error ? error.message : String(error);
    }
    worker.postMessage({ problem } satisfies AppliedMessage);
  }

  const ended = new Promise<DerivationRun | undefined>((resolve, reject) => {
    worker.on('message', (message: RegisterMessage) => {
      if (message.kind === 'progress') onProgress(message.phase, message.done, message.total);
      else if (message.kind === 'column') void apply(message);
      else if (message.kind === 'failed') reject(new Error(message.message));
      else if (message.sequence === undefined) resolve(undefined);
      else resolve({ sequence: message.sequence, newest: expected === undefined ? message.sequence : newest });
    });
    worker.on('error', reject);
    worker.on('exit', () => reject(new Error('The thread of the register ended before its work was done.')));
  });
  return {
    ended,
    stop: () => {
      Atomics.store(new Int32Array(stop), 0, 1);
    },
  };
}
