import { imageDamaged, requireSize } from './refusal.js';

/** Width and height of a JPEG file (ITU-T T.81) that has its end. Throws `image.refused` for another. */
export function checkJpeg(bytes: Uint8Array): { width: number; height: number } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Some programs leave padding behind the end.
  if (file.lastIndexOf(Buffer.from([0xff, 0xd9])) < 0) throw imageDamaged('it has no end');
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
    if (isFrame) {
      const size = { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5) };
      requireSize(size.width, size.height);
      return size;
    }
    if (marker === 0xda) break;
    at += 2 + file.readUInt16BE(at + 2);
  }
  throw imageDamaged('it says nowhere how large it is');
}
