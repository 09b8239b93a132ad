import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type PatentDocument, QuanlianError } from '@quanlian/contract';
import { mergeGroup } from '@quanlian/kernel';
import type { LongPart } from '../backend.js';
import { type ColumnStore, openColumns } from '../columns/store.js';
import { documentKey } from '../content/document.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { openSegment, type Segment } from '../segment/segment.js';
import { type Bits, clearBit, countBits, emptyBits, fullBits, hasBit } from '../storage/bits.js';
import type { ByteCache, Keeper, Shelf } from '../storage/cache.js';
import { DamagedFile } from '../storage/damage.js';
import { errorCode, type FileSystem, readWhole } from '../storage/file-system.js';
import type { FileEntry, Manifest, SegmentEntry } from '../storage/manifest.js';

/** A segment with what is alive in it at one commit. */
export interface LiveSegment {
  readonly entry: SegmentEntry;
  readonly segment: Segment;
  /** Documents that count. */
  readonly live: Bits;
  /** Groups deleted or replaced. */
  readonly gone: Bits;
  /** Keeps what is made of what lives in it. */
  readonly kept: Shelf;
}

/** One commit opened for reading. */
export interface Snapshot {
  readonly manifest: Manifest;
  readonly segments: readonly LiveSegment[];
  readonly documents: number;
  /** Live documents that have any text, and their units of text, by length column. */
  readonly holders: readonly number[];
  readonly lengths: readonly number[];
  /** Files that cannot be read; what they hold is missing from every answer. */
  readonly damage: readonly DamagedFile[];
  readonly columns: ColumnStore;
  /** Keeps what is made from several segments together. */
  readonly kept: Shelf;
  release(): void;
}

/** Where a document stands in a snapshot. */
export interface DocPlace {
  readonly segment: number;
  readonly doc: number;
}

interface Shared {
  readonly segment: Segment;
  users: number;
}

/** Opens commits; segments shared by several are open once, and closed when the last is released. */
export interface SnapshotStore {
  /**
   * `before` spares the reading of deletions that have not changed since. With `degraded` a damaged segment, or one
   * named in it, is left out and told in `damage`; otherwise it is thrown.
   */
  open(manifest: Manifest, options?: OpenSnapshot): Snapshot;
}

interface OpenSnapshot {
  readonly before?: Snapshot | undefined;
  readonly degraded?: readonly DamagedFile[] | undefined;
}

function readDeletions(fs: FileSystem, dir: string, groups: number, file: FileEntry | null): Bits {
  if (file === null) return emptyBits(groups);
  const bits = emptyBits(groups);
  new Uint8Array(bits.buffer).set(readChecked(fs, dir, file));
  return bits;
}

/** Reads a whole small file of a commit. Refuses `DamagedFile` when it is not as written. */
export function readChecked(fs: FileSystem, dir: string, { name, bytes: size, crc }: FileEntry): Buffer {
  const path = join(dir, name);
  const bytes = readCommitted(fs, path);
  if (bytes.length !== size || crc32(bytes) !== crc) throw new DamagedFile(path, 'it does not match its checksum');
  return bytes;
}

function readCommitted(fs: FileSystem, path: string): Buffer {
  try {
    return readWhole(fs, path);
  } catch (error) {
    const code = errorCode(error);
    if (code === undefined) throw error;
    throw new DamagedFile(path, code === 'ENOENT' ? 'it is not there' : `it cannot be read (${code})`, error);
  }
}

/** The documents whose group is not gone. */
export function liveDocs(segment: Segment, gone: Bits): Bits {
  const live = fullBits(segment.docs);
  if (countBits(gone) === 0) return live;
  const groupOf = segment.column('group');
  for (let doc = 0; doc < segment.docs; doc++) if (hasBit(gone, groupOf[doc])) clearBit(live, doc);
  return live;
}

/** The columns whose files are not known to be damaged. */
const healthy = (columns: Manifest['columns'], damage: readonly DamagedFile[] = []): Manifest['columns'] =>
  Object.fromEntries(Object.entries(columns).filter(([, { name }]) => !damage.some(({ file }) => file === name)));

const sumColumns = (rows: readonly (readonly number[])[]): number[] =>
  LENGTH_COLUMNS.map((_, column) => rows.reduce((sum, row) => sum + row[column], 0));

export function createSnapshotStore(fs: FileSystem, dir: string, cache: ByteCache): SnapshotStore {
  const open = new Map<string, Shared>();

  const acquire = (entry: SegmentEntry): Segment => {
    let shared = open.get(entry.name);
    if (shared === undefined) {
      shared = { segment: openSegment(fs, join(dir, entry.name), entry, cache), users: 0 };
      open.set(entry.name, shared);
    }
    shared.users++;
    return shared.segment;
  };
  const release = ({ name }: SegmentEntry): void => {
    const shared = open.get(name);
    if (shared === undefined || --shared.users > 0) return;
    shared.segment.close();
    open.delete(name);
  };

  const openLive = (entry: SegmentEntry, known: LiveSegment | undefined): LiveSegment => {
    const segment = acquire(entry);
    if (known && known.entry.deletions?.name === entry.deletions?.name) return { ...known, entry };
    try {
      const gone = readDeletions(fs, dir, entry.groups, entry.deletions);
      return { entry, segment, gone, live: liveDocs(segment, gone), kept: cache.shelf() };
    } catch (error) {
      release(entry);
      throw error;
    }
  };

  /** Opens what can be opened; damage is thrown unless `degraded` takes it. */
  const openAll = (manifest: Manifest, before: Snapshot | undefined, degraded: DamagedFile[] | undefined) => {
    const known = new Map(before?.segments.map((live) => [live.entry.name, live]));
    const segments: LiveSegment[] = [];
    const isDamaged = ({ name, deletions }: SegmentEntry): boolean =>
      degraded?.some(({ file }) => file === name || file === deletions?.name) ?? false;
    try {
      for (const entry of manifest.segments) {
        if (isDamaged(entry)) continue;
        try {
          segments.push(openLive(entry, known.get(entry.name)));
        } catch (error) {
          if (degraded === undefined || !(error instanceof DamagedFile)) throw error;
          degraded.push(error);
        }
      }
      return segments;
    } catch (error) {
      for (const live of segments) release(live.entry);
      throw error;
    }
  };

  return {
    open(manifest, { before, degraded } = {}) {
      const damage = degraded && [...degraded];
      const segments = openAll(manifest, before, damage);
      const kept = cache.shelf();
      return {
        manifest,
        segments,
        documents: segments.reduce((sum, { entry }) => sum + entry.liveDocs, 0),
        holders: sumColumns(segments.map(({ entry }) => entry.holders)),
        lengths: sumColumns(segments.map(({ entry }) => entry.lengths)),
        damage: damage ?? [],
        kept,
        columns: openColumns(fs, dir, healthy(manifest.columns, damage), kept),
        release: () => {
          kept.clear();
          for (const { entry } of segments) release(entry);
        },
      };
    },
  };
}

/** Where the live document with this id stands; undefined when there is none. */
export function findDocument(snapshot: Snapshot, id: string): DocPlace | undefined {
  const key = documentKey(id);
  for (const [segment, { segment: reader, live }] of snapshot.segments.entries()) {
    const entry = reader.keys.find(key);
    const doc = entry && reader.keyDocs(entry).find((found) => hasBit(live, found));
    if (doc !== undefined) return { segment, doc };
  }
  return undefined;
}

/** Takes long parts away from records just read, with what a source gave of them. */
function strip(records: readonly PatentDocument[], parts: readonly LongPart[]): readonly PatentDocument[] {
  if (parts.length === 0) return records;
  for (const record of records as { -readonly [Key in keyof PatentDocument]: PatentDocument[Key] }[]) {
    for (const part of parts) {
      delete record[part];
      if (record.wire?.[part] !== undefined) {
        const { [part]: _, ...wire } = record.wire;
        record.wire = wire;
      }
    }
  }
  return records;
}

/**
 * The merged document at a place, made from the records of its group, long parts left out as asked. `blocks` keeps what
 * was unpacked for it, if not the segment.
 */
export function readDocument(
  snapshot: Snapshot,
  { segment, doc }: DocPlace,
  leaveOut: readonly LongPart[] = [],
  blocks?: Keeper,
): PatentDocument {
  const reader = snapshot.segments[segment].segment;
  const id = reader.id(doc);
  const records = strip(reader.records(reader.column('group')[doc], blocks), leaveOut);
  const found = mergeGroup(records).find((merged) => merged.id === id);
  if (found === undefined) {
    throw new QuanlianError(
      'corpus.corrupt',
      `The records of ${id} do not give this document any more. Load its sources again.`,
    );
  }
  return found;
}
