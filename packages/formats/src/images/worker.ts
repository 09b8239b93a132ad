import { parentPort, workerData } from 'node:worker_threads';
import { QuanlianError } from '@quanlian/contract';
import { type ConvertAnswer, convertHere } from './convert.js';

/** Converts one page and ends. */
const { bytes, mediaType, page } = workerData as { bytes: Uint8Array; mediaType: string; page: number };

function answer(): ConvertAnswer {
  try {
    return { picture: convertHere(bytes, mediaType, page) };
  } catch (error) {
    if (error instanceof QuanlianError) return { code: error.code, message: error.message };
    throw error;
  }
}

parentPort?.postMessage(answer());
