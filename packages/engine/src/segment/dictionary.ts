import { ByteReader, ByteWriter, bytesOf } from '../storage/bytes.js';
import type { Keeper } from '../storage/cache.js';
import type { SectionReader, SectionWriter } from './container.js';
import { SectionStream } from './streams.js';
import { bytesOfUnits, sharedBytes, utf16Length } from './term-bytes.js';

/** Where a term's lists stand in the sections of its dictionary, and how many documents are in them. */
export interface TermEntry {
  readonly term: string;
  /** Documents of the segment that have the term, deleted ones too. */
  readonly df: number;
  readonly docsAt: number;
  readonly docsLength: number;
  readonly freqsLength: number;
  readonly positionsAt: number;
  readonly positionsLength: number;
}

const TERMS_A_BLOCK = 64;
const JS_STRING_BYTES = 2;
const ENTRY_BYTES = 120;

/** Takes the bytes of the blocks in order; `length` is how many it took. */
export interface ByteSink {
  readonly length: number;
  write(bytes: Uint8Array): void;
}

/** Writes sorted terms in blocks of 64; only the first term of each block is looked at to find a block. */
export class DictionaryWriter {
  readonly #blocks = new ByteWriter();
  readonly #index = new ByteWriter();
  readonly #sink: ByteSink;
  #count = 0;
  #postingsAt = 0;
  #positionsAt = 0;
  #previous = new Uint8Array(256);
  #previousLength = 0;

  /** Finished blocks go to `sink`. */
  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Adds the term `bytes[from..to)` in UTF-8. */
  add(
    bytes: Uint8Array,
    from: number,
    to: number,
    df: number,
    docsLength: number,
    freqsLength: number,
    positionsLength: number,
  ): void {
    if (this.#count++ % TERMS_A_BLOCK === 0) this.#startBlock(bytes, from, to);
    const blocks = this.#blocks;
    const shared = sharedBytes(this.#previous, 0, this.#previousLength, bytes, from, to);
    blocks.varint(utf16Length(bytes, from, from + shared));
    blocks.varint(to - from - shared);
    blocks.piece(bytes, from + shared, to);
    blocks.varint(df);
    blocks.varint(docsLength);
    blocks.varint(freqsLength);
    blocks.varint(positionsLength);
    this.#remember(bytes, from, to, shared);
    this.#postingsAt += docsLength + freqsLength;
    this.#positionsAt += positionsLength;
  }

  #remember(bytes: Uint8Array, from: number, to: number, shared: number): void {
    this.#previousLength = to - from;
    if (this.#previousLength > this.#previous.length) {
      const grown = new Uint8Array(this.#previousLength * 2);
      grown.set(this.#previous);
      this.#previous = grown;
    }
    for (let i = shared; i < this.#previousLength; i++) this.#previous[i] = bytes[from + i];
  }

  #startBlock(bytes: Uint8Array, from: number, to: number): void {
    this.#sink.write(this.#blocks.view());
    this.#blocks.clear();
    this.#index.varint(to - from);
    this.#index.piece(bytes, from, to);
    this.#index.varint(this.#sink.length);
    this.#previousLength = 0;
    this.#blocks.varint(this.#postingsAt);
    this.#blocks.varint(this.#positionsAt);
  }

  /** Hands the last block over and writes the index; the sink's bytes are the section `terms`. */
  writeIndex(out: SectionWriter, name: string): void {
    this.#sink.write(this.#blocks.view());
    this.#blocks.clear();
    writeTermIndex(out, name, this.#count, this.#index.view());
  }
}

/** Writes the index of blocks of so many terms: the first term of each block and where it begins. */
export function writeTermIndex(out: SectionWriter, name: string, terms: number, index: Uint8Array): void {
  out.begin(`${name}.index`);
  out.write(bytesOf(Uint32Array.of(terms)));
  out.write(index);
}

/** Bytes kept in memory. */
export function memorySink(): ByteSink & { readonly bytes: ByteWriter } {
  const bytes = new ByteWriter();
  return {
    bytes,
    get length() {
      return bytes.length;
    },
    write: (more) => bytes.raw(more),
  };
}

interface BlockIndex {
  readonly firsts: readonly string[];
  readonly offsets: readonly number[];
}

function readIndex(bytes: Uint8Array): BlockIndex {
  const reader = new ByteReader(bytes, 4);
  const firsts: string[] = [];
  const offsets: number[] = [];
  while (reader.at < bytes.length) {
    firsts.push(reader.text());
    offsets.push(reader.varint());
  }
  return { firsts, offsets };
}

function readBlock(bytes: Uint8Array): TermEntry[] {
  const reader = new ByteReader(bytes);
  let docsAt = reader.varint();
  let positionsAt = reader.varint();
  const entries: TermEntry[] = [];
  let previous = '';
  while (reader.at < bytes.length) {
    const shared = reader.varint();
    const term = previous.slice(0, shared) + reader.text();
    const df = reader.varint();
    const docsLength = reader.varint();
    const freqsLength = reader.varint();
    const positionsLength = reader.varint();
    entries.push({ term, df, docsAt, docsLength, freqsLength, positionsAt, positionsLength });
    docsAt += docsLength + freqsLength;
    positionsAt += positionsLength;
    previous = term;
  }
  return entries;
}

/** The first index whose item is not less than the wanted one, by `less`. */
function lowerBound(length: number, less: (index: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (less(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** Every entry of a dictionary in order, read block by block without a cache. */
export function* walkDictionary(sections: SectionReader, name: string): Generator<TermEntry> {
  const { offsets } = readIndex(sections.read(`${name}.index`, 0, sections.length(`${name}.index`)));
  const end = sections.length(`${name}.terms`);
  for (const [i, from] of offsets.entries()) {
    yield* readBlock(sections.read(`${name}.terms`, from, (offsets[i + 1] ?? end) - from));
  }
}

/** Where the blocks of a dictionary begin. */
export function readBlockOffsets(sections: SectionReader, name: string): number[] {
  const bytes = sections.read(`${name}.index`, 0, sections.length(`${name}.index`));
  const reader = new ByteReader(bytes, 4);
  const offsets: number[] = [];
  while (reader.at < bytes.length) {
    const length = reader.varint();
    reader.at += length;
    offsets.push(reader.varint());
  }
  return offsets;
}

/** Goes through a dictionary front to back. The term is `bytes[from..to)` in UTF-8 and changes with each step. */
export class TermWalk {
  readonly #offsets: readonly number[];
  readonly #stream: SectionStream;
  readonly #end: number;
  #block = 0;
  #blockEnd = 0;
  bytes = new Uint8Array(256);
  readonly from = 0;
  to = 0;
  df = 0;
  docsLength = 0;
  freqsLength = 0;
  positionsLength = 0;

  constructor(sections: SectionReader, name: string) {
    this.#offsets = readBlockOffsets(sections, name);
    this.#stream = new SectionStream(sections, `${name}.terms`);
    this.#end = sections.length(`${name}.terms`);
  }

  /** Goes to the next term; false after the last. */
  next(): boolean {
    const stream = this.#stream;
    if (stream.at >= this.#blockEnd) {
      if (this.#block >= this.#offsets.length) return false;
      const from = this.#offsets[this.#block++];
      const length = (this.#offsets[this.#block] ?? this.#end) - from;
      stream.reserve(length);
      this.#blockEnd = stream.at + length;
      // Where the block's lists begin: they are read front to back anyway.
      stream.number();
      stream.number();
    }
    this.#readTerm(stream);
    this.df = stream.number();
    this.docsLength = stream.number();
    this.freqsLength = stream.number();
    this.positionsLength = stream.number();
    return true;
  }

  #readTerm(stream: SectionStream): void {
    const kept = bytesOfUnits(this.bytes, 0, stream.number());
    const more = stream.number();
    if (kept + more > this.bytes.length) {
      const grown = new Uint8Array((kept + more) * 2);
      grown.set(this.bytes);
      this.bytes = grown;
    }
    const { window, at } = stream;
    for (let i = 0; i < more; i++) this.bytes[kept + i] = window[at + i];
    stream.at = at + more;
    this.to = kept + more;
  }
}

export interface Dictionary {
  find(term: string): TermEntry | undefined;
  /** Every entry whose term starts with the prefix, in order. */
  withPrefix(prefix: string): Iterable<TermEntry>;
}

/** What entries that are kept take. */
export const bytesOfEntries = (entries: readonly TermEntry[]): number =>
  entries.reduce((sum, { term }) => sum + ENTRY_BYTES + term.length * JS_STRING_BYTES, 0);

/** Terms of a dictionary that are found again without a search; those of a long strategy fit many times. */
const REMEMBERED = 512;

/** Reads the dictionary `name` of a segment, keeping what it reads on the segment's shelf. */
export function openDictionary(sections: SectionReader, name: string, cache: Keeper): Dictionary {
  const indexKey = `${name}.index`;
  const index = (): BlockIndex =>
    cache.get(
      indexKey,
      () => readIndex(sections.read(`${name}.index`, 0, sections.length(`${name}.index`))),
      ({ firsts }) => firsts.reduce((sum, first) => sum + 40 + first.length * JS_STRING_BYTES, 0),
    );
  const block = ({ offsets }: BlockIndex, number: number): TermEntry[] => {
    const from = offsets[number];
    const to = offsets[number + 1] ?? sections.length(`${name}.terms`);
    return cache.get(
      `${name}@${from}`,
      () => readBlock(sections.read(`${name}.terms`, from, to - from)),
      bytesOfEntries,
    );
  };
  /** The block that holds the term if any does: the last one that starts at or before it. */
  const blockOf = ({ firsts }: BlockIndex, term: string): number =>
    Math.max(0, lowerBound(firsts.length, (i) => firsts[i] <= term) - 1);
  const search = (term: string): TermEntry | undefined => {
    const blocks = index();
    if (blocks.firsts.length === 0) return undefined;
    const entries = block(blocks, blockOf(blocks, term));
    const entry = entries[lowerBound(entries.length, (i) => entries[i].term < term)];
    return entry?.term === term ? entry : undefined;
  };
  const found = new Map<string, TermEntry | undefined>();

  return {
    find(term) {
      const known = found.get(term);
      if (known !== undefined || found.has(term)) return known;
      if (found.size === REMEMBERED) found.clear();
      const entry = search(term);
      found.set(term, entry);
      return entry;
    },
    *withPrefix(prefix) {
      const blocks = index();
      for (let number = blockOf(blocks, prefix); number < blocks.firsts.length; number++) {
        const entries = block(blocks, number);
        for (let at = lowerBound(entries.length, (i) => entries[i].term < prefix); at < entries.length; at++) {
          if (!entries[at].term.startsWith(prefix)) return;
          yield entries[at];
        }
      }
    },
  };
}
