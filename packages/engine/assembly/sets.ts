/** Sets are gone through in steps of four vectors; a set is as many whole steps long. */
const STEP: usize = 64;

/** Keeps in the set at `into` what is in the one at `from` too. */
export function and(into: usize, from: usize, bytes: usize): void {
  for (const end = into + bytes; into < end; into += STEP, from += STEP) {
    v128.store(into, v128.and(v128.load(into), v128.load(from)));
    v128.store(into, v128.and(v128.load(into, 16), v128.load(from, 16)), 16);
    v128.store(into, v128.and(v128.load(into, 32), v128.load(from, 32)), 32);
    v128.store(into, v128.and(v128.load(into, 48), v128.load(from, 48)), 48);
  }
}

export function or(into: usize, from: usize, bytes: usize): void {
  for (const end = into + bytes; into < end; into += STEP, from += STEP) {
    v128.store(into, v128.or(v128.load(into), v128.load(from)));
    v128.store(into, v128.or(v128.load(into, 16), v128.load(from, 16)), 16);
    v128.store(into, v128.or(v128.load(into, 32), v128.load(from, 32)), 32);
    v128.store(into, v128.or(v128.load(into, 48), v128.load(from, 48)), 48);
  }
}

export function xor(into: usize, from: usize, bytes: usize): void {
  for (const end = into + bytes; into < end; into += STEP, from += STEP) {
    v128.store(into, v128.xor(v128.load(into), v128.load(from)));
    v128.store(into, v128.xor(v128.load(into, 16), v128.load(from, 16)), 16);
    v128.store(into, v128.xor(v128.load(into, 32), v128.load(from, 32)), 32);
    v128.store(into, v128.xor(v128.load(into, 48), v128.load(from, 48)), 48);
  }
}

/** Takes what is in the set at `from` away from the one at `into`. */
export function without(into: usize, from: usize, bytes: usize): void {
  for (const end = into + bytes; into < end; into += STEP, from += STEP) {
    v128.store(into, v128.andnot(v128.load(into), v128.load(from)));
    v128.store(into, v128.andnot(v128.load(into, 16), v128.load(from, 16)), 16);
    v128.store(into, v128.andnot(v128.load(into, 32), v128.load(from, 32)), 32);
    v128.store(into, v128.andnot(v128.load(into, 48), v128.load(from, 48)), 48);
  }
}

/** The word of a set that holds a number; a set may seem to begin before the memory does. */
// @ts-ignore: decorator
@inline
function wordOf(into: usize, number: u32): usize {
  return into + ((number >>> 5) << 2);
}

/** Adds the numbers of a list at `from`. */
export function orList(into: usize, from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 4) {
    const number = load<u32>(from);
    const word = wordOf(into, number);
    store<u32>(word, load<u32>(word) | (1 << (number & 31)));
  }
}

export function xorList(into: usize, from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 4) {
    const number = load<u32>(from);
    const word = wordOf(into, number);
    store<u32>(word, load<u32>(word) ^ (1 << (number & 31)));
  }
}

export function withoutList(into: usize, from: usize, bytes: usize): void {
  for (const end = from + bytes; from < end; from += 4) {
    const number = load<u32>(from);
    const word = wordOf(into, number);
    store<u32>(word, load<u32>(word) & ~(1 << (number & 31)));
  }
}

/** How many bits are set. Four bytes of up to 8 each do not overflow one. */
export function count(from: usize, bytes: usize): u32 {
  let sums = v128.splat<u32>(0);
  for (const end = from + bytes; from < end; from += STEP) {
    const first = v128.add<u8>(v128.popcnt<u8>(v128.load(from)), v128.popcnt<u8>(v128.load(from, 16)));
    const second = v128.add<u8>(v128.popcnt<u8>(v128.load(from, 32)), v128.popcnt<u8>(v128.load(from, 48)));
    const pairs = v128.extadd_pairwise<u8>(v128.add<u8>(first, second));
    sums = v128.add<u32>(sums, v128.extadd_pairwise<u16>(pairs));
  }
  return (
    v128.extract_lane<u32>(sums, 0) +
    v128.extract_lane<u32>(sums, 1) +
    v128.extract_lane<u32>(sums, 2) +
    v128.extract_lane<u32>(sums, 3)
  );
}
