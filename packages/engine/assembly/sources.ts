import { copyFew, createStream, number, remaining, reserve, skip, skipNumber, Stream } from './streams';
import { bytesOfUnits, keyOf } from './term-order';

/** Stands in a map for what is not taken over. */
export const GONE: u32 = 0xffffffff;
/** The longest that the length of a word gets. */
const NUMBER_BYTES: u32 = 5;
/** Sections of a source. */
const SECTIONS: u32 = 3;

/** One source of a merge: its terms front to back, and of the term it stands at the list. */
@unmanaged
export class Source {
  row: u32;
  docs: u32;
  /** Where each document goes. */
  map: usize;
  terms: Stream;
  postings: Stream;
  places: Stream;
  /** Where blocks of terms begin, and where the last ends; without blocks, terms stand in full one after another. */
  offsets: usize;
  blocks: u32;
  block: u32;
  blockEnd: usize;
  /** The term, and its first bytes as a number. */
  term: usize;
  length: u32;
  room: u32;
  key: u64;
  df: u32;
  docBytes: u32;
  freqBytes: u32;
  placeBytes: u32;
  /** Where documents and frequencies that are not passed yet stand. */
  docsAt: usize;
  freqsAt: usize;
  /** Bytes of the section of places behind those of the term. */
  placesBehind: u64;
  /** The item of the list it stands at, and those of documents that are not taken over. */
  item: u32;
  gone: usize;
  goneRoom: u32;
  goneCount: u32;
  nextGone: u32;
  /** The next of those; none has the number when all are passed. */
  stop: u32;
}

export function createSource(row: u32, docs: u32, blocks: u32, terms: f64, lists: f64, places: f64, usual: u32): Source {
  const source = changetype<Source>(heap.alloc(offsetof<Source>()));
  memory.fill(changetype<usize>(source), 0, offsetof<Source>());
  source.row = row;
  source.docs = docs;
  source.map = heap.alloc(<usize>docs << 2);
  source.terms = createStream(row * SECTIONS, <u64>terms, usual);
  source.postings = createStream(row * SECTIONS + 1, <u64>lists, usual);
  source.places = createStream(row * SECTIONS + 2, <u64>places, usual);
  source.blocks = blocks;
  source.offsets = heap.alloc(<usize>(blocks + 1) << 2);
  source.room = source.goneRoom = 256;
  source.term = heap.alloc(source.room);
  source.gone = heap.alloc(<usize>source.goneRoom << 2);
  return source;
}

/** Goes to the next term; false after the last. */
export function nextTerm(source: Source): bool {
  const terms = source.terms;
  if (source.blocks === 0) return nextWord(source);
  if (terms.at >= source.blockEnd) {
    if (source.block === source.blocks) return false;
    startBlock(source);
  }
  const kept = bytesOfUnits(source.term, number(terms));
  const more = number(terms);
  const length = kept + more;
  if (length + 8 > source.room) {
    source.room = 2 * length + 8;
    source.term = heap.realloc(source.term, source.room);
  }
  copyFew(source.term + kept, terms.at, more);
  terms.at += more;
  source.length = length;
  source.key = keyOf(source.term, length);
  source.df = number(terms);
  source.docBytes = number(terms);
  source.freqBytes = number(terms);
  source.placeBytes = number(terms);
  return true;
}

function startBlock(source: Source): void {
  const terms = source.terms;
  const at = source.offsets + (<usize>source.block << 2);
  const length = load<u32>(at, 4) - load<u32>(at);
  source.block++;
  reserve(terms, length);
  source.blockEnd = terms.at + length;
  // Where the block's lists begin: they are read front to back anyway.
  skipNumber(terms);
  skipNumber(terms);
}

function nextWord(source: Source): bool {
  const terms = source.terms;
  reserve(terms, NUMBER_BYTES);
  if (terms.at >= terms.end) return false;
  const length = number(terms);
  reserve(terms, length);
  source.term = terms.at;
  source.length = length;
  source.key = keyOf(source.term, length);
  terms.at += length;
  return true;
}

/** Begins the list of the term. It must be ended before the next is begun. */
export function begin(source: Source): void {
  const postings = source.postings;
  const bytes = source.docBytes + source.freqBytes;
  reserve(postings, bytes);
  source.docsAt = postings.at;
  source.freqsAt = postings.at + source.docBytes;
  postings.at += bytes;
  source.placesBehind = remaining(source.places) - source.placeBytes;
  source.item = 0;
  source.goneCount = 0;
  source.nextGone = 0;
  source.stop = -1;
}

/** Passes by what is left of the list. */
@inline
export function end(source: Source): void {
  const left = remaining(source.places) - source.placesBehind;
  if (left > 0) skip(source.places, left);
}

/** Finds where it must stop next. */
export function setStop(source: Source): void {
  source.stop =
    source.nextGone < source.goneCount ? load<u32>(source.gone + (<usize>source.nextGone << 2)) : <u32>-1;
}

/** Notes that the document of an item is not taken over. */
export function addGone(source: Source, item: u32): void {
  if (source.goneCount === source.goneRoom) {
    source.goneRoom *= 2;
    source.gone = heap.realloc(source.gone, <usize>source.goneRoom << 2);
  }
  if (source.goneCount === 0) source.stop = item;
  store<u32>(source.gone + (<usize>source.goneCount << 2), item);
  source.goneCount++;
}
