import { join } from 'node:path';
import { mergeGroup } from '@quanlian/kernel';
import type { BuildGroup } from '../segment/builder.js';
import { openSections } from '../segment/container.js';
import { walkDictionary } from '../segment/dictionary.js';
import { decodeDocs } from '../segment/postings.js';
import { readRecords } from '../segment/stored.js';
import { emptyBits, hasBit } from '../storage/bits.js';
import { ByteCache } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import { FORMAT_VERSION, type Manifest, type SegmentEntry } from '../storage/manifest.js';
import { readChecked } from './snapshot.js';
import { type CommitBuilder, checkDisk, type NextNumbers, type Prepared } from './writer.js';

const GROUP_KEY = 'group:';
const CACHE_BYTES = 4 * 1024 * 1024;

/** The live groups of an old segment with their records, in the order they stand. */
function* liveGroups(fs: FileSystem, dir: string, entry: SegmentEntry): Generator<BuildGroup> {
  const gone = emptyBits(entry.groups);
  if (entry.deletions) new Uint8Array(gone.buffer).set(readChecked(fs, dir, entry.deletions));
  const cache = new ByteCache(CACHE_BYTES);
  const sections = openSections(fs, join(dir, entry.name), entry.bytes);
  try {
    const keys: string[] = [];
    for (const { term, docsAt, docsLength, df } of walkDictionary(sections, 'groups')) {
      const [group] = decodeDocs(sections.read('groups.postings', docsAt, docsLength), df);
      keys[group] = term.slice(GROUP_KEY.length);
    }
    for (const [group, key] of keys.entries()) {
      if (hasBit(gone, group)) continue;
      const records = readRecords(sections, cache, group);
      yield { key, records, documents: mergeGroup(records) };
    }
  } finally {
    sections.close();
  }
}

function* allGroups(fs: FileSystem, dir: string, manifest: Manifest): Generator<BuildGroup> {
  for (const entry of manifest.segments) yield* liveGroups(fs, dir, entry);
}

/** The commit that holds the records of an older format version, indexed anew: the same answers, the same sequence. */
export function upgradeCommit(builder: CommitBuilder, next: NextNumbers, before: Manifest): Prepared<null> {
  const { fs, dir } = builder;
  checkDisk(fs, dir, 2 * before.segments.reduce((sum, { bytes }) => sum + bytes, 0));
  const segments = builder.writeSegments(allGroups(fs, dir, before), next.segment);
  const manifest: Manifest = {
    ...before,
    version: FORMAT_VERSION,
    generation: next.generation,
    nextSegment: next.segment + segments.length,
    segments,
  };
  return { result: null, manifest };
}
