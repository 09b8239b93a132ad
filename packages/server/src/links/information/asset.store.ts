import { createHash, randomUUID } from 'node:crypto';
import { access, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Figure, Source } from '@quanlian/contract';
import type { ImageFacts } from '@quanlian/formats/images';
import { mediaTypeOf } from './media-types.js';

/** A kept file: the SHA-256 of its bytes, what it is, how large, and how many pages it has. */
export interface StoredFile {
  readonly hash: string;
  readonly mediaType: string;
  readonly size: number;
  readonly pages: number;
}

interface Entry extends StoredFile {
  /** Where the file came from, archive members as `archive.zip!folder/name.png`. */
  readonly path: string;
}

/** Drawings and page images by content hash, and under which names they came. */
export interface AssetStore {
  /** Keeps a file; false when it is of no kind that is kept. Durable after the next `sync`. */
  put(path: string, content: Uint8Array, facts?: ImageFacts): Promise<boolean>;
  /** Writes down the names of everything put since the last call. */
  sync(): Promise<void>;
  /** Which kept file each figure of a document means, by the figure's own file name. */
  filesOf(figures: readonly Figure[], sources: readonly Source[]): Promise<Record<string, StoredFile>>;
  /** Where a kept file lies, and what it is; undefined when there is none. */
  open(hash: string): Promise<(Omit<StoredFile, 'pages'> & { readonly file: string }) | undefined>;
}

/** The folder or archive level a path lies in, so that `a.zip!x/fig1.png` meets `a.zip!x/doc.xml`. */
const placeOf = (path: string): string => path.slice(0, Math.max(path.lastIndexOf('/'), path.lastIndexOf('!')) + 1);

const nameOf = (path: string): string => path.slice(placeOf(path).length).toLowerCase();

const shardOf = (name: string): string => createHash('sha256').update(name).digest('hex').slice(0, 2);

function parseEntry(line: string): Entry | undefined {
  try {
    return { pages: 1, ...(JSON.parse(line) as Omit<Entry, 'pages'> & { pages?: number }) };
  } catch {
    // The last line of a shard may be torn by a crash; its file is met again when the load goes on.
    return undefined;
  }
}

const commonLength = (a: string, b: string): number => {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length += 1;
  return length;
};

/** Of files with one name, the one from where the document came; several different ones elsewhere name none. */
function choose(entries: readonly Entry[], sources: readonly Source[]): Entry | undefined {
  const places = sources.map((source) => placeOf(source.file));
  const beside = entries.filter((entry) => places.includes(placeOf(entry.path)));
  if (beside.length > 0) return beside.at(-1);
  const near = (entry: Entry) => Math.max(0, ...places.map((place) => commonLength(place, entry.path)));
  const inOneArchive = entries.filter((entry) =>
    places.some((place) => archiveOf(place) && archiveOf(place) === archiveOf(entry.path)),
  );
  const candidates = inOneArchive.length > 0 ? inOneArchive : entries;
  const hashes = new Set(candidates.map((entry) => entry.hash));
  if (hashes.size === 1) return candidates[0];
  const best = Math.max(...candidates.map(near));
  const nearest = candidates.filter((entry) => near(entry) === best);
  return new Set(nearest.map((entry) => entry.hash)).size === 1 ? nearest[0] : undefined;
}

const archiveOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('!')));

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Writes a file under its hash, whole or not at all. */
export async function writeContent(file: string, content: Uint8Array): Promise<void> {
  if (await exists(file)) return;
  await mkdir(dirname(file), { recursive: true });
  const making = `${file}.${randomUUID()}`;
  try {
    const handle = await open(making, 'wx');
    await handle.writeFile(content);
    await handle.datasync();
    await handle.close();
    await rename(making, file);
  } finally {
    await rm(making, { force: true });
  }
}

async function appendDurably(file: string, text: string): Promise<void> {
  const handle = await open(file, 'a');
  try {
    await handle.writeFile(text);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

/** What a kept file is, from its size and first bytes; undefined when it is not there. */
async function describeFile(file: string): Promise<Pick<StoredFile, 'mediaType' | 'size'> | undefined> {
  const handle = await open(file, 'r').catch(() => undefined);
  if (!handle) return undefined;
  try {
    const { size } = await handle.stat();
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(8), 0, 8, 0);
    return { size, mediaType: mediaTypeOf(buffer.subarray(0, bytesRead)) ?? 'application/octet-stream' };
  } finally {
    await handle.close();
  }
}

/** Opens the store in a folder, which is made at the first `put`. */
export function createAssetStore(dir: string): AssetStore {
  const namesDir = join(dir, 'names');
  const contentFile = (hash: string) => join(dir, hash.slice(0, 2), hash);
  let pending = new Map<string, string[]>();

  async function entriesNamed(name: string): Promise<Entry[]> {
    const text = await readFile(join(namesDir, `${shardOf(name)}.jsonl`), 'utf8').catch(() => '');
    const entries = text.split('\n').filter(Boolean).map(parseEntry);
    return entries.filter((entry): entry is Entry => entry !== undefined && nameOf(entry.path) === name);
  }

  return {
    async put(path, content, facts = { pages: 1 }) {
      const mediaType = mediaTypeOf(content);
      if (!mediaType) return false;
      const hash = createHash('sha256').update(content).digest('hex');
      await writeContent(contentFile(hash), content);
      const entry: Entry = { path, hash, mediaType, size: content.byteLength, pages: facts.pages };
      const shard = shardOf(nameOf(path));
      pending.set(shard, [...(pending.get(shard) ?? []), `${JSON.stringify(entry)}\n`]);
      return true;
    },
    async sync() {
      const writing = pending;
      pending = new Map();
      if (writing.size > 0) await mkdir(namesDir, { recursive: true });
      for (const [shard, lines] of writing) await appendDurably(join(namesDir, `${shard}.jsonl`), lines.join(''));
    },
    async filesOf(figures, sources) {
      const found: Record<string, StoredFile> = {};
      for (const { file } of figures) {
        if (file === undefined || file in found) continue;
        const entry = choose(await entriesNamed(basename(file).toLowerCase()), sources);
        if (entry) {
          const { hash, mediaType, size, pages } = entry;
          found[file] = { hash, mediaType, size, pages };
        }
      }
      return found;
    },
    async open(hash) {
      if (!/^[0-9a-f]{64}$/.test(hash)) return undefined;
      const file = contentFile(hash);
      const described = await describeFile(file);
      return described && { hash, file, ...described };
    },
  };
}
