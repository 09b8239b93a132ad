/** A set of small whole numbers (documents of a segment), 32 to a word. */
export type Bits = Uint32Array;

export const emptyBits = (size: number): Bits => new Uint32Array((size + 31) >>> 5);

/** Empty sets that share one piece of memory: to get many small ones takes longer than to go over them. */
export function emptySets(sizes: readonly number[]): Bits[] {
  const lengths = sizes.map((size) => (size + 31) >>> 5);
  const all = new Uint32Array(lengths.reduce((sum, length) => sum + length, 0));
  let at = 0;
  return lengths.map((length) => {
    at += length;
    return all.subarray(at - length, at);
  });
}

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

export function removeAll(from: Bits, other: Bits): void {
  for (let i = 0; i < from.length; i++) from[i] &= ~other[i];
}

/** The members in one word of a set. */
export function countWord(word: number): number {
  let v = word - ((word >>> 1) & 0x55555555);
  v = (v & 0x33333333) + ((v >>> 2) & 0x33333333);
  return Math.imul((v + (v >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Words counted together: three to two by carrying over, as whole numbers are added by hand. */
const COUNTED = 4;

export function countBits(bits: Bits): number {
  const whole = bits.length - (bits.length % COUNTED);
  let ones = 0;
  let twos = 0;
  let fours = 0;
  for (let i = 0; i < whole; i += COUNTED) {
    const [a, b, c, d] = [bits[i], bits[i + 1], bits[i + 2], bits[i + 3]];
    const ab = ones ^ a;
    const first = (ones & a) | (ab & b);
    const odd = ab ^ b;
    const cd = odd ^ c;
    const second = (odd & c) | (cd & d);
    ones = cd ^ d;
    const both = twos ^ first;
    fours += countWord((twos & first) | (both & second));
    twos = both ^ second;
  }
  let count = 4 * fours + 2 * countWord(twos) + countWord(ones);
  for (let i = whole; i < bits.length; i++) count += countWord(bits[i]);
  return count;
}

/** The members from `from` on and before `to`. */
export function countRange(bits: Bits, from: number, to: number): number {
  if (from >= to) return 0;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  const head = 0xffffffff << (from & 31);
  const tail = 0xffffffff >>> (31 - ((to - 1) & 31));
  if (first === last) return countWord(bits[first] & head & tail);
  let count = countWord(bits[first] & head) + countWord(bits[last] & tail);
  for (let i = first + 1; i < last; i++) count += countWord(bits[i]);
  return count;
}

/** Adds every number from `from` on and before `to`. */
export function fillRange(bits: Bits, from: number, to: number): void {
  if (from >= to) return;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  const head = 0xffffffff << (from & 31);
  const tail = 0xffffffff >>> (31 - ((to - 1) & 31));
  if (first === last) {
    bits[first] |= head & tail;
    return;
  }
  bits[first] |= head;
  bits[last] |= tail;
  bits.fill(0xffffffff, first + 1, last);
}

/** Takes away every number from `from` on and before `to`. */
export function clearRange(bits: Bits, from: number, to: number): void {
  if (from >= to) return;
  const first = from >>> 5;
  const last = (to - 1) >>> 5;
  const head = 0xffffffff << (from & 31);
  const tail = 0xffffffff >>> (31 - ((to - 1) & 31));
  if (first === last) {
    bits[first] &= ~(head & tail);
    return;
  }
  bits[first] &= ~head;
  bits[last] &= ~tail;
  bits.fill(0, first + 1, last);
}

/** Visits the members in ascending order. */
export function forEachBit(bits: Bits, visit: (index: number) => void): void {
  for (let i = 0; i < bits.length; i++) {
    for (let word = bits[i]; word !== 0; word &= word - 1) visit((i << 5) + (31 - Math.clz32(word & -word)));
  }
}
