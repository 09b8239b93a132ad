import { BEHIND } from './terms';

/**
 * The order of terms: that of UTF-16 units. Eight bytes of a term are one key, so terms are compared by numbers; those that
 * have a key in common are put in order by their next eight.
 */
const BEYOND: u8 = 0xf0;
const PRIVATE: u8 = 0xee;
const KEY_BYTES: u32 = 8;
/** A key, and the number of its term. */
const ITEM_SHIFT: u32 = 4;
const NUMBER: usize = 8;
const TASK_SHIFT: u32 = 4;
const LEAST_TASKS: u32 = 64;
const FEW: u32 = 16;
/** So many items and more are divided by a byte of their keys. */
const MANY: u32 = 768;

/** What is put in order, and room for as much. */
let items: usize = 0;
let spare: usize = 0;
/** Terms that are still to be put in order: which, and from which byte on. A list, because terms may be long. */
let tasks: usize = 0;
let taskCount: u32 = 0;
let taskRoom: u32 = 0;
let bytes: usize = 0;
let starts: usize = 0;

/** The first of eight bytes highest. */
@inline
function turned(word: u64): u64 {
  const pairs = ((word & 0x00ff00ff00ff00ff) << 8) | ((word >> 8) & 0x00ff00ff00ff00ff);
  const fours = ((pairs & 0x0000ffff0000ffff) << 16) | ((pairs >> 16) & 0x0000ffff0000ffff);
  return (fours << 32) | (fours >> 32);
}

/** Characters beyond the basic plane come before those from U+E000 on. */
function ranked(word: u64): u64 {
  let result: u64 = 0;
  for (let shift: u64 = 0; shift < 64; shift += 8) {
    const byte = <u8>(word >> shift);
    result |= <u64>(byte < PRIVATE ? byte : byte < BEYOND ? byte + 0x10 : byte - 2) << shift;
  }
  return result;
}

@inline
function startOf(term: u32): u32 {
  return load<u32>(starts + (<usize>term << 2));
}

@inline
function lengthOf(term: u32): u32 {
  return load<u32>(starts + (<usize>term << 2), 4) - startOf(term);
}

/** The key of a term from byte `depth` on; 0 stands behind its end. Eight bytes behind all terms may be read. */
@inline
function keyOf(term: u32, depth: u32): u64 {
  const length = lengthOf(term);
  if (length <= depth) return 0;
  const word = load<u64>(bytes + startOf(term) + depth);
  const left = length - depth;
  const own = left < KEY_BYTES ? word & ((<u64>1 << (left << 3)) - 1) : word;
  const high = i8x16.ge_u(i64x2.splat(own), i8x16.splat(PRIVATE));
  return turned(v128.any_true(high) ? ranked(own) : own);
}

@inline
function itemAt(index: u32): usize {
  return items + (<usize>index << ITEM_SHIFT);
}

function sortFew(from: u32, to: u32): void {
  for (let i = from + 1; i < to; i++) {
    const key = load<u64>(itemAt(i));
    const term = load<u32>(itemAt(i), NUMBER);
    let at = itemAt(i);
    const low = itemAt(from);
    while (at > low && load<u64>(at - 16) > key) {
      v128.store(at, v128.load(at - 16));
      at -= 16;
    }
    store<u64>(at, key);
    store<u32>(at, term, NUMBER);
  }
}

/** Quicksort; equal keys stop both ways, so that many of them do not make it slow. */
function sortSome(first: u32, end: u32): void {
  let from = first;
  let to = end;
  while (to - from > FEW) {
    const a = load<u64>(itemAt(from));
    const b = load<u64>(itemAt((from + to) >>> 1));
    const c = load<u64>(itemAt(to - 1));
    const middle = max(min(a, b), min(max(a, b), c));
    let low = itemAt(from);
    let high = itemAt(to - 1);
    while (true) {
      while (load<u64>(low) < middle) low += 16;
      while (load<u64>(high) > middle) high -= 16;
      if (low >= high) break;
      const item = v128.load(low);
      v128.store(low, v128.load(high));
      v128.store(high, item);
      low += 16;
      high -= 16;
    }
    const cut = <u32>((high - items) >> ITEM_SHIFT) + 1;
    if (cut - from < to - cut) {
      sortSome(from, cut);
      from = cut;
    } else {
      sortSome(cut, to);
      to = cut;
    }
  }
  sortFew(from, to);
}

/** Puts items in order whose keys are the same above byte `shift`. */
function sortItems(from: u32, to: u32, shift: i32): void {
  if (to - from < MANY) return sortSome(from, to);
  if (shift < 0) return;
  const ends = heap.alloc(256 << 2);
  memory.fill(ends, 0, 256 << 2);
  for (let i = from; i < to; i++) {
    const at = ends + (<usize>((load<u64>(itemAt(i)) >> shift) & 255) << 2);
    store<u32>(at, load<u32>(at) + 1);
  }
  let sum = from;
  for (let at = ends; at < ends + (256 << 2); at += 4) {
    const count = load<u32>(at);
    store<u32>(at, sum);
    sum += count;
  }
  for (let i = from; i < to; i++) {
    const item = v128.load(itemAt(i));
    const at = ends + (<usize>((v128.extract_lane<u64>(item, 0) >> shift) & 255) << 2);
    const index = load<u32>(at);
    store<u32>(at, index + 1);
    v128.store(spare + (<usize>index << ITEM_SHIFT), item);
  }
  memory.copy(itemAt(from), spare + (<usize>from << ITEM_SHIFT), <usize>(to - from) << ITEM_SHIFT);
  let start = from;
  for (let at = ends; at < ends + (256 << 2); at += 4) {
    const end = load<u32>(at);
    if (end - start > 1) sortItems(start, end, shift - 8);
    start = end;
  }
  heap.free(ends);
}

/** Notes that the terms from `from` to `to` are the same before byte `depth`, and are still to be put in order. */
function addTask(from: u32, to: u32, depth: u32): void {
  if (taskCount === taskRoom) {
    taskRoom += taskRoom >> 1;
    tasks = heap.realloc(tasks, taskRoom << TASK_SHIFT);
  }
  const task = tasks + (<usize>taskCount << TASK_SHIFT);
  taskCount++;
  store<u32>(task, from);
  store<u32>(task, to, 4);
  store<u32>(task, depth, 8);
}

/** Puts terms in order that are the same before byte `depth`. */
function sortFrom(from: u32, to: u32, depth: u32): void {
  for (let i = from; i < to; i++) store<u64>(itemAt(i), keyOf(load<u32>(itemAt(i), NUMBER), depth));
  sortItems(from, to, 56);
  for (let i = from; i < to; ) {
    const key = load<u64>(itemAt(i));
    let end = i + 1;
    while (end < to && load<u64>(itemAt(end)) === key) end++;
    if (end - i > 1) sortAlike(i, end, depth + KEY_BYTES);
    i = end;
  }
}

/** Puts terms in order that are the same before byte `depth` but for zeros: those that have ended come first. */
function sortAlike(from: u32, to: u32, depth: u32): void {
  let open = from;
  for (let i = from; i < to; i++) {
    const term = load<u32>(itemAt(i), NUMBER);
    const length = lengthOf(term);
    if (length > depth) continue;
    store<u32>(itemAt(i), load<u32>(itemAt(open), NUMBER), NUMBER);
    let at = open++;
    for (; at > from && lengthOf(load<u32>(itemAt(at - 1), NUMBER)) > length; at--) {
      store<u32>(itemAt(at), load<u32>(itemAt(at - 1), NUMBER), NUMBER);
    }
    store<u32>(itemAt(at), term, NUMBER);
  }
  if (to - open > 1) addTask(open, to, depth);
}

/** Gives the numbers of terms in the order of the terms; to be freed. */
export function sortedTerms(termBytes: usize, termStarts: usize, count: u32): usize {
  bytes = termBytes;
  starts = termStarts;
  items = heap.alloc(<usize>count << ITEM_SHIFT);
  spare = heap.alloc(<usize>count << ITEM_SHIFT);
  for (let i: u32 = 0; i < count; i++) store<u32>(itemAt(i), i, NUMBER);
  taskRoom = LEAST_TASKS;
  tasks = heap.alloc(taskRoom << TASK_SHIFT);
  addTask(0, count, 0);
  while (taskCount > 0) {
    const task = tasks + (<usize>--taskCount << TASK_SHIFT);
    sortFrom(load<u32>(task), load<u32>(task, 4), load<u32>(task, 8));
  }
  heap.free(tasks);
  heap.free(spare);
  const ids = heap.alloc(<usize>count << 2);
  for (let i: u32 = 0; i < count; i++) store<u32>(ids + (<usize>i << 2), load<u32>(itemAt(i), NUMBER));
  heap.free(items);
  return ids;
}

/** Writes the characters from `from` to `to` (UTF-8) in the other order, so that they end at `behind`. */
function putReversed(behind: usize, from: usize, to: usize): void {
  let end = behind;
  for (let at = from; at < to; ) {
    const first = load<u8>(at);
    if (first < 0x80) {
      store<u8>(--end, first);
      at++;
      continue;
    }
    const width: usize = first < 0xe0 ? 2 : first < BEYOND ? 3 : 4;
    end -= width;
    for (let i: usize = 0; i < width; i++) store<u8>(end + i, load<u8>(at + i));
    at += width;
  }
}

/** Gives the bytes of terms with the characters of each in the other order; to be freed. */
export function reversedTerms(termBytes: usize, termStarts: usize, count: u32): usize {
  const size = load<u32>(termStarts + (<usize>count << 2));
  const reversed = heap.alloc(size + BEHIND);
  for (let term: u32 = 0; term < count; term++) {
    const from = load<u32>(termStarts + (<usize>term << 2));
    const to = load<u32>(termStarts + (<usize>term << 2), 4);
    putReversed(reversed + to, termBytes + from, termBytes + to);
  }
  return reversed;
}
