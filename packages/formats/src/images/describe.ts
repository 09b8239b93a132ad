import { checkJpeg } from './jpeg.js';
import { pdfPages } from './pdf.js';
import { checkPng } from './png.js';
import { imageUnsupported, requireSize } from './refusal.js';
import { readTiff } from './tiff.js';

/** What an image holds, told without unpacking its pictures. Sizes are those of the first page, where known. */
export interface ImageFacts {
  readonly pages: number;
  readonly width?: number;
  readonly height?: number;
}

/**
 * Looks through an image that came with a load: whole, of a kind that can be shown, and no larger than the limits.
 * Throws `image.refused` with what is wrong.
 */
export function describeImage(bytes: Uint8Array, mediaType: string): ImageFacts {
  switch (mediaType) {
    case 'image/png':
      return { pages: 1, ...checkPng(bytes) };
    case 'image/jpeg':
      return { pages: 1, ...checkJpeg(bytes) };
    case 'image/gif':
      return { pages: 1, ...checkGif(bytes) };
    case 'image/tiff': {
      const pages = readTiff(bytes);
      return { pages: pages.length, width: pages[0]?.width ?? 0, height: pages[0]?.height ?? 0 };
    }
    case 'application/pdf':
      return { pages: pdfPages(bytes) };
    default:
      throw imageUnsupported(`it is ${mediaType}`);
  }
}

function checkGif(bytes: Uint8Array): { width: number; height: number } {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size =
    file.length < 13 ? { width: 0, height: 0 } : { width: file.readUInt16LE(6), height: file.readUInt16LE(8) };
  requireSize(size.width, size.height, size.width);
  return size;
}
