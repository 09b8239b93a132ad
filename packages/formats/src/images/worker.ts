import { parentPort, workerData } from 'node:worker_threads';
import { QuanlianError } from '@quanlian/contract';
import { type ConvertAnswer, convertHereTo } from './convert.js';
import type { PageFormat } from './page-formats.js';

/** Converts one page and ends. */
const { bytes, mediaType, page, format } = workerData as {
  bytes: Uint8Array;
  mediaType: string;
  page: number;
  format?: PageFormat;
};

function answer(): ConvertAnswer {
  try {
    return { picture: convertHereTo(bytes, mediaType, page, format) };
  } catch (error) {
    if (error instanceof QuanlianError) return { code: error.code, message: error.message };
    throw error;
  }
}

parentPort?.postMessage(answer());
