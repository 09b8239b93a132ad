import type { LoadJob } from '@quanlian/contract';

const EVERY_MS = 3000;
const EVERY_ON_TERMINAL_MS = 200;

const thousands = (n: number): string => n.toLocaleString('en-US');

function duration(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}

/** One line about a load: how far, how fast, how long still. */
export function describeProgress(job: LoadJob): string {
  const { summary, bytesDone, bytesTotal, recordsPerSecond, secondsLeft } = job;
  const parts = [`${job.name}: ${thousands(summary.read)} records`];
  if (bytesTotal) parts.push(`${Math.min(100, Math.floor((bytesDone / bytesTotal) * 100))} %`);
  if (recordsPerSecond !== null) parts.push(`${thousands(recordsPerSecond)}/s`);
  if (secondsLeft !== null) parts.push(`${duration(secondsLeft)} left`);
  if (summary.failed > 0) parts.push(`${thousands(summary.failed)} failed`);
  return parts.join(' · ');
}

/** Shows progress on standard error: one line rewritten on a terminal, else a line every few seconds. */
export function createProgress() {
  const onTerminal = process.stderr.isTTY === true;
  let shown = onTerminal ? 0 : Date.now();
  return {
    show(text: string): void {
      const at = Date.now();
      if (at - shown < (onTerminal ? EVERY_ON_TERMINAL_MS : EVERY_MS)) return;
      shown = at;
      process.stderr.write(onTerminal ? `\r\u001b[K${text}` : `${text}\n`);
    },
    /** Clears the rewritten line so that what follows starts at its beginning. */
    end(): void {
      if (onTerminal) process.stderr.write('\r\u001b[K');
    },
  };
}
