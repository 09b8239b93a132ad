import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import tar from 'tar-stream';

/** Files of a folder and those below it, in order of their path. */
async function filesBelow(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}

async function packAll(dir: string, pack: tar.Pack): Promise<void> {
  for (const file of await filesBelow(dir)) {
    const { size, mtime } = await stat(file);
    const name = relative(dir, file).split(sep).join('/');
    await pipeline(createReadStream(file, { end: Math.max(0, size - 1) }), pack.entry({ name, size, mtime }));
  }
  pack.finalize();
}

/** A folder as one stream (tar), so that drawings keep their place beside the documents they belong to. */
export function packFolder(dir: string): Readable {
  const pack = tar.pack();
  packAll(dir, pack).catch((error: Error) => pack.destroy(error));
  return pack as unknown as Readable;
}
