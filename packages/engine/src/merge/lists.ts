import { join } from 'node:path';
import type { SectionWriter } from '../segment/container.js';
import { DictionaryWriter, type TermEntry, walkDictionary } from '../segment/dictionary.js';
import { decodeDocs, SKIP_INTERVAL } from '../segment/postings.js';
import { Spool } from '../segment/spool.js';
import { ByteReader, ByteWriter, bytesOf } from '../storage/bytes.js';
import type { FileSystem } from '../storage/file-system.js';
import { GONE, type MergeSource, mergeRows } from './order.js';
import { SectionStream } from './streams.js';

const ALL_ONCE = 0x80;

const countBitsOf = (mask: number): number => {
  let count = 0;
  for (let bits = mask; bits !== 0; bits &= bits - 1) count++;
  return count;
};

/** The list of one term in one source, read document by document. */
class ListWalk {
  readonly #docs: Uint32Array;
  readonly #freqs: ByteReader;
  #item = -1;
  #places = 0;
  #freqsFrom = 0;
  /** Where the current document goes; `GONE` after the last. */
  to = GONE;

  constructor(
    entry: TermEntry,
    postings: SectionStream,
    readonly positions: SectionStream | undefined,
    readonly map: Uint32Array,
  ) {
    this.#docs = decodeDocs(postings.take(entry.docsLength), entry.df);
    this.#freqs = new ByteReader(postings.take(entry.freqsLength));
    this.next();
  }

  #step(): void {
    this.#item++;
    if (this.positions === undefined || this.#item >= this.#docs.length) return;
    const { bytes } = this.#freqs;
    this.#freqsFrom = this.#freqs.at;
    const head = bytes[this.#freqs.at++];
    const fields = countBitsOf(head & ~ALL_ONCE);
    this.#places = 0;
    if (head >= ALL_ONCE) this.#places = fields;
    else for (let left = fields; left > 0; left--) this.#places += this.#freqs.varint();
  }

  /** Goes to the next document that is taken over; the places of the others are passed by. */
  next(): void {
    for (;;) {
      this.#step();
      if (this.#item >= this.#docs.length) {
        this.to = GONE;
        return;
      }
      this.to = this.map[this.#docs[this.#item]];
      if (this.to !== GONE) return;
      this.positions?.takeVarints(this.#places);
    }
  }

  /** The bytes of the current document's frequencies, which stay as they are. */
  get freqs(): Uint8Array {
    return this.#freqs.bytes.subarray(this.#freqsFrom, this.#freqs.at);
  }

  /** The bytes of the current document's places, taken once. */
  takePlaces(): Uint8Array {
    return this.positions?.takeVarints(this.#places) ?? new Uint8Array(0);
  }
}

/** The source whose document comes first; undefined when all are at their end. */
function firstWalk(walks: readonly ListWalk[]): ListWalk | undefined {
  let first: ListWalk | undefined;
  for (const walk of walks) if (walk.to !== GONE && (first === undefined || walk.to < first.to)) first = walk;
  return first;
}

/** Merges the lists of one dictionary, term by term, front to back in every source. */
class ListMerge {
  readonly #docs = new ByteWriter();
  readonly #freqs = new ByteWriter();
  readonly #postings: SectionStream[];
  readonly #positions: (SectionStream | undefined)[];
  readonly #places: Spool;
  readonly #blocks: Spool;
  readonly #dictionary: DictionaryWriter;

  constructor(
    fs: FileSystem,
    dir: string,
    readonly out: SectionWriter,
    readonly name: string,
    readonly sources: readonly MergeSource[],
    readonly maps: readonly Uint32Array[],
    readonly placed: boolean,
  ) {
    this.#postings = sources.map(({ sections }) => new SectionStream(sections, `${name}.postings`));
    this.#positions = sources.map(({ sections }) =>
      placed ? new SectionStream(sections, `${name}.positions`) : undefined,
    );
    this.#places = new Spool(fs, join(dir, `merge-${name}-positions.tmp`));
    this.#blocks = new Spool(fs, join(dir, `merge-${name}-terms.tmp`));
    this.#dictionary = new DictionaryWriter(this.#blocks);
  }

  #mergeTerm(entries: readonly { row: number; item: TermEntry }[]): void {
    const walks = entries.map(
      ({ row, item }) => new ListWalk(item, this.#postings[row], this.#positions[row], this.maps[row]),
    );
    const placesFrom = this.#places.length;
    const skips: number[] = [];
    this.#docs.clear();
    this.#freqs.clear();
    let df = 0;
    let last = -1;
    for (let walk = firstWalk(walks); walk !== undefined; walk = firstWalk(walks)) {
      if (df > 0 && df % SKIP_INTERVAL === 0) skips.push(this.#places.length - placesFrom);
      this.#docs.varint(walk.to - last - 1);
      last = walk.to;
      df++;
      if (this.placed) {
        this.#freqs.raw(walk.freqs);
        this.#places.write(walk.takePlaces());
      }
      walk.next();
    }
    // The skip tables stand at the end of each list and are made anew.
    if (this.placed) {
      for (const { row, item } of entries) this.#positions[row]?.take(4 * Math.floor((item.df - 1) / SKIP_INTERVAL));
      this.#places.write(bytesOf(Uint32Array.from(skips)));
    }
    if (df === 0) return;
    const term = entries[0].item.term;
    const [docs, freqs] = [this.#docs.view(), this.#freqs.view()];
    this.#dictionary.add(term, df, docs.length, freqs.length, this.#places.length - placesFrom);
    this.out.write(docs);
    this.out.write(freqs);
  }

  run(): void {
    const { out, name, sources } = this;
    try {
      out.begin(`${name}.postings`);
      const rows = sources.map(({ sections }) => walkDictionary(sections, name));
      let waiting: { row: number; item: TermEntry }[] = [];
      for (const next of mergeRows(rows, ({ term: a }, { term: b }) => (a < b ? -1 : a > b ? 1 : 0))) {
        if (waiting.length > 0 && waiting[0].item.term !== next.item.term) {
          this.#mergeTerm(waiting);
          waiting = [];
        }
        waiting.push(next);
      }
      if (waiting.length > 0) this.#mergeTerm(waiting);
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
