import { type ByteSink, DictionaryWriter } from '../segment/dictionary.js';
import { SKIP_INTERVAL } from '../segment/postings.js';
import { bytesOf } from '../storage/bytes.js';
import { DocSet } from './doc-set.js';
import { FirstTerms } from './first-terms.js';
import type { ListSinks } from './merger.js';
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

/** Takes what is merged of a dictionary. */
export interface PlainSinks extends Pick<ListSinks, 'postings' | 'places'> {
  readonly terms: ByteSink;
}

/** Merges the lists of one dictionary, term by term, front to back in every source, where there is no module that does. */
export class ListMerge {
  /** Documents of the terms, and after those of each term its frequencies. */
  readonly #postings = makeTape();
  readonly #places = makeTape();
  readonly #lists: readonly SourceLists[];
  readonly #terms: FirstTerms<SourceLists>;
  readonly #dictionary: DictionaryWriter;
  /** The merged documents of a term. */
  #docs = new Uint32Array(1 << 10);
  readonly #set: DocSet;
  /** By merged document, the source it comes from. */
  readonly #rows: Uint16Array;

  constructor(
    readonly sinks: PlainSinks,
    name: string,
    sources: readonly MergeSource[],
    maps: readonly Uint32Array[],
    readonly placed: boolean,
  ) {
    this.#lists = sources.map((source, row) => new SourceLists(source, name, placed, maps[row]));
    this.#terms = new FirstTerms(this.#lists);
    this.#rows = rowsOf(maps);
    this.#set = new DocSet(this.#rows.length);
    this.#dictionary = new DictionaryWriter(sinks.terms);
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
    if (skips.length > 0) this.sinks.places(bytesOf(Uint32Array.from(skips)), 0, 4 * skips.length);
    return written + 4 * skips.length;
  }

  #flushPlaces(): number {
    const { bytes, length } = this.#places;
    this.sinks.places(bytes, 0, length);
    this.#places.length = 0;
    return length;
  }

  /** Copies frequencies and places of a list that is taken over whole, its skip table too; returns the bytes of the places. */
  #copyWhole(walk: SourceLists): number {
    walk.copyAll(this.#postings, this.sinks.places);
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
    this.sinks.postings(bytes, 0, length);
    this.#postings.length = 0;
  }

  /** Merges everything; returns what writes the index of the terms. */
  run(): DictionaryWriter {
    for (; this.#terms.count > 0; this.#terms.next()) this.#mergeTerm(this.#terms.at, this.#terms.count);
    this.#flushPostings();
    return this.#dictionary;
  }
}
