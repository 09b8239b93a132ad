import { addBorder, borderCount, borders, clearBorders } from './borders';
import { bitsAt, CJK, ENDS, endText, folded, SPECIAL, text, unitAt, WORD } from './characters';
import { addPlace, Lists } from './lists';
import { firstBytes, masks, termAt } from './terms';
import { addPair, addWord, endWaiting } from './waiting';

/** Stands between a folded word and the word as written. */
const MARK_SEPARATOR: u8 = 1;
const NEVER: i32 = i32.MAX_VALUE;

/** Terms that stand where a sentence and where a paragraph begins. */
export let sentenceTerm: u32 = 0;
export let paragraphTerm: u32 = 0;
/** Bits of the bytes of a text of ASCII: those in words, and those that may end a sentence. */
let inWord: usize = 0;
let atEnd: usize = 0;
let blockRoom: u32 = 0;
/** A word is put together here. */
let word: usize = 0;
let wordRoom: u32 = 0;
/** The border that comes next, and where. */
let nextBorder: i32 = 0;
let borderAt: i32 = 0;

export function setBorderTerms(sentence: u32, paragraph: u32): void {
  sentenceTerm = sentence;
  paragraphTerm = paragraph;
}

function reserveBlocks(blocks: u32): void {
  if (blocks <= blockRoom) return;
  if (blockRoom !== 0) {
    heap.free(inWord);
    heap.free(atEnd);
  }
  blockRoom = blocks + (blocks >> 1) + 16;
  inWord = heap.alloc(blockRoom << 3);
  atEnd = heap.alloc(blockRoom << 3);
}

function reserveWord(bytes: u32): void {
  if (bytes <= wordRoom) return;
  if (wordRoom !== 0) heap.free(word);
  wordRoom = bytes + 256;
  word = heap.alloc(wordRoom);
}

/** Folds 16 bytes; gives the bits of those in words, and above them of those that may end a sentence. */
@inline
function scan16(from: usize, to: usize): u32 {
  const bytes = v128.load(from);
  const lower = v128.or(bytes, i8x16.splat(32));
  const letters = i8x16.lt_u(i8x16.sub(lower, i8x16.splat(97)), i8x16.splat(26));
  const digits = i8x16.lt_u(i8x16.sub(bytes, i8x16.splat(48)), i8x16.splat(10));
  v128.store(to, v128.bitselect(lower, bytes, letters));
  const lines = v128.or(i8x16.eq(bytes, i8x16.splat(10)), i8x16.eq(bytes, i8x16.splat(13)));
  const marks = v128.or(i8x16.eq(bytes, i8x16.splat(33)), i8x16.eq(bytes, i8x16.splat(63)));
  const ends = v128.or(i8x16.eq(bytes, i8x16.splat(46)), v128.or(lines, marks));
  return i8x16.bitmask(v128.or(letters, digits)) | (i8x16.bitmask(ends) << 16);
}

/** Folds a text of ASCII and marks its words and ends. Returns how many blocks of 64 bytes it has. */
function scan(length: i32): u32 {
  endText(length);
  const blocks: u32 = (length >> 6) + 1;
  reserveBlocks(blocks);
  for (let block: u32 = 0; block < blocks; block++) {
    let words: u64 = 0;
    let ends: u64 = 0;
    for (let part: u32 = 0; part < 64; part += 16) {
      const bits = scan16(text + (block << 6) + part, folded + (block << 6) + part);
      words |= <u64>(bits & 0xffff) << part;
      ends |= <u64>(bits >>> 16) << part;
    }
    store<u64>(inWord + (block << 3), words);
    store<u64>(atEnd + (block << 3), ends);
  }
  return blocks;
}

function findBorders(length: i32, blocks: u32): void {
  clearBorders();
  let from = 0;
  for (let block: u32 = 0; block < blocks; block++) {
    for (let bits = load<u64>(atEnd + (block << 3)); bits !== 0; bits &= bits - 1) {
      const at = <i32>((block << 6) + <u32>ctz(bits));
      if (at >= from) from = addBorder<u8>(at, length);
    }
  }
}

/** The text itself begins a paragraph. */
function startBorders(): void {
  nextBorder = -1;
  borderAt = 0;
}

/** A border is a place that all words before it are less than; one where no word follows borders nothing. */
function markBorder(words: Lists, from: i32, place: u32): void {
  let paragraph = false;
  while (borderAt <= from) {
    if (nextBorder < 0 || (load<u32>(borders + (nextBorder << 2)) & 1) !== 0) paragraph = true;
    nextBorder++;
    borderAt = nextBorder < <i32>borderCount ? <i32>(load<u32>(borders + (nextBorder << 2)) >>> 1) : NEVER;
  }
  addPlace(words, paragraph ? paragraphTerm : sentenceTerm, place);
}

/** Adds the mark of a word of ASCII with capitals: as folded, and as written. */
function addMark(marks: Lists, asFolded: usize, written: usize, length: u32, place: u32): void {
  reserveWord(2 * length + 16);
  memory.copy(word, asFolded, length);
  store<u8>(word + length, MARK_SEPARATOR);
  memory.copy(word + length + 1, written, length);
  addPlace(marks, termAt(marks.terms, word, 2 * length + 1), place);
}

@inline
function isFolded(a: usize, b: usize, length: u32): bool {
  if (length <= 16) {
    const others = v128.and(v128.xor(v128.load(a), v128.load(b)), v128.load(masks + (<usize>length << 4)));
    return !v128.any_true(others);
  }
  for (let i: u32 = 0; i < length; i += 8) {
    if (((load<u64>(a + i) ^ load<u64>(b + i)) & firstBytes(length - i)) !== 0) return false;
  }
  return true;
}

/** Takes in a text of ASCII. Returns how many places it takes. */
export function addAscii(words: Lists, marks: Lists, length: i32, base: u32): u32 {
  const blocks = scan(length);
  findBorders(length, blocks);
  startBorders();
  let place = base;
  let block: u32 = 0;
  let bits = load<u64>(inWord);
  while (true) {
    while (bits === 0) {
      if (++block >= blocks) {
        endWaiting(words);
        return place - base;
      }
      bits = load<u64>(inWord + (block << 3));
    }
    const from = (block << 6) + <u32>ctz(bits);
    // The lowest run of ones carries into the zero behind it; what is left are the words after it.
    const carried = bits + (bits & (0 - bits));
    const rest = bits & carried;
    let to: u32;
    if (carried !== 0) to = (block << 6) + <u32>ctz(carried);
    else {
      let open: u64;
      do open = ~load<u64>(inWord + (++block << 3));
      while (open === 0);
      to = (block << 6) + <u32>ctz(open);
    }
    bits = carried !== 0 ? rest : afterRun(block, to);
    const length = to - from;
    if (borderAt <= <i32>from) markBorder(words, from, place);
    addWord(words, folded + from, length, place);
    if (!isFolded(folded + from, text + from, length)) addMark(marks, folded + from, text + from, length, place);
    place++;
  }
}

/** What a block has of words from `to` on. */
@inline
function afterRun(block: u32, to: u32): u64 {
  return load<u64>(inWord + (block << 3)) & (<u64>-1 << (to & 63));
}

/** Where in a text of UTF-16 the first character stands that nothing is known of; its length when all are known. */
export function findUnknown(length: i32, from: i32): i32 {
  let at = from;
  while (at < length && bitsAt<u16>(at) !== 0) at++;
  return at;
}

/** All bits of the characters of a text together. */
export function allBits(length: i32): u32 {
  let bits: u32 = 0;
  for (let at = 0; at < length; at++) bits |= bitsAt<u16>(at);
  return bits;
}

/** A character of the basic plane beyond ASCII as UTF-8, the first byte lowest. */
@inline
function bytesOfUnit(unit: u32): u64 {
  if (unit < 0x800) return 0x80c0 | (unit >> 6) | ((unit & 0x3f) << 8);
  return 0x8080e0 | (unit >> 12) | (((unit >> 6) & 0x3f) << 8) | ((unit & 0x3f) << 16);
}

@inline
function lengthOfUnit(unit: u32): u32 {
  return unit < 0x800 ? 2 : 3;
}

/** The number of the term of one or two characters beyond ASCII (no second: 0). */
export function pairTerm(words: Lists, first: u32, second: u32): u32 {
  reserveWord(16);
  const length = lengthOfUnit(first);
  store<u64>(word, second === 0 ? bytesOfUnit(first) : bytesOfUnit(first) | (bytesOfUnit(second) << (length << 3)));
  return termAt(words.terms, word, second === 0 ? length : length + lengthOfUnit(second));
}

function findWideBorders(length: i32): void {
  clearBorders();
  for (let at = 0; at < length; ) at = (bitsAt<u16>(at) & ENDS) !== 0 ? addBorder<u16>(at, length) : at + 1;
}

/** Copies the word of ASCII at `from` to `folded`; gives where it ends. */
function foldWord(from: i32, length: i32): i32 {
  let at = from;
  for (; at < length && (bitsAt<u16>(at) & WORD) !== 0; at++) {
    const unit = unitAt<u16>(at);
    store<u8>(word + (at - from), unit);
    store<u8>(folded + (at - from), unit >= 65 && unit <= 90 ? unit | 32 : unit);
  }
  return at;
}

/** Takes in a text of UTF-16 that has words of ASCII and plain CJK characters only. Returns how many places it takes. */
export function addWide(words: Lists, marks: Lists, length: i32, base: u32): u32 {
  findWideBorders(length);
  startBorders();
  let place = base;
  for (let at = 0; at < length; ) {
    const bits = bitsAt<u16>(at);
    if ((bits & (WORD | CJK)) === 0) {
      at++;
      continue;
    }
    if (borderAt <= at) markBorder(words, at, place);
    if ((bits & CJK) !== 0) {
      const first = unitAt<u16>(at++);
      const own = lengthOfUnit(first);
      if (at < length && (bitsAt<u16>(at) & CJK) !== 0) {
        const second = unitAt<u16>(at);
        const bytes = bytesOfUnit(first) | (bytesOfUnit(second) << (own << 3));
        addPair(words, bytes, own + lengthOfUnit(second), place);
      } else addPair(words, bytesOfUnit(first), own, place);
    } else at = addWideWord(words, marks, at, length, place);
    place++;
  }
  endWaiting(words);
  return place - base;
}

/** Adds the word of ASCII at `from`; gives where it ends. */
function addWideWord(words: Lists, marks: Lists, from: i32, length: i32, place: u32): i32 {
  reserveWord(length + 16);
  const to = foldWord(from, length);
  const bytes = <u32>(to - from);
  addPlace(words, termAt(words.terms, folded, bytes), place);
  if (!isFolded(folded, word, bytes)) {
    // The mark is put together where the word as written stands.
    memory.copy(folded + bytes + 1, word, bytes);
    store<u8>(folded + bytes, MARK_SEPARATOR);
    addPlace(marks, termAt(marks.terms, folded, 2 * bytes + 1), place);
  }
  return to;
}

/** Takes in a text of UTF-16 as `addWide`; -1 when a character of it is not known yet or must be looked at elsewhere. */
export function addKnown(words: Lists, marks: Lists, length: i32, base: u32): i32 {
  let bits: u32 = 0;
  for (let at = 0; at < length; at++) {
    const own = bitsAt<u16>(at);
    if (own === 0) return -1;
    bits |= own;
  }
  return (bits & SPECIAL) !== 0 ? -1 : <i32>addWide(words, marks, length, base);
}
