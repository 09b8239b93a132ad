import { join } from 'node:path';
import { liveDocs, readChecked } from '../corpus/snapshot.js';
import { checkDisk, withoutGroups } from '../corpus/writer.js';
import type { BuiltSegment } from '../segment/builder.js';
import { openSections } from '../segment/container.js';
import { openSegment } from '../segment/segment.js';
import { type Bits, countBits, emptyBits, hasBit, setBit } from '../storage/bits.js';
import { bytesOf } from '../storage/bytes.js';
import { ByteCache } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import { deletionsName, type FileEntry, type SegmentEntry } from '../storage/manifest.js';
import type { MergeSource } from './order.js';
import { mergeSegments } from './segments.js';

/** A merge to be done: the sources as one commit sees them, and the file to write. */
export interface MergeJob {
  readonly sources: readonly SegmentEntry[];
  readonly name: string;
}

function goneOf(fs: FileSystem, dir: string, { groups, deletions }: SegmentEntry): Bits {
  const gone = emptyBits(groups);
  if (deletions !== null) new Uint8Array(gone.buffer).set(readChecked(fs, dir, deletions));
  return gone;
}

/** Opens a segment as one commit sees it; its sections are to be closed. Refuses `DamagedFile`. */
export function openSource(fs: FileSystem, dir: string, entry: SegmentEntry): MergeSource {
  const gone = goneOf(fs, dir, entry);
  const sections = openSections(fs, join(dir, entry.name), entry.bytes);
  return { sections, docs: entry.docs, groups: entry.groups, gone };
}

/**
 * Writes the merged segment, in any thread and beside readers and writers. Refuses `corpus.disk_full` before it
 * writes when the disk has no room for it, and `DamagedFile`.
 */
export function runMerge(fs: FileSystem, dir: string, { sources, name }: MergeJob): BuiltSegment {
  checkDisk(fs, dir, 2 * sources.reduce((sum, { bytes }) => sum + bytes, 0));
  const opened: MergeSource[] = [];
  try {
    for (const entry of sources) opened.push(openSource(fs, dir, entry));
    return mergeSegments(fs, join(dir, name), opened);
  } finally {
    for (const { sections } of opened) sections.close();
  }
}

const entryOf = (name: string, { docs, records, ...built }: BuiltSegment): SegmentEntry => ({
  name,
  ...built,
  docs,
  liveDocs: docs,
  liveRecords: records,
  deletions: null,
});

/** Of the merged segment's groups those that went from its sources while it was written. */
function goneSince(fs: FileSystem, dir: string, job: MergeJob, now: readonly SegmentEntry[], groups: number): Bits {
  const gone = emptyBits(groups);
  let next = 0;
  for (const before of job.sources) {
    const then = goneOf(fs, dir, before);
    const current = now.find(({ name }) => name === before.name);
    // A source that is left out holds nothing any more.
    const later = current && goneOf(fs, dir, current);
    for (let group = 0; group < before.groups; group++) {
      if (hasBit(then, group)) continue;
      if (later === undefined || hasBit(later, group)) setBit(gone, next);
      next++;
    }
  }
  return gone;
}

/**
 * The segments of the commit that takes the merged one in the place of its sources: what was replaced or deleted
 * meanwhile is deleted from it too. `writeFile` writes the file of deletions.
 */
export function takeMerged(
  fs: FileSystem,
  dir: string,
  job: MergeJob,
  built: BuiltSegment,
  now: readonly SegmentEntry[],
  generation: number,
  writeFile: (name: string, bytes: Uint8Array) => FileEntry,
): SegmentEntry[] {
  const merged = entryOf(job.name, built);
  const sources = new Set(job.sources.map(({ name }) => name));
  const others = now.filter(({ name }) => !sources.has(name));
  const gone = goneSince(fs, dir, job, now, built.groups);
  if (countBits(gone) === 0) return built.groups === 0 ? others : [...others, merged];
  const none = emptyBits(built.groups);
  const cache = new ByteCache(0);
  const segment = openSegment(fs, join(dir, job.name), merged, cache);
  try {
    const deletions = writeFile(deletionsName(job.name, generation), bytesOf(gone));
    const entry = withoutGroups({ entry: merged, segment, live: liveDocs(segment, none), gone: none }, gone, deletions);
    return entry.liveRecords === 0 ? others : [...others, entry];
  } finally {
    segment.close();
  }
}
