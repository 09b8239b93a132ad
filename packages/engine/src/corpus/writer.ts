import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { type PatentDocument, QuanlianError } from '@quanlian/contract';
import { addRecord, mergeGroup } from '@quanlian/kernel';
import type { ApplyResult } from '../backend.js';
import { documentDates } from '../content/document.js';
import { type BuildGroup, LENGTH_COLUMNS, SegmentBuilder } from '../segment/builder.js';
import { groupHash } from '../segment/group-filter.js';
import { type Bits, forEachBit, hasBit, setBit } from '../storage/bits.js';
import { bytesOf } from '../storage/bytes.js';
import { type FileSystem, writeWhole } from '../storage/file-system.js';
import { deletionsName, type FileEntry, type Manifest, type SegmentEntry, segmentName } from '../storage/manifest.js';
import { type BatchRecord, jsonLength } from './batch.js';
import { type LiveSegment, liveDocs, type Snapshot } from './snapshot.js';

export type Marks = Readonly<Record<string, string | null>>;

/** The numbers the next commit may use: beyond the last commit's, and beyond those of one that failed halfway. */
export interface NextNumbers {
  readonly generation: number;
  readonly sequence: number;
  readonly segment: number;
}

interface Counts {
  added: number;
  merged: number;
  unchanged: number;
  stale: number;
}

interface Held {
  readonly records: readonly PatentDocument[];
  readonly place: { readonly segment: number; readonly group: number } | undefined;
}

/** Disk a batch may need for each byte of its JSON, and a reserve that a commit never eats into. */
const DISK_FACTOR = 2;
const DISK_RESERVE = 8 * 1024 * 1024;
/** By how much of a segment's room more is foreseen than comes, at most. */
const SLACK = 0.1;
/** The most that is built at once, however much memory there is: numbers in a segment's lists have 32 bits. */
const MOST_BUILT = 2 ** 31;

function findHeld(snapshot: Snapshot, key: string): Held {
  const hash = groupHash(key);
  // The newest segments hold what was loaded last, and that is what is usually loaded again.
  for (let segment = snapshot.segments.length - 1; segment >= 0; segment--) {
    const { segment: reader, gone } = snapshot.segments[segment];
    if (!reader.mayHaveGroup(hash)) continue;
    const group = reader.findGroup(key);
    if (group !== undefined && !hasBit(gone, group))
      return { records: reader.records(group), place: { segment, group } };
  }
  return { records: [], place: undefined };
}

function foldRecord(
  held: readonly PatentDocument[],
  record: PatentDocument,
  counts: Counts,
): readonly PatentDocument[] {
  const { records, outcome } = addRecord(held, record);
  if (outcome === 'unchanged' || outcome === 'stale') {
    counts[outcome]++;
    return held;
  }
  const isNew = held.length === 0 || (outcome === 'added' && mergeGroup(records).length > mergeGroup(held).length);
  counts[isNew ? 'added' : 'merged']++;
  return records;
}

function addTo<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list) list.push(value);
  else lists.set(key, [value]);
}

/** A group to be written: where it belongs at once, its content when its turn comes. */
interface ChangedGroup {
  /** Of its newest document. */
  readonly day: number;
  /** Bytes of its JSON, about. */
  readonly size: number;
  read(): BuildGroup;
}

interface Changes {
  readonly groups: ChangedGroup[];
  readonly replaced: Map<number, number[]>;
  readonly counts: Counts;
}

/** The group of one record that is the first of its key. A class, as a batch makes one of nearly every record. */
class NewGroup implements ChangedGroup {
  constructor(readonly record: BatchRecord) {}

  get day(): number {
    return this.record.day;
  }

  get size(): number {
    return this.record.size;
  }

  read(): BuildGroup {
    const { key, json } = this.record;
    if (json !== undefined) return { key, json };
    const records = [this.record.read()];
    return { key, records, documents: mergeGroup(records) };
  }
}

function foldedGroup(key: string, records: readonly PatentDocument[]): ChangedGroup {
  const documents = mergeGroup(records);
  return {
    day: Math.max(0, ...documents.map((doc) => documentDates(doc).date)),
    size: jsonLength(records),
    read: () => ({ key, records, documents }),
  };
}

/** Folds a batch into the groups it touches. What is the first of its key, as most records are, is not read yet. */
function foldBatch(snapshot: Snapshot, batch: readonly BatchRecord[]): Changes {
  const byGroup = new Map<string, BatchRecord[]>();
  for (const record of batch) addTo(byGroup, record.key, record);
  const counts: Counts = { added: 0, merged: 0, unchanged: 0, stale: 0 };
  const groups: ChangedGroup[] = [];
  const replaced = new Map<number, number[]>();
  for (const [key, incoming] of byGroup) {
    const { records: before, place } = findHeld(snapshot, key);
    if (before.length === 0 && incoming.length === 1) {
      counts.added++;
      groups.push(new NewGroup(incoming[0]));
      continue;
    }
    const records = incoming.reduce<readonly PatentDocument[]>(
      (held, record) => foldRecord(held, record.read(), counts),
      before,
    );
    if (records === before) continue;
    groups.push(foldedGroup(key, records));
    if (place) addTo(replaced, place.segment, place.group);
  }
  return { groups, replaced, counts };
}

/** Groups with the newest documents first, so that the segments of one batch differ in date. */
function* newestFirst(groups: readonly ChangedGroup[]): Generator<BuildGroup> {
  for (const group of [...groups].sort((a, b) => b.day - a.day)) yield group.read();
}

/** The segment's entry after more of its groups are gone: what they held no longer counts. */
export function withoutGroups(
  before: Pick<LiveSegment, 'entry' | 'segment' | 'live' | 'gone'>,
  gone: Bits,
  deletions: FileEntry,
): SegmentEntry {
  const { entry, segment, live } = before;
  const left = liveDocs(segment, gone);
  const lost: number[] = [];
  forEachBit(live, (doc) => {
    if (!hasBit(left, doc)) lost.push(doc);
  });
  const columns = LENGTH_COLUMNS.map((name) => segment.column(`length.${name}`));
  const formats = segment.formats();
  let records = entry.liveRecords;
  forEachBit(gone, (group) => {
    if (!hasBit(before.gone, group)) records -= formats.starts[group + 1] - formats.starts[group];
  });
  return {
    ...entry,
    liveDocs: entry.liveDocs - lost.length,
    liveRecords: records,
    lengths: columns.map((lengths, column) => lost.reduce((sum, doc) => sum - lengths[doc], entry.lengths[column])),
    holders: columns.map((lengths, column) => entry.holders[column] - lost.filter((doc) => lengths[doc] > 0).length),
    deletions,
  };
}

function mergeMarks(before: Readonly<Record<string, string>>, marks: Marks): Record<string, string> {
  const merged = Object.entries({ ...before, ...marks }).filter(
    (entry): entry is [string, string] => entry[1] !== null,
  );
  return Object.fromEntries(merged);
}

export const diskFull = (dir: string, cause?: unknown): QuanlianError =>
  new QuanlianError(
    'corpus.disk_full',
    `The disk of ${dir} has not enough space for this load; the corpus is as it was before. Free some space and load again.`,
    { cause },
  );

/** Refuses `corpus.disk_full` when the disk has no room for so many bytes and the reserve. */
export function checkDisk(fs: FileSystem, dir: string, bytes: number): void {
  if (fs.freeBytes(dir) < bytes + DISK_RESERVE) throw diskFull(dir);
}

const sizeOfBatch = (groups: readonly ChangedGroup[]): number =>
  DISK_FACTOR * groups.reduce((sum, { size }) => sum + size, 0);

/** A commit ready to be published: its files are written and synced, its manifest is not. Null: nothing changes. */
export interface Prepared<T> {
  readonly result: T;
  readonly manifest: Manifest | null;
}

/**
 * Tells when a segment has had enough of `groups` groups that are left: at the bound, or at its share of them, so that the
 * last segment of a batch is no crumb. How much they will take is told by the second quarter of the room: later groups
 * bring fewer new words than the first.
 */
function fullAt(groups: number, most: number): (taken: number, bytes: number) => boolean {
  let share = groups;
  let quarter: { readonly taken: number; readonly bytes: number } | undefined;
  let settled = groups === Number.POSITIVE_INFINITY;
  return (taken, bytes) => {
    if (!settled && 4 * bytes > most) {
      quarter ??= { taken, bytes };
      if (2 * bytes > most) {
        settled = true;
        const each = (bytes - quarter.bytes) / Math.max(1, taken - quarter.taken);
        const all = bytes + each * (groups - taken);
        share = Math.ceil(groups / Math.max(1, Math.ceil(all / most - SLACK)));
      }
    }
    return taken >= share || bytes >= most;
  };
}

/** Writes the files of a commit and remembers them, so that a failure can remove them again. */
export class CommitBuilder {
  readonly #files: string[] = [];

  constructor(
    readonly fs: FileSystem,
    readonly dir: string,
    readonly memoryBytes: number,
  ) {}

  /** The commit that folds a batch and its marks in. */
  prepare(
    snapshot: Snapshot,
    next: NextNumbers,
    batch: readonly BatchRecord[],
    marks: Marks = {},
  ): Prepared<ApplyResult> {
    const { groups, replaced, counts } = foldBatch(snapshot, batch);
    const before = snapshot.manifest;
    if (groups.length === 0 && Object.keys(marks).length === 0) {
      return { result: { sequence: before.sequence, ...counts }, manifest: null };
    }
    const { sequence, generation } = next;
    checkDisk(this.fs, this.dir, sizeOfBatch(groups));
    const kept = this.#deleteGroups(snapshot, replaced, generation);
    const added = this.writeSegments(newestFirst(groups), next.segment, groups.length);
    const manifest: Manifest = {
      ...before,
      generation,
      sequence,
      nextSegment: next.segment + added.length,
      segments: [...kept, ...added],
      marks: mergeMarks(before.marks, marks),
    };
    return { result: { sequence, ...counts }, manifest };
  }

  /** Removes what was written; what cannot be removed now goes when a writer opens the folder next. */
  undo(): void {
    for (const name of this.#files.splice(0)) {
      try {
        this.fs.remove(join(this.dir, name));
      } catch {
        // The first failure is the one to tell; this file belongs to no commit and harms nobody.
      }
    }
  }

  /**
   * Writes the groups as segments, a new one whenever building the last would leave the memory bound. Where it is known how
   * many groups there are, each segment gets its share, so that no crumb is left.
   */
  writeSegments(groups: Iterable<BuildGroup>, first: number, count = Number.POSITIVE_INFINITY): SegmentEntry[] {
    const left = groups[Symbol.iterator]();
    const entries: SegmentEntry[] = [];
    const most = Math.min(this.memoryBytes, MOST_BUILT);
    let leftCount = count;
    for (let next = left.next(); !next.done; ) {
      const name = segmentName(first + entries.length);
      this.#files.push(name);
      const builder = new SegmentBuilder(this.fs, join(this.dir, name));
      const isFull = fullAt(leftCount, most);
      let taken = 0;
      try {
        do {
          builder.addGroup(next.value);
          next = left.next();
          taken++;
        } while (!next.done && !isFull(taken, builder.bytes));
        const { docs, records, ...built } = builder.finish();
        entries.push({ name, ...built, docs, liveDocs: docs, liveRecords: records, deletions: null });
      } catch (error) {
        builder.abandon();
        throw error;
      }
      leftCount -= taken;
    }
    return entries;
  }

  /** Writes a small file of the commit. */
  writeFile(name: string, bytes: Uint8Array): FileEntry {
    this.#files.push(name);
    writeWhole(this.fs, join(this.dir, name), bytes);
    return { name, bytes: bytes.length, crc: crc32(bytes) };
  }

  /** Writes a larger file of the commit by `write`, which is given its path. */
  writeWith<T>(name: string, write: (path: string) => T): T {
    this.#files.push(name);
    return write(join(this.dir, name));
  }

  /** Segments that hold nothing any more are left out. */
  #deleteGroups(
    snapshot: Snapshot,
    replaced: ReadonlyMap<number, readonly number[]>,
    generation: number,
  ): SegmentEntry[] {
    return snapshot.segments.flatMap((live, index) => {
      const groups = replaced.get(index);
      if (groups === undefined) return [live.entry];
      const gone = live.gone.slice();
      for (const group of groups) setBit(gone, group);
      const deletions = this.writeFile(deletionsName(live.entry.name, generation), bytesOf(gone));
      const entry = withoutGroups(live, gone, deletions);
      return entry.liveRecords === 0 ? [] : [entry];
    });
  }
}
