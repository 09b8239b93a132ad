import { open } from 'node:fs/promises';
import { inflateRawSync } from 'node:zlib';
import type { Entry } from 'yauzl';

/** The way in which nearly every member is packed; others are not, or left to the library to refuse. */
export const DEFLATE = 8;
/** Largest member, packed or unpacked, that is unpacked at once: some ten milliseconds of work. */
const MAX_SMALL = 4 * 1024 * 1024;
/** Bytes of the archive that are read at once; small members lie side by side. */
const WINDOW = 5 * 1024 * 1024;
/** A member's own header, without its name and extra fields (APPNOTE.TXT, 4.3.7). */
const HEADER = 30;
const SIGNATURE = 0x04034b50;
/** Room for a longer extra field than the directory gives. */
const SPARE = 256;

/** The small members of an archive: unpacking each at once costs a fraction of what a stream for each would. */
export interface SmallMembers {
  /** The bytes of a member; undefined when it is not small, or when anything about it is not as it should be. */
  unpack(entry: Entry): Promise<Uint8Array | undefined>;
  close(): Promise<void>;
}

export async function openSmallMembers(path: string): Promise<SmallMembers> {
  const file = await open(path);
  const { size } = await file.stat();
  const window = Buffer.allocUnsafeSlow(Math.min(WINDOW, size));
  let from = 0;
  let to = 0;
  /** A stretch of the archive, valid until the next is asked for; shorter where the archive ends. */
  const stretch = async (position: number, length: number): Promise<Buffer> => {
    if (position < from || position + length > to) {
      const { bytesRead } = await file.read(window, 0, window.length, position);
      from = position;
      to = position + bytesRead;
    }
    return window.subarray(position - from, Math.min(to, position + length) - from);
  };
  return {
    async unpack(entry) {
      const { compressedSize, uncompressedSize, compressionMethod, fileNameLength, extraFieldLength } = entry;
      if (compressionMethod !== DEFLATE || Math.max(compressedSize, uncompressedSize) > MAX_SMALL) return undefined;
      const length = HEADER + fileNameLength + extraFieldLength + SPARE + compressedSize;
      const bytes = await stretch(entry.relativeOffsetOfLocalHeader, length);
      const packed = packedBytes(bytes, compressedSize);
      return packed && inflate(packed, uncompressedSize);
    },
    close: () => file.close(),
  };
}

function packedBytes(bytes: Buffer, size: number): Buffer | undefined {
  if (bytes.length < HEADER || bytes.readUInt32LE(0) !== SIGNATURE) return undefined;
  const from = HEADER + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  return from + size <= bytes.length ? bytes.subarray(from, from + size) : undefined;
}

/** Undefined for what is damaged: read as a stream, the part before the damage is not lost. */
function inflate(packed: Uint8Array, size: number): Uint8Array | undefined {
  try {
    // One byte more than needed, or the last step would make room for another one.
    const bytes = inflateRawSync(packed, { chunkSize: Math.max(64, size + 1), maxOutputLength: Math.max(1, size) });
    return bytes.length === size ? bytes : undefined;
  } catch {
    return undefined;
  }
}
