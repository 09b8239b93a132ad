import { QuanlianError } from '@quanlian/contract';

/** Says on standard error why the command ends, and gives the exit code that goes with it. */
export function reportFailure(error: unknown): number {
  if (error instanceof QuanlianError) {
    process.stderr.write(`quanlian: ${error.message}\n`);
    return error.exitCode;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`quanlian: something failed that should not. Please report this:\n${text}\n`);
  return 1;
}
