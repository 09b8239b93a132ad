import { dirname } from 'node:path';
import { VALUE_FACETS } from '../content/document.js';
import {
  type BuiltSegment,
  DATE_COLUMNS,
  dayBounds,
  LENGTH_COLUMNS,
  sumLengths,
  writeIds,
} from '../segment/builder.js';
import { writeNumbers } from '../segment/columns.js';
import { createSectionWriter, type SectionWriter } from '../segment/container.js';
import { ReversedWalk, ReversedWriter } from '../segment/reversed.js';
import { compareTermBytes } from '../segment/term-bytes.js';
import type { FileSystem } from '../storage/file-system.js';
import { mergeLists } from './lists.js';
import {
  GONE,
  type MergeSource,
  mapDocs,
  mapGroups,
  mergeIdOrder,
  mergeIds,
  mergeNumbers,
  numbersOf,
} from './order.js';
import { mergeRecords } from './records.js';
import { mergeValues } from './values.js';

/** Every reversed word of the sources once, in order. */
function mergeReversed(out: SectionWriter, sources: readonly MergeSource[]): void {
  const writer = new ReversedWriter(out);
  let left = sources.map(({ sections }) => new ReversedWalk(sections)).filter((walk) => walk.next());
  const compare = (a: ReversedWalk, b: ReversedWalk): number =>
    compareTermBytes(a.bytes, a.from, a.to, b.bytes, b.from, b.to);
  while (left.length > 0) {
    let [first] = left;
    for (let i = 1; i < left.length; i++) if (compare(left[i], first) < 0) first = left[i];
    writer.add(first.bytes, first.from, first.to);
    const same = left.filter((walk) => walk === first || compare(walk, first) === 0);
    let ended = false;
    for (const walk of same) if (!walk.next()) ended = true;
    if (ended) left = left.filter((walk) => walk.hasWord);
  }
  writer.finish();
}

function countRecords(sources: readonly MergeSource[], maps: readonly Uint32Array[]): number {
  let records = 0;
  sources.forEach((source, row) => {
    const starts = numbersOf(source, 'formats.starts');
    maps[row].forEach((to, group) => {
      if (to !== GONE) records += starts[group + 1] - starts[group];
    });
  });
  return records;
}

function writeAll(
  fs: FileSystem,
  dir: string,
  out: SectionWriter,
  sources: readonly MergeSource[],
): Omit<BuiltSegment, 'bytes' | 'crc'> {
  const { maps: groupMaps, groups } = mapGroups(sources);
  const { maps: docMaps, docs } = mapDocs(sources, groupMaps);
  const column = (name: string): Uint32Array => {
    const numbers = mergeNumbers(sources, docMaps, docs, name);
    writeNumbers(out, name, numbers);
    return numbers;
  };
  mergeRecords(out, sources, groupMaps, groups);
  mergeValues(out, 'formats', sources, groupMaps, groups);
  mergeLists(fs, dir, out, 'groups', sources, groupMaps, false);
  mergeLists(fs, dir, out, 'words', sources, docMaps, true);
  mergeReversed(out, sources);
  mergeLists(fs, dir, out, 'marks', sources, docMaps, true);
  mergeLists(fs, dir, out, 'keys', sources, docMaps, false);
  const sums = LENGTH_COLUMNS.map((name) => sumLengths([column(`length.${name}`)]));
  const [dates] = DATE_COLUMNS.map(column);
  writeNumbers(
    out,
    'group',
    mergeNumbers(sources, docMaps, docs, 'group', (row, group) => groupMaps[row][group]),
  );
  for (const name of VALUE_FACETS) mergeValues(out, `facet.${name}`, sources, docMaps, docs);
  writeIds(out, mergeIds(sources, docMaps, docs));
  writeNumbers(out, 'id.order', mergeIdOrder(sources, docMaps, docs));
  return {
    docs,
    groups,
    records: countRecords(sources, groupMaps),
    lengths: sums.flatMap(({ lengths }) => lengths),
    holders: sums.flatMap(({ holders }) => holders),
    ...dayBounds(dates),
  };
}

/**
 * Writes one segment with everything live of several, equal to one built anew from the same records. Lists and blocks
 * of records stream through; what is held are the columns of one kind at a time and the numbers of documents.
 */
export function mergeSegments(fs: FileSystem, path: string, sources: readonly MergeSource[]): BuiltSegment {
  const out = createSectionWriter(fs, path);
  try {
    const built = writeAll(fs, dirname(path), out, sources);
    return { ...built, ...out.finish() };
  } catch (error) {
    out.abandon();
    throw error;
  }
}
