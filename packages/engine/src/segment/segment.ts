import type { PatentDocument } from '@quanlian/contract';
import { synonymKey } from '@quanlian/kernel';
import { groupListKey, type ValueFacet } from '../content/document.js';
import type { ByteCache, Keeper, Shelf } from '../storage/cache.js';
import type { FileSystem } from '../storage/file-system.js';
import type { LENGTH_COLUMNS } from './builder.js';
import { readNumbers, readValueColumn, type ValueColumn } from './columns.js';
import { openSections } from './container.js';
import { bytesOfEntries, type Dictionary, openDictionary, type TermEntry, walkDictionary } from './dictionary.js';
import { buildGroupFilter, type GroupFilter, mayHave } from './group-filter.js';
import { bytesOfKeyList, type KeyList, makeKeyList } from './key-list.js';
import { lengthBytes } from './norms.js';
import {
  bytesOfFrequencies,
  bytesOfPiece,
  indexFrequencies,
  type ListFrequencies,
  type PlacePiece,
  type PlaceSource,
  readPiece,
  SKIPS_A_PIECE,
} from './place-reader.js';
import { decodeDocs, decodeFrequencies, type Frequencies, PositionCursor, SKIP_INTERVAL } from './postings.js';
import { readEnding } from './reversed.js';
import { type GroupFacts, readRecords, walkFacts } from './stored.js';
import { type Impacts, makeImpacts, makeTermList, type TermList } from './term-list.js';

export type LengthColumn = (typeof LENGTH_COLUMNS)[number];
export type NumberColumn = 'date' | 'filed' | 'prioritydate' | 'group' | `length.${LengthColumn}`;
/** Dictionaries with positions. */
export type PlacedList = 'words' | 'marks';

/** An open, immutable segment: documents in order of date (newest first) and id, everything read through the cache. */
export interface Segment {
  readonly docs: number;
  readonly groups: number;
  /** Bytes of the file that the records take. */
  readonly storedBytes: number;
  readonly words: Dictionary;
  readonly marks: Dictionary;
  readonly keys: Dictionary;
  column(name: NumberColumn): Uint32Array;
  facet(name: ValueFacet): ValueColumn;
  /** The values of a facet as words and characters, folded: the form in which what is typed is compared. */
  folded(name: ValueFacet): readonly string[];
  /** The formats of each group's records. */
  formats(): ValueColumn;
  /** Keeps what is made of the segment besides its sections; cleared when the segment is closed. */
  readonly kept: Shelf;
  id(doc: number): string;
  /** The documents in the order of their ids. */
  byId(): Uint32Array;
  /** The words that end so and fit an expression, in order. */
  wordsEnding(ending: string, expression: RegExp): readonly TermEntry[];
  /** Every word and border, in order, read without the cache. */
  walkWords(): Iterable<TermEntry>;
  keyDocs(entry: TermEntry): Uint32Array;
  /** The documents of a key, as a bit set when they are many. */
  keyList(entry: TermEntry): KeyList;
  /** The lengths of a column as ranking sees them, a byte each. */
  norms(column: LengthColumn): Uint8Array;
  /** A word's documents in the fields of `mask`, whose lengths are those of `column`; bounds are reckoned at `average`. */
  termList(entry: TermEntry, mask: number, column: LengthColumn, average: number): TermList;
  /** What each document of a long list weighs at most, kept as long as there is room. */
  impacts(list: TermList, column: LengthColumn): Impacts;
  docsOf(list: PlacedList, entry: TermEntry): Uint32Array;
  frequencies(list: PlacedList, entry: TermEntry): Frequencies;
  /** A cursor over the places of the 128 list items that hold `item`. */
  positions(list: PlacedList, entry: TermEntry, frequencies: Frequencies, item: number): PositionCursor;
  /**
   * Finds the lists of words, documents and frequencies, by way of pages that are kept: for short lists, soonest one
   * after the other.
   */
  shortLists(): ShortLists;
  /** The places that the documents of a word's list have in the fields of `mask`, piece by piece. */
  wordPlaces(entry: TermEntry, mask: number): PlaceSource;
  findGroup(key: string): number | undefined;
  /** False when the group of this `groupHash` is not here for sure. Made at first use: 1.25 bytes a group. */
  mayHaveGroup(hash: number): boolean;
  /** The records of a group. Whoever reads many gives a keeper of their own for what is unpacked, so that nothing else is forgotten. */
  records(group: number, blocks?: Keeper): PatentDocument[];
  /** The facts of the groups that are wanted, in order, read without the cache. */
  walkFacts(wanted: (group: number) => boolean): Iterable<GroupFacts>;
  close(): void;
}

/** Bytes read at once where many short lists are read. */
const PAGE_BYTES = 1 << 14;

/** Where the list of a word stands: from `at` on in `bytes`. */
interface ShortLists {
  readonly bytes: Uint8Array;
  readonly at: number;
  go(entry: TermEntry): void;
}

class PagedLists implements ShortLists {
  bytes: Uint8Array = new Uint8Array(0);
  at = 0;
  #page: Uint8Array = this.bytes;
  #from = -1;

  constructor(
    readonly page: (from: number) => Uint8Array,
    readonly stretch: (from: number, length: number) => Uint8Array,
  ) {}

  go({ docsAt, docsLength, freqsLength }: TermEntry): void {
    const from = docsAt - (docsAt % PAGE_BYTES);
    // What lies in two pages is read by itself.
    if (docsAt + docsLength + freqsLength > from + PAGE_BYTES) {
      this.bytes = this.stretch(docsAt, docsLength + freqsLength);
      this.at = 0;
      return;
    }
    if (from !== this.#from) {
      this.#page = this.page(from);
      this.#from = from;
    }
    this.bytes = this.#page;
    this.at = docsAt - from;
  }
}

/** Lists are numbered as they are made, in any segment: what is kept for one is found soonest by a small number. */
let made = 0;
/** Pieces of places are kept by where their list begins and their number in it. */
const PIECE_KEYS = 2 ** 16;

const sizeOfBytes = (bytes: Uint8Array): number => bytes.length;

/** Opens the segment file at `path`. Refuses `corpus.corrupt` when its size or table is not as written. */
export function openSegment(
  fs: FileSystem,
  path: string,
  expected: { bytes: number; docs: number; groups: number },
  whole: ByteCache,
): Segment {
  const sections = openSections(fs, path, expected.bytes);
  const cache = whole.shelf();
  /** By mask of fields, so that keys are small whole numbers, which are found sooner than others. */
  const lists: Shelf[] = [];
  const frequencyLists = whole.shelf();
  /** By mask of fields: the rows of a name are short, and those of the whole text need not be kept for it. */
  const places: Shelf[] = [];
  const keyLists = whole.shelf();
  const impacts = whole.shelf();
  const groups = openDictionary(sections, 'groups', cache);
  let filter: GroupFilter | undefined;

  const range = (section: string, offset: number, length: number): Uint8Array =>
    cache.get(`${section}@${offset}`, () => sections.read(section, offset, length), sizeOfBytes);
  /** A page of the words' lists. */
  const page = (from: number): Uint8Array =>
    cache.get(
      `words.postings/${from}`,
      () => sections.read('words.postings', from, Math.min(PAGE_BYTES, sections.length('words.postings') - from)),
      sizeOfBytes,
    );
  const stretch = (from: number, length: number): Uint8Array => sections.read('words.postings', from, length);
  const docs = (list: string, { docsAt, docsLength, df }: TermEntry): Uint32Array =>
    decodeDocs(range(`${list}.postings`, docsAt, docsLength), df);
  const norms = (column: LengthColumn): Uint8Array =>
    cache.get(`norms.${column}`, () => lengthBytes(readNumbers(sections, `length.${column}`, cache)), sizeOfBytes);
  const wholeSection = (section: string): Uint8Array => range(section, 0, sections.length(section));

  const positions = (list: PlacedList, entry: TermEntry, frequencies: Frequencies, item: number): PositionCursor => {
    const block = Math.floor(item / SKIP_INTERVAL);
    const skips = Math.floor((entry.df - 1) / SKIP_INTERVAL);
    const name = `${list}.positions`;
    const tableBytes = skips * 4;
    const placesBytes = entry.positionsLength - tableBytes;
    const table = skips === 0 ? new Uint8Array(0) : range(name, entry.positionsAt + placesBytes, tableBytes);
    const skip = new Uint32Array(table.buffer, table.byteOffset, skips);
    const from = block === 0 ? 0 : skip[block - 1];
    const to = block < skips ? skip[block] : placesBytes;
    const bytes = range(name, entry.positionsAt + from, to - from);
    return new PositionCursor(bytes, block * SKIP_INTERVAL, frequencies);
  };

  const wordPlaces = (entry: TermEntry, mask: number): PlaceSource => {
    const { df, docsAt, docsLength, freqsLength, positionsAt, positionsLength } = entry;
    places[mask] ??= whole.shelf();
    const own = places[mask];
    const frequencies = (): ListFrequencies =>
      frequencyLists.get(
        docsAt,
        () => indexFrequencies(sections.read('words.postings', docsAt + docsLength, freqsLength), df),
        bytesOfFrequencies,
      );
    const skips = Math.floor((df - 1) / SKIP_INTERVAL);
    const placesLength = positionsLength - 4 * skips;
    /** Where the places of a piece begin; those of the first at 0, after the last at the end. */
    const startOf = (piece: number): number => {
      const skip = piece * SKIPS_A_PIECE;
      if (piece === 0) return 0;
      if (skip > skips) return placesLength;
      const bytes = range('words.positions', positionsAt + placesLength, 4 * skips);
      return new Uint32Array(bytes.buffer, bytes.byteOffset, skips)[skip - 1];
    };
    const piece = (number: number): PlacePiece =>
      own.get(
        docsAt * PIECE_KEYS + number,
        () => {
          const from = startOf(number);
          const bytes = sections.read('words.positions', positionsAt + from, startOf(number + 1) - from);
          return readPiece(bytes, frequencies(), { piece: number, df, mask });
        },
        bytesOfPiece,
      );
    return { piece };
  };

  const words = openDictionary(sections, 'words', cache);

  return {
    docs: expected.docs,
    groups: expected.groups,
    storedBytes: sections.length('records'),
    words,
    marks: openDictionary(sections, 'marks', cache),
    keys: openDictionary(sections, 'keys', cache),
    column: (name) => readNumbers(sections, name, cache),
    facet: (name) => readValueColumn(sections, `facet.${name}`, cache),
    folded: (name) =>
      cache.get(
        `facet.${name}.folded`,
        () => readValueColumn(sections, `facet.${name}`, cache).values.map(synonymKey),
        (texts) => texts.reduce((sum, text) => sum + 40 + text.length * 2, 0),
      ),
    formats: () => readValueColumn(sections, 'formats', cache),
    id(doc) {
      const starts = readNumbers(sections, 'id.starts', cache);
      return Buffer.from(wholeSection('id.bytes').buffer).toString('utf8', starts[doc], starts[doc + 1]);
    },
    kept: cache,
    byId: () => readNumbers(sections, 'id.order', cache),
    wordsEnding: (ending, expression) =>
      cache.get(
        `words~${expression.source}`,
        () => readEnding(sections, ending).flatMap((word) => (expression.test(word) ? (words.find(word) ?? []) : [])),
        bytesOfEntries,
      ),
    walkWords: () => walkDictionary(sections, 'words'),
    keyDocs: (entry) => docs('keys', entry),
    keyList: (entry) =>
      keyLists.get(
        entry.docsAt,
        () => {
          const { docsAt, docsLength, df } = entry;
          return makeKeyList(decodeDocs(sections.read('keys.postings', docsAt, docsLength), df), expected.docs);
        },
        bytesOfKeyList,
      ),
    norms,
    termList(entry, mask, column, average) {
      lists[mask] ??= whole.shelf();
      return lists[mask].get(
        entry.docsAt,
        () => {
          const bytes = sections.read('words.postings', entry.docsAt, entry.docsLength + entry.freqsLength);
          return makeTermList(bytes, entry, mask, {
            id: made++,
            docs: expected.docs,
            norms: () => norms(column),
            average,
          });
        },
        (list) => list.bytes,
      );
    },
    impacts: (list, column) =>
      impacts.get(
        list.id,
        () => makeImpacts(list, norms(column)),
        ({ bytes, peaks }) => bytes.length + peaks.length,
      ),
    docsOf: docs,
    frequencies: (list, { docsAt, docsLength, freqsLength, df }) =>
      decodeFrequencies(range(`${list}.postings`, docsAt + docsLength, freqsLength), df),
    positions,
    wordPlaces,
    shortLists: () => new PagedLists(page, stretch),
    findGroup(key) {
      const entry = groups.find(groupListKey(key));
      return entry && docs('groups', entry)[0];
    },
    mayHaveGroup(hash) {
      filter ??= buildGroupFilter(sections, expected.groups);
      return mayHave(filter, hash);
    },
    records: (group, blocks) => readRecords(sections, cache, group, blocks),
    walkFacts: (wanted) => walkFacts(sections, expected.groups, wanted),
    close() {
      for (const shelf of [
        cache,
        frequencyLists,
        keyLists,
        impacts,
        ...[...lists, ...places].flatMap((own) => own ?? []),
      ])
        shelf.clear();
      sections.close();
    },
  };
}
