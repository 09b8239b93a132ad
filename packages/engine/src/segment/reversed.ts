import { ByteReader, ByteWriter } from '../storage/bytes.js';
import type { ByteCache } from '../storage/cache.js';
import type { SectionReader, SectionWriter } from './container.js';
import { PARAGRAPH_TERM } from './postings.js';

/**
 * The words of a segment once more, spelled backwards and sorted, so that what a word ends with is found as what its
 * reverse begins with. It may hold words whose documents are all gone; the dictionary tells.
 */
const NAME = 'reversed';
const WORDS_A_BLOCK = 128;

/** A word backwards, character by character. */
const reverse = (word: string): string => [...word].reverse().join('');

const isWord = (term: string): boolean => term.charCodeAt(0) !== PARAGRAPH_TERM.charCodeAt(0);

/** The words spelled backwards, in order; borders of sentences are no words. */
export function reversedTerms(terms: Iterable<string>): string[] {
  const reversed: string[] = [];
  for (const term of terms) if (isWord(term)) reversed.push(reverse(term));
  return reversed.sort();
}

/** Writes sorted reversed words: blocks of full texts, the first of each again in the index. */
export function writeReversed(out: SectionWriter, sorted: Iterable<string>): void {
  const index = new ByteWriter();
  const block = new ByteWriter();
  let count = 0;
  let written = 0;
  out.begin(`${NAME}.terms`);
  const flush = (): void => {
    out.write(block.view());
    written += block.length;
    block.clear();
  };
  for (const term of sorted) {
    if (count++ % WORDS_A_BLOCK === 0) {
      flush();
      index.text(term);
      index.varint(written);
    }
    block.text(term);
  }
  flush();
  out.begin(`${NAME}.index`);
  out.write(index.view());
}

interface Index {
  readonly firsts: readonly string[];
  readonly offsets: readonly number[];
}

function readIndex(sections: SectionReader): Index {
  const bytes = sections.read(`${NAME}.index`, 0, sections.length(`${NAME}.index`));
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
  const bytes = sections.read(`${NAME}.terms`, from, to - from);
  const reader = new ByteReader(bytes);
  const texts: string[] = [];
  while (reader.at < bytes.length) texts.push(reader.text());
  return texts;
}

/** Every reversed word in order, from the block that holds `from` on. */
export function* walkReversed(sections: SectionReader, from = ''): Generator<string> {
  const { firsts, offsets } = readIndex(sections);
  let block = 0;
  while (block + 1 < firsts.length && firsts[block + 1] <= from) block++;
  for (; block < firsts.length; block++) {
    yield* readTexts(sections, offsets[block], offsets[block + 1] ?? sections.length(`${NAME}.terms`));
  }
}

/** The words of a segment that end with `ending`. */
export function wordsEnding(sections: SectionReader, cache: ByteCache, ending: string): readonly string[] {
  const wanted = reverse(ending);
  return cache.get(
    `${sections.path}#${NAME}~${wanted}`,
    () => {
      const words: string[] = [];
      for (const term of walkReversed(sections, wanted)) {
        if (term.startsWith(wanted)) words.push(reverse(term));
        else if (term > wanted) break;
      }
      return words;
    },
    (words) => words.reduce((sum, word) => sum + 40 + word.length * 2, 0),
  );
}
