import { Worker } from 'node:worker_threads';
import { QuanlianError } from '@quanlian/contract';
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

/** What the thread answers: the picture, nothing, or why not. */
export type ConvertAnswer =
  | { readonly picture: Picture | undefined }
  | { readonly code: string; readonly message: string };

const WORKER = new URL('../../dist/images/worker.js', import.meta.url);
const MEMORY_MB = 600;
const TIME_MS = 20_000;

/**
 * Converts a page of an image for browsers on a thread of its own, so that no image can hold up or use up the
 * program. TIFF becomes PNG; of a PDF the picture that fills the page is given, as scanned publications have it.
 * Throws `image.refused`; undefined when there is no such page.
 */
export function convertImage(bytes: Uint8Array, mediaType: string, page: number): Promise<Picture | undefined> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(WORKER, {
      workerData: { bytes, mediaType, page },
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
