import { crc32, deflateSync } from 'node:zlib';
import { imageDamaged, requireSize } from './refusal.js';

/** Rows of picture elements as PNG has them: most significant bit first, 16-bit samples big-endian, 0 is black. */
export interface Raster {
  readonly width: number;
  readonly height: number;
  readonly depth: 1 | 2 | 4 | 8 | 16;
  /** PNG's colour types: grey, RGB, palette, grey with alpha, RGB with alpha. */
  readonly colour: 0 | 2 | 3 | 4 | 6;
  readonly rows: Uint8Array;
  /** Red, green and blue of every colour, for a palette. */
  readonly palette?: Uint8Array;
}

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
export const SAMPLES: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

function chunk(type: string, data: Uint8Array): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length, 0);
  head.write(type, 4, 'latin1');
  const tail = Buffer.alloc(4);
  tail.writeUInt32BE(crc32(data, crc32(head.subarray(4))), 0);
  return Buffer.concat([head, data, tail]);
}

/** Writes rows as a PNG file (ISO/IEC 15948), without filters: line drawings compress well as they are. */
export function writePng({ width, height, depth, colour, rows, palette }: Raster): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([depth, colour, 0, 0, 0], 8);
  const rowBytes = Math.ceil((width * depth * (SAMPLES[colour] ?? 1)) / 8);
  const filtered = Buffer.alloc((rowBytes + 1) * height);
  for (let row = 0; row < height; row += 1) {
    filtered.set(rows.subarray(row * rowBytes, (row + 1) * rowBytes), row * (rowBytes + 1) + 1);
  }
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', deflateSync(filtered, { level: 6 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Width and height of a PNG file whose chunks are whole. Throws `image.refused` for another. */
export function checkPng(bytes: Uint8Array): { width: number; height: number } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.length < 33 || !file.subarray(0, 8).equals(SIGNATURE)) throw imageDamaged('it ends in its header');
  for (let at = 8; at + 12 <= file.length; ) {
    const length = file.readUInt32BE(at);
    const type = file.toString('latin1', at + 4, at + 8);
    const end = at + 8 + length;
    if (end + 4 > file.length) throw imageDamaged(`its part ${JSON.stringify(type)} at byte ${at} is cut off`);
    if (crc32(file.subarray(at + 4, end)) !== file.readUInt32BE(end))
      throw imageDamaged(`the checksum of its part ${JSON.stringify(type)} at byte ${at} is wrong`);
    if (type === 'IEND') {
      const size = { width: file.readUInt32BE(16), height: file.readUInt32BE(20) };
      requireSize(size.width, size.height);
      return size;
    }
    at = end + 4;
  }
  throw imageDamaged('it has no end');
}
