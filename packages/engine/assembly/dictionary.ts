import { copyFew, createTape, flush, grow, position, putLong, putNumber, Tape } from './streams';
import { sharedBytes, utf16Length } from './term-order';

/** Terms of a block less one: it begins with the first whose number has none of these bits. */
const BLOCK_MASK: u32 = 63;
/** Words of a block of words in full, less one. */
const WORDS_MASK: u32 = 127;
/** The most that the numbers of a term take. */
const NUMBERS: u32 = 60;

/** Blocks of sorted terms, and an index of the first term of each. */
@unmanaged
export class Dictionary {
  blocks: Tape;
  index: Tape;
  count: u32;
  postingsAt: u64;
  placesAt: u64;
  previous: usize;
  previousLength: u32;
  previousRoom: u32;
}

/** Writes blocks to a target; the index stays on its tape. */
export function createDictionary(target: u32, room: u32): Dictionary {
  const dictionary = changetype<Dictionary>(heap.alloc(offsetof<Dictionary>()));
  memory.fill(changetype<usize>(dictionary), 0, offsetof<Dictionary>());
  dictionary.blocks = createTape(target, room);
  dictionary.index = createTape(0, 1 << 12);
  dictionary.previousRoom = 256;
  dictionary.previous = heap.alloc(256);
  return dictionary;
}

function addToIndex(dictionary: Dictionary, term: usize, length: u32): void {
  const index = dictionary.index;
  grow(index, length + NUMBERS);
  index.at = putNumber(index.at, length);
  memory.copy(index.at, term, length);
  index.at = putLong(index.at + length, position(dictionary.blocks));
}

function startBlock(dictionary: Dictionary, term: usize, length: u32, room: u32): void {
  const blocks = dictionary.blocks;
  addToIndex(dictionary, term, length);
  if (<u32>(blocks.at - blocks.bytes) >= room) flush(blocks);
  dictionary.previousLength = 0;
  grow(blocks, NUMBERS);
  blocks.at = putLong(blocks.at, dictionary.postingsAt);
  blocks.at = putLong(blocks.at, dictionary.placesAt);
}

function remember(dictionary: Dictionary, term: usize, length: u32, shared: u32): void {
  dictionary.previousLength = length;
  if (length + 8 > dictionary.previousRoom) {
    dictionary.previousRoom = 2 * length + 8;
    dictionary.previous = heap.realloc(dictionary.previous, dictionary.previousRoom);
  }
  copyFew(dictionary.previous + shared, term + shared, length - shared);
}

/** Adds a term with what its lists take; blocks are handed over from `room` bytes on. */
export function addEntry(
  dictionary: Dictionary,
  term: usize,
  length: u32,
  df: u32,
  docBytes: u32,
  freqBytes: u32,
  placeBytes: u32,
  room: u32,
): void {
  if ((dictionary.count++ & BLOCK_MASK) === 0) startBlock(dictionary, term, length, room);
  const blocks = dictionary.blocks;
  const shared = sharedBytes(dictionary.previous, dictionary.previousLength, term, length);
  grow(blocks, length + NUMBERS);
  let at = putNumber(blocks.at, utf16Length(term, shared));
  at = putNumber(at, length - shared);
  copyFew(at, term + shared, length - shared);
  at = putNumber(at + length - shared, df);
  at = putNumber(at, docBytes);
  at = putNumber(at, freqBytes);
  blocks.at = putNumber(at, placeBytes);
  remember(dictionary, term, length, shared);
  dictionary.postingsAt += docBytes + freqBytes;
  dictionary.placesAt += placeBytes;
}

/** Adds a word in full. */
export function addWord(dictionary: Dictionary, word: usize, length: u32, room: u32): void {
  const blocks = dictionary.blocks;
  if ((dictionary.count++ & WORDS_MASK) === 0) {
    addToIndex(dictionary, word, length);
    if (<u32>(blocks.at - blocks.bytes) >= room) flush(blocks);
  }
  grow(blocks, length + NUMBERS);
  blocks.at = putNumber(blocks.at, length);
  copyFew(blocks.at, word, length);
  blocks.at += length;
}
