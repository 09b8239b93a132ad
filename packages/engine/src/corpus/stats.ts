import { type CorpusStats, FIELDS, UNKNOWN_VALUE } from '@quanlian/contract';
import { missingKey } from '../content/document.js';
import { countFacet } from '../query/facets.js';
import { dayOf } from '../query/search.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { hasBit } from '../storage/bits.js';
import { dataFilesOf } from '../storage/manifest.js';
import type { Snapshot } from './snapshot.js';

type Counts = Record<string, number>;

function facetOf(snapshot: Snapshot, name: 'office' | 'kind' | 'year' | 'status') {
  const bits = snapshot.segments.map((segment) => segment.live);
  const hitsAt = (index: number): number => snapshot.segments[index].entry.liveDocs;
  return countFacet({ snapshot, bits, hitsAt, day: dayOf(undefined) }, { name, size: Number.MAX_SAFE_INTEGER });
}

function countBy(snapshot: Snapshot, name: 'office' | 'kind' | 'year'): Counts {
  const { values, unknown } = facetOf(snapshot, name);
  const counts = Object.fromEntries(values.map(({ value, count }) => [value, count]));
  return unknown > 0 ? { ...counts, [UNKNOWN_VALUE]: unknown } : counts;
}

function countMissing(snapshot: Snapshot, field: string): number {
  const key = missingKey(field);
  return snapshot.segments.reduce((sum, { segment, live }) => {
    const entry = segment.keys.find(key);
    return entry === undefined ? sum : sum + segment.keyDocs(entry).filter((doc) => hasBit(live, doc)).length;
  }, 0);
}

/** Documents that have the field at all. */
function countField(snapshot: Snapshot, field: string): number {
  const column = (LENGTH_COLUMNS as readonly string[]).indexOf(field);
  if (column >= 0) return snapshot.holders[column];
  if (field === 'status') return snapshot.documents - facetOf(snapshot, 'status').unknown;
  return snapshot.documents - countMissing(snapshot, field);
}

function countFormats(snapshot: Snapshot): Counts {
  const counts: Counts = {};
  for (const { segment, gone } of snapshot.segments) {
    const { values, starts, ordinals } = segment.formats();
    for (let group = 0; group < segment.groups; group++) {
      if (hasBit(gone, group)) continue;
      for (let i = starts[group]; i < starts[group + 1]; i++) {
        const format = values[ordinals[i]];
        counts[format] = (counts[format] ?? 0) + 1;
      }
    }
  }
  return counts;
}

const crcText = (crc: number): string => crc.toString(16).padStart(8, '0');

/** The files of data with what is in them. */
function listFiles({ manifest }: Snapshot): CorpusStats['files'] {
  const segments = manifest.segments.map(({ name, bytes, crc, docs, liveDocs }) => ({
    file: name,
    bytes,
    crc: crcText(crc),
    documents: docs,
    deleted: docs - liveDocs,
  }));
  const columns = Object.values(manifest.columns).map(({ name, bytes, crc, documents }) => ({
    file: name,
    bytes,
    crc: crcText(crc),
    documents,
    deleted: 0,
  }));
  return [...segments, ...columns];
}

/** Counts over the live documents and records of one commit. `bytes` are those of its files but the manifest. */
export function countCorpus(snapshot: Snapshot): CorpusStats {
  const { manifest, segments, damage } = snapshot;
  const byKind = countBy(snapshot, 'kind');
  return {
    sequence: manifest.sequence,
    documents: snapshot.documents,
    provisional: byKind[UNKNOWN_VALUE] ?? 0,
    records: segments.reduce((sum, { entry }) => sum + entry.liveRecords, 0),
    bytes: dataFilesOf(manifest).reduce((sum, { bytes }) => sum + bytes, 0),
    segments: segments.length,
    byOffice: countBy(snapshot, 'office'),
    byKind,
    byYear: countBy(snapshot, 'year'),
    byField: Object.fromEntries(FIELDS.map(({ name }) => [name, countField(snapshot, name)])),
    byFormat: countFormats(snapshot),
    files: listFiles(snapshot),
    ...(damage.length === 0 ? {} : { damaged: damage.map(({ file }) => file) }),
  };
}
