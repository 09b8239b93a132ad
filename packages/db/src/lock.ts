import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { link, open, readFile, rename, rm } from 'node:fs/promises';
import { uptime } from 'node:os';
import { QuanlianError } from '@quanlian/contract';
import { isRunning, startOf } from './process.js';

/** Who holds a folder: a process, told apart from a later one with the same number by its start and the machine's. */
interface Holder {
  readonly pid: number;
  readonly boot: string;
  readonly started: string;
}

/** A held lock; `release` may be called more than once. */
export interface FolderLock {
  release(): Promise<void>;
}

function bootId(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  } catch {
    // Elsewhere than on Linux: the minute the machine started, which drifts less than a process id is reused.
    return `boot-${Math.round((Date.now() / 1000 - uptime()) / 60)}`;
  }
}

function isAlive(holder: Holder): boolean {
  if (holder.boot !== bootId()) return false;
  return isRunning(holder.pid) && startOf(holder.pid) === holder.started;
}

function parseHolder(text: string): Holder | undefined {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== 'object' || value === null) return undefined;
    const { pid, boot, started } = value as Partial<Holder>;
    return typeof pid === 'number' && typeof boot === 'string' && typeof started === 'string'
      ? { pid, boot, started }
      : undefined;
  } catch {
    return undefined;
  }
}

async function create(file: string): Promise<boolean> {
  // Written aside and linked into place, so that nobody ever reads a half-written lock.
  const making = `${file}.${randomUUID()}`;
  const holder: Holder = { pid: process.pid, boot: bootId(), started: startOf(process.pid) };
  const handle = await open(making, 'wx', 0o600);
  await handle.writeFile(JSON.stringify(holder));
  await handle.sync();
  await handle.close();
  try {
    await link(making, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(making, { force: true });
  }
}

/** Takes away the lock of a process that is gone, unless another process was quicker and took its place. */
async function clearStale(file: string, stale: string): Promise<void> {
  const aside = `${file}.${randomUUID()}`;
  try {
    await rename(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if ((await readFile(aside, 'utf8')) !== stale) await link(aside, file);
  await rm(aside, { force: true });
}

/**
 * Takes the lock file of a folder (`what` names it in the sentence). A lock whose process is gone, of this or an
 * earlier start of the machine, is taken over. Throws `corpus.locked` naming the holder otherwise.
 */
export async function lockFolder(file: string, what: string): Promise<FolderLock> {
  for (let attempt = 0; attempt < 5; attempt += 1) {
    if (await create(file)) return { release: () => rm(file, { force: true }) };
    const text = await readFile(file, 'utf8').catch(() => undefined);
    if (text === undefined) continue;
    const holder = parseHolder(text);
    if (holder && isAlive(holder)) {
      throw new QuanlianError(
        'corpus.locked',
        `${what} is in use by process ${holder.pid}. Stop that process, or name another data folder with --data.`,
      );
    }
    await clearStale(file, text);
  }
  throw new QuanlianError('corpus.locked', `${what} could not be locked because other processes keep taking ${file}.`);
}
