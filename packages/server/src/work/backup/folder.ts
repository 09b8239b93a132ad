import { type FileHandle, open, readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** A file of the data folder held open, so that it can be read though its name goes. */
export interface HeldFile {
  readonly name: string;
  readonly size: number;
  readonly handle: FileHandle;
}

const missing = (error: unknown): boolean => (error as NodeJS.ErrnoException).code === 'ENOENT';

export async function hold(root: string, name: string): Promise<HeldFile> {
  const handle = await open(join(root, name), 'r');
  return { name, handle, size: (await handle.stat()).size };
}

export async function letGo(files: readonly HeldFile[]): Promise<void> {
  for (const { handle } of files) await handle.close();
}

/** A commit's generation and, since the second format, the state of the corpus. */
const MANIFEST = /^manifest-\d+(?:-\d+)?\.json$/;
const ATTEMPTS = 5;

/**
 * Holds the files of the newest commit of the corpus: its manifest and what that names. A writer may go on meanwhile:
 * files of a commit are never changed, and one that was swept away before it could be held means a newer commit.
 */
export async function holdCorpus(root: string): Promise<HeldFile[]> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const names = await readdir(join(root, 'corpus')).catch((error: unknown) => {
      if (missing(error)) return [] as string[];
      throw error;
    });
    const manifest = names
      .filter((name) => MANIFEST.test(name))
      .sort()
      .at(-1);
    if (!manifest) return [];
    const held: HeldFile[] = [];
    try {
      const text = await readFile(join(root, 'corpus', manifest), 'utf8');
      const named = names.filter((name) => name === manifest || text.includes(`"${name}"`));
      for (const name of named) held.push(await hold(root, `corpus/${name}`));
      return held;
    } catch (error) {
      await letGo(held);
      if (!missing(error)) throw error;
    }
  }
  throw new Error('the corpus changed too fast to be read');
}

/** Names of the files below a folder of the data folder, with forward slashes, in order; unfinished ones left out. */
export async function filesIn(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(
    (error: unknown) => {
      if (missing(error)) return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .filter((name) => !name.startsWith('papers/coming/'))
    .sort();
}
