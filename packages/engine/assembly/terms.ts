const SLOT_BYTES: u32 = 16;
const LEAST_TERMS: u32 = 1 << 6;
const LEAST_BYTES: u32 = 1 << 10;
/** Bytes that may be read behind the end of a term, because eight are looked at together. */
export const BEHIND: u32 = 8;

/** The longest terms that are at hand, and a slot for one: all its bytes, its hash with its length, its number. */
export const AT_HAND_BYTES: u32 = 16;
const LATELY_BYTES: u32 = 32;
/** By length: what of sixteen bytes belongs to a term. */
export const masks = memory.data<u64>([
  0, 0, 0xff, 0, 0xffff, 0, 0xffffff, 0, 0xffffffff, 0, 0xffffffffff, 0, 0xffffffffffff, 0, 0xffffffffffffff, 0,
  0xffffffffffffffff, 0, 0xffffffffffffffff, 0xff, 0xffffffffffffffff, 0xffff, 0xffffffffffffffff, 0xffffff,
  0xffffffffffffffff, 0xffffffff, 0xffffffffffffffff, 0xffffffffff, 0xffffffffffffffff, 0xffffffffffff,
  0xffffffffffffffff, 0xffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
]);

const MIX: u64 = 0x9e3779b97f4a7c15;

/** Terms in the order in which they came, their bytes (UTF-8) one after another, and a table to find them by. */
@unmanaged
export class Terms {
  count: u32;
  capacity: u32;
  /** Slots of 16 bytes: the first eight bytes of the term, its hash with its length, and its number plus one. */
  slots: usize;
  mask: u32;
  /** The terms met lately, in slots by the upper bits of their hashes: few enough for the caches of the processor. */
  lately: usize;
  latelyShift: u32;
  bytes: usize;
  room: u32;
  end: u32;
  starts: usize;
  /** By term: the last token of it in the document under way; without places, the last document plus one. */
  last: usize;
}

/** A table that has so many terms (2 to that power) met lately at hand. */
export function createTerms(lately: u32): Terms {
  const terms = changetype<Terms>(heap.alloc(offsetof<Terms>()));
  terms.count = 0;
  terms.capacity = LEAST_TERMS;
  terms.mask = 2 * LEAST_TERMS - 1;
  terms.slots = zeroed(2 * LEAST_TERMS * SLOT_BYTES);
  terms.lately = zeroed(<usize>LATELY_BYTES << lately);
  terms.latelyShift = 32 - lately;
  terms.bytes = heap.alloc(LEAST_BYTES + BEHIND);
  terms.room = LEAST_BYTES;
  terms.end = 0;
  terms.starts = zeroed((LEAST_TERMS + 1) << 2);
  terms.last = zeroed(LEAST_TERMS << 2);
  return terms;
}

/** Room filled with zeros. */
export function zeroed(size: usize): usize {
  const at = heap.alloc(size);
  memory.fill(at, 0, size);
  return at;
}

/** The bits of so many of eight bytes. */
@inline
export function firstBytes(count: u32): u64 {
  return count >= 8 ? <u64>-1 : (<u64>1 << (count << 3)) - 1;
}

@inline
function hashOf(at: usize, length: u32, first: u64): u32 {
  return length > 8 ? hashBehind(at, length, first, load<u64>(at + 8) & firstBytes(length - 8)) : hashBehind(at, length, first, 0);
}

/** The hash of a term by its first eight bytes, the next eight, and what is behind these. */
@inline
function hashBehind(at: usize, length: u32, first: u64, second: u64): u32 {
  let hash = (first ^ length) * MIX;
  hash = ((hash ^ (hash >> 32)) + second) * MIX;
  for (let i: u32 = 16; i < length; i += 8) {
    hash = ((hash ^ (hash >> 32)) + (load<u64>(at + i) & firstBytes(length - i))) * MIX;
  }
  // Only the upper bits of a product hang on all of what was multiplied.
  return <u32>(((hash ^ (hash >> 32)) * MIX) >> 32);
}

/** The hash of a term of eight bytes or fewer. */
@inline
export function shortHash(bytes: u64, length: u32): u32 {
  return hashOf(0, length, bytes);
}

/** Where a term with this hash is looked for first. */
@inline
export function slotOf(terms: Terms, hash: u32): usize {
  return terms.slots + (<usize>(hash & terms.mask) << 4);
}

/** Whether two terms of this length that begin with the same eight bytes are the same. */
function isSame(a: usize, b: usize, length: u32): bool {
  for (let i: u32 = 8; i < length; i += 8) {
    if (((load<u64>(a + i) ^ load<u64>(b + i)) & firstBytes(length - i)) !== 0) return false;
  }
  return true;
}

@inline
function tagOf(hash: u32, length: u32): u32 {
  return (hash & ~0xff) | min<u32>(length, 0xff);
}

/** Whether the term of a slot is that at `at`, whose first bytes and tag are the slot's. */
@inline
function isTerm(terms: Terms, number: u32, at: usize, length: u32): bool {
  if (length <= 8) return true;
  const start = load<u32>(terms.starts + (number << 2) - 4);
  return load<u32>(terms.starts + (number << 2)) - start === length && isSame(at, terms.bytes + start, length);
}

/** The hash of a term of sixteen bytes or fewer, others 0. Whether it is longer than eight cannot be foreseen: nothing branches. */
@inline
export function hashOfWord(word: v128, length: u32): u32 {
  return hashBehind(0, length, v128.extract_lane<u64>(word, 0), v128.extract_lane<u64>(word, 1));
}

@inline
function latelyAt(terms: Terms, hash: u32): usize {
  return terms.lately + (<usize>(hash >>> terms.latelyShift) << 5);
}

/** The number of a term of sixteen bytes or fewer, plus one, if it is among those met lately; else 0. */
@inline
export function atHand(terms: Terms, word: v128, hash: u32, length: u32): u32 {
  const lately = latelyAt(terms, hash);
  const same = load<u32>(lately, 16) === tagOf(hash, length) && i64x2.all_true(i64x2.eq(v128.load(lately), word));
  return same ? load<u32>(lately, 20) : 0;
}

/** Keeps a term of sixteen bytes or fewer among those met lately. */
@inline
export function keepAtHand(terms: Terms, at: usize, hash: u32, length: u32, number: u32): void {
  const lately = latelyAt(terms, hash);
  v128.store(lately, v128.and(v128.load(at), v128.load(masks + (<usize>length << 4))));
  store<u32>(lately, tagOf(hash, length), 16);
  store<u32>(lately, number + 1, 20);
}

/** The number of the term that stands at `at`, a new one when it was not there. Sixteen bytes from there on may be read. */
export function termAt(terms: Terms, at: usize, length: u32): u32 {
  if (length > AT_HAND_BYTES) {
    const first = load<u64>(at);
    return numberOf(terms, at, length, first, hashOf(at, length, first));
  }
  const word = v128.and(v128.load(at), v128.load(masks + (<usize>length << 4)));
  const hash = hashOfWord(word, length);
  const known = atHand(terms, word, hash, length);
  if (known !== 0) return known - 1;
  const number = numberOf(terms, at, length, v128.extract_lane<u64>(word, 0), hash);
  keepAtHand(terms, at, hash, length, number);
  return number;
}

/** The number of the term at `at` whose first bytes and hash are these. */
export function numberOf(terms: Terms, at: usize, length: u32, first: u64, hash: u32): u32 {
  const mask = terms.mask;
  const tag = tagOf(hash, length);
  let slot: usize;
  for (let index = hash & mask; ; index = (index + 1) & mask) {
    slot = terms.slots + (<usize>index << 4);
    const number = load<u32>(slot, 12);
    if (number === 0) break;
    if (load<u64>(slot) === first && load<u32>(slot, 8) === tag && isTerm(terms, number, at, length)) return number - 1;
  }
  store<u64>(slot, first);
  store<u32>(slot, tag, 8);
  store<u32>(slot, terms.count + 1, 12);
  return append(terms, at, length);
}

function append(terms: Terms, at: usize, length: u32): u32 {
  const end = terms.end + length;
  if (end > terms.room) {
    terms.room = max(end, terms.room + (terms.room >> 1));
    terms.bytes = heap.realloc(terms.bytes, terms.room + BEHIND);
  }
  memory.copy(terms.bytes + terms.end, at, length);
  terms.end = end;
  const number = terms.count++;
  store<u32>(terms.starts + (terms.count << 2), end);
  if (terms.count === terms.capacity) grow(terms);
  if (terms.count << 1 > terms.mask) growSlots(terms);
  return number;
}

/** Grows what is known of terms by half. */
function grow(terms: Terms): void {
  const before = terms.capacity;
  terms.capacity = before + (before >> 1);
  terms.starts = heap.realloc(terms.starts, (terms.capacity + 1) << 2);
  terms.last = heap.realloc(terms.last, terms.capacity << 2);
  memory.fill(terms.last + (before << 2), 0, (terms.capacity - before) << 2);
}

/** Doubles the table by which terms are found. */
function growSlots(terms: Terms): void {
  heap.free(terms.slots);
  terms.mask = 2 * terms.mask + 1;
  terms.slots = zeroed((<usize>terms.mask + 1) * SLOT_BYTES);
  for (let number: u32 = 0; number < terms.count; number++) settle(terms, number);
}

/** Gives a term a slot in the table grown. */
function settle(terms: Terms, number: u32): void {
  const start = load<u32>(terms.starts + (number << 2));
  const length = load<u32>(terms.starts + ((number + 1) << 2)) - start;
  const at = terms.bytes + start;
  const first = load<u64>(at) & firstBytes(length);
  const hash = hashOf(at, length, first);
  let index = hash & terms.mask;
  while (load<u32>(terms.slots + (<usize>index << 4), 12) !== 0) index = (index + 1) & terms.mask;
  const slot = terms.slots + (<usize>index << 4);
  store<u64>(slot, first);
  store<u32>(slot, tagOf(hash, length), 8);
  store<u32>(slot, number + 1, 12);
}
