import { ByteReader, ByteWriter } from '../storage/bytes.js';
import type { SectionReader, SectionWriter } from './container.js';
import type { TermNumbers } from './lists.js';
import { PARAGRAPH_TERM } from './postings.js';
import { SectionStream } from './streams.js';

/**
 * The words of a segment once more, spelled backwards and sorted, so that what a word ends with is found as what its
 * reverse begins with. It may hold words whose documents are all gone; the dictionary tells.
 */
export const REVERSED = 'reversed';
const WORDS_A_BLOCK = 128;
/** The longest that the length of a word gets. */
const NUMBER_BYTES = 5;

/** A word backwards, character by character. */
const reverse = (word: string): string => [...word].reverse().join('');

const NO_WORD = PARAGRAPH_TERM.charCodeAt(0);

/** Writes sorted reversed words: blocks of full texts, the first of each again in the index. */
export class ReversedWriter {
  readonly #index = new ByteWriter();
  readonly #block = new ByteWriter();
  #count = 0;
  #written = 0;

  constructor(readonly out: SectionWriter) {
    out.begin(`${REVERSED}.terms`);
  }

  #flush(): void {
    this.out.write(this.#block.view());
    this.#written += this.#block.length;
    this.#block.clear();
  }

  /** Adds the reversed word `bytes[from..to)` in UTF-8. */
  add(bytes: Uint8Array, from: number, to: number): void {
    if (this.#count++ % WORDS_A_BLOCK === 0) {
      this.#flush();
      this.#index.varint(to - from);
      this.#index.piece(bytes, from, to);
      this.#index.varint(this.#written);
    }
    this.#block.varint(to - from);
    this.#block.piece(bytes, from, to);
  }

  /** Writes the index: another one where the blocks were written without this. */
  finish(index?: Uint8Array): void {
    this.#flush();
    this.out.begin(`${REVERSED}.index`);
    this.out.write(index ?? this.#index.view());
  }
}

/** Writes the words of a table backwards, in order; borders of sentences are no words. */
export function writeReversed(out: SectionWriter, terms: TermNumbers): void {
  const { bytes, ids } = terms.reversed();
  const { bytes: spelled, starts } = terms;
  const writer = new ReversedWriter(out);
  for (const id of ids) if (spelled[starts[id]] !== NO_WORD) writer.add(bytes, starts[id], starts[id + 1]);
  writer.finish();
}

/** Goes through the reversed words front to back: the word is `bytes[from..to)` in UTF-8. */
export class ReversedWalk {
  readonly #stream: SectionStream;
  bytes: Uint8Array = new Uint8Array(0);
  from = 0;
  to = 0;

  constructor(sections: SectionReader) {
    this.#stream = new SectionStream(sections, `${REVERSED}.terms`);
  }

  /** Goes to the next word; false after the last. */
  next(): boolean {
    const stream = this.#stream;
    stream.reserve(NUMBER_BYTES);
    if (stream.at >= stream.end) return false;
    const length = stream.number();
    stream.reserve(length);
    this.bytes = stream.window;
    this.from = stream.at;
    this.to = stream.at + length;
    stream.at = this.to;
    return true;
  }
}

interface Index {
  readonly firsts: readonly string[];
  readonly offsets: readonly number[];
}

function readIndex(sections: SectionReader): Index {
  const bytes = sections.read(`${REVERSED}.index`, 0, sections.length(`${REVERSED}.index`));
  const reader = new ByteReader(bytes);
  const firsts: string[] = [];
  const offsets: number[] = [];
  while (reader.at < bytes.length) {
    firsts.push(reader.text());
    offsets.push(reader.varint());
  }
  return { firsts, offsets };
}

function readTexts(sections: SectionReader, from: number, to: number): string[] {
  const bytes = sections.read(`${REVERSED}.terms`, from, to - from);
  const reader = new ByteReader(bytes);
  const texts: string[] = [];
  while (reader.at < bytes.length) texts.push(reader.text());
  return texts;
}

/** Every reversed word in order, from the block that holds `from` on. */
function* walkReversed(sections: SectionReader, from: string): Generator<string> {
  const { firsts, offsets } = readIndex(sections);
  let block = 0;
  while (block + 1 < firsts.length && firsts[block + 1] <= from) block++;
  for (; block < firsts.length; block++) {
    yield* readTexts(sections, offsets[block], offsets[block + 1] ?? sections.length(`${REVERSED}.terms`));
  }
}

/** The words of a segment that end with `ending`, in order; there may be some whose documents are all gone. */
export function readEnding(sections: SectionReader, ending: string): string[] {
  const wanted = reverse(ending);
  const words: string[] = [];
  for (const term of walkReversed(sections, wanted)) {
    if (term.startsWith(wanted)) words.push(reverse(term));
    else if (term > wanted) break;
  }
  return words.sort();
}
