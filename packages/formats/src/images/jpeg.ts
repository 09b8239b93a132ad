import { imageDamaged, requireSize } from './refusal.js';

/** What the frame of a JPEG file says: its size, its components, and how much finer the first is sampled. */
export interface JpegFrame {
  readonly width: number;
  readonly height: number;
  readonly components: number;
  readonly subsampling: readonly [horizontal: number, vertical: number];
}

function frameAt(file: Buffer, at: number): JpegFrame {
  const components = file[at + 9] as number;
  const factors = (index: number): number => file[at + 11 + 3 * index] ?? 0x11;
  const [first, second] = [factors(0), components > 1 ? factors(1) : factors(0)];
  return {
    width: file.readUInt16BE(at + 7),
    height: file.readUInt16BE(at + 5),
    components,
    subsampling: [(first >> 4) / (second >> 4 || 1), (first & 15) / (second & 15 || 1)],
  };
}

/** Reads the frame header (ITU-T T.81, B.2.2). Throws `image.refused` when there is none before the picture. */
export function readJpegFrame(bytes: Uint8Array): JpegFrame {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < file.length; ) {
    if (file[at] !== 0xff) break;
    const marker = file[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) {
      at += 2;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return frameAt(file, at);
    if (marker === 0xda) break;
    at += 2 + file.readUInt16BE(at + 2);
  }
  throw imageDamaged('it says nowhere how large it is');
}

/** Width and height of a JPEG file (ITU-T T.81) that has its end. Throws `image.refused` for another. */
export function checkJpeg(bytes: Uint8Array): { width: number; height: number } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Some programs leave padding behind the end.
  if (file.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) throw imageDamaged('it has no end');
  const { width, height } = readJpegFrame(bytes);
  requireSize(width, height);
  return { width, height };
}
