import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { QuanlianError } from '@quanlian/contract';
import { type FileSystem, readWhole, writeWhole } from './file-system.js';

/** Raised by every change of a file's layout or meaning. */
const FORMAT_VERSION = 1;

/** A file of a commit with the size and CRC-32 it was written with. */
export interface FileEntry {
  readonly name: string;
  readonly bytes: number;
  readonly crc: number;
}

/** A segment as one commit sees it. Counts with `live` leave out what later segments replaced. */
export interface SegmentEntry extends FileEntry {
  readonly docs: number;
  readonly groups: number;
  readonly liveDocs: number;
  readonly liveRecords: number;
  /** Units of text of live documents and how many live documents have any, by length column. */
  readonly lengths: readonly number[];
  readonly holders: readonly number[];
  /** A bit for each group that is deleted or replaced; null while none is. */
  readonly deletions: FileEntry | null;
}

/** One commit: everything a reader needs, and nothing else counts as part of the corpus. */
export interface Manifest {
  readonly version: number;
  readonly sequence: number;
  readonly nextSegment: number;
  readonly segments: readonly SegmentEntry[];
  readonly marks: Readonly<Record<string, string>>;
}

export const EMPTY_MANIFEST: Manifest = {
  version: FORMAT_VERSION,
  sequence: 0,
  nextSegment: 1,
  segments: [],
  marks: {},
};

const NAME = /^manifest-(\d{10})\.json$/;

export const manifestName = (sequence: number): string => `manifest-${String(sequence).padStart(10, '0')}.json`;
export const segmentName = (number: number): string => `segment-${String(number).padStart(8, '0')}.seg`;
export const deletionsName = (segment: string, sequence: number): string =>
  `${segment.replace(/\.seg$/, '')}-${String(sequence).padStart(10, '0')}.del`;
/** Files that an unfinished commit may leave. */
export const isCorpusFile = (name: string): boolean => /\.(seg|del|tmp)$/.test(name) || NAME.test(name);

/** The sequences of the manifests in a folder, ascending. */
export function listManifests(names: readonly string[]): number[] {
  return names
    .flatMap((name) => NAME.exec(name)?.[1] ?? [])
    .map(Number)
    .sort((a, b) => a - b);
}

/** The names of all files a commit needs, its manifest first. */
export function filesOf(manifest: Manifest): string[] {
  const files = manifest.segments.flatMap(({ name, deletions }) => (deletions ? [name, deletions.name] : [name]));
  return [manifestName(manifest.sequence), ...files];
}

function encode(manifest: Manifest): Buffer {
  const body = JSON.stringify(manifest);
  return Buffer.from(`${body}\n${crc32(body).toString(16).padStart(8, '0')}\n`, 'utf8');
}

function decode(bytes: Buffer, path: string): Manifest {
  const text = bytes.toString('utf8');
  const [body = '', sum] = text.split('\n');
  if (sum === undefined || crc32(body).toString(16).padStart(8, '0') !== sum) {
    throw new QuanlianError(
      'corpus.corrupt',
      `The manifest ${path} does not match its checksum. Restore the folder from a backup.`,
    );
  }
  const manifest = JSON.parse(body) as Manifest;
  if (manifest.version !== FORMAT_VERSION) {
    throw new QuanlianError(
      'corpus.version',
      `The corpus folder has format version ${manifest.version}; this program reads version ${FORMAT_VERSION}. ` +
        'Use the program it was written with, or load the sources into a new folder.',
    );
  }
  return manifest;
}

/** Reads the manifest of one commit. */
export function readManifest(fs: FileSystem, dir: string, sequence: number): Manifest {
  const path = join(dir, manifestName(sequence));
  return decode(readWhole(fs, path), path);
}

/** Makes a commit the current one: durable when this returns, and before that as if it had never been. */
export function publishManifest(fs: FileSystem, dir: string, manifest: Manifest): void {
  const path = join(dir, manifestName(manifest.sequence));
  const temporary = `${path}.tmp`;
  writeWhole(fs, temporary, encode(manifest));
  // The data files' names must be durable before a manifest that counts on them can be.
  fs.syncDir(dir);
  fs.rename(temporary, path);
  fs.syncDir(dir);
}
