import { randomBytes } from 'node:crypto';
import type { LoadJob } from '@quanlian/contract';
import { emptySummary } from './load.mark.js';
import type { LoadProgress } from './load.pipeline.js';

const RATE_AFTER_MS = 500;

export const isOver = (job: LoadJob): boolean => job.state !== 'running' && job.state !== 'waiting';

/** A load that has not begun. Its id sorts by time. */
export function newJob(name: string, origin: LoadJob['origin'], now: Date, version?: string): LoadJob {
  const stamp = now.toISOString().replace(/[-:.Z]/g, '');
  return {
    id: `${stamp}-${randomBytes(4).toString('hex')}`,
    name,
    origin,
    state: 'waiting',
    startedAt: now.toISOString(),
    finishedAt: null,
    bytesDone: 0,
    bytesTotal: null,
    recordsPerSecond: null,
    secondsLeft: null,
    summary: emptySummary(),
    failures: [],
    sequence: null,
    error: null,
    ...(version === undefined ? {} : { version }),
  };
}

/** The job's numbers after some progress; rates are over the time this run has taken. */
export function withProgress(job: LoadJob, progress: LoadProgress, elapsedMs: number): LoadJob {
  const { summary, failures, bytesDone, sequence, resumedAt } = progress;
  const seconds = elapsedMs / 1000;
  const measurable = elapsedMs > RATE_AFTER_MS;
  const left = job.bytesTotal === null || bytesDone === 0 ? null : ((job.bytesTotal - bytesDone) * seconds) / bytesDone;
  return {
    ...job,
    summary: { ...summary },
    failures: failures.slice(),
    bytesDone,
    sequence: sequence ?? job.sequence,
    recordsPerSecond: measurable ? Math.round((summary.read - resumedAt) / seconds) : null,
    secondsLeft: measurable && left !== null ? Math.max(0, Math.round(left)) : null,
  };
}
