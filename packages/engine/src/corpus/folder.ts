import { join } from 'node:path';
import { DamagedFile } from '../storage/damage.js';
import { errorCode, type FileSystem } from '../storage/file-system.js';
import {
  dataFilesOf,
  EMPTY_MANIFEST,
  isCorpusFile,
  listManifests,
  type Manifest,
  type ManifestName,
  manifestName,
  readManifest,
} from '../storage/manifest.js';

/** Sequences that stay readable after newer ones, so that cursors and scans can finish on them. */
const KEPT_SEQUENCES = 64;
/** The newest manifests of any sequence, for readers that are about to open one. */
const KEPT_GENERATIONS = 4;

function listFolder(fs: FileSystem, dir: string): string[] {
  try {
    return fs.list(dir);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The number of the newest manifest of a folder; 0 when there is none yet. */
export function newestGeneration(fs: FileSystem, dir: string): number {
  return listManifests(listFolder(fs, dir)).at(-1)?.generation ?? EMPTY_MANIFEST.generation;
}

/** The newest commit that can be read, and the damage met on the way to it. */
export interface FoundCommit {
  readonly manifest: Manifest;
  readonly damage: readonly DamagedFile[];
}

/**
 * The newest commit of a folder; an empty one when there is none yet. A damaged manifest is passed over for the one
 * before it, and told. Refuses `corpus.version`, and the damage itself when no manifest can be read.
 */
export function newestCommit(fs: FileSystem, dir: string): FoundCommit {
  const damage: DamagedFile[] = [];
  for (const { name } of listManifests(listFolder(fs, dir)).reverse()) {
    try {
      return { manifest: readManifest(fs, dir, name), damage };
    } catch (error) {
      if (!(error instanceof DamagedFile)) throw error;
      damage.push(error);
    }
  }
  if (damage[0] !== undefined) throw damage[0];
  return { manifest: EMPTY_MANIFEST, damage };
}

/** The newest commit with this sequence if its manifest is still kept. */
export function manifestAt(fs: FileSystem, dir: string, sequence: number): Manifest | undefined {
  const found = listManifests(listFolder(fs, dir)).findLast((manifest) => manifest.sequence === sequence);
  if (found === undefined) return undefined;
  try {
    return readManifest(fs, dir, found.name);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/** Of each sequence only the newest manifest is kept, besides the last few of all. */
function keptManifests(manifests: readonly ManifestName[]): ManifestName[] {
  const bySequence = new Map(manifests.map((manifest) => [manifest.sequence, manifest]));
  const newest = [...bySequence.values()].slice(-KEPT_SEQUENCES);
  return [...new Set([...newest, ...manifests.slice(-KEPT_GENERATIONS)])];
}

/**
 * Removes what no kept commit needs: leftovers of an unfinished commit, and commits beyond those kept. Files of
 * `busy` stay (a merge reads or writes them). Only the holder of the writer's lock may do this. Nothing is synced:
 * what comes back after a crash is removed again.
 */
export function sweepFolder(fs: FileSystem, dir: string, busy: ReadonlySet<string> = new Set()): void {
  const names = listFolder(fs, dir);
  const kept = keptManifests(listManifests(names));
  const needed = new Set(kept.map(({ name }) => name));
  for (const { name } of kept) for (const file of dataFilesOf(readManifest(fs, dir, name))) needed.add(file.name);
  const isBusy = (name: string): boolean => busy.has(name) || (busy.size > 0 && name.endsWith('.tmp'));
  const surplus = names.filter((name) => isCorpusFile(name) && !needed.has(name) && !isBusy(name));
  // Manifests go first: one whose files are gone must never be found.
  const isManifest = (name: string): boolean => listManifests([name]).length > 0;
  for (const name of surplus.filter(isManifest)) fs.remove(join(dir, name));
  if (surplus.some(isManifest)) fs.syncDir(dir);
  for (const name of surplus) if (!isManifest(name)) fs.remove(join(dir, name));
}

/** Takes back a commit that could not be published, as long as that can be made certain. */
export function withdrawManifest(fs: FileSystem, dir: string, manifest: Manifest): boolean {
  try {
    const name = join(dir, manifestName(manifest));
    fs.remove(name);
    fs.remove(`${name}.tmp`);
    fs.syncDir(dir);
    return true;
  } catch {
    // The caller throws the first failure; the files stay, because the manifest may still name them.
    return false;
  }
}
