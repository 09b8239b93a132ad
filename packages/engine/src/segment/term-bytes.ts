/**
 * Terms as UTF-8, and their order: that of UTF-16 units, in which JavaScript compares strings. The two differ only where
 * a character beyond the basic plane meets one from U+E000 on.
 */
const BEYOND = 0xf0;
const PRIVATE = 0xee;

const rank = (byte: number): number => (byte < PRIVATE ? byte : byte < BEYOND ? byte + 0x10 : byte - 2);

/** Tells something of the terms `a[aFrom..aTo)` and `b[bFrom..bTo)`. */
type OfTwo = (a: Uint8Array, aFrom: number, aTo: number, b: Uint8Array, bFrom: number, bTo: number) => number;

/** Bytes that two terms have in common at their start. */
const commonBytes: OfTwo = (a, aFrom, aTo, b, bFrom, bTo) => {
  const both = Math.min(aTo - aFrom, bTo - bFrom);
  let common = 0;
  while (common < both && a[aFrom + common] === b[bFrom + common]) common++;
  return common;
};

/** Below 0, 0 or above 0 as the first term comes before, is, or comes after the second. */
export const compareTermBytes: OfTwo = (a, aFrom, aTo, b, bFrom, bTo) => {
  const common = commonBytes(a, aFrom, aTo, b, bFrom, bTo);
  const [aAt, bAt] = [aFrom + common, bFrom + common];
  return aAt < aTo && bAt < bTo ? rank(a[aAt]) - rank(b[bAt]) : aTo - aFrom - (bTo - bFrom);
};

const KEY_BYTES = 6;

/** The first six bytes of a term as a number: of two terms with different ones the smaller comes first. */
export function termKey(bytes: Uint8Array, from: number, to: number): number {
  let high = 0;
  let low = 0;
  for (let at = from; at < from + KEY_BYTES / 2; at++) high = (high << 8) | (at < to ? rank(bytes[at]) : 0);
  for (let at = from + KEY_BYTES / 2; at < from + KEY_BYTES; at++) low = (low << 8) | (at < to ? rank(bytes[at]) : 0);
  return high * 2 ** 24 + low;
}

/** Bytes that a UTF-8 character takes, by its first. */
const characterBytes = (first: number): number => (first < 0x80 ? 1 : first < 0xe0 ? 2 : first < BEYOND ? 3 : 4);

const isContinued = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** UTF-16 units that `bytes[from..to)` come to; it must begin and end at the border of a character. */
export function utf16Length(bytes: Uint8Array, from: number, to: number): number {
  let units = 0;
  for (let at = from; at < to; at++) if (!isContinued(bytes[at])) units += bytes[at] < BEYOND ? 1 : 2;
  return units;
}

/** Bytes that two terms have in common at their start, whole characters only. */
export const sharedBytes: OfTwo = (a, aFrom, aTo, b, bFrom, bTo) => {
  let shared = commonBytes(a, aFrom, aTo, b, bFrom, bTo);
  while (shared > 0 && shared < bTo - bFrom && isContinued(b[bFrom + shared])) shared--;
  return shared;
};

/** The bytes of `count` UTF-16 units from `from` on. */
export function bytesOfUnits(bytes: Uint8Array, from: number, count: number): number {
  let at = from;
  for (let left = count; left > 0; ) {
    const width = characterBytes(bytes[at]);
    left -= width === 4 ? 2 : 1;
    at += width;
  }
  return at - from;
}

/** Writes a character of the basic plane that is no half of a pair; returns where the next goes. */
export function putUnit(into: Uint8Array, at: number, unit: number): number {
  if (unit < 0x80) {
    into[at] = unit;
    return at + 1;
  }
  if (unit < 0x800) {
    into[at] = 0xc0 | (unit >> 6);
    into[at + 1] = 0x80 | (unit & 0x3f);
    return at + 2;
  }
  into[at] = 0xe0 | (unit >> 12);
  into[at + 1] = 0x80 | ((unit >> 6) & 0x3f);
  into[at + 2] = 0x80 | (unit & 0x3f);
  return at + 3;
}

/** Copies `from[start..end)` to `into` with its characters in the other order; it must end where a character does. */
export function putReversed(into: Uint8Array, at: number, from: Uint8Array, start: number, end: number): void {
  let to = at + end - start;
  for (let i = start; i < end; ) {
    const width = characterBytes(from[i]);
    to -= width;
    for (let k = 0; k < width; k++) into[to + k] = from[i + k];
    i += width;
  }
}

const FEW = 12;

/** Byte `depth` of a term in its order, 0 beyond its end. */
const keyAt = (bytes: Uint8Array, starts: Uint32Array, id: number, depth: number): number => {
  const at = starts[id] + depth;
  return at < starts[id + 1] ? rank(bytes[at]) + 1 : 0;
};

function insertionSort(
  ids: Uint32Array,
  low: number,
  high: number,
  depth: number,
  bytes: Uint8Array,
  starts: Uint32Array,
): void {
  for (let i = low + 1; i < high; i++) {
    const id = ids[i];
    const from = starts[id] + depth;
    const to = starts[id + 1];
    let at = i;
    while (at > low) {
      const before = ids[at - 1];
      if (compareTermBytes(bytes, starts[before] + depth, starts[before + 1], bytes, from, to) <= 0) break;
      ids[at--] = before;
    }
    ids[at] = id;
  }
}

/** Puts terms in order, `ids` among them: term `id` is `bytes[starts[id]..starts[id + 1])`. Quicksort by one byte at a time. */
export function sortTerms(ids: Uint32Array, bytes: Uint8Array, starts: Uint32Array): void {
  const work = [0, ids.length, 0];
  while (work.length > 0) {
    const depth = work.pop() ?? 0;
    const high = work.pop() ?? 0;
    const low = work.pop() ?? 0;
    if (high - low <= FEW) {
      insertionSort(ids, low, high, depth, bytes, starts);
      continue;
    }
    const middle = keyAt(bytes, starts, ids[(low + high) >>> 1], depth);
    let [less, at, more] = [low, low, high];
    while (at < more) {
      const id = ids[at];
      const key = keyAt(bytes, starts, id, depth);
      if (key < middle) {
        ids[at++] = ids[less];
        ids[less++] = id;
      } else if (key > middle) {
        ids[at] = ids[--more];
        ids[more] = id;
      } else at++;
    }
    work.push(low, less, depth, more, high, depth);
    if (middle > 0) work.push(less, more, depth + 1);
  }
}
