import {
  closeSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statfsSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** An open file that is only read. */
export interface ReadableFile {
  readonly size: number;
  /** Fills `into` from `position`; throws when the file ends before it is full. */
  read(into: Uint8Array, position: number): void;
  close(): void;
}

/** A file being written from its beginning. What is not synced may be lost in a crash. */
export interface WritableFile {
  write(bytes: Uint8Array): void;
  sync(): void;
  close(): void;
}

/**
 * Every access of the engine to a disk, so that tests can lose unsynced writes and stop at any call. Errors are
 * those of node:fs, with its codes (ENOENT, EEXIST, ENOSPC).
 */
export interface FileSystem {
  /** Creates a folder and those above it that are missing, durably. */
  makeDir(path: string): void;
  list(path: string): string[];
  open(path: string): ReadableFile;
  /** Creates or empties a file; with `exclusive` an existing one is refused with EEXIST. */
  create(path: string, exclusive?: boolean): WritableFile;
  rename(from: string, to: string): void;
  remove(path: string): void;
  /** Makes the creations, renames and removals inside a folder durable. */
  syncDir(path: string): void;
  /** Bytes free for this process on the disk of the path. */
  freeBytes(path: string): number;
}

function openForReading(path: string): ReadableFile {
  const fd = openSync(path, 'r');
  const { size } = fstatSync(fd);
  return {
    size,
    read(into, position) {
      let done = 0;
      while (done < into.length) {
        const got = readSync(fd, into, done, into.length - done, position + done);
        if (got === 0) throw Object.assign(new Error(`${path} ends at byte ${position + done}`), { code: 'EEND' });
        done += got;
      }
    },
    close: () => closeSync(fd),
  };
}

function openForWriting(path: string, exclusive: boolean): WritableFile {
  const fd = openSync(path, exclusive ? 'wx' : 'w');
  return {
    write(bytes) {
      let done = 0;
      while (done < bytes.length) done += writeSync(fd, bytes, done);
    },
    sync: () => fsyncSync(fd),
    close: () => closeSync(fd),
  };
}

function syncFolder(path: string): void {
  // Windows has no handle of a folder to sync; its file system orders metadata by itself.
  if (process.platform === 'win32') return;
  const fd = openSync(path, 'r');
  try {
    fsyncSync(fd);
  } finally {
    closeSync(fd);
  }
}

function makeDir(path: string): void {
  const first = mkdirSync(path, { recursive: true });
  if (first === undefined) return;
  // Each new folder is a new name in the one above it.
  for (let folder = path; folder.length >= first.length; folder = dirname(folder)) syncFolder(dirname(folder));
}

/** The real disk. */
export const nodeFileSystem: FileSystem = {
  makeDir,
  list: (path) => readdirSync(path),
  open: openForReading,
  create: (path, exclusive = false) => openForWriting(path, exclusive),
  rename: renameSync,
  remove: (path) => rmSync(path, { force: true }),
  syncDir: syncFolder,
  freeBytes: (path) => {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize;
  },
};

/** The code of a file-system error (ENOENT, EEXIST, ENOSPC…), if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}

/** Reads a whole small file. */
export function readWhole(fs: FileSystem, path: string): Buffer {
  const file = fs.open(path);
  try {
    const bytes = Buffer.allocUnsafe(file.size);
    file.read(bytes, 0);
    return bytes;
  } finally {
    file.close();
  }
}

/** Writes a whole small file and syncs its bytes (not its folder). */
export function writeWhole(fs: FileSystem, path: string, bytes: Uint8Array, exclusive = false): void {
  const file = fs.create(path, exclusive);
  try {
    file.write(bytes);
    file.sync();
  } finally {
    file.close();
  }
}
