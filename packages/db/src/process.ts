import { readFileSync } from 'node:fs';

/** The fields of proc(5)'s `stat` after the program's name, from the state on; undefined where the system has none. */
function statFields(pid: number): string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return text.slice(text.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

/** Whether a process runs. One that has ended but was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  return statFields(pid)?.[0] !== 'Z';
}

/** The process's start in clock ticks since the machine's; empty where the system does not tell. */
export function startOf(pid: number): string {
  return statFields(pid)?.[19] ?? '';
}
