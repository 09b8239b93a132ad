import { dirname } from 'node:path';
import { VALUE_FACETS } from '../content/document.js';
import { type BuiltSegment, DATE_COLUMNS, dayBounds, LENGTH_COLUMNS, sumLengths } from '../segment/builder.js';
import { writeNumbers } from '../segment/columns.js';
import { createSectionWriter, type SectionWriter } from '../segment/container.js';
import { REVERSED, ReversedWalk, ReversedWriter } from '../segment/reversed.js';
import type { FileSystem } from '../storage/file-system.js';
import { FirstTerms } from './first-terms.js';
import { mergeLists } from './lists.js';
import { mergeWordsInModule } from './merger.js';
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
  const index = mergeWordsInModule(
    REVERSED,
    sources.map(({ sections }) => sections),
    (bytes, from, to) => out.write(bytes.subarray(from, to)),
  );
  if (index === undefined) addReversed(writer, sources);
  writer.finish(index);
}

function addReversed(writer: ReversedWriter, sources: readonly MergeSource[]): void {
  const words = new FirstTerms(sources.map(({ sections }) => new ReversedWalk(sections)));
  for (; words.count > 0; words.next()) {
    const [{ bytes, from, to }] = words.at;
    writer.add(bytes, from, to);
  }
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
  mergeIds(out, sources, docMaps, docs);
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
