import { crc32 } from 'node:zlib';

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** 1 January 1980, the first date a zip file knows, so that the same content makes the same file. */
const DATE = 0x21;

/** A member as it lies in an archive; `method` 0 is not packed, 8 is deflate. */
export interface ZipMember {
  readonly name: Buffer;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its header begins. */
  readonly offset: number;
}

const uint32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
};

/** Fields that a member's own header and its line in the directory share (APPNOTE.TXT, 4.3.7 and 4.3.12). */
function shared({ name, method, crc, packed, size }: ZipMember): Buffer {
  const fields = Buffer.alloc(26);
  fields.writeUInt16LE(20, 0);
  fields.writeUInt16LE(method, 4);
  fields.writeUInt16LE(DATE, 8);
  fields.writeUInt32LE(crc, 10);
  fields.writeUInt32LE(packed, 14);
  fields.writeUInt32LE(size, 18);
  fields.writeUInt16LE(name.length, 22);
  return fields;
}

function directoryLine(member: ZipMember): Buffer {
  const rest = Buffer.alloc(14);
  rest.writeUInt32LE(member.offset, 10);
  return Buffer.concat([uint32(CENTRAL), Buffer.from([20, 0]), shared(member), rest, member.name]);
}

/** What stands before the bytes of a member. */
export const zipHeader = (member: ZipMember): Buffer => Buffer.concat([uint32(LOCAL), shared(member), member.name]);

/** What ends an archive of at most 65 535 members and 4 GB; `offset` is where it begins. */
export function zipDirectory(members: readonly ZipMember[], offset: number): Buffer {
  const lines = Buffer.concat(members.map(directoryLine));
  const end = Buffer.alloc(22);
  end.writeUInt32LE(END, 0);
  end.writeUInt16LE(members.length, 8);
  end.writeUInt16LE(members.length, 10);
  end.writeUInt32LE(lines.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([lines, end]);
}

/** A zip archive in memory whose members are not packed. */
export function storedZip(contents: ReadonlyMap<string, Uint8Array>): Buffer {
  const parts: Uint8Array[] = [];
  const members: ZipMember[] = [];
  let offset = 0;
  for (const [path, bytes] of contents) {
    const size = bytes.length;
    const member = { name: Buffer.from(path), method: 0, crc: crc32(bytes), packed: size, size, offset } as const;
    const header = zipHeader(member);
    parts.push(header, bytes);
    members.push(member);
    offset += header.length + size;
  }
  return Buffer.concat([...parts, zipDirectory(members, offset)]);
}
