import { join } from 'node:path';
import type { SectionWriter } from '../segment/container.js';
import { DictionaryWriter } from '../segment/dictionary.js';
import { SKIP_INTERVAL } from '../segment/postings.js';
import { Spool } from '../segment/spool.js';
import { bytesOf } from '../storage/bytes.js';
import type { FileSystem } from '../storage/file-system.js';
import { DocSet } from './doc-set.js';
import { FirstTerms } from './first-terms.js';
import { GONE, type MergeSource } from './order.js';
import { growTape, makeTape, SourceLists } from './source-lists.js';

/** The longest a varint of 32 bits gets. */
const VARINT_BYTES = 5;
/** Lists written to the file at once. */
const WRITTEN_BYTES = 1 << 16;

/** By merged document (or group), the source it comes from. */
function rowsOf(maps: readonly Uint32Array[]): Uint16Array {
  const count = maps.reduce((sum, map) => sum + map.length, 0);
  const rows = new Uint16Array(count);
  maps.forEach((map, row) => {
    for (const to of map) if (to !== GONE) rows[to] = row;
  });
  return rows;
}

/** Merges the lists of one dictionary, term by term, front to back in every source. */
class ListMerge {
  /** Documents of the terms, and after those of each term its frequencies. */
  readonly #postings = makeTape();
  readonly #places = makeTape();
  readonly #lists: readonly SourceLists[];
  readonly #terms: FirstTerms<SourceLists>;
  readonly #spool: Spool;
  readonly #blocks: Spool;
  readonly #dictionary: DictionaryWriter;
  /** The merged documents of a term. */
  #docs = new Uint32Array(1 << 10);
  readonly #set: DocSet;
  /** By merged document, the source it comes from. */
  readonly #rows: Uint16Array;

  constructor(
    fs: FileSystem,
    dir: string,
    readonly out: SectionWriter,
    readonly name: string,
    sources: readonly MergeSource[],
    maps: readonly Uint32Array[],
    readonly placed: boolean,
  ) {
    this.#lists = sources.map((source, row) => new SourceLists(source, name, placed, maps[row]));
    this.#terms = new FirstTerms(this.#lists);
    this.#rows = rowsOf(maps);
    this.#set = new DocSet(this.#rows.length);
    this.#spool = new Spool(fs, join(dir, `merge-${name}-positions.tmp`));
    this.#blocks = new Spool(fs, join(dir, `merge-${name}-terms.tmp`));
    this.#dictionary = new DictionaryWriter(this.#blocks);
  }

  /** Reads the documents of a term in their merged order, and makes room for what is written of them; tells how many. */
  #readDocs(walks: readonly SourceLists[], sources: number): number {
    let listed = 0;
    let freqs = 0;
    for (let i = 0; i < sources; i++) {
      const walk = walks[i];
      listed += walk.terms.df;
      freqs += walk.terms.freqsLength;
      walk.begin();
      walk.readDocs(this.#set);
    }
    if (listed > this.#docs.length) this.#docs = new Uint32Array(2 * listed);
    growTape(this.#postings, listed * VARINT_BYTES + freqs);
    return this.#set.takeAll(this.#docs);
  }

  #writeDocs(df: number): void {
    const docs = this.#docs;
    const { bytes } = this.#postings;
    let at = this.#postings.length;
    let next = 0;
    for (let i = 0; i < df; i++) {
      let rest = docs[i] - next;
      for (; rest > 127; rest >>>= 7) bytes[at++] = (rest & 127) | 128;
      bytes[at++] = rest;
      next = docs[i] + 1;
    }
    this.#postings.length = at;
  }

  /** Copies frequencies and places of so many documents from where they are; returns the bytes of the places. */
  #copyPlaced(df: number): number {
    const [lists, docs, rows, places] = [this.#lists, this.#docs, this.#rows, this.#places];
    const skips: number[] = [];
    let written = 0;
    for (let start = 0; start < df; start += SKIP_INTERVAL) {
      if (start > 0) skips.push(written);
      const end = Math.min(df, start + SKIP_INTERVAL);
      for (let i = start; i < end; i++) lists[rows[docs[i]]].copyNext(this.#postings, places);
      written += this.#flushPlaces();
    }
    if (skips.length > 0) this.#spool.write(bytesOf(Uint32Array.from(skips)));
    return written + 4 * skips.length;
  }

  #flushPlaces(): number {
    const { bytes, length } = this.#places;
    this.#spool.piece(bytes, 0, length);
    this.#places.length = 0;
    return length;
  }

  /** Copies frequencies and places of a list that is taken over whole, its skip table too; returns the bytes of the places. */
  #copyWhole(walk: SourceLists): number {
    walk.copyAll(this.#postings, (bytes, from, to) => this.#spool.piece(bytes, from, to));
    return walk.terms.positionsLength;
  }

  /** Merges the term at which the first `sources` of some lists stand. */
  #mergeTerm(walks: readonly SourceLists[], sources: number): void {
    const postings = this.#postings;
    const df = this.#readDocs(walks, sources);
    const docsFrom = postings.length;
    this.#writeDocs(df);
    const freqsFrom = postings.length;
    let places = 0;
    if (this.placed && df > 0)
      places = sources === 1 && df === walks[0].terms.df ? this.#copyWhole(walks[0]) : this.#copyPlaced(df);
    for (let i = 0; i < sources; i++) walks[i].end();
    if (df === 0) return;
    const { bytes, to } = walks[0].terms;
    this.#dictionary.add(bytes, 0, to, df, freqsFrom - docsFrom, postings.length - freqsFrom, places);
    if (postings.length > WRITTEN_BYTES) this.#flushPostings();
  }

  #flushPostings(): void {
    const { bytes, length } = this.#postings;
    this.out.write(bytes.subarray(0, length));
    this.#postings.length = 0;
  }

  run(): void {
    const { out, name } = this;
    try {
      out.begin(`${name}.postings`);
      for (; this.#terms.count > 0; this.#terms.next()) this.#mergeTerm(this.#terms.at, this.#terms.count);
      this.#flushPostings();
      out.begin(`${name}.positions`);
      this.#spool.moveTo(out);
      this.#dictionary.writeIndex(out, name);
      out.begin(`${name}.terms`);
      this.#blocks.moveTo(out);
    } catch (error) {
      this.#spool.drop();
      this.#blocks.drop();
      throw error;
    }
  }
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
  new ListMerge(fs, dir, out, name, sources, maps, placed).run();
}
