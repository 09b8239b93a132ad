import { createGunzip } from 'node:zlib';
import { pipeline, Readable } from 'node:stream';
import { Decompress } from 'fzstd';
import type { ExpansionBudget } from './limits.js';
import { refused } from './limits.js';

/** Bytes looked at before a file's kind is decided. */
export const HEAD_BYTES = 64 * 1024;
/** zstd input goes in small slices, because one slice may unpack to a great deal at once. */
const ZSTD_SLICE = 4 * 1024;

/** The first bytes of a stream, and the whole stream again. */
export async function peekStream(
  chunks: AsyncIterable<Uint8Array>,
  size = HEAD_BYTES,
): Promise<{ head: Uint8Array; chunks: AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  while (length < size && !ended) {
    const next = await iterator.next();
    if (next.done) ended = true;
    else {
      held.push(next.value);
      length += next.value.length;
    }
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* held.splice(0);
      while (!ended) {
        const next = await iterator.next();
        if (next.done) ended = true;
        else yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  return { head: Buffer.concat(held).subarray(0, size), chunks: whole() };
}

/** Unpacks gzip, several members in a row included. */
export async function* gunzip(name: string, packed: AsyncIterable<Uint8Array>, budget: ExpansionBudget): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed);
  const unpacked = createGunzip();
  // Errors reach the reader through the iterator below.
  pipeline(source, unpacked, () => undefined);
  try {
    for await (const chunk of unpacked as AsyncIterable<Uint8Array>) {
      budget.add(chunk.length);
      yield chunk;
    }
  } catch (error) {
    throw isRefusal(error) ? error : refused(name, 'its compressed data is damaged or cut short', error);
  } finally {
    unpacked.destroy();
    source.destroy();
  }
}

/** Unpacks Zstandard. */
export async function* unzstd(name: string, packed: AsyncIterable<Uint8Array>, budget: ExpansionBudget): AsyncGenerator<Uint8Array> {
  let out: Uint8Array[] = [];
  const decompressor = new Decompress((chunk) => {
    budget.add(chunk.length);
    out.push(chunk);
  });
  const push = (slice: Uint8Array, final: boolean): void => {
    try {
      decompressor.push(slice, final);
    } catch (error) {
      throw isRefusal(error) ? error : refused(name, 'its compressed data is damaged or cut short', error);
    }
  };
  for await (const chunk of packed) {
    for (let from = 0; from < chunk.length; from += ZSTD_SLICE) {
      push(chunk.slice(from, from + ZSTD_SLICE), false);
      const ready = out;
      out = [];
      yield* ready;
    }
  }
  push(new Uint8Array(0), true);
  yield* out;
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuanlianError';
}
