import { setTimeout as sleep } from 'node:timers/promises';
import { type Cluster, type ClusterOptions, startCluster } from './cluster.js';

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 30_000;

/**
 * Starts the embedded server and keeps it running: one that ends without being asked to is started again on the same
 * port, so that connections made later find it. `onError` is told each time, and of each try that fails.
 */
export async function superviseCluster(options: ClusterOptions, onError: (error: Error) => void): Promise<Cluster> {
  const stopping = new AbortController();
  const { signal } = stopping;
  let current = await startCluster(options);
  const { port } = current;
  const restart = async (): Promise<void> => {
    for (let wait = FIRST_WAIT_MS; !signal.aborted; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
      try {
        current = await startCluster({ ...options, port });
        return;
      } catch (error) {
        onError(error instanceof Error ? error : new Error(String(error)));
        await sleep(wait, undefined, { signal, ref: false }).catch(() => undefined);
      }
    }
  };
  let restarting = Promise.resolve();
  const watch = async (): Promise<void> => {
    for (;;) {
      await current.ended;
      if (signal.aborted) return;
      onError(new Error('the work database ended by itself and is started again'));
      restarting = restart();
      await restarting;
    }
  };
  return {
    port,
    ended: watch(),
    async stop() {
      stopping.abort();
      // A start that is under way comes to its end first; what it started is stopped.
      await restarting;
      await current.stop();
    },
  };
}
