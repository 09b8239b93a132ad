import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { QuanlianError } from '@quanlian/contract';

/** A file that has come in and is not yet anybody's. */
interface ReceivedFile {
  readonly path: string;
  readonly size: number;
  readonly sha256: string;
  /** Removes it, if it was not kept. */
  drop(): Promise<void>;
}

/** Files of papers by organization and hash: one organization's file never answers for another's. */
export interface PaperStore {
  /** Throws `paper.refused` when there is nothing in it or it is larger than allowed. */
  receive(content: Readable): Promise<ReceivedFile>;
  keep(file: ReceivedFile, organizationId: string): Promise<void>;
  open(organizationId: string, sha256: string): Promise<{ size: number; content: Readable }>;
  readonly pathOf: (organizationId: string, sha256: string) => string;
}

const UUID = /^[0-9a-f-]{36}$/;
const SHA256 = /^[0-9a-f]{64}$/;

async function receiveFile(
  path: string,
  content: Readable,
  largest: number,
): Promise<{ size: number; sha256: string }> {
  const hash = createHash('sha256');
  let size = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      size += chunk.length;
      hash.update(chunk);
      if (size <= largest) return done(null, chunk);
      const sentence = `The file is larger than the ${Math.floor(largest / 1024 / 1024)} MiB this server takes.`;
      return done(new QuanlianError('paper.refused', sentence));
    },
  });
  await pipeline(content, measure, createWriteStream(path, { mode: 0o600 }));
  if (size === 0) throw new QuanlianError('paper.refused', 'The file is empty.');
  return { size, sha256: hash.digest('hex') };
}

async function makeDurable(path: string): Promise<void> {
  const file = await open(path, 'r+');
  await file.sync();
  await file.close();
}

export function createPaperStore(dir: string, largestBytes: number): PaperStore {
  const pathOf = (organizationId: string, sha256: string): string => {
    if (!UUID.test(organizationId) || !SHA256.test(sha256)) throw new Error('not an address of a paper');
    return join(dir, organizationId, sha256.slice(0, 2), sha256);
  };
  return {
    pathOf,
    async receive(content) {
      const coming = join(dir, 'coming');
      await mkdir(coming, { recursive: true, mode: 0o700 });
      const path = join(coming, randomUUID());
      const drop = () => rm(path, { force: true });
      try {
        return { path, drop, ...(await receiveFile(path, content, largestBytes)) };
      } catch (error) {
        await drop();
        throw error;
      }
    },
    async keep({ path, sha256 }, organizationId) {
      const place = pathOf(organizationId, sha256);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      await makeDurable(path);
      await rename(path, place);
    },
    async open(organizationId, sha256) {
      const path = pathOf(organizationId, sha256);
      const { size } = await stat(path);
      return { size, content: createReadStream(path) };
    },
  };
}
