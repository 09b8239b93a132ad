import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { QuanlianError } from '@quanlian/contract';
import { errorCode, type FileSystem, readWhole, writeWhole } from './file-system.js';

/** Who holds the writer's lock. `started` tells two processes with one pid apart where the system knows it. */
interface Holder {
  readonly pid: number;
  readonly boot: string;
  readonly started: string;
  readonly token: string;
}

export interface WriterLock {
  /** Refuses `corpus.locked` when the lock is no longer ours. */
  confirm(): void;
  release(): void;
}

const LOCK_NAME = 'lock';
const ATTEMPTS = 5;

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // Not Linux, or not ours to read: the caller has a fallback.
    return undefined;
  }
}

/** Identifies this run of the machine, so that a pid of an earlier run is never taken for a live one. */
function bootId(): string {
  return readText('/proc/sys/kernel/random/boot_id')?.trim() ?? `host:${hostname()}`;
}

/** When a process started, in ticks since the machine did; empty where the system does not tell. */
function startOf(pid: number): string {
  const stat = readText(`/proc/${pid}/stat`);
  // The second field is the program's name in brackets and may hold blanks; the start is the 22nd.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

function isLive(holder: Holder): boolean {
  if (holder.boot !== bootId() || !isRunning(holder.pid)) return false;
  return holder.started === '' || holder.started === startOf(holder.pid);
}

function readHolder(fs: FileSystem, path: string): Holder | undefined | 'absent' {
  try {
    const parsed = JSON.parse(readWhole(fs, path).toString('utf8')) as Holder | null;
    return parsed ?? undefined;
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return 'absent';
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const refuse = (dir: string, holder: Holder | undefined): QuanlianError =>
  new QuanlianError(
    'corpus.locked',
    `The corpus folder ${dir} is being written by ${holder ? `process ${holder.pid}` : 'another process'}; ` +
      'stop that process or wait until it has finished.',
  );

/** Moves a stale lock aside; gives it back if another process has taken its place in the meantime. */
function removeStale(fs: FileSystem, path: string, stale: Holder | undefined, aside: string): void {
  try {
    fs.rename(path, aside);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return;
    throw error;
  }
  const moved = readHolder(fs, aside);
  if (moved !== 'absent' && moved !== undefined && moved.token !== stale?.token && isLive(moved))
    fs.rename(aside, path);
  else fs.remove(aside);
}

function tryCreate(fs: FileSystem, path: string, holder: Holder): void {
  try {
    writeWhole(fs, path, Buffer.from(JSON.stringify(holder)), true);
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
}

/**
 * Takes the writer's lock of a corpus folder: a file created exclusively that names the process and the run of the
 * machine. A lock whose process is gone is taken over; a live one is refused with `corpus.locked`.
 */
export function takeLock(fs: FileSystem, dir: string, token: string): WriterLock {
  const path = join(dir, LOCK_NAME);
  const own: Holder = { pid: process.pid, boot: bootId(), started: startOf(process.pid), token };
  const isOurs = (): boolean => {
    const holder = readHolder(fs, path);
    return holder !== 'absent' && holder?.token === token;
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    // A thread of ours that died left the lock of this very token: it is still ours.
    tryCreate(fs, path, own);
    if (isOurs()) {
      return {
        confirm() {
          const holder = readHolder(fs, path);
          if (holder === 'absent' || holder?.token !== token)
            throw refuse(dir, holder === 'absent' ? undefined : holder);
        },
        release() {
          if (isOurs()) fs.remove(path);
        },
      };
    }
    const holder = readHolder(fs, path);
    if (holder === 'absent') continue;
    if (holder !== undefined && isLive(holder)) throw refuse(dir, holder);
    removeStale(fs, path, holder, join(dir, `lock-${token}.tmp`));
  }
  throw refuse(dir, undefined);
}
