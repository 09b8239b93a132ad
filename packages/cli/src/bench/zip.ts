import { type FileHandle, open } from 'node:fs/promises';
import { crc32, deflateRawSync } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const DEFLATE = 8;
/** 1 January 1980, the first date a zip file knows, so that the same content makes the same file. */
const DATE = 0x21;

interface Entry {
  readonly name: Buffer;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  readonly offset: number;
}

/** Fields that a member's own header and its line in the directory share (APPNOTE.TXT, 4.3.7 and 4.3.12). */
function shared({ name, crc, packed, size }: Entry): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(DEFLATE, 4);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}

function directoryLine(entry: Entry): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(entry.offset, 10);
  return Buffer.concat([uint32(CENTRAL), Buffer.from([20, 0]), shared(entry), rest, entry.name]);
}

function directoryEnd(count: number, size: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}

async function writeAll(file: FileHandle, members: Iterable<{ name: string; bytes: Uint8Array }>): Promise<void> {
  const entries: Entry[] = [];
  let offset = 0;
  for (const { name, bytes } of members) {
    const packed = deflateRawSync(bytes);
    const entry = { name: Buffer.from(name), crc: crc32(bytes), packed: packed.length, size: bytes.length, offset };
    const header = Buffer.concat([uint32(LOCAL), shared(entry), entry.name]);
    await file.writev([header, packed]);
    offset += header.length + packed.length;
    entries.push(entry);
  }
  const lines = Buffer.concat(entries.map(directoryLine));
  await file.writev([lines, directoryEnd(entries.length, lines.length, offset)]);
}

/** Writes a zip archive of at most 65 535 members and 4 GB: what the benches measure reading with. */
export async function writeZip(path: string, members: Iterable<{ name: string; bytes: Uint8Array }>): Promise<void> {
  const file = await open(path, 'w');
  try {
    await writeAll(file, members);
  } finally {
    await file.close();
  }
}
