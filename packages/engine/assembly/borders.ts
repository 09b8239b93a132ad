import { AFTER_DOT, AFTER_STOP, bitsAt, DIGIT, DOT, GOES_ON, LETTER, LINE, SPACE, STOP, unitAt } from './characters';

/** How far before a full stop the word that it may shorten is looked for. */
const REACH: i32 = 24;
/** Words are kept as the eight bytes they have at most; the rule knows none longer. */
const WIDEST: i32 = 8;
const SLOTS: u32 = 256;

const shortened = memory.data(2048);
/** Where sentences begin: the place times two, plus one where a paragraph begins. */
export let borders: usize = 0;
export let borderCount: u32 = 0;
let room: u32 = 0;

@inline
function slotOf(word: u64): usize {
  let index = <u32>((word * 0x9e3779b97f4a7c15) >> 56);
  while (true) {
    const slot = shortened + (index << 3);
    const known = load<u64>(slot);
    if (known === 0 || known === word) return slot;
    index = (index + 1) & (SLOTS - 1);
  }
}

function wordBefore<T>(from: i32, length: i32): u64 {
  let word: u64 = 0;
  for (let i = 0; i < length; i++) {
    const unit = unitAt<T>(from + i);
    if (unit > 127) return 0;
    word |= <u64>(unit >= 65 && unit <= 90 ? unit | 32 : unit) << (i << 3);
  }
  return word;
}

/** Learns that a full stop shortens the word that is the text. */
export function addShortened(length: i32): void {
  const word = wordBefore<u8>(0, length);
  store<u64>(slotOf(word), word);
}

/** A full stop ends no sentence after a shortened word or one letter, nor before a small letter or a digit. */
function endsSentence<T>(stop: i32, next: i32): bool {
  if ((bitsAt<T>(next) & GOES_ON) !== 0) return false;
  const least = max(0, stop - REACH);
  let from = stop;
  while (from > least) {
    const bits = bitsAt<T>(from - 1);
    if ((bits & DOT) !== 0) return false;
    if ((bits & LETTER) === 0) break;
    from--;
  }
  const length = stop - from;
  if (length === 0 || length > WIDEST) return true;
  if (length === 1) return (bitsAt<T>(from) & DIGIT) !== 0;
  const word = wordBefore<T>(from, length);
  return word === 0 || load<u64>(slotOf(word)) === 0;
}

export function clearBorders(): void {
  borderCount = 0;
}

function add(at: i32, paragraph: bool): void {
  if (borderCount === room) {
    room = room === 0 ? 64 : room << 1;
    borders = borders === 0 ? heap.alloc(room << 2) : heap.realloc(borders, room << 2);
  }
  store<u32>(borders + (borderCount++ << 2), (at << 1) | i32(paragraph));
}

/**
 * Looks at a character that may end a sentence or paragraph and adds the border after it. Returns where to look on; the
 * rule is that of the kernel's `textBorders`.
 */
export function addBorder<T>(at: i32, length: i32): i32 {
  const bits = bitsAt<T>(at);
  let to = at + 1;
  let paragraph = false;
  if ((bits & STOP) !== 0) {
    while (to < length && (bitsAt<T>(to) & STOP) !== 0) to++;
    while (to < length && (bitsAt<T>(to) & AFTER_STOP) !== 0) to++;
  } else if ((bits & DOT) !== 0) {
    while (to < length && (bitsAt<T>(to) & AFTER_DOT) !== 0) to++;
  } else paragraph = (bits & LINE) !== 0;
  const blanks = to;
  while (to < length && (bitsAt<T>(to) & SPACE) !== 0) {
    if ((bitsAt<T>(to) & LINE) !== 0) paragraph = true;
    to++;
  }
  const dot = (bits & DOT) !== 0;
  if (dot && to === blanks) return at + 1;
  if (to < length && (paragraph || !dot || endsSentence<T>(at, to))) add(to, paragraph);
  return to;
}
