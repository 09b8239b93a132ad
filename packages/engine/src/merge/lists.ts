import { join } from 'node:path';
import type { SectionWriter } from '../segment/container.js';
import { writeTermIndex } from '../segment/dictionary.js';
import { Spool } from '../segment/spool.js';
import type { FileSystem } from '../storage/file-system.js';
import { ListMerge, type PlainSinks } from './list-merge.js';
import { mergeListsInModule, type Taker } from './merger.js';
import type { MergeSource } from './order.js';

interface Sinks extends PlainSinks {
  readonly terms: Spool;
}

interface Merged {
  /** Writes the index of the terms, and hands the last of them over. */
  writeIndex(out: SectionWriter, name: string): void;
}

/** Merges in WebAssembly, or in JavaScript where there is none. */
function runMerge(
  sinks: Sinks,
  name: string,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  placed: boolean,
): Merged {
  const docs = maps.reduce((sum, map) => sum + map.length, 0);
  const merged = mergeListsInModule(
    name,
    sources.map(({ sections }, row) => ({ sections, map: maps[row] })),
    { docs, placed },
    { ...sinks, terms: (bytes, from, to) => sinks.terms.piece(bytes, from, to) },
  );
  if (merged === undefined) return new ListMerge(sinks, name, sources, maps, placed).run();
  return { writeIndex: (out) => writeTermIndex(out, name, merged.count, merged.index) };
}

/**
 * Writes the lists of one dictionary of the sources, turned to the merged numbers of documents (or groups). Lists are
 * copied, not made anew: what a document has of a term does not depend on its segment.
 */
export function mergeLists(
  fs: FileSystem,
  dir: string,
  out: SectionWriter,
  name: string,
  sources: readonly MergeSource[],
  maps: readonly Uint32Array[],
  placed: boolean,
): void {
  // The larger of the two goes straight to the file, the other waits for its turn.
  const [now, later] = placed ? ['positions', 'postings'] : ['postings', 'positions'];
  const waiting = new Spool(fs, join(dir, `merge-${name}-${later}.tmp`));
  const terms = new Spool(fs, join(dir, `merge-${name}-terms.tmp`));
  const straight: Taker = (bytes, from, to) => out.write(bytes.subarray(from, to));
  const spooled: Taker = (bytes, from, to) => waiting.piece(bytes, from, to);
  const [postings, places] = placed ? [spooled, straight] : [straight, spooled];
  try {
    out.begin(`${name}.${now}`);
    const merged = runMerge({ postings, places, terms }, name, sources, maps, placed);
    out.begin(`${name}.${later}`);
    waiting.moveTo(out);
    merged.writeIndex(out, name);
    out.begin(`${name}.terms`);
    terms.moveTo(out);
  } catch (error) {
    waiting.drop();
    terms.drop();
    throw error;
  }
}
