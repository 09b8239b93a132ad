/** A set of small whole numbers (documents of a segment), 32 to a word. */
export type Bits = Uint32Array;

export const emptyBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

export function fullBits(size: number): Bits {
  const bits = emptyBits(size).fill(0xffffffff);
  const rest = size & 31;
  if (rest !== 0) bits[bits.length - 1] = 2 ** rest - 1;
  return bits;
}

export const hasBit = (bits: Bits, index: number): boolean => (bits[index >>> 5] & (1 << (index & 31))) !== 0;

export function setBit(bits: Bits, index: number): void {
  bits[index >>> 5] |= 1 << (index & 31);
}

export function clearBit(bits: Bits, index: number): void {
  bits[index >>> 5] &= ~(1 << (index & 31));
}

/** Keeps in `into` what is in `other` too. */
export function keepCommon(into: Bits, other: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] &= other[i];
}

export function addAll(into: Bits, other: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] |= other[i];
}

/** Keeps in `into` what is in exactly one of the two. */
export function addDifference(into: Bits, other: Bits): void {
  for (let i = 0; i < into.length; i++) into[i] ^= other[i];
}

export function removeAll(from: Bits, other: Bits): void {
  for (let i = 0; i < from.length; i++) from[i] &= ~other[i];
}

function countWord(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let i = 0; i < bits.length; i++) count += countWord(bits[i]);
  return count;
}

/** Visits the members in ascending order. */
export function forEachBit(bits: Bits, visit: (index: number) => void): void {
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]; word !== 0; word &= word - 1) visit((i << 5) + (31 - Math.clz32(word & -word)));
  }
}
