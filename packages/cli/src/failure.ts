import { resolve } from 'node:path';
import { QuanlianError } from '@quanlian/contract';

/** What the system says of a file, as the beginning of a sentence. */
const FILE_FAULTS: Readonly<Record<string, string>> = {
  ENOENT: 'There is no such file, or no folder for it:',
  ENOTDIR: 'What should be a folder is a file, on the way to',
  EISDIR: 'A folder stands where a file is meant:',
  EACCES: 'This account may not use',
  EPERM: 'This account may not use',
  EROFS: 'Nothing can be written to',
  ENOSPC: 'No space is left for',
};

/** The sentence for a fault of a file that the command line names; any other missing file is a fault of the program. */
function fileFault(error: unknown, args: readonly string[]): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code = '', path } = error as NodeJS.ErrnoException;
  const said = FILE_FAULTS[code];
  if (said === undefined || path === undefined) return undefined;
  const isNamed = args.some((one) => resolve(one.replace(/^--[\w-]+=/, '')) === resolve(path));
  return isNamed ? `${said} ${path}. Check the path.` : undefined;
}

/** Says on standard error why the command ends, and gives the exit code that goes with it. */
export function reportFailure(error: unknown, args: readonly string[]): number {
  if (error instanceof QuanlianError) {
    process.stderr.write(`quanlian: ${error.message}\n`);
    return error.exitCode;
  }
  const fault = fileFault(error, args);
  if (fault !== undefined) {
    process.stderr.write(`quanlian: ${fault}\n`);
    return 1;
  }
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  process.stderr.write(`quanlian: something failed that should not. Please report this:\n${text}\n`);
  return 1;
}
