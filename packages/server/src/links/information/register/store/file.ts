import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { crc32 } from 'node:zlib';
import { Ints } from './ints.js';
import { emptyTables, type RegisterTables } from './tables.js';
import { TextPool } from './text-pool.js';

/**
 * One file: magic, the length of its head, the head (JSON: the small values, and name, length and CRC-32 of every
 * array), its CRC-32, and the arrays one after another, each at a place that 8 divides.
 */
const MAGIC = 'QLREG002';
const ALIGNMENT = 8;
const READ_AT_ONCE = 1 << 28;

interface Head {
  readonly sequence: number;
  readonly basis: string;
  readonly dead: number;
  readonly segments: string[];
  readonly arrays: readonly { readonly name: string; readonly bytes: number; readonly crc: number }[];
}

const bytesOf = ({ buffer, byteOffset, byteLength }: Int32Array | Uint8Array): Uint8Array =>
  new Uint8Array(buffer, byteOffset, byteLength);
const padding = (length: number): number => (ALIGNMENT - (length % ALIGNMENT)) % ALIGNMENT;

function arraysOf({ pool, groups, documents, heap }: RegisterTables): [name: string, bytes: Uint8Array][] {
  const { bytes, starts, slots } = pool.arrays;
  const columns = (table: string, of: Record<string, Ints>): [string, Uint8Array][] =>
    Object.entries(of).map(([name, ints]) => [`${table}.${name}`, bytesOf(ints.view())]);
  return [
    ['pool.bytes', bytes],
    ['pool.starts', bytesOf(starts)],
    ['pool.slots', bytesOf(slots)],
    ...columns('groups', groups),
    ...columns('documents', documents),
    ['heap', bytesOf(heap.view())],
  ];
}

function writeAll(descriptor: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
}

/** Writes the tables in the place of those before; the file is whole whenever it is there under its name. */
export function writeTables(path: string, tables: RegisterTables): void {
  const arrays = arraysOf(tables);
  const { sequence, basis, dead, segments } = tables;
  const head: Head = {
    sequence,
    basis,
    dead,
    segments,
    arrays: arrays.map(([name, bytes]) => ({ name, bytes: bytes.length, crc: crc32(bytes) })),
  };
  const text = Buffer.from(JSON.stringify(head), 'utf8');
  const start = Buffer.alloc(16);
  start.write(MAGIC, 'latin1');
  start.writeUInt32LE(text.length, 8);
  start.writeUInt32LE(crc32(text), 12);
  const temporary = `${path}.tmp`;
  const descriptor = openSync(temporary, 'w', 0o600);
  try {
    for (const bytes of [start, text, Buffer.alloc(padding(text.length))]) writeAll(descriptor, bytes);
    for (const [, bytes] of arrays) {
      writeAll(descriptor, bytes);
      writeAll(descriptor, Buffer.alloc(padding(bytes.length)));
    }
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
  renameSync(temporary, path);
}

function parse(file: Buffer): RegisterTables | undefined {
  if (file.length < 16 || file.toString('latin1', 0, 8) !== MAGIC) return undefined;
  const length = file.readUInt32LE(8);
  const text = file.subarray(16, 16 + length);
  if (text.length !== length || crc32(text) !== file.readUInt32LE(12)) return undefined;
  const { sequence, basis, dead, segments, arrays } = JSON.parse(text.toString('utf8')) as Head;
  const parts = new Map<string, Uint8Array>();
  let at = 16 + length + padding(length);
  for (const { name, bytes, crc } of arrays) {
    // Arrays stay where they were read, each at a place that 8 divides; one that grows moves out by itself.
    const part = file.subarray(at, at + bytes);
    if (at + bytes > file.length || crc32(part) !== crc) return undefined;
    parts.set(name, part);
    at += bytes + padding(bytes);
  }
  const part = (name: string): Uint8Array => {
    const found = parts.get(name);
    if (found === undefined) throw new Error(`The register's file lacks ${name}.`);
    return found;
  };
  const numbers = (name: string): Int32Array => {
    const { buffer, byteOffset, byteLength } = part(name);
    return new Int32Array(buffer, byteOffset, byteLength / 4);
  };
  const empty = emptyTables();
  const columns = <T extends Record<string, Ints>>(table: string, of: T): T =>
    Object.fromEntries(Object.keys(of).map((name) => [name, Ints.of(numbers(`${table}.${name}`))])) as T;
  return {
    pool: new TextPool({ bytes: part('pool.bytes'), starts: numbers('pool.starts'), slots: numbers('pool.slots') }),
    groups: columns('groups', empty.groups),
    documents: columns('documents', empty.documents),
    heap: Ints.of(numbers('heap')),
    segments,
    sequence,
    basis,
    dead,
  };
}

/** A whole file in memory of its own, of any size. */
function readWhole(path: string): Buffer {
  const descriptor = openSync(path, 'r');
  try {
    const file = Buffer.from(new ArrayBuffer(fstatSync(descriptor).size));
    for (let at = 0; at < file.length; ) {
      const got = readSync(descriptor, file, at, Math.min(file.length - at, READ_AT_ONCE), at);
      if (got === 0) return file.subarray(0, at);
      at += got;
    }
    return file;
  } finally {
    closeSync(descriptor);
  }
}

/** The tables of a file; undefined when there is none or it is not as it was written, so that it is made anew. */
export function readTables(path: string): RegisterTables | undefined {
  try {
    return parse(readWhole(path));
  } catch {
    return undefined;
  }
}
