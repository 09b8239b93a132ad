import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { ZSTDDecoder } from 'zstddec/stream';
import type { ExpansionBudget } from './limits.js';
import { refused } from './limits.js';

/** Bytes looked at before a file's kind is decided. */
const HEAD_BYTES = 64 * 1024;
/** Unpacked bytes that come at once: small steps cost more than the unpacking. */
const GZIP_STEP = 256 * 1024;
/** zstd input goes in slices of this size. */
const ZSTD_SLICE = 128 * 1024;
/** Steps of the zstd decoder that neither take input nor give output before it counts as stuck. */
const MAX_IDLE = 100;

/** The first bytes of a stream, and the whole stream again. Damage after the first bytes comes in its place. */
export async function peekStream(
  chunks: AsyncIterable<Uint8Array>,
  size = HEAD_BYTES,
): Promise<{ head: Uint8Array; chunks: AsyncGenerator<Uint8Array> }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const held: Uint8Array[] = [];
  let length = 0;
  let ended = false;
  let damage: { readonly error: unknown } | undefined;
  while (length < size && !ended) {
    try {
      const next = await iterator.next();
      if (next.done) ended = true;
      else {
        held.push(next.value);
        length += next.value.length;
      }
    } catch (error) {
      if (length === 0) throw error;
      damage = { error };
      ended = true;
    }
  }
  const whole = async function* (): AsyncGenerator<Uint8Array> {
    try {
      yield* held.splice(0);
      if (damage) throw damage.error;
      while (!ended) {
        const next = await iterator.next();
        if (next.done) ended = true;
        else yield next.value;
      }
    } finally {
      await iterator.return?.();
    }
  };
  const chunksAgain = whole();
  const end = chunksAgain.return.bind(chunksAgain);
  // A generator that was never begun ends without its `finally`; the file under it would stay open.
  chunksAgain.return = async (value) => {
    const result = await end(value);
    await iterator.return?.();
    return result;
  };
  const [only = new Uint8Array()] = held;
  return { head: (held.length > 1 ? Buffer.concat(held) : only).subarray(0, size), chunks: chunksAgain };
}

/** Unpacks gzip, several members in a row included. */
export async function* gunzip(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  budget: ExpansionBudget,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed);
  const unpacked = createGunzip({ chunkSize: GZIP_STEP });
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

/**
 * Unpacks Zstandard, frames with checksums verified and windows up to 128 MiB. The decoder pulls its input, so
 * a slice is always at hand before it is asked to go on.
 */
export async function* unzstd(
  name: string,
  packed: AsyncIterable<Uint8Array>,
  budget: ExpansionBudget,
): AsyncGenerator<Uint8Array> {
  const decoder = new ZSTDDecoder();
  await decoder.init();
  const slices = slicesOf(packed, ZSTD_SLICE);
  const queue: Uint8Array[] = [];
  let pulled = false;
  const source = function* (): Generator<Uint8Array> {
    for (let slice = queue.shift(); slice; slice = queue.shift()) {
      pulled = true;
      yield slice;
    }
  };
  const outputs = decoder.decodeStreaming(source());
  let ended = false;
  // A damaged stream makes the decoder turn on the spot without output.
  for (let idle = 0; idle < MAX_IDLE; idle = pulled ? 0 : idle + 1) {
    pulled = false;
    while (queue.length === 0 && !ended) {
      const next = await slices.next();
      if (next.done) ended = true;
      else queue.push(next.value);
    }
    const output = decodeNext(name, outputs);
    if (output.done) return;
    if (output.value.length === 0) continue;
    budget.add(output.value.length);
    pulled = true;
    yield output.value;
  }
  throw refused(name, 'its compressed data is damaged or needs a window of more than 128 MiB');
}

function decodeNext(name: string, outputs: Generator<Uint8Array>): IteratorResult<Uint8Array> {
  try {
    return outputs.next();
  } catch (error) {
    throw refused(name, 'its compressed data is damaged or cut short', error);
  }
}

async function* slicesOf(chunks: AsyncIterable<Uint8Array>, size: number): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) {
    for (let from = 0; from < chunk.length; from += size) yield chunk.subarray(from, from + size);
  }
}

function isRefusal(error: unknown): boolean {
  return error instanceof Error && error.name === 'QuanlianError';
}
