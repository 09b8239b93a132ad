import { dirname } from 'node:path';
import type { FileSystem, ReadableFile, WritableFile } from '../storage/file-system.js';

/** Thrown by every call from the moment the machine is stopped. */
export class Stopped extends Error {
  override readonly name = 'Stopped';
}

interface Inode {
  data: Buffer;
  synced: Buffer;
}

/** What a crash leaves of what was not synced: nothing, everything, or by chance a part of each. */
export type CrashMode = 'lost' | 'kept' | 'mixed';

const failure = (code: string, path: string): Error => Object.assign(new Error(`${code}: ${path}`), { code });

/**
 * A disk in memory that keeps apart what is written and what is durable: bytes become durable when their file is
 * synced, names (creations, renames, removals) when their folder is. It can stop at any call.
 */
export class MemoryDisk implements FileSystem {
  readonly names = new Map<string, Inode>();
  readonly #durable = new Map<string, Inode>();
  /** Calls made so far. */
  calls = 0;
  /** The call at which the machine stops. */
  stopAt = Number.POSITIVE_INFINITY;
  /** Calls that fail with this code instead of being done; the machine goes on. */
  readonly failing = new Map<number, 'EIO' | 'ENOSPC'>();
  /** Bytes the disk takes before it is full. */
  capacity = Number.POSITIVE_INFINITY;
  /** Bytes reported as free; by default what `capacity` leaves. */
  reportedFree: number | undefined;

  #step(): void {
    if (++this.calls >= this.stopAt) throw new Stopped();
    const code = this.failing.get(this.calls);
    if (code !== undefined) throw failure(code, `call ${this.calls}`);
  }

  #find(path: string): Inode {
    const inode = this.names.get(path);
    if (inode === undefined) throw failure('ENOENT', path);
    return inode;
  }

  get used(): number {
    let bytes = 0;
    for (const { data } of this.names.values()) bytes += data.length;
    return bytes;
  }

  makeDir(): void {
    this.#step();
  }

  list(path: string): string[] {
    this.#step();
    return [...this.names.keys()].filter((name) => dirname(name) === path).map((name) => name.slice(path.length + 1));
  }

  open(path: string): ReadableFile {
    this.#step();
    const { data } = this.#find(path);
    return {
      size: data.length,
      read: (into, position) => {
        this.#step();
        if (position + into.length > data.length) throw failure('EEND', path);
        into.set(data.subarray(position, position + into.length));
      },
      close: () => undefined,
    };
  }

  create(path: string, exclusive = false): WritableFile {
    this.#step();
    if (exclusive && this.names.has(path)) throw failure('EEXIST', path);
    const inode: Inode = { data: Buffer.alloc(0), synced: Buffer.alloc(0) };
    this.names.set(path, inode);
    return {
      write: (bytes) => {
        const half = Buffer.from(bytes.subarray(0, bytes.length >> 1));
        if (this.calls + 1 >= this.stopAt || this.failing.has(this.calls + 1))
          inode.data = Buffer.concat([inode.data, half]);
        this.#step();
        if (this.used + bytes.length > this.capacity) {
          inode.data = Buffer.concat([inode.data, half]);
          throw failure('ENOSPC', path);
        }
        inode.data = Buffer.concat([inode.data, bytes]);
      },
      sync: () => {
        this.#step();
        inode.synced = inode.data;
      },
      close: () => undefined,
    };
  }

  rename(from: string, to: string): void {
    this.#step();
    const inode = this.#find(from);
    this.names.delete(from);
    this.names.set(to, inode);
  }

  remove(path: string): void {
    this.#step();
    this.names.delete(path);
  }

  syncDir(path: string): void {
    this.#step();
    for (const name of this.#durable.keys())
      if (dirname(name) === path && !this.names.has(name)) this.#durable.delete(name);
    for (const [name, inode] of this.names) if (dirname(name) === path) this.#durable.set(name, inode);
  }

  freeBytes(): number {
    this.#step();
    return this.reportedFree ?? this.capacity - this.used;
  }

  /** The disk as the machine finds it when it starts again. `chance` gives numbers from 0 to 1. */
  afterCrash(mode: CrashMode, chance: () => number): MemoryDisk {
    const disk = new MemoryDisk();
    for (const name of new Set([...this.names.keys(), ...this.#durable.keys()])) {
      const keepName = mode === 'kept' || (mode === 'mixed' && chance() < 0.5);
      const inode = (keepName ? this.names : this.#durable).get(name);
      if (inode === undefined) continue;
      const data = survivingBytes(inode, mode, chance);
      disk.put(name, data);
    }
    return disk;
  }

  /** Puts a durable file in place, or damages one. */
  put(path: string, data: Buffer): void {
    const inode = { data, synced: data };
    this.names.set(path, inode);
    this.#durable.set(path, inode);
  }
}

function survivingBytes({ data, synced }: Inode, mode: CrashMode, chance: () => number): Buffer {
  if (mode === 'kept') return data;
  if (mode === 'lost' || data.length <= synced.length) return synced;
  return data.subarray(0, synced.length + Math.floor(chance() * (data.length - synced.length + 1)));
}
