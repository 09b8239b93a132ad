import { open, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';

/** Has what a file or folder holds on the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  await handle.sync();
  await handle.close();
}

/** Writes a file whole or not at all, and has it on the disk when it resolves. */
export async function writeKept(path: string, content: string | Uint8Array): Promise<void> {
  const aside = `${path}.new`;
  await writeFile(aside, content);
  await syncPath(aside);
  await rename(aside, path);
  await syncPath(dirname(path));
}

/** Writes what a folder holds, for people to read as well. */
export const writeIndex = (path: string, index: unknown): Promise<void> =>
  writeKept(path, `${JSON.stringify(index, undefined, 2)}\n`);

/** Reads what a folder holds; undefined when nothing was ever kept there. */
export async function readIndex<Index>(path: string, schema: z.ZodType<Index>): Promise<Index | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  return text === undefined ? undefined : schema.parse(JSON.parse(text));
}
