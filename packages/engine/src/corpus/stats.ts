import { type CorpusStats, FIELDS, UNKNOWN_VALUE } from '@quanlian/contract';
import { missingKey } from '../content/document.js';
import { evaluate } from '../query/evaluate.js';
import { countFacet } from '../query/facets.js';
import { LENGTH_COLUMNS } from '../segment/builder.js';
import { hasBit } from '../storage/bits.js';
import type { Snapshot } from './snapshot.js';

type Counts = Record<string, number>;

function countBy(snapshot: Snapshot, name: 'office' | 'kind' | 'year'): Counts {
  const live = snapshot.segments.map((segment) => segment.live);
  const { values, unknown } = countFacet(snapshot, live, { name, size: Number.MAX_SAFE_INTEGER });
  const counts = Object.fromEntries(values.map(({ value, count }) => [value, count]));
  return unknown > 0 ? { ...counts, [UNKNOWN_VALUE]: unknown } : counts;
}

function countMissing(snapshot: Snapshot, field: string): number {
  const leaf = { kind: 'keys', keys: [missingKey(field)], prefixes: [] } as const;
  return evaluate(snapshot, { source: { op: 'all' }, kind: 'leaf', leaf }).hits;
}

/** Documents that have the field at all. */
function countField(snapshot: Snapshot, field: string): number {
  const column = (LENGTH_COLUMNS as readonly string[]).indexOf(field);
  if (column >= 0) return snapshot.holders[column];
  // No source of legal status is read as yet.
  return field === 'status' ? 0 : snapshot.documents - countMissing(snapshot, field);
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

/** Counts over the live documents and records of one commit. `bytes` are those of its files but the manifest. */
export function countCorpus(snapshot: Snapshot): CorpusStats {
  const { manifest, segments } = snapshot;
  const byKind = countBy(snapshot, 'kind');
  const bytes = segments.reduce((sum, { entry }) => sum + entry.bytes + (entry.deletions?.bytes ?? 0), 0);
  return {
    sequence: manifest.sequence,
    documents: snapshot.documents,
    provisional: byKind[UNKNOWN_VALUE] ?? 0,
    records: segments.reduce((sum, { entry }) => sum + entry.liveRecords, 0),
    bytes,
    segments: segments.length,
    byOffice: countBy(snapshot, 'office'),
    byKind,
    byYear: countBy(snapshot, 'year'),
    byField: Object.fromEntries(FIELDS.map(({ name }) => [name, countField(snapshot, name)])),
    byFormat: countFormats(snapshot),
  };
}
