import { firstBytes } from './terms';

/**
 * Terms as UTF-8 in the order of UTF-16 units: the two orders differ only where a character beyond the basic plane meets
 * one from U+E000 on.
 */
const BEYOND: u32 = 0xf0;
const PRIVATE: u32 = 0xee;
const EIGHT_HIGH: u64 = 0x8080808080808080;
const EIGHT_LOW: u64 = 0x7f7f7f7f7f7f7f7f;
/** Added to the lower seven bits of a byte, it makes them overflow from `PRIVATE` on. */
const TO_PRIVATE: u64 = 0x1212121212121212;

@inline
function rank(byte: u32): u32 {
  return byte < PRIVATE ? byte : byte < BEYOND ? byte + 0x10 : byte - 2;
}

function ranked(bytes: u64): u64 {
  let result: u64 = 0;
  for (let shift: u64 = 0; shift < 64; shift += 8) result |= <u64>rank(<u32>((bytes >> shift) & 0xff)) << shift;
  return result;
}

/** The first eight bytes of a term as a number: of two terms with different ones the smaller comes first. */
export function keyOf(at: usize, length: u32): u64 {
  let bytes = load<u64>(at) & firstBytes(length);
  if ((((bytes & EIGHT_LOW) + TO_PRIVATE) & bytes & EIGHT_HIGH) !== 0) bytes = ranked(bytes);
  return bswap<u64>(bytes);
}

/** Bytes that two terms have in common at their start. */
@inline
function commonBytes(a: usize, b: usize, both: u32): u32 {
  let common: u32 = 0;
  for (; common < both; common += 8) {
    const other = load<u64>(a + common) ^ load<u64>(b + common);
    if (other !== 0) return min<u32>(both, common + (<u32>ctz(other) >> 3));
  }
  return both;
}

/** Below 0, 0 or above 0 as the first term comes before, is, or comes after the second. */
export function compareTerms(a: usize, aLength: u32, b: usize, bLength: u32): i32 {
  const both = min(aLength, bLength);
  const common = commonBytes(a, b, both);
  if (common < both) return <i32>rank(load<u8>(a + common)) - <i32>rank(load<u8>(b + common));
  return <i32>aLength - <i32>bLength;
}

@inline
function isContinued(byte: u32): bool {
  return (byte & 0xc0) === 0x80;
}

/** Bytes that two terms have in common at their start, whole characters of the second only. */
export function sharedBytes(a: usize, aLength: u32, b: usize, bLength: u32): u32 {
  let shared = commonBytes(a, b, min(aLength, bLength));
  while (shared > 0 && shared < bLength && isContinued(load<u8>(b + shared))) shared--;
  return shared;
}

/** UTF-16 units that so many bytes come to; they end where a character does. */
export function utf16Length(at: usize, bytes: u32): u32 {
  let units: u32 = 0;
  for (let i: u32 = 0; i < bytes; i++) {
    const byte: u32 = load<u8>(at + i);
    units += u32(!isContinued(byte)) + u32(byte >= BEYOND);
  }
  return units;
}

/** The bytes of so many UTF-16 units. */
export function bytesOfUnits(at: usize, units: u32): u32 {
  if (units <= 8 && (load<u64>(at) & firstBytes(units) & EIGHT_HIGH) === 0) return units;
  let bytes: u32 = 0;
  for (let left: i32 = units; left > 0; left--) {
    const first: u32 = load<u8>(at + bytes);
    bytes += first < 0x80 ? 1 : first < 0xe0 ? 2 : first < BEYOND ? 3 : 4;
    if (first >= BEYOND) left--;
  }
  return bytes;
}
