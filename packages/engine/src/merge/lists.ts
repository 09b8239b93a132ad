import { join } from 'node:path';
import type { SectionWriter } from '../segment/container.js';
import { DictionaryWriter, TermWalk } from '../segment/dictionary.js';
import { ALL_ONCE, SKIP_INTERVAL } from '../segment/postings.js';
import { Spool } from '../segment/spool.js';
import { compareTermBytes } from '../segment/term-bytes.js';
import { ByteWriter, bytesOf } from '../storage/bytes.js';
import type { FileSystem } from '../storage/file-system.js';
import { GONE, type MergeSource } from './order.js';
import { SectionStream } from './streams.js';

/** The longest a varint of 32 bits gets. */
const VARINT_BYTES = 5;
/** Places copied at once. */
const MOST_PLACES = 1 << 16;

/** One source: its dictionary front to back, and of the term it stands at the list, document by document. */
class SourceWalk {
  readonly terms: TermWalk;
  readonly #postings: SectionStream;
  readonly #positions: SectionStream | undefined;
  #hasTerm = false;
  /** The bytes of documents and of frequencies, and how far they are read. */
  #list = new Uint8Array(0);
  #docAt = 0;
  #freqAt = 0;
  #left = 0;
  #doc = -1;
  #places = 0;
  #freqFrom = 0;
  /** Where the current document goes; `GONE` after the last. */
  to = GONE;

  constructor(
    { sections }: MergeSource,
    name: string,
    placed: boolean,
    readonly map: Uint32Array,
  ) {
    this.terms = new TermWalk(sections, name);
    this.#postings = new SectionStream(sections, `${name}.postings`);
    this.#positions = placed ? new SectionStream(sections, `${name}.positions`) : undefined;
    this.nextTerm();
  }

  get hasTerm(): boolean {
    return this.#hasTerm;
  }

  nextTerm(): void {
    this.#hasTerm = this.terms.next();
  }

  /** Begins the list of the term, at its first document that is taken over. */
  begin(): void {
    const { df, docsLength, freqsLength } = this.terms;
    this.#postings.reserve(docsLength + freqsLength);
    this.#list = this.#postings.window;
    this.#docAt = this.#postings.at;
    this.#freqAt = this.#docAt + docsLength;
    this.#postings.at += docsLength + freqsLength;
    this.#left = df;
    this.#doc = -1;
    this.#step();
  }

  /** Goes to the next document that is taken over; the places of the others are passed by. */
  #step(): void {
    const list = this.#list;
    while (this.#left-- > 0) {
      let byte = list[this.#docAt++];
      let delta = byte & 127;
      for (let shift = 7; byte > 127; shift += 7) {
        byte = list[this.#docAt++];
        delta |= (byte & 127) << shift;
      }
      this.#doc += delta + 1;
      if (this.#positions !== undefined) this.#readFrequencies(list);
      this.to = this.map[this.#doc];
      if (this.to !== GONE) return;
      this.#movePlaces(undefined);
    }
    this.to = GONE;
  }

  #readFrequencies(list: Uint8Array): void {
    let at = this.#freqAt;
    this.#freqFrom = at;
    const head = list[at++];
    let places = 0;
    for (let bits = head & ~ALL_ONCE; bits !== 0; bits &= bits - 1) {
      if (head >= ALL_ONCE) places++;
      else {
        let byte = list[at++];
        let count = byte & 127;
        for (let shift = 7; byte > 127; shift += 7) {
          byte = list[at++];
          count |= (byte & 127) << shift;
        }
        places += count;
      }
    }
    this.#freqAt = at;
    this.#places = places;
  }

  /** Copies the bytes of the current document's places, or passes by them. */
  #movePlaces(into: Spool | undefined): void {
    const positions = this.#positions;
    if (positions === undefined) return;
    for (let left = this.#places; left > 0; ) {
      const count = Math.min(left, MOST_PLACES);
      left -= count;
      positions.reserve(count * VARINT_BYTES);
      const { window } = positions;
      let at = positions.at;
      if (into === undefined) for (let more = count; more > 0; ) if (window[at++] < 128) more--;
      if (into !== undefined) at = into.varints(window, at, count);
      positions.at = at;
    }
  }

  /** Copies frequencies and places of the current document, and goes to the next. */
  copy(freqs: ByteWriter, places: Spool): void {
    if (this.#positions !== undefined) {
      freqs.piece(this.#list, this.#freqFrom, this.#freqAt);
      this.#movePlaces(places);
    }
    this.#step();
  }

  /** Goes to the next term, when all documents of this one were taken. */
  end(): void {
    // The skip table stands at the end of each list of places and is made anew.
    this.#positions?.skip(4 * Math.floor((this.terms.df - 1) / SKIP_INTERVAL));
    this.nextTerm();
  }
}

const compareTerms = ({ terms: a }: SourceWalk, { terms: b }: SourceWalk): number =>
  compareTermBytes(a.bytes, 0, a.length, b.bytes, 0, b.length);

/** Merges the lists of one dictionary, term by term, front to back in every source. */
class ListMerge {
  readonly #docs = new ByteWriter();
  readonly #freqs = new ByteWriter();
  readonly #walks: SourceWalk[];
  readonly #places: Spool;
  readonly #blocks: Spool;
  readonly #dictionary: DictionaryWriter;

  constructor(
    fs: FileSystem,
    dir: string,
    readonly out: SectionWriter,
    readonly name: string,
    sources: readonly MergeSource[],
    maps: readonly Uint32Array[],
    readonly placed: boolean,
  ) {
    this.#walks = sources.map((source, row) => new SourceWalk(source, name, placed, maps[row]));
    this.#places = new Spool(fs, join(dir, `merge-${name}-positions.tmp`));
    this.#blocks = new Spool(fs, join(dir, `merge-${name}-terms.tmp`));
    this.#dictionary = new DictionaryWriter(this.#blocks);
  }

  /** The sources that stand at the first of all terms; none at the end. */
  #atFirstTerm(): SourceWalk[] {
    let first: SourceWalk[] = [];
    for (const walk of this.#walks) {
      if (!walk.hasTerm) continue;
      const order = first.length === 0 ? -1 : compareTerms(walk, first[0]);
      if (order < 0) first = [walk];
      else if (order === 0) first.push(walk);
    }
    return first;
  }

  /**
   * Takes over the lists of one term, with where every 128th document's places begin; returns the documents it has.
   * Nothing follows the loop: what did would never be met while it is compiled, and end the compiled code each time.
   */
  #copyLists(walks: readonly SourceWalk[], skips: number[]): number {
    const placesFrom = this.#places.length;
    let df = 0;
    let last = -1;
    for (;;) {
      let first: SourceWalk | undefined;
      let to = GONE;
      for (let i = 0; i < walks.length; i++) {
        const walk = walks[i];
        if (walk.to < to) {
          first = walk;
          to = walk.to;
        }
      }
      if (first === undefined) return df;
      if (df > 0 && df % SKIP_INTERVAL === 0) skips.push(this.#places.length - placesFrom);
      this.#docs.varint(to - last - 1);
      last = to;
      df++;
      first.copy(this.#freqs, this.#places);
    }
  }

  #mergeTerm(walks: readonly SourceWalk[]): void {
    const placesFrom = this.#places.length;
    this.#docs.clear();
    this.#freqs.clear();
    for (const walk of walks) walk.begin();
    const skips: number[] = [];
    const df = this.#copyLists(walks, skips);
    if (this.placed && skips.length > 0) this.#places.write(bytesOf(Uint32Array.from(skips)));
    if (df > 0) {
      const { bytes, length } = walks[0].terms;
      const places = this.#places.length - placesFrom;
      this.#dictionary.add(bytes, 0, length, df, this.#docs.length, this.#freqs.length, places);
      this.out.write(this.#docs.view());
      this.out.write(this.#freqs.view());
    }
    for (const walk of walks) walk.end();
  }

  run(): void {
    const { out, name } = this;
    try {
      out.begin(`${name}.postings`);
      for (let walks = this.#atFirstTerm(); walks.length > 0; walks = this.#atFirstTerm()) this.#mergeTerm(walks);
      out.begin(`${name}.positions`);
      this.#places.moveTo(out);
      this.#dictionary.writeIndex(out, name);
      out.begin(`${name}.terms`);
      this.#blocks.moveTo(out);
    } catch (error) {
      this.#places.drop();
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
