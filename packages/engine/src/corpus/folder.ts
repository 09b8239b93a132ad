import { join } from 'node:path';
import { errorCode, type FileSystem } from '../storage/file-system.js';
import {
  EMPTY_MANIFEST,
  filesOf,
  isCorpusFile,
  listManifests,
  type Manifest,
  manifestName,
  readManifest,
} from '../storage/manifest.js';

/** Commits that stay readable after newer ones, so that cursors and scans can finish on them. */
const KEPT_COMMITS = 64;

function listFolder(fs: FileSystem, dir: string): string[] {
  try {
    return fs.list(dir);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** The sequence of the newest commit of a folder; 0 when there is none yet. */
export function newestSequence(fs: FileSystem, dir: string): number {
  return listManifests(listFolder(fs, dir)).at(-1) ?? EMPTY_MANIFEST.sequence;
}

/** The newest commit of a folder; an empty one when there is none yet. */
export function newestManifest(fs: FileSystem, dir: string): Manifest {
  const newest = newestSequence(fs, dir);
  return newest === EMPTY_MANIFEST.sequence ? EMPTY_MANIFEST : readManifest(fs, dir, newest);
}

/** An older commit if its manifest is still kept. */
export function manifestAt(fs: FileSystem, dir: string, sequence: number): Manifest | undefined {
  try {
    return readManifest(fs, dir, sequence);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Removes what no kept commit needs: leftovers of an unfinished commit, and commits beyond those kept. Only the
 * holder of the writer's lock may do this. Nothing is synced: what comes back after a crash is removed again.
 */
export function sweepFolder(fs: FileSystem, dir: string): void {
  const names = listFolder(fs, dir);
  const kept = listManifests(names).slice(-KEPT_COMMITS);
  const needed = new Set(kept.flatMap((sequence) => filesOf(readManifest(fs, dir, sequence))));
  const surplus = names.filter((name) => isCorpusFile(name) && !needed.has(name));
  // Manifests go first: one whose files are gone must never be found.
  const isManifest = (name: string): boolean => listManifests([name]).length > 0;
  for (const name of surplus.filter(isManifest)) fs.remove(join(dir, name));
  if (surplus.some(isManifest)) fs.syncDir(dir);
  for (const name of surplus) if (!isManifest(name)) fs.remove(join(dir, name));
}

/** Takes back a commit that could not be published, as long as that can be made certain. */
export function withdrawManifest(fs: FileSystem, dir: string, sequence: number): boolean {
  try {
    const name = join(dir, manifestName(sequence));
    fs.remove(name);
    fs.remove(`${name}.tmp`);
    fs.syncDir(dir);
    return true;
  } catch {
    // The caller throws the first failure; the files stay, because the manifest may still name them.
    return false;
  }
}
