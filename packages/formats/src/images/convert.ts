import { Worker } from 'node:worker_threads';
import { QuanlianError } from '@quanlian/contract';
import { type PageFormat, pageOf } from './page-formats.js';
import { pdfPicture } from './pdf.js';
import type { Picture } from './picture.js';
import { writePng } from './png.js';
import { imageUnsupported } from './refusal.js';
import { readTiff } from './tiff.js';
import { rasterOf } from './tiff-raster.js';

/** Converts a page, counted from 1, on this thread. Throws `image.refused`; undefined when there is no such page. */
export function convertHere(bytes: Uint8Array, mediaType: string, page: number): Picture | undefined {
  switch (mediaType) {
    case 'image/png':
    case 'image/jpeg':
    case 'image/gif':
      return page === 1 ? { mediaType, bytes } : undefined;
    case 'image/tiff': {
      const found = readTiff(bytes)[page - 1];
      return found && { mediaType: 'image/png', bytes: writePng(rasterOf(found, bytes)) };
    }
    case 'application/pdf':
      return pdfPicture(bytes, page);
    default:
      throw imageUnsupported(`it is ${mediaType}`);
  }
}

/** A page in the format asked for; without one as browsers show it. */
export interface ConvertedPage {
  readonly mediaType: Picture['mediaType'] | 'image/tiff' | 'application/pdf';
  readonly bytes: Uint8Array;
}

const MEDIA_TYPE = { tiff: 'image/tiff', pdf: 'application/pdf' } as const;

/** Converts a page on this thread to a format. Throws `image.refused`; undefined when there is no such page. */
export function convertHereTo(
  bytes: Uint8Array,
  mediaType: string,
  page: number,
  format: PageFormat | undefined,
): ConvertedPage | undefined {
  const picture = convertHere(bytes, mediaType, page);
  if (picture === undefined || format === undefined) return picture;
  return { mediaType: MEDIA_TYPE[format], bytes: pageOf(picture, format) };
}

/** What the thread answers: the picture, nothing, or why not. */
export type ConvertAnswer =
  | { readonly picture: ConvertedPage | undefined }
  | { readonly code: string; readonly message: string };

const WORKER = new URL('../../dist/images/worker.js', import.meta.url);
const MEMORY_MB = 600;
const TIME_MS = 20_000;

/**
 * Converts a page of an image for browsers on a thread of its own, so that no image can hold up or use up the
 * program. TIFF becomes PNG; of a PDF the picture that fills the page is given, as scanned publications have it.
 * Throws `image.refused`; undefined when there is no such page.
 */
export async function convertImage(bytes: Uint8Array, mediaType: string, page: number): Promise<Picture | undefined> {
  return (await convertPage(bytes, mediaType, page)) as Picture | undefined;
}

/** The same in a format of pages: every kind of picture but GIF can be had as TIFF and as PDF of one page. */
export function convertPage(
  bytes: Uint8Array,
  mediaType: string,
  page: number,
  format?: PageFormat,
): Promise<ConvertedPage | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, {
      workerData: { bytes, mediaType, page, format },
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    const timer = setTimeout(() => {
      refuse('its conversion takes too long');
      void worker.terminate();
    }, TIME_MS);
    const refuse = (why: string): void => reject(imageUnsupported(why));
    worker.once('message', (answer: ConvertAnswer) => {
      if ('picture' in answer) resolve(answer.picture);
      else reject(new QuanlianError('image.refused', answer.message));
    });
    worker.once('error', () => refuse('its conversion broke off'));
    worker.once('exit', () => {
      clearTimeout(timer);
      refuse('its conversion broke off');
    });
  });
}
