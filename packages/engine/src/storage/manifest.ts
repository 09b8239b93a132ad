import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { QuanlianError } from '@quanlian/contract';
import { DamagedFile } from './damage.js';
import { type FileSystem, readWhole, writeWhole } from './file-system.js';

/** Raised by every change of a file's layout or meaning. */
export const FORMAT_VERSION = 3;
/** The version before, which is read as it is: its blocks of records are packed otherwise and tell so. */
const READ_VERSION = 2;
/** The older version that a writer builds anew when it opens a folder. */
export const OLD_VERSION = 1;

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
  /** Days of its newest and oldest dated document when it was written; 0 when none is dated. */
  readonly newest: number;
  readonly oldest: number;
}

/** A derived column: its file, the documents in it, and the sequence of the corpus it was derived from. */
export interface ColumnEntry extends FileEntry {
  readonly documents: number;
  readonly basis: number;
}

/**
 * One commit: everything a reader needs, and nothing else counts as part of the corpus. `generation` counts manifests;
 * `sequence` counts changes of what the corpus answers, so a merge of segments makes a new generation of one sequence.
 */
export interface Manifest {
  readonly version: number;
  readonly generation: number;
  readonly sequence: number;
  readonly nextSegment: number;
  readonly segments: readonly SegmentEntry[];
  readonly marks: Readonly<Record<string, string>>;
  readonly columns: Readonly<Record<string, ColumnEntry>>;
  readonly synonyms: FileEntry | null;
}

export const EMPTY_MANIFEST: Manifest = {
  version: FORMAT_VERSION,
  generation: 0,
  sequence: 0,
  nextSegment: 1,
  segments: [],
  marks: {},
  columns: {},
  synonyms: null,
};

/** Version 1 named the sequence alone, which was the generation too. */
const NAME = /^manifest-(\d{10})(?:-(\d{10}))?\.json$/;
const padded = (number: number): string => String(number).padStart(10, '0');

/** What a manifest's name tells. */
export interface ManifestName {
  readonly name: string;
  readonly generation: number;
  readonly sequence: number;
}

export const manifestName = ({ generation, sequence }: { generation: number; sequence: number }): string =>
  `manifest-${padded(generation)}-${padded(sequence)}.json`;
export const segmentName = (number: number): string => `segment-${String(number).padStart(8, '0')}.seg`;
export const deletionsName = (segment: string, generation: number): string =>
  `${segment.replace(/\.seg$/, '')}-${padded(generation)}.del`;
export const columnName = (column: string, generation: number): string => `column-${column}-${padded(generation)}.col`;
export const synonymsName = (generation: number): string => `synonyms-${padded(generation)}.syn`;
/** Files that an unfinished commit may leave. */
export const isCorpusFile = (name: string): boolean => /\.(seg|del|col|syn|tmp)$/.test(name) || NAME.test(name);

/** The manifests in a folder, oldest first. */
export function listManifests(names: readonly string[]): ManifestName[] {
  return names
    .flatMap((name) => {
      const [, generation, sequence = generation] = NAME.exec(name) ?? [];
      return generation === undefined ? [] : [{ name, generation: Number(generation), sequence: Number(sequence) }];
    })
    .sort((a, b) => a.generation - b.generation);
}

/** The files of data a commit needs. */
export function dataFilesOf({ segments, columns, synonyms }: Manifest): FileEntry[] {
  const files = segments.flatMap((entry): FileEntry[] => (entry.deletions ? [entry, entry.deletions] : [entry]));
  return [...files, ...Object.values(columns), ...(synonyms ? [synonyms] : [])];
}

function encode(manifest: Manifest): Buffer {
  const body = JSON.stringify(manifest);
  return Buffer.from(`${body}\n${crc32(body).toString(16).padStart(8, '0')}\n`, 'utf8');
}

function decode(bytes: Buffer, path: string): Manifest {
  const text = bytes.toString('utf8');
  const [body = '', sum] = text.split('\n');
  if (sum === undefined || crc32(body).toString(16).padStart(8, '0') !== sum) {
    throw new DamagedFile(path, 'it does not match its checksum');
  }
  const manifest = JSON.parse(body) as Manifest;
  if (manifest.version === OLD_VERSION) return { ...EMPTY_MANIFEST, ...manifest, generation: manifest.sequence };
  if (manifest.version === READ_VERSION) return { ...manifest, version: FORMAT_VERSION };
  if (manifest.version !== FORMAT_VERSION) {
    throw new QuanlianError(
      'corpus.version',
      `The corpus folder has format version ${manifest.version}; this program reads versions ${READ_VERSION} and ` +
        `${FORMAT_VERSION}, and makes it of version ${OLD_VERSION}. Use the program it was written with, or load the sources into a new folder.`,
    );
  }
  return manifest;
}

/** Reads one manifest. Refuses `corpus.version` and, as `DamagedFile`, `corpus.corrupt`. */
export function readManifest(fs: FileSystem, dir: string, name: string): Manifest {
  const path = join(dir, name);
  return decode(readWhole(fs, path), path);
}

/** Makes a commit the current one: durable when this returns, and before that as if it had never been. */
export function publishManifest(fs: FileSystem, dir: string, manifest: Manifest): void {
  const path = join(dir, manifestName(manifest));
  const temporary = `${path}.tmp`;
  writeWhole(fs, temporary, encode(manifest));
  // The data files' names must be durable before a manifest that counts on them can be.
  fs.syncDir(dir);
  fs.rename(temporary, path);
  fs.syncDir(dir);
}
