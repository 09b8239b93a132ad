import { createHash, randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { QuanlianError } from '@quanlian/contract';

export interface UploadLimits {
  readonly bytes: number;
  /** An upload that sends nothing for so long is given up. */
  readonly silenceMs: number;
}

/** A file that has arrived whole. */
export interface Upload {
  readonly name: string;
  readonly file: string;
  /** The folder made for it, to be removed when it is no longer needed. */
  readonly dir: string;
  readonly sha256: string;
}

const LONGEST_NAME_BYTES = 200;
const SPARE_BYTES = 64 * 1024 * 1024;

/**
 * A name that is safe as a file's: no folders, no control characters, none that a system treats specially. Its end
 * survives shortening because readers look at it. Throws `request.invalid` when nothing is left.
 */
export function safeFileName(text: string): string {
  const last = text.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const clean = last.replace(/[\p{Cc}\p{Cf}<>:"|?*!]/gu, '_').replace(/^[.\s]+|[.\s]+$/g, '');
  if (clean === '') {
    throw new QuanlianError('request.invalid', 'The name of the file is missing; send it as “name”.', { path: 'name' });
  }
  const characters = [...clean];
  while (Buffer.byteLength(characters.join('')) > LONGEST_NAME_BYTES) characters.shift();
  return characters.join('');
}

const megabytes = (bytes: number): string => `${Math.ceil(bytes / 1_000_000)} MB`;

const tooLarge = (limit: number): QuanlianError =>
  new QuanlianError(
    'request.too_large',
    `The file is larger than the ${megabytes(limit)} an upload may have. Put it into the inbox folder instead.`,
  );

async function requireSpace(dir: string, bytes: number): Promise<void> {
  const { bavail, bsize } = await statfs(dir);
  if (bavail * bsize >= bytes + SPARE_BYTES) return;
  throw new QuanlianError(
    'corpus.disk_full',
    `The file needs ${megabytes(bytes)} and the disk has ${megabytes(bavail * bsize)} left. Make space and try again.`,
  );
}

/** Counts, hashes and limits what passes, and watches that something does. */
function createGauge(limits: UploadLimits, source: Readable) {
  const hash = createHash('sha256');
  let bytes = 0;
  const silence = () =>
    source.destroy(new QuanlianError('request.invalid', 'The upload stopped before its end. Send it again.'));
  let timer = setTimeout(silence, limits.silenceMs);
  const gauge = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      clearTimeout(timer);
      timer = setTimeout(silence, limits.silenceMs);
      bytes += chunk.length;
      if (bytes > limits.bytes) return done(tooLarge(limits.bytes));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  return { gauge, finish: () => hash.digest('hex'), stop: () => clearTimeout(timer) };
}

/** Takes uploads into a folder, each into one of its own. */
export function createUploads(root: string, limits: UploadLimits) {
  return {
    /** Removes what no load waits for: uploads that broke off, and those of loads that ended. */
    async clear(keep: ReadonlySet<string>): Promise<void> {
      for (const name of await readdir(root).catch(() => [])) {
        if (!keep.has(join(root, name))) await rm(join(root, name), { recursive: true, force: true });
      }
    },
    /** Writes a stream to disk. Throws `request.too_large` or `corpus.disk_full`; nothing stays behind then. */
    async receive(source: Readable, name: string, announced: number | undefined): Promise<Upload> {
      const safe = safeFileName(name);
      if (announced !== undefined && announced > limits.bytes) throw tooLarge(limits.bytes);
      const dir = join(root, randomUUID());
      await mkdir(dir, { recursive: true });
      try {
        await requireSpace(dir, announced ?? 0);
        const file = join(dir, safe);
        // The gauge may destroy the source at once, so that it starts only when the pipeline listens.
        const { gauge, finish, stop } = createGauge(limits, source);
        await pipeline(source, gauge, createWriteStream(file, { flags: 'wx', flush: true })).finally(stop);
        return { name: safe, file, dir, sha256: finish() };
      } catch (error) {
        await rm(dir, { recursive: true, force: true });
        throw error;
      }
    },
  };
}
export type Uploads = ReturnType<typeof createUploads>;
