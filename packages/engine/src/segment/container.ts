import { crc32 } from 'node:zlib';
import { ByteReader, ByteWriter, bytesOf } from '../storage/bytes.js';
import { DamagedFile } from '../storage/damage.js';
import { errorCode, type FileSystem, type ReadableFile, type WritableFile } from '../storage/file-system.js';
import { BLOCK_BYTES, startSums } from './sums.js';

/**
 * A segment is one file of named sections: magic, sections aligned to 8 bytes, the CRC-32 of every block of 64 KiB
 * before them as a last section, table of sections, then a footer of 16 bytes (length and CRC-32 of the table, magic).
 * The CRC-32 of the whole file stands in the manifest.
 */
const MAGIC = Buffer.from('QLSEG002', 'latin1');
/** Files of format version 1 have no sums of blocks; they are read to be built anew. */
const OLD_MAGIC = Buffer.from('QLSEG001', 'latin1');
const FOOTER_BYTES = 16;
const ALIGNMENT = 8;
const BUFFER_BYTES = 1 << 20;
/** What is not copied together with what else is written. */
const LARGE_BYTES = 1 << 18;
const SUMS = '.sums';

interface Section {
  readonly offset: number;
  readonly length: number;
}

/** Size and checksum of a finished file. */
export interface FileSum {
  readonly bytes: number;
  readonly crc: number;
}

export interface SectionWriter {
  /** Starts a section; what is written until the next call belongs to it. */
  begin(name: string): void;
  write(bytes: Uint8Array): void;
  /** Writes the table, syncs the file and closes it. */
  finish(): FileSum;
  abandon(): void;
}

/** Writes a segment file front to back, summing as it goes. */
export function createSectionWriter(fs: FileSystem, path: string): SectionWriter {
  const file: WritableFile = fs.create(path);
  const table: { name: string; offset: number; length: number }[] = [];
  const pending = new ByteWriter();
  const sums = startSums();
  let written = 0;

  const send = (bytes: Uint8Array): void => {
    sums.add(bytes);
    file.write(bytes);
  };
  const flush = (): void => {
    send(pending.view());
    pending.clear();
  };
  const put = (bytes: Uint8Array): void => {
    written += bytes.length;
    if (bytes.length < LARGE_BYTES) pending.piece(bytes, 0, bytes.length);
    if (pending.length >= BUFFER_BYTES || bytes.length >= LARGE_BYTES) flush();
    if (bytes.length >= LARGE_BYTES) send(bytes);
  };
  const close = (): void => {
    const open = table[table.length - 1];
    if (open !== undefined) open.length = written - open.offset;
    put(new Uint8Array((ALIGNMENT - (written % ALIGNMENT)) % ALIGNMENT));
  };

  put(MAGIC);
  return {
    begin(name) {
      close();
      table.push({ name, offset: written, length: 0 });
    },
    write: put,
    finish() {
      close();
      flush();
      const sumBytes = bytesOf(Uint32Array.from(sums.blocks()));
      table.push({ name: SUMS, offset: written, length: 0 });
      put(sumBytes);
      close();
      const list = new ByteWriter();
      list.varint(crc32(sumBytes));
      list.varint(table.length);
      for (const { name, offset, length } of table) {
        list.text(name);
        list.varint(offset);
        list.varint(length);
      }
      const footer = Buffer.alloc(FOOTER_BYTES);
      footer.writeUInt32LE(list.length, 0);
      footer.writeUInt32LE(crc32(list.view()), 4);
      MAGIC.copy(footer, 8);
      put(list.view());
      put(footer);
      flush();
      file.sync();
      file.close();
      return { bytes: written, crc: sums.whole() };
    },
    abandon: () => file.close(),
  };
}

/** An open segment file: sections by name, read in ranges. */
export interface SectionReader {
  readonly path: string;
  has(section: string): boolean;
  length(section: string): number;
  read(section: string, offset: number, length: number): Uint8Array;
  /** As `read`, into memory that is there. */
  readInto(section: string, offset: number, into: Uint8Array): void;
  /**
   * As `readInto`, but reads at least `least` bytes and not more than fit: as many as end where a block of the file does or
   * the section, so that reading on begins no block in its middle. Returns how many.
   */
  readOn(section: string, offset: number, into: Uint8Array, least: number): number;
  close(): void;
}

interface Table {
  readonly sections: ReadonlyMap<string, Section>;
  /** CRC-32 of each block before the sums; undefined for a file of format version 1. */
  readonly sums: Uint32Array | undefined;
}

/** Reads, and tells an error of the disk as damage of this file. */
function readBytes(file: ReadableFile, path: string, into: Uint8Array, position: number): void {
  try {
    file.read(into, position);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new DamagedFile(path, `it cannot be read (${code})`, error);
  }
}

function readSums(file: ReadableFile, path: string, { offset, length }: Section, expected: number): Uint32Array {
  const sums = new Uint32Array(length / 4);
  readBytes(file, path, bytesOf(sums), offset);
  if (crc32(bytesOf(sums)) !== expected) throw new DamagedFile(path, 'its sums of blocks do not match their checksum');
  return sums;
}

function readTable(file: ReadableFile, path: string): Table {
  if (file.size < MAGIC.length + FOOTER_BYTES) throw new DamagedFile(path, `it has ${file.size} bytes only`);
  const footer = Buffer.alloc(FOOTER_BYTES);
  readBytes(file, path, footer, file.size - FOOTER_BYTES);
  const length = footer.readUInt32LE(0);
  const start = file.size - FOOTER_BYTES - length;
  const isOld = footer.subarray(8).equals(OLD_MAGIC);
  if (!(isOld || footer.subarray(8).equals(MAGIC)) || start < MAGIC.length)
    throw new DamagedFile(path, 'its footer is not one of ours');
  const list = new Uint8Array(length);
  readBytes(file, path, list, start);
  if (crc32(list) !== footer.readUInt32LE(4))
    throw new DamagedFile(path, 'its table of sections does not match its checksum');
  const reader = new ByteReader(list);
  const sumOfSums = isOld ? 0 : reader.varint();
  const sections = new Map<string, Section>();
  for (let left = reader.varint(); left > 0; left--) {
    const name = reader.text();
    sections.set(name, { offset: reader.varint(), length: reader.varint() });
  }
  const sums = sections.get(SUMS);
  return { sections, sums: sums && readSums(file, path, sums, sumOfSums) };
}

/**
 * Opens a segment file; its size, its table and its sums are compared now, every block of it when it is first read.
 * All refusals are `DamagedFile`.
 */
export function openSections(fs: FileSystem, path: string, expectedBytes: number): SectionReader {
  const file = openFile(fs, path);
  try {
    if (file.size !== expectedBytes)
      throw new DamagedFile(path, `it has ${file.size} bytes where ${expectedBytes} were written`);
    return makeReader(file, path, readTable(file, path));
  } catch (error) {
    file.close();
    throw error;
  }
}

function openFile(fs: FileSystem, path: string): ReadableFile {
  try {
    return fs.open(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOENT') throw new DamagedFile(path, 'it is not there', error);
    if (code === undefined) throw error;
    throw new DamagedFile(path, `it cannot be opened (${code})`, error);
  }
}

/** Fills memory from a position of a file. */
type ReadInto = (position: number, into: Uint8Array) => void;

/** Reads ranges of a file, comparing each block with its sum the first time. */
function checkedReads(file: ReadableFile, path: string, sums: Uint32Array): ReadInto {
  const checked = new Uint8Array(sums.length);
  const end = Math.min(file.size, sums.length * BLOCK_BYTES);
  const check = (block: number, bytes: Uint8Array): void => {
    if (crc32(bytes) !== sums[block])
      throw new DamagedFile(path, `its bytes from ${block * BLOCK_BYTES} on do not match their checksum`);
    checked[block] = 1;
  };
  /** Checks the blocks that are not in `into` as a whole, and reads the others into it at once. */
  return (position, into) => {
    const to = position + into.length;
    const first = Math.floor(position / BLOCK_BYTES);
    const last = Math.floor((to - 1) / BLOCK_BYTES);
    const endOf = (block: number): number => Math.min(end, (block + 1) * BLOCK_BYTES);
    for (const block of first === last ? [first] : [first, last]) {
      if (checked[block] === 1 || (block * BLOCK_BYTES >= position && endOf(block) <= to)) continue;
      const whole = new Uint8Array(endOf(block) - block * BLOCK_BYTES);
      readBytes(file, path, whole, block * BLOCK_BYTES);
      check(block, whole);
    }
    readBytes(file, path, into, position);
    for (let block = first; block <= last; block++) {
      if (checked[block] === 0) check(block, into.subarray(block * BLOCK_BYTES - position, endOf(block) - position));
    }
  };
}

function makeReader(file: ReadableFile, path: string, { sections, sums }: Table): SectionReader {
  const find = (name: string): Section => {
    const section = sections.get(name);
    if (section === undefined) throw new DamagedFile(path, `it has no section ${name}`);
    return section;
  };
  // The last block before the sums may be short: its sum ends where the sums begin.
  const fill: ReadInto =
    sums === undefined
      ? (position, into) => readBytes(file, path, into, position)
      : checkedReads({ ...file, size: find(SUMS).offset }, path, sums);
  const placeOf = (section: string, offset: number, length: number): number => {
    const { offset: start, length: whole } = find(section);
    if (offset < 0 || length < 0 || offset + length > whole)
      throw new DamagedFile(path, `its section ${section} ends before it should`);
    return start + offset;
  };
  return {
    path,
    has: (section) => sections.has(section),
    length: (section) => find(section).length,
    read(section, offset, length) {
      const position = placeOf(section, offset, length);
      // A buffer of its own: typed views need its alignment, and a slice of node's pool would pin the pool.
      const bytes = new Uint8Array(length);
      if (length > 0) fill(position, bytes);
      return bytes;
    },
    readInto(section, offset, into) {
      const position = placeOf(section, offset, into.length);
      if (into.length > 0) fill(position, into);
    },
    readOn(section, offset, into, least) {
      const position = placeOf(section, offset, least);
      const left = find(section).length - offset;
      const most = Math.min(left, into.length);
      const whole = Math.floor((position + most) / BLOCK_BYTES) * BLOCK_BYTES - position;
      const bytes = most === left || whole < least ? most : whole;
      if (bytes > 0) fill(position, into.subarray(0, bytes));
      return bytes;
    },
    close: () => file.close(),
  };
}

/** The CRC-32 and size of a whole file, read in pieces. */
export function sumFile(fs: FileSystem, path: string): FileSum {
  const file = fs.open(path);
  try {
    const piece = new Uint8Array(BUFFER_BYTES);
    let crc = 0;
    for (let at = 0; at < file.size; at += piece.length) {
      const part = piece.subarray(0, Math.min(piece.length, file.size - at));
      file.read(part, at);
      crc = crc32(part, crc);
    }
    return { bytes: file.size, crc };
  } finally {
    file.close();
  }
}
