import type { WorkJob } from '@quanlian/contract';

/** How far a job is, as far as it tells. */
export interface JobProgress {
  readonly done: number;
  /** Null when the job does not know how much there is. */
  readonly total: number | null;
  /** Steps a second since it started; null before a second has gone. */
  readonly rate: number | null;
  /** Seconds that are left at that rate; null when it cannot be told. */
  readonly left: number | null;
}

const numberIn = (progress: object, names: readonly string[]): number | null => {
  for (const name of names) {
    const value = (progress as Record<string, unknown>)[name];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
  }
  return null;
};

/** Reads what a job says of its progress; undefined when it says nothing that can be counted. */
export function progressOf({ progress, startedAt, endedAt, state }: WorkJob, now: number): JobProgress | undefined {
  if (typeof progress !== 'object' || progress === null) return undefined;
  const done = numberIn(progress, ['done', 'count']);
  if (done === null) return undefined;
  const total = numberIn(progress, ['total', 'planned']);
  const until = endedAt === null ? now : Date.parse(endedAt);
  const seconds = startedAt === null ? 0 : (until - Date.parse(startedAt)) / 1000;
  const rate = seconds >= 1 ? done / seconds : null;
  const isRunning = state === 'running' && total !== null && rate !== null && rate > 0;
  return { done, total, rate, left: isRunning ? Math.max(0, (total - done) / rate) : null };
}
