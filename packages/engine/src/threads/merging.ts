import type { MergeJob } from '../merge/job.js';
import type { BuiltSegment } from '../segment/builder.js';
import type { ThreadClient } from './client.js';

/** Merging beside everything else: one thread writes merged segments, the writer only takes them over. */
export interface Merging {
  /** Looks for what is due, unless that is going on already. */
  wake(): void;
  /** Waits until nothing is due; rejects with what keeps a merge from being done. */
  finish(): Promise<void>;
  /** What kept the last merge from being done. */
  problem(): string | undefined;
  /** Gives up the merge under way; what it wrote is removed when the folder is opened for writing next. */
  stop(): Promise<void>;
}

export function createMerging(writer: ThreadClient, merger: ThreadClient, show: () => Promise<void>): Merging {
  let running: Promise<void> | undefined;
  let problem: string | undefined;
  let isStopped = false;

  const mergeOne = async (job: MergeJob): Promise<void> => {
    let built: BuiltSegment | null = null;
    try {
      built = await merger.call('merge', job);
    } finally {
      if (!isStopped) await writer.call('endMerge', job, built);
    }
  };
  const run = async (): Promise<void> => {
    while (!isStopped) {
      const job = await writer.call('startMerge');
      if (job === null) return;
      await mergeOne(job);
      await show();
    }
  };
  const start = (): Promise<void> => {
    running ??= run()
      .then(
        () => {
          problem = undefined;
        },
        (error: unknown) => {
          problem = error instanceof Error ? error.message : String(error);
          throw error;
        },
      )
      .finally(() => {
        running = undefined;
      });
    return running;
  };
  return {
    wake() {
      // What goes wrong is told by `problem`; the next load tries again.
      start().catch(() => undefined);
    },
    async finish() {
      await running?.catch(() => undefined);
      await start();
    },
    problem: () => problem,
    async stop() {
      isStopped = true;
      await merger.stop();
      await running?.catch(() => undefined);
    },
  };
}
