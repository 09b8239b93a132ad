import { crc32 } from 'node:zlib';
import { QuanlianError } from '@quanlian/contract';
import { ByteReader, ByteWriter } from '../storage/bytes.js';
import { errorCode, type FileSystem, type ReadableFile, type WritableFile } from '../storage/file-system.js';

/**
 * A segment is one file of named sections: magic, sections aligned to 8 bytes, table of sections, then a footer of
 * 16 bytes (length and CRC-32 of the table, magic). The CRC-32 of the whole file stands in the manifest.
 */
const MAGIC = Buffer.from('QLSEG001', 'latin1');
const FOOTER_BYTES = 16;
const ALIGNMENT = 8;
const BUFFER_BYTES = 1 << 20;

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
  let written = 0;
  let crc = 0;

  const flush = (): void => {
    const bytes = pending.view();
    crc = crc32(bytes, crc);
    file.write(bytes);
    pending.clear();
  };
  const put = (bytes: Uint8Array): void => {
    pending.raw(bytes);
    written += bytes.length;
    if (pending.length >= BUFFER_BYTES) flush();
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
      const list = new ByteWriter();
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
      return { bytes: written, crc };
    },
    abandon: () => file.close(),
  };
}

/** An open segment file: sections by name, read in ranges. */
export interface SectionReader {
  readonly path: string;
  length(section: string): number;
  read(section: string, offset: number, length: number): Uint8Array;
  close(): void;
}

const corrupt = (path: string, why: string): QuanlianError =>
  new QuanlianError(
    'corpus.corrupt',
    `The corpus file ${path} is damaged: ${why}. Restore it from a backup or load again.`,
  );

function readTable(file: ReadableFile, path: string): Map<string, Section> {
  if (file.size < MAGIC.length + FOOTER_BYTES) throw corrupt(path, `it has ${file.size} bytes only`);
  const footer = Buffer.alloc(FOOTER_BYTES);
  file.read(footer, file.size - FOOTER_BYTES);
  const length = footer.readUInt32LE(0);
  const start = file.size - FOOTER_BYTES - length;
  if (!footer.subarray(8).equals(MAGIC) || start < MAGIC.length) throw corrupt(path, 'its footer is not one of ours');
  const list = new Uint8Array(length);
  file.read(list, start);
  if (crc32(list) !== footer.readUInt32LE(4)) throw corrupt(path, 'its table of sections does not match its checksum');
  const reader = new ByteReader(list);
  const table = new Map<string, Section>();
  for (let left = reader.varint(); left > 0; left--) {
    const name = reader.text();
    table.set(name, { offset: reader.varint(), length: reader.varint() });
  }
  return table;
}

/** Opens a segment file; its size and its table are compared, its sections only by `check`. */
export function openSections(fs: FileSystem, path: string, expectedBytes: number): SectionReader {
  const file = openFile(fs, path);
  try {
    if (file.size !== expectedBytes)
      throw corrupt(path, `it has ${file.size} bytes where ${expectedBytes} were written`);
    const table = readTable(file, path);
    return makeReader(file, path, table);
  } catch (error) {
    file.close();
    throw error;
  }
}

function openFile(fs: FileSystem, path: string): ReadableFile {
  try {
    return fs.open(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') throw corrupt(path, 'it is not there');
    throw error;
  }
}

function makeReader(file: ReadableFile, path: string, table: ReadonlyMap<string, Section>): SectionReader {
  const find = (name: string): Section => {
    const section = table.get(name);
    if (section === undefined) throw corrupt(path, `it has no section ${name}`);
    return section;
  };
  return {
    path,
    length: (section) => find(section).length,
    read(section, offset, length) {
      const { offset: start, length: whole } = find(section);
      if (offset < 0 || length < 0 || offset + length > whole) {
        throw corrupt(path, `its section ${section} ends before it should`);
      }
      // A buffer of its own: typed views need its alignment, and a slice of node's pool would pin the pool.
      const bytes = new Uint8Array(length);
      if (length > 0) file.read(bytes, start + offset);
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
